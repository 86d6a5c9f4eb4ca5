using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Mail.Tests.Api;
using Mail.Tests.Core.Webhooks;
using Mail.Tests.EndToEnd;
using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.Operations;

/// <summary>An installation with all that a backup must carry: a relay with a password, a domain with a key, a template, a webhook with its secret. One API and one worker, as processes.</summary>
internal sealed class BackedUpInstallation : IAsyncDisposable
{
    public const string SecretKey = "a-random-secret-of-the-installation-0123456789";
    public const string RelayUser = "relay-user", Domain = "shop.example";

    private readonly ConcurrentQueue<string> _told = new();
    private readonly Cluster _cluster;
    private readonly WebhookReceiver _app;
    private string _webhookSecret = "";

    private BackedUpInstallation(string connectionString, Cluster cluster, SmtpSink relay, WebhookReceiver app, IReadOnlyDictionary<string, string> environment)
    {
        (ConnectionString, _cluster, Relay, _app) = (connectionString, cluster, relay, app);
        Tools = new PostgresTools(connectionString, environment);
        app.Answer = async (_, one) =>
        {
            await AppAnswers;
            _told.Enqueue(one.Id);
        };
    }

    public string ConnectionString { get; }

    /// <summary>Wants the password.</summary>
    public SmtpSink Relay { get; }

    public PostgresTools Tools { get; }

    public HttpClient Api => _cluster.Clients[0];

    public string Selector { get; private set; } = "";

    /// <summary>The app takes no event before this is completed.</summary>
    public Task AppAnswers { get; set; } = Task.CompletedTask;

    /// <summary>Ids of the events that the app has taken.</summary>
    public IReadOnlyList<string> Told => [.. _told];

    /// <summary>Ids of the messages that the relay has taken.</summary>
    public IReadOnlyList<string> Arrived => [.. Relay.Messages.Select(MessageIds.Of)];

    public static async Task<BackedUpInstallation> StartAsync(PostgresFixture postgres)
    {
        string connectionString = await postgres.CreateDatabaseAsync();
        (string, string)[] settings =
        [
            ("SECRET_KEY", SecretKey), ("SMTP_HOST", "127.0.0.1"), ("SMTP_PORT", "1"), ("SMTP_TLS", "none"), ("Relay__MaxPause", "00:00:01"), ("Relay__MaxPauseAfterRefusal", "00:00:01"), ("Webhooks__Timeout", "00:00:30"),
        ];
        Cluster cluster = await Cluster.StartAsync(connectionString, apis: 1, workers: 1, settings);
        SmtpSink relay = SmtpSink.Start(new SmtpSinkOptions { UserName = RelayUser, Password = "relay-password" });
        BackedUpInstallation installation = new(connectionString, cluster, relay, await WebhookReceiver.StartAsync(), Cluster.EnvironmentOf(connectionString, settings));
        try
        {
            await installation.SetUpAsync();
            return installation;
        }
        catch
        {
            await installation.DisposeAsync();
            throw;
        }
    }

    public async Task<string> SendAsync(string name, DateTimeOffset? at = null)
    {
        string later = at is { } time ? $",\"scheduled_at\":\"{time:O}\"" : "";
        JsonElement answer = await Api.PostAsync(
            "/emails", $$$"""{"from":"Shop <a@{{{Domain}}}>","to":"{{{name}}}@example.net","template":{"id":"welcome","variables":{"name":"{{{name}}}"} }{{{later}}} }""", HttpStatusCode.OK);
        return answer.GetProperty("id").GetString()!;
    }

    public async Task<IReadOnlyList<string>> SendManyAsync(string name, int count, DateTimeOffset? at = null)
    {
        List<string> ids = [];
        for (int i = 0; i < count; i++) ids.Add(await SendAsync($"{name}-{i}", at));
        return ids;
    }

    public Task<JsonElement> GetAsync(string id) => Api.GetAsync($"/emails/{id}", HttpStatusCode.OK);

    public Task WaitForArrivalAsync(IReadOnlyList<string> ids) => Relay.WaitForAsync(
        _ => ids.All(id => Arrived.Contains(id)), TimeSpan.FromSeconds(60), () => $"{ids.Count(id => !Arrived.Contains(id))} of {ids.Count} did not arrive");

    public Task WaitUntilToldAsync(int events) => RunningMail.EventuallyAsync(() => Task.FromResult(_told.Count), told => told >= events, TimeSpan.FromSeconds(60));

    /// <summary>How many requests the app has got, taken or not.</summary>
    public Task WaitForRequestsToAppAsync(int count) => RunningMail.EventuallyAsync(() => Task.FromResult(_app.All.Count), asked => asked >= count, TimeSpan.FromSeconds(30));

    /// <summary>The last request to the app bears a signature made with the secret that the app was given once.</summary>
    public void AssertLastEventIsSigned() => Assert.Contains(_app.All.Last().Signature(_webhookSecret), _app.All.Last().Headers["webhook-signature"], StringComparison.Ordinal);

    public Task StartApiAsync() => _cluster.StartAsync("api-1");

    public Task StartWorkerAsync() => _cluster.StartAsync("worker-1");

    /// <summary>SIGTERM to both.</summary>
    public Task StopAsync() => Task.WhenAll(_cluster.StopAsync("worker-1"), _cluster.StopAsync("api-1"));

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _app.DisposeAsync();
        await Relay.DisposeAsync();
        Tools.Dispose();
    }

    private async Task SetUpAsync()
    {
        await Api.PostAsync(
            "/relays", $$"""{"name":"main","kind":"smtp","settings":{"host":"127.0.0.1","port":{{Relay.Port}},"tls":"none","username":"{{RelayUser}}","password":"relay-password"} }""", HttpStatusCode.Created);
        await Api.PostAsync("/templates", """{"key":"welcome","subject":"Welcome","html":"<p>Hello {{name}}</p>","variables":{"name":{"type":"string","required":true}}}""", HttpStatusCode.Created);
        await Api.PostAsync("/templates/welcome/publish", "", HttpStatusCode.OK);
        _webhookSecret = (await Api.PostAsync("/webhooks", $$"""{"endpoint":"{{_app.Url}}/","events":["email.sent","email.failed"]}""", HttpStatusCode.Created)).GetProperty("signing_secret").GetString()!;
        await Api.PostAsync("/domains", $$"""{"name":"{{Domain}}"}""", HttpStatusCode.Created);

        // As if its records stood in DNS.
        await using NpgsqlDataSource database = NpgsqlDataSource.Create(ConnectionString);
        await using NpgsqlCommand verify = database.CreateCommand("""
            UPDATE domains SET status = 'verified', verified_at = now(), next_check_at = now() + interval '1 day'; SELECT selector FROM domain_keys WHERE state = 'active'
            """);
        Selector = (string)(await verify.ExecuteScalarAsync())!;
    }
}
