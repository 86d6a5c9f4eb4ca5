using Mail.Core.Alerts;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Mail.Tests.Core.Alerts;

/// <summary>What stands, what is told and when, by the clock.</summary>
public sealed class AlertStoreTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly AlertKey _paused = new(DeliveryDatabase.Project, AlertKind.RelayPaused, "a");

    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private DeliveryDatabase _database = null!;
    private AlertStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await DeliveryDatabase.CreateAsync(postgres);
        _store = new AlertStore(_database.Source, Options.Create(new AlertOptions()), _clock);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task What_is_over_at_once_is_told_to_nobody()
    {
        await RaiseAsync(_paused);
        _clock.Advance(TimeSpan.FromSeconds(10));
        await ResolveAsync(_paused);
        _clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Empty(await _store.UntoldAsync(default));
        Assert.Single(await _store.ListAsync(DeliveryDatabase.Project, 10, default));
    }

    [Fact]
    public async Task What_lasts_is_told_once_and_again_only_after_hours_and_its_end_once()
    {
        await RaiseAsync(_paused);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await TellAsync());
        for (int minute = 0; minute < 350; minute += 10)
        {
            _clock.Advance(TimeSpan.FromMinutes(10));
            await RaiseAsync(_paused);
            Assert.Equal(0, await TellAsync());
        }

        _clock.Advance(TimeSpan.FromMinutes(20));
        await RaiseAsync(_paused);
        Assert.Equal(1, await TellAsync());
        await ResolveAsync(_paused);
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, await TellAsync());
        Assert.Equal(0, await TellAsync());
    }

    [Fact]
    public async Task A_relay_that_comes_and_goes_is_one_alert_and_makes_a_few_mails_an_hour()
    {
        int told = 0;
        for (int minute = 0; minute < 60; minute += 2)
        {
            await RaiseAsync(_paused);
            _clock.Advance(TimeSpan.FromMinutes(1));
            told += await TellAsync();
            await ResolveAsync(_paused);
            _clock.Advance(TimeSpan.FromMinutes(1));
            told += await TellAsync();
        }

        Assert.InRange(told, 2, 4);
        Alert alert = Assert.Single(await _store.ListAsync(DeliveryDatabase.Project, 10, default));
        Assert.Equal(30, alert.Count);
    }

    [Fact]
    public async Task What_was_acknowledged_is_not_told_again_but_its_end_is()
    {
        await RaiseAsync(_paused);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await TellAsync();
        Alert alert = Assert.Single(await _store.ListAsync(DeliveryDatabase.Project, 10, default));
        await _store.AcknowledgeAsync(DeliveryDatabase.Project, alert.Id, default);
        _clock.Advance(TimeSpan.FromHours(7));
        await RaiseAsync(_paused);
        int again = await TellAsync();
        await ResolveAsync(_paused);
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal((0, 1), (again, await TellAsync()));
    }

    [Fact]
    public async Task What_nobody_raises_any_more_is_over_and_a_quota_at_the_end_of_its_day()
    {
        AlertKey quota = _paused with { Kind = AlertKind.RelayQuotaUsed };
        await RaiseAsync(_paused);
        await _store.ApplyAsync(new AlertChange(quota, false, new AlertFacts(), 1, _clock.GetUtcNow() + TimeSpan.FromHours(5)), default);
        _clock.Advance(TimeSpan.FromHours(1));
        await _store.ExpireAsync(default);
        string[] afterAnHour = await OpenAsync();
        _clock.Advance(TimeSpan.FromHours(5));
        await _store.ExpireAsync(default);

        Assert.Equal(["relay_quota_used"], afterAnHour);
        Assert.Empty(await OpenAsync());
    }

    [Fact]
    public async Task Failovers_from_a_paused_relay_are_told_with_its_pause_and_others_by_themselves()
    {
        await RaiseAsync(_paused);
        await RaiseAsync(_paused with { Kind = AlertKind.RelayFailover });
        await RaiseAsync(new AlertKey(DeliveryDatabase.Project, AlertKind.RelayFailover, "busy"));
        _clock.Advance(TimeSpan.FromMinutes(1));

        IReadOnlyList<Alert> untold = await _store.UntoldAsync(default);

        Assert.Equal([("a", AlertKind.RelayPaused), ("busy", AlertKind.RelayFailover)], untold.Select(alert => (alert.Key.Subject, alert.Key.Kind)).Order());
    }

    [Fact]
    public async Task Many_processes_at_once_open_one_alert()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RaiseAsync(_paused)));

        Alert alert = Assert.Single(await _store.ListAsync(DeliveryDatabase.Project, 10, default));
        Assert.Equal(20, alert.Count);
    }

    [Fact]
    public async Task Messages_due_for_long_are_seen_and_that_nobody_takes_them()
    {
        AlertOutbox outbox = new();
        QueueWatch watch = new(_database.Source, outbox, Options.Create(new AlertOptions()), TimeProvider.System, NullLogger<QueueWatch>.Instance);
        await _database.AddMessagesAsync(3, due: DateTimeOffset.UtcNow.AddMinutes(-20));

        await watch.LookAsync(default);
        AlertChange[] nobody = [.. outbox.Take().Where(change => !change.IsOver)];
        await using (Npgsql.NpgsqlCommand lease = _database.Source.CreateCommand("UPDATE deliveries SET state = 'sending', lease_token = gen_random_uuid(), lease_until = now() + interval '1 minute' WHERE recipient = 'r0@example.com'"))
            await lease.ExecuteNonQueryAsync();
        await watch.LookAsync(default);
        AlertChange[] slow = [.. outbox.Take().Where(change => !change.IsOver)];

        Assert.Equal([(AlertKind.NoWorker, 3L)], nobody.Select(change => (change.Key.Kind, change.Facts.Waiting!.Value)));
        Assert.Equal([(AlertKind.QueueOld, 2L)], slow.Select(change => (change.Key.Kind, change.Facts.Waiting!.Value)));
    }

    [Fact]
    public void Every_kind_has_words_in_both_languages_standing_and_over()
    {
        foreach (AlertKind kind in Enum.GetValues<AlertKind>())
        {
            Alert stands = new(Guid.NewGuid(), new AlertKey(null, kind, "a"), new AlertFacts { Used = 1, Limit = 2, Period = "month", Waiting = 3 }, 4, _clock.GetUtcNow(), _clock.GetUtcNow());
            Alert over = stands with { ResolvedAt = _clock.GetUtcNow() };
            string[] titles = [AlertText.Of(stands, "en").Title, AlertText.Of(stands, "fr-CA").Title, AlertText.Of(over, "en").Title, AlertText.Of(over, "fr").Title];

            Assert.Equal(4, titles.Distinct().Count());
            Assert.DoesNotContain(kind.Name(), titles);
        }
    }

    [Fact]
    public async Task An_alert_that_cannot_be_told_does_not_keep_back_those_after_it()
    {
        AlertOptions options = new() { TellAfter = TimeSpan.Zero, LookEvery = TimeSpan.FromMilliseconds(50) };
        AlertStore store = new(_database.Source, Options.Create(options), _clock);
        await RaiseAsync(_paused);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await RaiseAsync(_paused with { Subject = "b" });
        FaultyChannel channel = new();
        using AlertKeeper keeper = new(
            new AlertOutbox(), store, new QueueWatch(_database.Source, new AlertOutbox(), Options.Create(options), _clock, NullLogger<QueueWatch>.Instance),
            new RateWatch(_database.Source, new AlertOutbox(), Options.Create(options), _clock), [channel], Options.Create(options), NullLogger<AlertKeeper>.Instance);

        await keeper.StartAsync(default);
        await Eventually.TrueAsync(() => channel.Told.Contains("b"));
        await keeper.StopAsync(default);
    }

    [Fact]
    public async Task Words_of_a_server_that_no_database_takes_do_not_keep_the_alert_from_being_stored()
    {
        await _store.ApplyAsync(new AlertChange(_paused, false, new AlertFacts { Reason = "421 \0 go\uD800 away " + new string('x', 5000) }, 1, null), default);

        AlertFacts facts = (await _store.ListAsync(DeliveryDatabase.Project, 10, default)).Single().Facts;
        Assert.StartsWith("421  go\uFFFD away xxx", facts.Reason, StringComparison.Ordinal);
        Assert.InRange(facts.Reason!.Length, 900, 1100);
    }

    private Task RaiseAsync(AlertKey key) => _store.ApplyAsync(new AlertChange(key, false, new AlertFacts(), 1, null), default);

    private Task ResolveAsync(AlertKey key) => _store.ApplyAsync(new AlertChange(key, true, new AlertFacts(), 0, null), default);

    private async Task<int> TellAsync()
    {
        IReadOnlyList<Alert> untold = await _store.UntoldAsync(default);
        foreach (Alert alert in untold) await _store.MarkToldAsync(alert, default);
        return untold.Count;
    }

    private async Task<string[]> OpenAsync() => [.. (await _store.ListAsync(DeliveryDatabase.Project, 10, default)).Where(alert => alert.IsOpen).Select(alert => alert.Key.Kind.Name())];

    private sealed class FaultyChannel : IAlertChannel
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Told { get; } = new();

        public Task<string?> TellAsync(Alert alert, CancellationToken ct)
        {
            if (alert.Key.Subject == "a") throw new FormatException("Of no use.");
            Told.Enqueue(alert.Key.Subject);
            return Task.FromResult<string?>(null);
        }
    }
}
