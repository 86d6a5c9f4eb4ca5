using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Core.Messages;
using Mail.Core.Relays;
using Mail.Tests.Core.Suppressions;
using Mail.Tests.Support;
using Microsoft.Extensions.Options;
using Npgsql;
using MailDelivery = Mail.Core.Delivery.Delivery;

namespace Mail.Tests.Core.Delivery;

/// <summary>A worker keeps its statements prepared for days, while the queue is empty now and holds a million later.</summary>
public sealed class QueuePlanTests(PostgresFixture postgres)
{
    private const int Queued = 20_000;
    private const int Claims = 10;

    [Fact]
    public async Task A_claim_that_was_planned_while_the_queue_was_empty_reads_no_more_than_it_takes_when_it_is_long()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        long before;
        await using (DeliveryQueue queue = new(database.Source, Feeds.Of(), Options.Create(new DeliveryOptions()), TimeProvider.System))
        {
            ClaimShare share = new(Lane.Bulk, DeliveryDatabase.Project, DateTimeOffset.UtcNow.AddDays(-1), 10);
            await AnalyzeAsync(database);
            Assert.Empty(await queue.ClaimDueAsync([share], CancellationToken.None));
            await database.AddMessagesAsync(Queued, Lane.Bulk);
            before = await ReadAsync(database);

            for (int i = 0; i < Claims; i++) Assert.Equal(10, (await queue.ClaimDueAsync([share], CancellationToken.None)).Count);
        }

        // Statistics are reported when a connection ends at the latest. Rows that earlier claims took are passed by once more; all of the queue never is.
        await Eventually.TrueAsync(async () => await ReadAsync(database) > before);
        await Task.Delay(1500);
        Assert.InRange(await ReadAsync(database) - before, 10 * Claims, Queued);
    }

    [Fact]
    public async Task Outcomes_are_recorded_without_reading_a_queue_that_was_empty_seconds_ago()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        LaterClock clock = new();
        long before;
        await using (DeliveryQueue queue = new(database.Source, Feeds.Of(), Options.Create(new DeliveryOptions()), clock))
        {
            ClaimShare share = new(Lane.Bulk, DeliveryDatabase.Project, DateTimeOffset.UtcNow.AddDays(-1), 10);
            await AnalyzeAsync(database);
            await queue.RecordAsync([Sent(new MailDelivery(DeliveryDatabase.Project, DeliveryId.New(clock.GetUtcNow()), MessageId.New(clock.GetUtcNow()), "nobody@example.com", Lane.Bulk, 0))], CancellationToken.None);
            await database.AddMessagesAsync(Queued, Lane.Bulk);
            clock.Later = TimeSpan.FromSeconds(11);
            before = await ReadAsync(database);

            for (int i = 0; i < Claims; i++)
            {
                List<MailDelivery> claimed = await queue.ClaimDueAsync([share], CancellationToken.None);
                Assert.Equal(10, (await queue.RecordAsync([.. claimed.Select(Sent)], CancellationToken.None)).Count);
            }
        }

        await Eventually.TrueAsync(async () => await ReadAsync(database) > before);
        await Task.Delay(1500);
        Assert.InRange(await ReadAsync(database) - before, 10 * Claims, Queued);
    }

    private static MailDelivery Sent(MailDelivery delivery)
    {
        delivery.Record(new RelayReply(RelayVerdict.Accepted, 250, null, "OK"), "relay", DeliveryGuarantee.AtLeastOnce, new DeliveryOptions().ScheduleFor(Lane.Bulk), DateTimeOffset.UtcNow);
        return delivery;
    }

    private static Task<long> ReadAsync(DeliveryDatabase database) =>
        database.ScalarAsync<long>("SELECT (coalesce(sum(idx_tup_fetch), 0) + coalesce(sum(seq_tup_read), 0))::bigint FROM pg_stat_user_tables WHERE relname = 'deliveries'");

    private static async Task AnalyzeAsync(DeliveryDatabase database)
    {
        await using NpgsqlCommand analyze = database.Source.CreateCommand("ANALYZE deliveries");
        await analyze.ExecuteNonQueryAsync();
    }

    private sealed class LaterClock : TimeProvider
    {
        public TimeSpan Later { get; set; }

        public override long GetTimestamp() => base.GetTimestamp() + (long)(Later.TotalSeconds * TimestampFrequency);
    }
}
