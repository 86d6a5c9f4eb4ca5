using System.Globalization;
using System.Net.Http.Headers;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.EndToEnd;

/// <summary>
/// APIs and workers as processes of their own beside one database, as on several machines. Each is stopped (SIGTERM) and started by its name: api-1 and so on, worker-1 and so on. They start together,
/// without cache, console and inbox.
/// </summary>
internal sealed class Cluster : IAsyncDisposable
{
    public const string ApiKey = "mk_live_cluster0123456789abcdefgh";

    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(3);

    private readonly DistributedApplication _app;
    private readonly List<HttpClient> _clients = [];

    private Cluster(DistributedApplication app, int apis, int workers)
    {
        _app = app;
        ApiNames = [.. Enumerable.Range(1, apis).Select(n => string.Create(CultureInfo.InvariantCulture, $"api-{n}"))];
        WorkerNames = [.. Enumerable.Range(1, workers).Select(n => string.Create(CultureInfo.InvariantCulture, $"worker-{n}"))];
    }

    public IReadOnlyList<string> ApiNames { get; }

    public IReadOnlyList<string> WorkerNames { get; }

    /// <summary>One for each API, with the first project's key.</summary>
    public IReadOnlyList<HttpClient> Clients => _clients;

    /// <param name="settings">Environment variables of every process.</param>
    public static async Task<Cluster> StartAsync(string connectionString, int apis, int workers, params (string Name, string Value)[] settings)
    {
        IDistributedApplicationTestingBuilder builder = DistributedApplicationTestingBuilder.Create();
        IReadOnlyDictionary<string, string> environment = EnvironmentOf(connectionString, settings);
        for (int n = 1; n <= apis; n++) With(builder.AddProject<Projects.Mail_Api>(string.Create(CultureInfo.InvariantCulture, $"api-{n}")).WithHttpHealthCheck("/health"), environment);
        for (int n = 1; n <= workers; n++) With(builder.AddProject<Projects.Mail_Worker>(string.Create(CultureInfo.InvariantCulture, $"worker-{n}")), environment);
        using CancellationTokenSource limit = new(_limit);
        DistributedApplication app = await builder.BuildAsync(limit.Token);
        Cluster cluster = new(app, apis, workers);
        try
        {
            await app.StartAsync(limit.Token);
            foreach (string name in cluster.ApiNames)
            {
                HttpClient client = app.CreateHttpClient(name);
                client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
                cluster._clients.Add(client);
            }

            foreach (string name in cluster.ApiNames.Concat(cluster.WorkerNames)) await cluster.WaitUntilUpAsync(name);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>What a process gets, also one that a test starts by itself.</summary>
    public static IReadOnlyDictionary<string, string> EnvironmentOf(string connectionString, params (string Name, string Value)[] settings)
    {
        Dictionary<string, string> environment = new()
        {
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            // The server is that of all tests, and takes so many connections and no more.
            ["ConnectionStrings__maildb"] = new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 20 }.ConnectionString,
            ["Bootstrap__ApiKey"] = ApiKey,
            ["Delivery__InProcess"] = "never",
            ["Alerts__TellAfter"] = "01:00:00", // mails about what a test breaks on purpose would be counted with its own
            ["Domains__NameServers"] = "127.0.0.1:1", // nobody answers there, at once
            ["Logging__LogLevel__Default"] = "Warning",
        };
        foreach ((string name, string value) in settings) environment[name] = value;
        return environment;
    }

    /// <summary>SIGTERM; returns when the process has ended.</summary>
    public async Task StopAsync(string name)
    {
        await _app.ResourceCommands.ExecuteCommandAsync(name, KnownResourceCommands.StopCommand);
        await _app.ResourceNotifications.WaitForResourceAsync(name, change => change.Snapshot.State?.Text != KnownResourceStates.Running && change.Snapshot.State?.Text != KnownResourceStates.Stopping).WaitAsync(_limit);
    }

    /// <summary>Returns when an API is ready, and a worker's process runs.</summary>
    public async Task StartAsync(string name)
    {
        await _app.ResourceCommands.ExecuteCommandAsync(name, KnownResourceCommands.StartCommand);
        await WaitUntilUpAsync(name);
    }

    /// <summary>Returns when that many workers have said that they are there.</summary>
    public static async Task WaitForWorkersAsync(NpgsqlDataSource database, int count) => await RunningMail.EventuallyAsync(
        async () =>
        {
            await using NpgsqlCommand ask = database.CreateCommand("SELECT count(*) FROM worker_heartbeats");
            return (long)(await ask.ExecuteScalarAsync())!;
        },
        seen => seen == count, TimeSpan.FromSeconds(60));

    public async ValueTask DisposeAsync()
    {
        foreach (HttpClient client in _clients) client.Dispose();
        await Ending.WithinLimitAsync("The cluster", () => _app.DisposeAsync().AsTask());
    }

    private async Task WaitUntilUpAsync(string name)
    {
        if (ApiNames.Contains(name)) await _app.ResourceNotifications.WaitForResourceHealthyAsync(name).WaitAsync(_limit);
        else await _app.ResourceNotifications.WaitForResourceAsync(name, KnownResourceStates.Running).WaitAsync(_limit);
    }

    private static void With(IResourceBuilder<ProjectResource> project, IReadOnlyDictionary<string, string> environment)
    {
        foreach ((string name, string value) in environment) project.WithEnvironment(name, value);
    }
}
