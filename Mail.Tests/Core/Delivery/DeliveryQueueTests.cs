using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Core.Messages;
using Mail.Core.Relays;
using Mail.Tests.Core.Suppressions;
using Mail.Tests.Support;
using Microsoft.Extensions.Options;
using Npgsql;
using Claimed = Mail.Core.Delivery.Delivery;

namespace Mail.Tests.Core.Delivery;

public sealed class DeliveryQueueTests(PostgresFixture postgres)
{
    private static readonly RetrySchedule _schedule = RetrySchedule.Of(TimeSpan.FromMinutes(5));

    [Fact]
    public async Task Four_workers_that_claim_at_once_never_get_the_same_delivery()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessagesAsync(1000);

        List<Claimed>[] perWorker = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            await using DeliveryQueue queue = Queue(database);
            List<Claimed> all = [];
            while (await queue.ClaimDueAsync(17) is { Count: > 0 } claimed) all.AddRange(claimed);
            return all;
        }));

        DeliveryId[] ids = [.. perWorker.SelectMany(claimed => claimed).Select(delivery => delivery.Id)];
        Assert.Equal(1000, ids.Length);
        Assert.Equal(1000, ids.Distinct().Count());
        Assert.Equal(1000, await database.CountAsync("deliveries WHERE state = 'sending' AND lease_until > now() + interval '50 seconds' AND lease_token IS NOT NULL"));
    }

    [Fact]
    public async Task Each_lane_has_its_own_room_and_the_longest_due_comes_first()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        await database.AddMessagesAsync(300, Lane.Bulk, now.AddHours(-2));
        await database.AddMessageAsync(["critical@example.com"], Lane.Critical, due: now.AddSeconds(-1));
        await database.AddMessageAsync(["later@example.com"], due: now.AddMinutes(-1));
        await database.AddMessageAsync(["first@example.com"], due: now.AddMinutes(-2));
        await using DeliveryQueue queue = Queue(database);

        List<Claimed> claimed = await queue.ClaimDueAsync(10, 1, 5);

        Assert.Equal("critical@example.com", Assert.Single(claimed, delivery => delivery.Lane == Lane.Critical).Recipient);
        Assert.Equal("first@example.com", Assert.Single(claimed, delivery => delivery.Lane == Lane.Normal).Recipient);
        Assert.Equal(5, claimed.Count(delivery => delivery.Lane == Lane.Bulk));
    }

    [Fact]
    public async Task What_is_due_follows_our_clock()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        ManualClock clock = new(DateTimeOffset.UtcNow);
        await database.AddMessageAsync(["a@example.com"], due: clock.GetUtcNow().AddDays(3));
        await using DeliveryQueue queue = Queue(database, clock);

        Assert.Empty(await queue.ClaimDueAsync(10));
        clock.Advance(TimeSpan.FromDays(3));

        Assert.Single(await queue.ClaimDueAsync(10));
    }

    [Fact]
    public async Task A_batch_of_mixed_outcomes_is_recorded_whole()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessageAsync(["sent@example.com", "later@example.com", "never@example.com", "parked@example.com", "poison@example.com"]);
        await using DeliveryQueue queue = Queue(database);
        List<Claimed> claimed = await queue.ClaimDueAsync(10);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        Record("sent@example.com", RelayVerdict.Accepted, 250, "2.0.0");
        Record("later@example.com", RelayVerdict.Transient, 451, "4.7.1");
        Record("never@example.com", RelayVerdict.Permanent, 550, "5.1.1");
        Of("parked@example.com").Park(new RelayFault("The mail server is down.", false), "default", "default", now.AddMinutes(1), _schedule, now);
        Of("poison@example.com").Fail("It cannot be composed.");

        HashSet<DeliveryId> recorded = await queue.RecordAsync(claimed, CancellationToken.None);

        Assert.Equal(5, recorded.Count);
        Assert.Equal(("sent", 1, 250, null, null), await database.RecipientAsync("sent@example.com"));
        Assert.Equal(("bounced", 1, 550), First3(await database.RecipientAsync("never@example.com")));
        Assert.Equal(("failed", 1, null), First3(await database.RecipientAsync("poison@example.com")));
        var later = await database.RecipientAsync("later@example.com");
        Assert.Equal(("delivery_delayed", 1, 451), First3(later));
        Assert.Contains("451 text", later.Reason, StringComparison.Ordinal);
        Assert.InRange(later.NextAttemptAt!.Value, now.AddMinutes(4.9), now.AddMinutes(5.1));
        var parked = await database.RecipientAsync("parked@example.com");
        Assert.Equal(("delivery_delayed", 0, "The mail server is down."), (parked.State, parked.Attempts, parked.Reason));
        Assert.Equal(2, await database.CountAsync("deliveries WHERE lease_token IS NULL AND lease_until IS NULL"));
        Assert.Equal(3, await database.CountAsync("finished_deliveries"));
        Assert.Equal(["email.sent"], await database.EventsAsync("sent@example.com"));
        Assert.Equal(["email.delivery_delayed"], await database.EventsAsync("later@example.com"));
        Assert.Equal(["email.bounced"], await database.EventsAsync("never@example.com"));
        Assert.Equal(["email.failed"], await database.EventsAsync("poison@example.com"));
        Assert.Equal(1, await database.CountAsync("events WHERE type = 'email.delivery_delayed' AND code = 451 AND enhanced_code = '4.7.1' AND next_attempt_at > created_at AND reason <> '' AND relay = 'default' AND attempt = 1"));

        Claimed Of(string recipient) => claimed.Single(delivery => delivery.Recipient == recipient);
        void Record(string recipient, RelayVerdict verdict, int code, string enhanced) =>
            Of(recipient).Record(new RelayReply(verdict, code, enhanced, "text"), "default", DeliveryGuarantee.AtLeastOnce, _schedule, now);
    }

    [Fact]
    public async Task A_worker_whose_lease_was_taken_over_changes_nothing()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessageAsync(["a@example.com"]);
        await using DeliveryQueue late = Queue(database), second = Queue(database);
        List<Claimed> mine = await late.ClaimDueAsync(10);
        await EndLeasesAsync(database);
        Assert.Equal((1, 0), await second.TakeOverAsync(10, () => [], CancellationToken.None));
        List<Claimed> theirs = await second.ClaimDueAsync(10);
        Assert.Equal((0, 1), (Assert.Single(theirs).Attempts, theirs[0].Takeovers));

        Assert.Empty(await late.ExtendLeasesAsync(mine, CancellationToken.None));
        Assert.Empty(await late.MarkDataStartedAsync(mine, CancellationToken.None));
        Assert.Equal(0, await late.ReleaseAsync(mine, CancellationToken.None));
        mine[0].Record(FakeRelay.Accepted, "default", DeliveryGuarantee.AtLeastOnce, _schedule, DateTimeOffset.UtcNow);
        Assert.Empty(await late.RecordAsync(mine, CancellationToken.None));

        Assert.Equal(0, await database.CountAsync("finished_deliveries"));
        Assert.Equal(["email.delivery_delayed"], await database.EventsAsync("a@example.com"));
        theirs[0].Record(FakeRelay.Accepted, "default", DeliveryGuarantee.AtLeastOnce, _schedule, DateTimeOffset.UtcNow);
        Assert.Single(await second.RecordAsync(theirs, CancellationToken.None));
    }

    [Fact]
    public async Task An_ended_lease_is_due_again_with_its_reason_and_a_living_one_is_left_alone()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessageAsync(["dead@example.com"]);
        await using DeliveryQueue dead = Queue(database), living = Queue(database);
        await dead.ClaimDueAsync(10);
        await EndLeasesAsync(database);
        await database.AddMessageAsync(["living@example.com"]);
        Assert.Single(await living.ClaimDueAsync(10));

        Assert.Equal((1, 0), await living.TakeOverAsync(10, () => [], CancellationToken.None));

        var recipient = await database.RecipientAsync("dead@example.com");
        Assert.Equal(("delivery_delayed", 0, "The worker that held it stopped; another one sends it."), (recipient.State, recipient.Attempts, recipient.Reason));
        Assert.Equal("sending", (await database.RecipientAsync("living@example.com")).State);
        Assert.Equal(7, await database.ScalarAsync<int>("SELECT ('x' || substr(id::text, 15, 1))::bit(4)::int FROM events")); // a UUIDv7, or the timeline is out of order
        Assert.Equal(1, await database.CountAsync("events WHERE substr(id::text, 20, 1) IN ('8', '9', 'a', 'b') AND created_at > now() - interval '1 minute'"));
    }

    [Fact]
    public async Task A_worker_takes_over_nothing_that_it_holds_itself()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessageAsync(["mine@example.com"]);
        await database.AddMessageAsync(["dead@example.com"]);
        await using DeliveryQueue queue = Queue(database);
        Claimed mine = (await queue.ClaimDueAsync(10)).Single(delivery => delivery.Recipient == "mine@example.com");
        await EndLeasesAsync(database);

        Assert.Equal((1, 0), await queue.TakeOverAsync(10, () => [mine.Id.Value], CancellationToken.None));

        Assert.Equal("sending", (await database.RecipientAsync("mine@example.com")).State);
        Assert.Single(await queue.ExtendLeasesAsync([mine], CancellationToken.None));
    }

    [Fact]
    public async Task A_message_that_ends_its_workers_comes_back_later_each_time()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        ManualClock clock = new(DateTimeOffset.UtcNow);
        await database.AddMessageAsync(["a@example.com"], due: clock.GetUtcNow());
        await using DeliveryQueue queue = Queue(database, clock);
        for (int death = 0; death < 3; death++)
        {
            clock.Advance(TimeSpan.FromSeconds(30 * death));
            Assert.Single(await queue.ClaimDueAsync(10));
            await EndLeasesAsync(database);
            Assert.Equal((1, 0), await queue.TakeOverAsync(10, () => [], CancellationToken.None));
        }

        Assert.Empty(await queue.ClaimDueAsync(10));
        Assert.Equal(3, await database.ScalarAsync<int>("SELECT takeovers FROM deliveries"));
        Assert.Equal(0, (await database.RecipientAsync("a@example.com")).Attempts); // nobody knows that it was begun
    }

    [Fact]
    public async Task An_attempt_that_came_to_an_end_clears_the_takeovers_before_it()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessageAsync(["a@example.com"]);
        await using DeliveryQueue queue = Queue(database);
        await queue.ClaimDueAsync(10);
        await EndLeasesAsync(database);
        await queue.TakeOverAsync(10, () => [], CancellationToken.None);
        List<Claimed> claimed = await queue.ClaimDueAsync(10);
        Assert.Single(claimed).Record(new RelayReply(RelayVerdict.Transient, 450, null, "later"), "default", DeliveryGuarantee.AtLeastOnce, _schedule, DateTimeOffset.UtcNow);

        await queue.RecordAsync(claimed, CancellationToken.None);

        Assert.Equal(1, await database.CountAsync("deliveries WHERE takeovers = 0 AND attempts = 1"));
    }

    [Fact]
    public async Task What_was_taken_over_and_given_back_is_delayed_not_queued()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessageAsync(["a@example.com"]);
        await using DeliveryQueue queue = Queue(database);
        await queue.ClaimDueAsync(10);
        await EndLeasesAsync(database);
        await queue.TakeOverAsync(10, () => [], CancellationToken.None);

        await queue.ReleaseAsync(await queue.ClaimDueAsync(10), CancellationToken.None);

        Assert.Equal(("delivery_delayed", 0), Two(await database.RecipientAsync("a@example.com")));
    }

    [Fact]
    public async Task A_crash_in_the_middle_of_a_transfer_is_final_only_for_what_must_not_arrive_twice()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessageAsync(["begun@example.com"], guarantee: DeliveryGuarantee.AtMostOnce);
        await database.AddMessageAsync(["waiting@example.com"], guarantee: DeliveryGuarantee.AtMostOnce);
        await using DeliveryQueue queue = Queue(database);
        List<Claimed> claimed = await queue.ClaimDueAsync(10);
        Assert.Single(await queue.MarkDataStartedAsync([claimed.Single(delivery => delivery.Recipient == "begun@example.com")], CancellationToken.None));
        await EndLeasesAsync(database);

        Assert.Equal((1, 1), await queue.TakeOverAsync(10, () => [], CancellationToken.None));

        var begun = await database.RecipientAsync("begun@example.com");
        Assert.Equal(("failed", 1), (begun.State, begun.Attempts));
        Assert.Contains("at_most_once", begun.Reason, StringComparison.Ordinal);
        Assert.Equal(["email.failed"], await database.EventsAsync("begun@example.com"));
        Assert.Equal("delivery_delayed", (await database.RecipientAsync("waiting@example.com")).State);
    }

    [Fact]
    public async Task A_heartbeat_keeps_the_lease()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessageAsync(["a@example.com"]);
        await using DeliveryQueue queue = Queue(database);
        List<Claimed> claimed = await queue.ClaimDueAsync(10);
        await EndLeasesAsync(database);

        Assert.Single(await queue.ExtendLeasesAsync(claimed, CancellationToken.None));

        Assert.Equal((0, 0), await queue.TakeOverAsync(10, () => [], CancellationToken.None));
    }

    [Fact]
    public async Task What_is_given_back_is_due_at_once_and_counts_as_no_attempt()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessageAsync(["a@example.com"]);
        await using DeliveryQueue queue = Queue(database);

        Assert.Equal(1, await queue.ReleaseAsync(await queue.ClaimDueAsync(10), CancellationToken.None));

        Assert.Equal(("queued", 0), Two(await database.RecipientAsync("a@example.com")));
        Assert.Single(await queue.ClaimDueAsync(10));
    }

    [Fact]
    public async Task Only_those_that_wait_for_a_relay_are_called_when_it_is_back()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessageAsync(["parked@example.com"]);
        await database.AddMessageAsync(["refused@example.com"]);
        await using DeliveryQueue queue = Queue(database);
        List<Claimed> claimed = await queue.ClaimDueAsync(10);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        claimed.Single(delivery => delivery.Recipient == "parked@example.com").Park(new RelayFault("down", false), "default", "default", now.AddMinutes(9), _schedule, now);
        claimed.Single(delivery => delivery.Recipient == "refused@example.com").Record(new RelayReply(RelayVerdict.Transient, 450, null, "later"), "default", DeliveryGuarantee.AtLeastOnce, _schedule, now);
        await queue.RecordAsync(claimed, CancellationToken.None);

        Assert.Equal(0, await queue.UnparkAsync("another", 100, CancellationToken.None));
        Assert.Equal(1, await queue.UnparkAsync("default", 100, CancellationToken.None));

        Assert.Equal("parked@example.com", Assert.Single(await queue.ClaimDueAsync(10)).Recipient);
    }

    [Theory]
    [InlineData(4, 1, "c0 c1 n0 b0")]
    [InlineData(4, 0, "c0 c1 n0 n1")]
    [InlineData(2, 2, "c0 c1")]
    [InlineData(9, 1, "c0 c1 n0 n1 n2 b0 b1 b2")]
    public async Task Those_that_wait_for_room_are_called_by_lane_and_a_part_is_left_to_bulk(int room, int forBulk, string expected)
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await using DeliveryQueue queue = new(database.Source, Feeds.Of(), Options.Create(new DeliveryOptions()), TimeProvider.System);
        foreach ((Lane lane, string name, int count) in new[] { (Lane.Bulk, "b", 3), (Lane.Normal, "n", 3), (Lane.Critical, "c", 2) })
            for (int i = 0; i < count; i++) await database.AddMessageAsync([$"{name}{i}@example.com"], lane, due: DateTimeOffset.UtcNow.AddHours(1).AddSeconds(i));
        await using (Npgsql.NpgsqlCommand park = database.Source.CreateCommand($"UPDATE deliveries SET parked_by = '{Holds.TurnName}'")) await park.ExecuteNonQueryAsync();

        int called = await queue.CallAsync(Holds.TurnName, room, forBulk, CancellationToken.None);

        Assert.Equal(expected.Split(' ').Length, called);
        Assert.Equal(expected, await database.ScalarAsync<string>(
            "SELECT string_agg(split_part(recipient, '@', 1), ' ' ORDER BY lane, recipient) FROM deliveries WHERE parked_by IS NULL AND next_attempt_at <= now()"));
    }

    /// <summary>A plan that was made while the table was empty must not scan all of it later.</summary>
    [Fact]
    public async Task Every_statement_is_served_by_an_index()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await using DeliveryQueue queue = Queue(database);
        for (int i = 0; i < 8; i++)
        {
            await database.AddMessageAsync([$"warm{i}@example.com"]);
            List<Claimed> claimed = await queue.ClaimDueAsync(10);
            await queue.ExtendLeasesAsync(claimed, CancellationToken.None);
            foreach (Claimed delivery in claimed) delivery.Record(FakeRelay.Accepted, "default", DeliveryGuarantee.AtLeastOnce, _schedule, DateTimeOffset.UtcNow);
            await queue.RecordAsync(claimed, CancellationToken.None);
            await queue.TakeOverAsync(10, () => [], CancellationToken.None);
            await queue.UnparkAsync("default", 10, CancellationToken.None);
        }

        await queue.DisposeAsync(); // statistics are reported when a connection ends at the latest
        await Eventually.TrueAsync(async () => await database.ScalarAsync<long>("SELECT coalesce(sum(idx_scan), 0)::bigint FROM pg_stat_user_tables WHERE relname = 'deliveries'") > 0);
        Assert.Equal(0, await database.ScalarAsync<long>("SELECT coalesce(sum(seq_scan), 0)::bigint FROM pg_stat_user_tables WHERE relname = 'deliveries'"));
    }

    private static DeliveryQueue Queue(DeliveryDatabase database, TimeProvider? clock = null) => new(database.Source, Feeds.Of(), Options.Create(new DeliveryOptions()), clock ?? TimeProvider.System);

    private static async Task EndLeasesAsync(DeliveryDatabase database)
    {
        await using NpgsqlCommand end = database.Source.CreateCommand("UPDATE deliveries SET lease_until = now() - interval '1 second' WHERE lease_token IS NOT NULL");
        await end.ExecuteNonQueryAsync();
    }

    private static (string, int, int?) First3((string State, int Attempts, int? Code, string? Reason, DateTimeOffset? NextAttemptAt) r) => (r.State, r.Attempts, r.Code);

    private static (string, int) Two((string State, int Attempts, int? Code, string? Reason, DateTimeOffset? NextAttemptAt) r) => (r.State, r.Attempts);
}
