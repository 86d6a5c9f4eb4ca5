using System.Net;
using System.Text.Json;
using Mail.Core.Workers;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Tests.Api.Workers;

/// <summary>Who delivers. The API's mail is captured; what a worker takes beside it goes to its log, so that one sees whose it was.</summary>
public sealed class InProcessWorkerTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly ApiFixture _api = new(postgres);
    private HttpClient? _client;

    private HttpClient Client => _client ??= _api.ClientWith(ApiFixture.LiveKey);

    private bool ApiBegan => Logged("this host delivers until one is back");

    private bool ApiEnded => Logged("this host delivers no more");

    public async ValueTask InitializeAsync()
    {
        await _api.InitializeAsync();
        _api.Settings["Delivery:FallbackAfter"] = "00:00:02";
        _api.Settings["Delivery:Lease"] = "00:00:02";
        _api.Settings["Delivery:TakeOverInterval"] = "00:00:00.2";
        _api.Settings["Relay:Kind"] = "capture";
        _api.Settings["Delivery:InProcess"] = "fallback";
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task Alone_the_API_delivers_after_the_time_and_says_so()
    {
        await SendAsync(3);

        await Eventually.TrueAsync(async () => await CapturedAsync() == 3);
        Assert.True(ApiBegan);
        await Eventually.TrueAsync(async () => await OpenAlertAsync() is not null);
        JsonElement alert = (await OpenAlertAsync())!.Value;
        Assert.Equal(("no_worker", "api", "The API sends the mail: no worker is there"), (alert.GetProperty("kind").GetString(), alert.GetProperty("subject").GetString(), alert.GetProperty("title").GetString()));
        (await Client.GetAsync(new Uri("/health", UriKind.Relative))).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task The_API_stops_delivering_when_a_worker_is_back_and_begins_at_once_when_it_has_stopped()
    {
        await SendAsync(1);
        await Eventually.TrueAsync(async () => await CapturedAsync() == 1);

        await using (TestWorker worker = Worker())
        {
            await worker.StartAsync();
            await Eventually.TrueAsync(() => ApiEnded);
            await Eventually.TrueAsync(async () => await OpenAlertAsync() is null);
            await SendAsync(5);
            await Eventually.TrueAsync(async () => await FinishedAsync() == 6);
            Assert.Equal(1, await CapturedAsync()); // the others were the worker's
        }

        Assert.Equal(0, await _api.CountAsync("worker_heartbeats"));
        await SendAsync(2);
        await Eventually.TrueAsync(async () => await FinishedAsync() == 8);
        Assert.Equal(3, await CapturedAsync());
    }

    [Fact]
    public async Task A_clean_stop_is_not_waited_for()
    {
        _api.Settings["Delivery:FallbackAfter"] = "00:10:00";
        _ = Client; // the schema is there
        await using TestWorker worker = Worker("00:00:02");
        await worker.StartAsync();
        await Eventually.TrueAsync(async () => await _api.CountAsync("worker_heartbeats") == 1);
        WorkerWatch watch = new(TimeSpan.FromMinutes(10));
        WorkerHeartbeats heartbeats = new(_api.Database);
        bool before = watch.Looked(await heartbeats.AnySeenAsync(TimeSpan.FromMinutes(10), default), 1000);
        await worker.StopAsync();

        bool after = watch.Looked(await heartbeats.AnySeenAsync(TimeSpan.FromMinutes(10), default), 2000);

        Assert.Equal((false, true), (before, after));
    }

    [Fact]
    public async Task What_a_killed_worker_held_goes_out_too()
    {
        await BeatAsync(); // the last one of a worker
        await SendAsync(4);
        await ExecuteAsync("UPDATE deliveries SET state = 'sending', lease_token = gen_random_uuid(), lease_until = now() + interval '2 seconds' WHERE state = 'queued' AND recipient IN ('r0@example.com', 'r1@example.com')");

        await Eventually.TrueAsync(async () => await FinishedAsync() == 4);
        Assert.True(ApiBegan);
        Assert.Equal(4, await CapturedAsync());
    }

    [Fact]
    public async Task Never_is_never()
    {
        _api.Settings["Delivery:InProcess"] = "never";
        await SendAsync(1);

        await Task.Delay(TimeSpan.FromSeconds(5));

        Assert.Equal((0, 1), (await CapturedAsync(), await _api.CountAsync("deliveries")));
        Assert.False(ApiBegan);
        Assert.Null(await OpenAlertAsync());
    }

    [Fact]
    public async Task Always_both_deliver_and_nothing_twice()
    {
        _api.Settings["Delivery:InProcess"] = "always";
        await SendAsync(1); // the API has started
        await Eventually.TrueAsync(async () => await CapturedAsync() == 1); // and knows that there is mail
        await using TestWorker worker = Worker();
        await worker.StartAsync();
        Assert.True(Logged("Delivery worker started"));
        await Eventually.TrueAsync(async () => await _api.CountAsync("worker_heartbeats") == 2);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync(10)));

        await Eventually.TrueAsync(async () => await FinishedAsync() == 201);
        Assert.Equal(0, await _api.CountAsync("deliveries"));
        Assert.Equal(201, await _api.CountAsync("events WHERE type = 'email.sent'"));
        long captured = await CapturedAsync();
        Assert.Equal(captured, await _api.CountAsync("(SELECT DISTINCT message_id, recipient FROM captured_messages) c"));
        Assert.InRange(captured, 1, 201);
        Assert.Null(await OpenAlertAsync());
    }

    [Fact]
    public async Task An_API_that_knows_no_relay_leaves_the_mail_where_it_is_and_says_what_to_set()
    {
        _api.Settings.Remove("Relay:Kind");
        await SendAsync(1);

        await Eventually.TrueAsync(async () => await OpenAlertAsync() is not null);

        JsonElement alert = (await OpenAlertAsync())!.Value;
        Assert.Equal("Nobody sends mail", alert.GetProperty("title").GetString());
        Assert.Contains("SMTP_HOST", alert.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal((0, 1), (await FinishedAsync(), await _api.CountAsync("deliveries WHERE state = 'queued'")));
    }

    [Fact]
    public void An_API_that_shall_always_deliver_and_cannot_does_not_start()
    {
        _api.Settings["Delivery:InProcess"] = "always";
        _api.Settings["DKIM_DOMAIN"] = "example.com";

        OptionsValidationException refused = Assert.Throws<OptionsValidationException>(() => Client);

        Assert.Contains("DKIM_SELECTOR", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopping_API_gives_back_what_it_has_not_sent()
    {
        await SendAsync(1);
        await Eventually.TrueAsync(async () => await CapturedAsync() == 1);
        await SendAsync(50);
        await using NpgsqlDataSource database = NpgsqlDataSource.Create(_api.ConnectionString);

        await _api.EndAsync();

        await using NpgsqlCommand held = database.CreateCommand("SELECT count(*) FILTER (WHERE lease_token IS NOT NULL), count(*) + (SELECT count(*) FROM finished_deliveries) FROM deliveries");
        await using NpgsqlDataReader reader = await held.ExecuteReaderAsync();
        await reader.ReadAsync();
        Assert.Equal((0, 51), (reader.GetInt64(0), reader.GetInt64(1)));
    }

    private TestWorker Worker(string fallbackAfter = "00:00:02") => TestWorker.Create(
        _api.ConnectionString, new Dictionary<string, string?> { ["Relay:Kind"] = "log", ["Delivery:FallbackAfter"] = fallbackAfter }, services => services.AddWorkerHeartbeat());

    private bool Logged(string words) => _api.Log.Any(line => line.Contains(words, StringComparison.Ordinal));

    private async Task SendAsync(int count)
    {
        for (int i = 0; i < count; i++) await Client.PostAsync("/emails", $$"""{"from":"a@example.org","to":"r{{i}}@example.com","subject":"Hello","text":"Hello"}""", HttpStatusCode.OK);
    }

    private Task<long> CapturedAsync() => _api.CountAsync("captured_messages");

    private Task<long> FinishedAsync() => _api.CountAsync("finished_deliveries");

    private async Task<JsonElement?> OpenAlertAsync()
    {
        JsonElement alerts = (await Client.GetAsync("/alerts", HttpStatusCode.OK)).GetProperty("data");
        return alerts.EnumerateArray().Where(alert => alert.GetProperty("open").GetBoolean()).Select(alert => (JsonElement?)alert).FirstOrDefault();
    }

    private async Task BeatAsync()
    {
        _ = Client; // the schema is there
        await new WorkerHeartbeats(_api.Database).BeatAsync(Guid.NewGuid(), default);
    }

    private async Task ExecuteAsync(string sql)
    {
#pragma warning disable CA2100 // a test's own text
        await using NpgsqlCommand command = _api.Database.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
