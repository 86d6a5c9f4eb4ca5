using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Mail.Tests.Hosting.Local;

/// <summary>A process gets the variables that real Aspire gives it, in the same names and forms.</summary>
public sealed class EnvironmentContractTests : IAsyncDisposable
{
    private static readonly string _projects = Path.Combine(AppContext.BaseDirectory, "fake-project");

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"mail-environment-{Guid.NewGuid():N}");
    private readonly IDistributedApplicationTestingBuilder _builder = DistributedApplicationTestingBuilder.Create("--Local:Only=probe", "--Parameters:secret=hidden value");

    public async ValueTask DisposeAsync()
    {
        await _builder.DisposeAsync();
        File.Delete(_file);
    }

    [Fact]
    public async Task References_parameters_and_endpoints_arrive_in_Aspires_form()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The process that prints its environment is a shell script.");
        IResourceBuilder<ParameterResource> user = _builder.AddParameter("user", "mailapp");
        IResourceBuilder<ParameterResource> secret = _builder.AddParameter("secret", new GenerateParameterDefault(), secret: true);
        IResourceBuilder<PostgresServerResource> postgres = _builder.AddPostgres("postgres", user, secret, port: 5555);
        IResourceBuilder<PostgresDatabaseResource> database = postgres.AddDatabase("maildb", "mail");
        IResourceBuilder<RedisResource> cache = _builder.AddRedis("cache", password: secret);
        IResourceBuilder<MailPitContainerResource> inbox = _builder.AddMailPit("mailpit", httpPort: 1080, smtpPort: 1025);
        IResourceBuilder<ProjectResource> api = _builder.AddProject<FakeProject>("api");
        _builder.AddScript("probe", $"env > {_file}.new && mv {_file}.new {_file}; exec sleep 60", healthyWhen: _file)
            .WithReference(database).WithReference(cache).WithReference(inbox).WithReference(api)
            .WithEnvironment("Bootstrap__Secret", secret).WithEnvironment("Plain", "text")
            .WithEndpoint(name: "extra", env: "EXTRA_PORT");

        Dictionary<string, string> environment = await RunAsync("probe");

        string pg = Port(postgres, "tcp"), redis = Port(cache, "tcp"), smtp = Port(inbox, "smtp"), http = Port(api, "http");
        Assert.Equal($"Host=localhost;Port={pg};Username=mailapp;Password=hidden value;Database=mail", environment["ConnectionStrings__maildb"]);
        Assert.Equal(("localhost", pg, "mailapp", "mail"), (environment["MAILDB_HOST"], environment["MAILDB_PORT"], environment["MAILDB_USERNAME"], environment["MAILDB_DATABASENAME"]));
        Assert.Equal($"postgresql://mailapp:hidden%20value@localhost:{pg}/mail", environment["MAILDB_URI"]);
        Assert.Equal($"jdbc:postgresql://localhost:{pg}/mail", environment["MAILDB_JDBCCONNECTIONSTRING"]);
        Assert.Equal($"localhost:{redis},password=hidden value", environment["ConnectionStrings__cache"]);
        Assert.Equal($"redis://:hidden%20value@localhost:{redis}", environment["CACHE_URI"]);
        Assert.Equal($"Endpoint=smtp://localhost:{smtp}", environment["ConnectionStrings__mailpit"]);
        Assert.Equal($"smtp://localhost:{smtp}", environment["MAILPIT_URI"]);
        Assert.Equal($"http://localhost:{http}", environment["services__api__http__0"]);
        Assert.Equal($"http://localhost:{http}", environment["API_HTTP"]);
        Assert.Equal(("hidden value", "text"), (environment["Bootstrap__Secret"], environment["Plain"]));
        Assert.Equal(Port(_builder.Resources.OfType<ScriptResource>().Single(), "extra"), environment["EXTRA_PORT"]);
    }

    [Fact]
    public async Task A_project_gets_its_first_launch_profile_and_an_address_on_loopback()
    {
        IResourceBuilder<ProjectResource> api = _builder.AddProject<FakeProject>("api").WithEnvironment("FROM_PROFILE_TOO", "from the model");

        EndpointReference endpoint = api.GetEndpoint("http");

        Assert.False(api.GetEndpoint("https").Exists); // no development certificate is assumed
        Assert.Equal(5101, endpoint.EndpointAnnotation.Port);
        Assert.Throws<InvalidOperationException>(() => endpoint.Port); // not before the start
    }

    private static string Port<T>(IResourceBuilder<T> resource, string endpoint) where T : IResourceWithEndpoints => Port(resource.Resource, endpoint);

    private static string Port(IResourceWithEndpoints resource, string endpoint) => new EndpointReference(resource, endpoint).Port.ToString(CultureInfo.InvariantCulture);

    private async Task<Dictionary<string, string>> RunAsync(string resource)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(1));
        DistributedApplication app = await _builder.BuildAsync(limit.Token);
        await app.StartAsync(limit.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync(resource, limit.Token);
        return (await File.ReadAllLinesAsync(_file, limit.Token)).Select(line => line.Split('=', 2)).Where(parts => parts.Length == 2).ToDictionary(parts => parts[0], parts => parts[1]);
    }

    /// <summary>As the build makes them for the projects of the solution.</summary>
    private sealed class FakeProject : IProjectMetadata
    {
        public FakeProject()
        {
            string settings = Path.Combine(_projects, "Properties", "launchSettings.json");
            Directory.CreateDirectory(Path.GetDirectoryName(settings)!);
            File.WriteAllText(settings, """
                {
                  // comments are allowed in this file
                  "profiles": {
                    "IIS": { "commandName": "IISExpress", "applicationUrl": "http://localhost:1" },
                    "Api": { "commandName": "Project", "applicationUrl": "https://localhost:7101;http://localhost:5101", "environmentVariables": { "FROM_PROFILE_TOO": "x" } },
                  }
                }
                """);
        }

        public string ProjectPath => Path.Combine(_projects, "Fake.csproj");
    }
}
