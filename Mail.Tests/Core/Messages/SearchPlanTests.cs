using Mail.Core.Delivery;
using Mail.Core.Messages;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.Core.Messages;

/// <summary>A search stays short also among messages that came after PostgreSQL last sampled the tables: ten thousand of the newest, of whose number the planner has no notion.</summary>
public sealed class SearchPlanTests(PostgresFixture postgres)
{
    private const int Sampled = 5_000, Newer = 10_000;

    [Theory]
    [InlineData("nobody-has-this", null)]
    [InlineData("nobody-has-this", DeliveryState.Queued)]
    [InlineData("r1", DeliveryState.Queued)]
    public async Task A_search_by_recipient_reads_each_row_a_few_times_at_most(string recipient, DeliveryState? state)
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessagesAsync(Sampled);
        await RunAsync(database, "ANALYZE messages, deliveries, finished_deliveries");
        await database.AddMessagesAsync(Newer);
        database.Source.Clear(); // what the inserts have read is reported when their connections end, and is not the search's
        await Task.Delay(1500);
        long before = await ReadAsync(database);
        await using (NpgsqlDataSource source = NpgsqlDataSource.Create(database.ConnectionString))
        {
            MessagePage page = await new MessageSearch(source).ListAsync(DeliveryDatabase.Project, new MessageFilter(25, null, null, state, recipient), CancellationToken.None);
            Assert.Equal(recipient == "r1" ? 25 : 0, page.Messages.Count);
        }

        // Statistics are reported when a connection ends at the latest.
        await Eventually.TrueAsync(async () => await ReadAsync(database) > before);
        await Task.Delay(1500);
        Assert.InRange(await ReadAsync(database) - before, 1, 5 * (Sampled + Newer));
    }

    private static Task<long> ReadAsync(DeliveryDatabase database) =>
        database.ScalarAsync<long>("SELECT (coalesce(sum(idx_tup_fetch), 0) + coalesce(sum(seq_tup_read), 0))::bigint FROM pg_stat_user_tables WHERE relname ~ '^(messages|deliveries|finished_deliveries)'");

    private static async Task RunAsync(DeliveryDatabase database, string sql)
    {
        await using NpgsqlCommand command = database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
