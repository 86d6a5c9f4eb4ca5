using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Mail.Tests.Support;

namespace Mail.Tests.EndToEnd;

/// <summary>The whole system as `dotnet run --project Mail.AppHost` starts it, on random ports and with its own data: processes, database, queue, SMTP.</summary>
public sealed class RunningMail : IAsyncDisposable
{
    public const string ApiKey = "mk_live_endtoend0123456789abcdef";
    public const string AdminEmail = "admin@example.com";
    public const string AdminPassword = "correct horse battery";

    private static readonly TimeSpan _startLimit = TimeSpan.FromMinutes(5); // a first run installs the inbox

    private readonly DistributedApplication _app;

    private RunningMail(DistributedApplication app)
    {
        _app = app;
        Api = app.CreateHttpClient("api");
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
        Inbox = app.CreateHttpClient("mailpit", "http");
    }

    /// <summary>Carries the API key.</summary>
    public HttpClient Api { get; }

    public HttpClient Inbox { get; }

    /// <summary>The caller's to dispose.</summary>
    public async Task<Npgsql.NpgsqlDataSource> OpenDatabaseAsync() => Npgsql.NpgsqlDataSource.Create((await _app.GetConnectionStringAsync("maildb"))!);

    /// <summary>Where apps hand mail in by SMTP.</summary>
    public Uri Submission => _app.GetEndpoint("api", "submission");

    public Uri ConsoleUrl => _app.GetEndpoint("web");

    /// <param name="settings">Environment variables for the API and the workers.</param>
    public static async Task<RunningMail> StartAsync(params (string Name, string Value)[] settings)
    {
        IDistributedApplicationTestingBuilder builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Mail_AppHost>();
        builder.Configuration["Parameters:api-key"] = ApiKey;
        builder.Configuration["Parameters:admin-email"] = AdminEmail;
        builder.Configuration["Parameters:admin-password"] = AdminPassword;
        foreach (ProjectResource project in builder.Resources.OfType<ProjectResource>().Where(project => project.Name is "api" or "worker"))
        {
            foreach ((string name, string value) in settings) builder.CreateResourceBuilder(project).WithEnvironment(name, value);
        }

        using CancellationTokenSource limit = new(_startLimit);
        DistributedApplication app = await builder.BuildAsync(limit.Token);
        try
        {
            await app.StartAsync(limit.Token);
            await app.ResourceNotifications.WaitForResourceHealthyAsync("web", limit.Token);
            await app.ResourceNotifications.WaitForResourceAsync("worker", KnownResourceStates.Running, limit.Token);
            return new RunningMail(app);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public async Task<string> SendAsync(object email)
    {
        using HttpResponseMessage response = await Api.PostAsJsonAsync(new Uri("/emails", UriKind.Relative), email);
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {body}");
        return JsonDocument.Parse(body).RootElement.GetProperty("id").GetString()!;
    }

    public async Task<JsonElement> GetEmailAsync(string id) => await Api.GetFromJsonAsync<JsonElement>(new Uri($"/emails/{id}", UriKind.Relative));

    /// <summary>Asks until the answer is as wanted.</summary>
    /// <exception cref="TimeoutException">It never was; the text shows the last answer.</exception>
    public static async Task<T> EventuallyAsync<T>(Func<Task<T>> ask, Func<T, bool> wanted, TimeSpan limit)
    {
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            T answer = await ask();
            if (wanted(answer)) return answer;
            if (Stopwatch.GetElapsedTime(started) > limit) throw new TimeoutException($"Not so within {limit}. Last: {JsonSerializer.Serialize(answer)}");
            await Task.Delay(100);
        }
    }

    /// <summary>The mail in the inbox for a recipient, as MailDev shows it.</summary>
    public Task<JsonElement> MailForAsync(string recipient) =>
        EventuallyAsync(
            async () => (await Inbox.GetFromJsonAsync<JsonElement[]>(new Uri("/email", UriKind.Relative)))!
                .FirstOrDefault(mail => mail.GetProperty("to").EnumerateArray().Any(to => to.GetProperty("address").GetString() == recipient)),
            mail => mail.ValueKind is JsonValueKind.Object, TimeSpan.FromSeconds(30));

    public Task CommandAsync(string resource, string command) => _app.ResourceCommands.ExecuteCommandAsync(resource, command);

    public Task WaitForStateAsync(string resource, string state) => _app.ResourceNotifications.WaitForResourceAsync(resource, state).WaitAsync(_startLimit);

    public Task WaitForHealthyAsync(string resource) => _app.ResourceNotifications.WaitForResourceHealthyAsync(resource).WaitAsync(_startLimit);

    /// <summary>kill -9 of one process of a resource.</summary>
    /// <param name="spared">Another one than this.</param>
    /// <returns>Its id, when the host has seen it end: what to start again.</returns>
    public async Task<string> KillAsync(string resource, string? spared = null)
    {
        ResourceEvent running = await _app.ResourceNotifications
            .WaitForResourceAsync(resource, change => change.Snapshot.State?.Text == KnownResourceStates.Running && change.ResourceId != spared).WaitAsync(_startLimit);
        int pid = Convert.ToInt32(running.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value, System.Globalization.CultureInfo.InvariantCulture);
        using Process process = Process.GetProcessById(pid);
        process.Kill();
        await Ending.OfAsync(process, resource);
        await _app.ResourceNotifications
            .WaitForResourceAsync(resource, change => change.ResourceId == running.ResourceId && change.Snapshot.State?.Text != KnownResourceStates.Running).WaitAsync(_startLimit);
        return running.ResourceId;
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        Inbox.Dispose();
        await Ending.WithinLimitAsync("The running system", () => _app.DisposeAsync().AsTask());
    }
}
