using Mail.Core.Delivery;
using Mail.Core.Messages;
using Mail.Tests.Support;
using Microsoft.Extensions.Options;
using Npgsql;

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
        await using (DeliveryQueue queue = new(database.Source, Options.Create(new DeliveryOptions()), TimeProvider.System))
        {
            ClaimShare share = new(Lane.Bulk, DeliveryDatabase.Project, DateTimeOffset.UtcNow.AddDays(-1), 10);
            await AnalyzeAsync(database);
            for (int i = 0; i < 10; i++) Assert.Empty(await queue.ClaimDueAsync([share], CancellationToken.None)); // from the sixth on with a plan for any value
            await database.AddMessagesAsync(Queued, Lane.Bulk);
            before = await ReadAsync(database);

            for (int i = 0; i < Claims; i++) Assert.Equal(10, (await queue.ClaimDueAsync([share], CancellationToken.None)).Count);
        }

        // Statistics are reported when a connection ends at the latest. Rows that earlier claims took are passed by once more; all of the queue never is.
        await Eventually.TrueAsync(async () => await ReadAsync(database) > before);
        await Task.Delay(1500);
        Assert.InRange(await ReadAsync(database) - before, 10 * Claims, Queued);
    }

    private static Task<long> ReadAsync(DeliveryDatabase database) =>
        database.ScalarAsync<long>("SELECT (coalesce(sum(idx_tup_fetch), 0) + coalesce(sum(seq_tup_read), 0))::bigint FROM pg_stat_user_tables WHERE relname = 'deliveries'");

    private static async Task AnalyzeAsync(DeliveryDatabase database)
    {
        await using NpgsqlCommand analyze = database.Source.CreateCommand("ANALYZE deliveries");
        await analyze.ExecuteNonQueryAsync();
    }
}
