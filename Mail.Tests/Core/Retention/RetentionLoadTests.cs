using System.Diagnostics;
using System.Globalization;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Retention;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.Core.Retention;

/// <summary>A million finished messages go while a thousand wait and others are sent.</summary>
public sealed class RetentionLoadTests(PostgresFixture postgres)
{
    private const int Finished = 1_000_000;
    private const int Unsent = 1000;

    // Months that nobody keeps; the oldest has what still waits, and the third is empty.
    private const string FillSql = """
        WITH message AS (
            INSERT INTO messages (project_id, id, created_at, lane, is_test, guarantee, subject, envelope, content)
            SELECT $1, (lpad(to_hex((extract(epoch FROM t) * 1000)::bigint), 12, '0') || '7' || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid, t, 1, false, 'at_least_once', 'Hello',
                   '{"from":"a@example.org","to":["b@example.com"],"cc":[],"bcc":[],"reply_to":[],"tags":[]}', '{"text":"Body","headers":{},"attachments":[]}'
            FROM generate_series(1, $3) n, LATERAL (SELECT $2::timestamptz + n * interval '1 second' AS t) at
            RETURNING id, created_at
        ), event AS (
            INSERT INTO events (project_id, message_id, id, type, created_at, recipient) SELECT $1, id, gen_random_uuid(), 'email.sent', created_at, 'b@example.com' FROM message
        )
        """;

    private const string FinishedSql = FillSql + "INSERT INTO finished_deliveries (project_id, message_id, id, recipient, kind, state, attempts, finished_at) SELECT $1, id, gen_random_uuid(), 'b@example.com', 'to', 'sent', 1, created_at FROM message";
    private const string UnsentSql = FillSql + "INSERT INTO deliveries (project_id, id, message_id, recipient, kind, lane, state, next_attempt_at, reason) SELECT $1, gen_random_uuid(), id, 'b@example.com', 'to', 1, 'scheduled', created_at + interval '1 year', 'Waits.' FROM message";

    [Fact, Trait("Category", "Load")]
    public async Task Old_months_go_without_holding_anybody_up_and_without_what_still_waits()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        DateTimeOffset now = DateTimeOffset.UtcNow, old = new(now.AddDays(-300).Year, now.AddDays(-300).Month, 1, 0, 0, 0, TimeSpan.Zero);
        await ExecuteAsync(database.Source, "INSERT INTO projects (id, name, keep_history_days, created_at) VALUES ($1, 'P', 90, now()) ON CONFLICT (id) DO NOTHING", DeliveryDatabase.Project.Value);
        PartitionMaintenance partitions = new(database.Source);
        await partitions.EnsureAsync(old, CancellationToken.None);
        await ExecuteAsync(database.Source, FinishedSql, DeliveryDatabase.Project.Value, old.UtcDateTime, Finished / 2);
        await ExecuteAsync(database.Source, UnsentSql, DeliveryDatabase.Project.Value, old.UtcDateTime, Unsent);
        await ExecuteAsync(database.Source, FinishedSql, DeliveryDatabase.Project.Value, old.AddMonths(1).UtcDateTime, Finished / 2);

        using CancellationTokenSource end = new();
        Task<int> sending = SendAsync(database, end.Token);
        Task<TimeSpan> watching = WatchLocksAsync(database, end.Token);
        long began = Stopwatch.GetTimestamp();
        (int dropped, long deleted) = await new HistoryRemoval(database.Source, partitions, TimeProvider.System).RunAsync(CancellationToken.None);
        TimeSpan took = Stopwatch.GetElapsedTime(began);
        await end.CancelAsync();
        (int sent, TimeSpan longest) = (await sending, await watching);

        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{dropped} partitions dropped, {deleted:N0} messages deleted in {took.TotalSeconds:0.0} s; {sent:N0} sent meanwhile; longest wait for a lock {longest.TotalMilliseconds:0} ms"));
        Assert.Equal((12, Finished / 2), (dropped, (int)deleted));
        Assert.Equal(Unsent, await database.CountAsync("deliveries WHERE state = 'scheduled'"));
        Assert.Equal(Unsent, await database.CountAsync("messages m JOIN deliveries d ON d.message_id = m.id WHERE d.state = 'scheduled'"));
        Assert.Equal(sent, await database.CountAsync($"messages WHERE id >= '{UuidV7.First(now)}'"));
        Assert.InRange(longest, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
    }

    /// <summary>As intake and a worker do: a message comes, is read, and is finished.</summary>
    private static async Task<int> SendAsync(DeliveryDatabase database, CancellationToken end)
    {
        int sent = 0;
        for (; !end.IsCancellationRequested; sent++)
        {
            MessageId id = await database.AddMessageAsync(["c@example.com"]);
            await database.CountAsync($"messages WHERE project_id = '{DeliveryDatabase.Project}' AND id = '{id}'");
            await ExecuteAsync(
                database.Source,
                "WITH done AS (DELETE FROM deliveries WHERE project_id = $1 AND message_id = $2 RETURNING *) INSERT INTO finished_deliveries (project_id, message_id, id, recipient, kind, state, attempts, finished_at) SELECT project_id, message_id, id, recipient, kind, 'sent', 1, now() FROM done",
                DeliveryDatabase.Project.Value, id.Value);
        }

        return sent;
    }

    /// <returns>The longest time for which a session was seen waiting for a lock that another one held.</returns>
    private static async Task<TimeSpan> WatchLocksAsync(DeliveryDatabase database, CancellationToken end)
    {
        await using NpgsqlConnection connection = await database.Source.OpenConnectionAsync(CancellationToken.None);
        TimeSpan longest = TimeSpan.Zero;
        while (!end.IsCancellationRequested)
        {
            await using NpgsqlCommand look = new("SELECT coalesce(max(clock_timestamp() - waitstart), interval '0') FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())", connection);
            TimeSpan waited = (TimeSpan)(await look.ExecuteScalarAsync(CancellationToken.None))!;
            if (waited > longest) longest = waited;
            await Task.Delay(2, CancellationToken.None);
        }

        return longest;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql, params object[] values)
    {
#pragma warning disable CA2100 // a test's own text
        await using NpgsqlCommand command = source.CreateCommand(sql);
#pragma warning restore CA2100
        command.CommandTimeout = 600;
        foreach (object value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}
