using Mail.Core.Alerts;
using Mail.Core.Common;
using Mail.Core.Relays.Limits;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Relays.Limits;

/// <summary>Quotas are exact over all workers, durable, and tell their alerts.</summary>
public sealed class RelayQuotaTests(PostgresFixture postgres)
{
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 3, 31, 12, 0, 0, TimeSpan.Zero));
    private readonly AlertOutbox _alerts = new();

    [Fact]
    public async Task Two_workers_that_race_grant_exactly_the_quota()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        RelayQuota[] workers = [Quota(database, day: 500), Quota(database, day: 500)];

        Granted[] grants = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => workers[i % 2].ReserveAsync(1 + i % 3)));

        Assert.Equal(500, grants.Sum(grant => grant.Count));
        Assert.Equal(500, await database.ScalarAsync<long>("SELECT used FROM relay_usage WHERE period = '2026-03-31'"));
        Assert.All(grants.Where(grant => grant.Why is not null), grant => Assert.Equal("The relay 'r' has used its quota of 500 recipients for today; it goes on at 00:00 UTC.", grant.Why!.Reason));
        Assert.Equal(0, await workers[0].RoomAsync(CancellationToken.None));
    }

    [Fact]
    public async Task What_was_refused_is_given_back_and_can_be_used_again()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        RelayQuota quota = Quota(database, day: 10);
        Granted granted = await quota.ReserveAsync(10);

        quota.GiveBack(granted.Periods, 4);

        Assert.Equal(4, (await quota.ReserveAsync(9)).Count);
        Assert.Equal(10, await database.ScalarAsync<long>("SELECT used FROM relay_usage WHERE period = '2026-03'"));
    }

    [Fact]
    public async Task A_new_day_has_a_new_quota_and_a_new_month_too()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        RelayQuota quota = Quota(database, day: 10, month: 15);
        _clock.Advance(TimeSpan.FromDays(-1));

        int monday = (await quota.ReserveAsync(12)).Count;
        _clock.Advance(TimeSpan.FromDays(1));
        Granted tuesday = await quota.ReserveAsync(12);
        DateTimeOffset until = tuesday.Why!.Until;
        _clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal((10, 5, 10), (monday, tuesday.Count, (await quota.ReserveAsync(12)).Count));
        Assert.Equal((new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero), "The relay 'r' has used its quota of 15 recipients for this month; it goes on at 2026-04-01 00:00 UTC."), (until, tuesday.Why.Reason));
    }

    [Fact]
    public async Task A_warm_up_lowers_the_day_and_grows()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        RelayQuota quota = Quota(database, day: 100, plan: new WarmUp(new DateOnly(2026, 3, 30), 4, 2));

        Granted second = await quota.ReserveAsync(1000);
        _clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal((8, 16), (second.Count, (await quota.ReserveAsync(1000)).Count));
        Assert.Equal("The relay 'r' is warming up and has sent to the 8 recipients of today's plan; it goes on at 00:00 UTC.", second.Why!.Reason);
        Assert.Empty(_alerts.Take());
    }

    [Fact]
    public async Task Four_fifths_and_all_of_a_quota_are_told()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        RelayQuota quota = Quota(database, day: 10);

        await quota.ReserveAsync(7);
        IReadOnlyList<AlertChange> before = _alerts.Take();
        await quota.ReserveAsync(1);
        AlertChange warned = _alerts.Take().Single();
        await quota.ReserveAsync(5);
        AlertChange full = _alerts.Take().Single();

        Assert.Empty(before);
        Assert.Equal((AlertKind.RelayQuota80, "r", 8L, 10L), (warned.Key.Kind, warned.Key.Subject, warned.Facts.Used, warned.Facts.Limit));
        Assert.Equal((AlertKind.RelayQuotaUsed, 10L, "day", (DateTimeOffset?)new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero)), (full.Key.Kind, full.Facts.Used, full.Facts.Period, full.EndsAt));
    }

    private RelayQuota Quota(DeliveryDatabase database, long? day = null, long? month = null, WarmUp? plan = null) => new(
        new RelayLimits("key", DeliveryDatabase.Project, new RelayId(Guid.Parse("01900000-0000-7000-8000-0000000000aa")), "r") { DayQuota = day, MonthQuota = month, WarmUp = plan },
        new RelayUsage(database.Source), _alerts, _clock);
}
