using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.EndToEnd;

/// <summary>Everything dies, again and again, while mail flows over three relays. Minutes long: `./test.sh --slow`.</summary>
[Trait("Category", "Chaos")]
public sealed class ChaosTests : IAsyncLifetime
{
    private const int Batches = 200;
    private const int PerBatch = 100;
    private const int MostQueued = 1500;
    private static readonly string[] _relays = ["steady", "other", "wild"];

    private readonly Dictionary<string, SmtpSink> _sinks = _relays.ToDictionary(name => name, _ => SmtpSink.Start());
    private readonly WildRelay _wild = new(seed: 4);
    private readonly List<string> _log = [];
    private RunningMail _mail = null!;
    private long _heldAtKills;
    private string? _lastKilled;

    public async ValueTask InitializeAsync()
    {
        _mail = await RunningMail.StartAsync(("SMTP_HOST", "127.0.0.1"), ("SMTP_PORT", "1"), ("SMTP_TLS", "none"), ("Delivery__Lease", "00:00:10"));
        foreach ((string name, SmtpSink sink) in _sinks)
        {
            sink.Script = step => step is { Stage: SmtpSinkStage.Rcpt } && step.Argument.StartsWith("nobody", StringComparison.Ordinal)
                ? SmtpSinkAction.Reply(550, "5.1.1 no such user") : name == "wild" ? _wild.Do(step) : null;
            using HttpResponseMessage created = await _mail.Api.PostAsJsonAsync(
                new Uri("/relays", UriKind.Relative), new { name, kind = "smtp", settings = new { host = "127.0.0.1", port = sink.Port, tls = "none" } });
            Assert.True(created.IsSuccessStatusCode, await created.Content.ReadAsStringAsync());
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _mail.DisposeAsync();
        foreach (SmtpSink sink in _sinks.Values) await sink.DisposeAsync();
    }

    [Fact]
    public async Task Twenty_thousand_messages_outlive_dying_workers_a_restarted_database_a_lost_cache_and_a_relay_that_does_everything_wrong()
    {
        HashSet<string> accepted = [];
        int refusals = 0;
        for (int batch = 0; batch < Batches; batch++)
        {
            await DisturbAsync(batch);
            await KeepPaceAsync(accepted.Count);
            object[] messages = [.. Enumerable.Range(0, PerBatch).Select(i => Message(batch, i))];

            // The same key again until there is an answer: a refusal stored nothing, or what it stored is what the next answer names.
            while (!await SendAsync(messages, $"batch-{batch}", accepted)) refusals++;
        }

        await KeepPaceAsync(accepted.Count);
        _wild.IsTame = true;
        await RestartWildAsync(); // what hangs there is of unknown outcome from now on
        await WaitForEmptyQueueAsync();

        ChaosLedger ledger = await ChaosLedger.ReadAsync(await _mail.OpenDatabaseAsync(), _sinks);
        _log.Add($"{accepted.Count} accepted, {refusals} requests refused on the way and repeated");
        _log.AddRange(_wild.Deeds.OrderBy(deed => deed.Key, StringComparer.Ordinal).Select(deed => $"the relay 'wild' {deed.Value} times: {deed.Key}"));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', _log) + "\n\n" + ledger.Table(_heldAtKills));
        Assert.Equal(Batches * PerBatch, accepted.Count);
        Assert.InRange(_wild.Deeds.Values.Sum(), 50, int.MaxValue); // else this was no chaos
        ledger.AssertHonest(accepted, _heldAtKills);
    }

    /// <summary>Every kind of recipient and promise, in every lane.</summary>
    private static object Message(int batch, int i) => new
    {
        from = "a@example.com",
        to = $"{(i % 50 == 0 ? "nobody" : "chaos")}-{batch}-{i}@d{i % 40}.example.net", // a relay that refuses is asked less often for that domain only
        subject = "s",
        text = "t",
        lane = (i % 3) switch { 0 => "critical", 1 => "normal", _ => "bulk" },
        delivery_guarantee = i % 10 == 3 ? "at_most_once" : "at_least_once",
    };

    private async Task DisturbAsync(int batch)
    {
        if (batch % 25 == 10) await KillAndStartAsync("worker");
        if (batch % 40 == 20) await RestartWildAsync();
        switch (batch)
        {
            case 70:
                _heldAtKills += await HeldAsync();
                await _mail.CommandAsync("postgres", KnownResourceCommands.RestartCommand);
                _log.Add("PostgreSQL restarted");
                break;
            case 90:
                _log.Add($"the cache killed: {await _mail.KillAsync("cache")}");
                break;
            case 105: // before the next worker is started: it waits for the cache
                await _mail.CommandAsync("cache", KnownResourceCommands.StartCommand);
                _log.Add("the cache started again");
                break;
            case 150:
                await _sinks["steady"].PauseAsync();
                _log.Add("the relay 'steady' down");
                break;
            case 165:
                _sinks["steady"].Resume();
                _log.Add("the relay 'steady' back");
                break;
        }
    }

    /// <summary>What is queued goes out amid the disturbances and not after them.</summary>
    private async Task KeepPaceAsync(int accepted)
    {
        for (int i = 0; i < 600 && accepted - _sinks.Values.Sum(sink => sink.MessageCount) > MostQueued; i++) await Task.Delay(100);
    }

    private async Task RestartWildAsync()
    {
        await _sinks["wild"].PauseAsync();
        _sinks["wild"].Resume();
        _log.Add("the relay 'wild' restarted");
    }

    private async Task KillAndStartAsync(string resource)
    {
        string killed = await _mail.KillAsync(resource, spared: _lastKilled); // that one may hold nothing yet
        _heldAtKills += await HeldAsync(); // both workers': what the dead one held is among it
        await _mail.CommandAsync(killed, KnownResourceCommands.StartCommand);
        _lastKilled = killed;
        _log.Add($"kill -9 of {resource}");
    }

    private async Task<bool> SendAsync(object[] messages, string key, HashSet<string> accepted)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/emails/batch") { Content = JsonContent.Create(messages) };
        request.Headers.Add("Idempotency-Key", key);
        using HttpResponseMessage response = await _mail.Api.SendAsync(request);
        if (response.StatusCode is System.Net.HttpStatusCode.ServiceUnavailable) return false;
        JsonElement answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.True(response.IsSuccessStatusCode, answer.GetRawText());
        accepted.UnionWith(answer.GetProperty("data").EnumerateArray().Select(created => created.GetProperty("id").GetString()!));
        return true;
    }

    private async Task<long> HeldAsync()
    {
        await using NpgsqlDataSource database = await _mail.OpenDatabaseAsync();
        await using NpgsqlCommand count = database.CreateCommand("SELECT count(*) FROM deliveries WHERE lease_token IS NOT NULL");
        return (long)(await count.ExecuteScalarAsync())!;
    }

    private async Task WaitForEmptyQueueAsync()
    {
        await using NpgsqlDataSource database = await _mail.OpenDatabaseAsync();
        DateTime limit = DateTime.UtcNow.AddMinutes(15);
        while (true)
        {
            await using NpgsqlCommand count = database.CreateCommand("SELECT count(*), coalesce(min(state || ': ' || reason), '') FROM deliveries");
            await using NpgsqlDataReader reader = await count.ExecuteReaderAsync();
            await reader.ReadAsync();
            if (reader.GetInt64(0) == 0) return;
            if (DateTime.UtcNow > limit) Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"{reader.GetInt64(0)} deliveries still wait, such as one that is {reader.GetString(1)}"));
            await Task.Delay(500);
        }
    }
}
