using System.Diagnostics;
using System.Globalization;
using Mail.Core.Common;
using Mail.Core.Privacy;
using Mail.Core.Suppressions;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Core.Suppressions;
using Mail.Tests.Support;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Mail.Tests.Core.Privacy;

/// <summary>A person with a hundred thousand messages among as many of others, in steps, while others' mail comes and goes.</summary>
public sealed class ErasureLoadTests(PostgresFixture postgres)
{
    private const int Own = 100_000;

    private const string FillSql = """
        WITH message AS (
            INSERT INTO messages (project_id, id, created_at, lane, is_test, guarantee, subject, envelope, content)
            SELECT $1, (lpad(to_hex((extract(epoch FROM t) * 1000)::bigint), 12, '0') || '7' || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid, t, 1, false, 'at_least_once', 'Hello',
                   json_build_object('from', 'a@example.org', 'to', json_build_array($2::text), 'cc', '[]'::json, 'bcc', '[]'::json, 'reply_to', '[]'::json, 'tags', '[]'::json),
                   json_build_object('text', repeat('Dear reader, this is what you ordered. ', 50) || $2::text, 'headers', json_build_object(), 'attachments', '[]'::json)
            FROM generate_series(1, $3) n, LATERAL (SELECT now() - interval '1 day' + n * interval '1 millisecond' AS t) at
            RETURNING id, created_at
        ), event AS (
            INSERT INTO events (project_id, message_id, id, type, created_at, recipient) SELECT $1, id, gen_random_uuid(), 'email.sent', created_at, $2 FROM message
        )
        INSERT INTO finished_deliveries (project_id, message_id, id, recipient, kind, state, attempts, finished_at) SELECT $1, id, gen_random_uuid(), $2, 'to', 'sent', 1, created_at FROM message
        """;

    [Fact, Trait("Category", "Load")]
    public async Task A_hundred_thousand_messages_go_without_holding_anybody_up()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await FillAsync(database.Source, "INSERT INTO projects (id, name, created_at) VALUES ($1, 'P', now()) ON CONFLICT DO NOTHING", DeliveryDatabase.Project.Value);
        foreach (string recipient in (string[])["ada@example.com", "joada@example.com"]) await FillAsync(database.Source, FillSql, DeliveryDatabase.Project.Value, recipient, Own);
        SuppressionHashes hashes = Feeds.Hashes(database.Source);
        ErasureStore store = new(database.Source, new EphemeralDataProtectionProvider(), hashes, TimeProvider.System);
        Erasures erasures = new(database.Source, store, TimeProvider.System, NullLogger<Erasures>.Instance);
        Assert.True(PersonAddress.TryParse("ada@example.com", out PersonAddress? person, out _));
        using CancellationTokenSource end = new();
        Task<(int Sent, TimeSpan Longest)> sending = SendAsync(database, end.Token);

        long began = Stopwatch.GetTimestamp();
        Erasure begun = (await erasures.EraseAsync(DeliveryDatabase.Project, person, keepSuppressed: false, CancellationToken.None)).Value;
        TimeSpan asked = Stopwatch.GetElapsedTime(began), longestStep = TimeSpan.Zero;
        int steps = 0;
        for (ErasureStep step = ErasureStep.More; step == ErasureStep.More; steps++)
        {
            long at = Stopwatch.GetTimestamp();
            step = await erasures.StepAsync(DeliveryDatabase.Project, begun.Id, CancellationToken.None);
            if (Stopwatch.GetElapsedTime(at) > longestStep) longestStep = Stopwatch.GetElapsedTime(at);
        }

        TimeSpan took = Stopwatch.GetElapsedTime(began);
        await end.CancelAsync();
        (int sent, TimeSpan longest) = await sending;
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"answered after {asked.TotalSeconds:0.0} s, done after {took.TotalSeconds:0.0} s in {steps} more steps, the longest {longestStep.TotalMilliseconds:0} ms; {sent} messages of others meanwhile, longest wait for a lock {longest.TotalMilliseconds:0} ms"));
        Assert.Null(begun.FinishedAt);
        Erasure done = (await erasures.FindAsync(DeliveryDatabase.Project, begun.Id, CancellationToken.None))!;
        Assert.NotNull(done.FinishedAt);
        Assert.Equal((Own, Own, Own), (done.Counts.Removed["messages"], done.Counts.Removed["finished_deliveries"], done.Counts.Removed["events"]));
        Assert.Equal(Own, await database.CountAsync("messages WHERE subject = 'Hello' AND created_at < now() - interval '1 hour' AND envelope::text LIKE '%joada%'"));
        Assert.Equal("", string.Join(", ", await Traces.FindAsync(database.Source, new TraceQuestion(["ada@example.com"], ["joada@example.com"], Guid.Empty))));
        Assert.InRange(longest, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
    }

    /// <summary>As intake and a worker do, one after the other, and who waits for a lock of whom.</summary>
    private static async Task<(int, TimeSpan)> SendAsync(DeliveryDatabase database, CancellationToken end)
    {
        await using NpgsqlConnection connection = await database.Source.OpenConnectionAsync(CancellationToken.None);
        TimeSpan longest = TimeSpan.Zero;
        int sent = 0;
        Task watching = Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                await using NpgsqlCommand look = new("SELECT coalesce(max(clock_timestamp() - waitstart), interval '0') FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())", connection);
                TimeSpan waited = (TimeSpan)(await look.ExecuteScalarAsync(CancellationToken.None))!;
                if (waited > longest) longest = waited;
                await Task.Delay(5, CancellationToken.None);
            }
        }, CancellationToken.None);
        for (; !end.IsCancellationRequested; sent++)
        {
            MessageId id = await database.AddMessageAsync(["bob@example.com"]);
            await FillAsync(
                database.Source,
                "WITH done AS (DELETE FROM deliveries WHERE project_id = $1 AND message_id = $2 RETURNING *) INSERT INTO finished_deliveries (project_id, message_id, id, recipient, kind, state, attempts, finished_at) SELECT project_id, message_id, id, recipient, kind, 'sent', 1, now() FROM done",
                DeliveryDatabase.Project.Value, id.Value);
            await Task.Delay(5, CancellationToken.None);
        }

        await watching;
        return (sent, longest);
    }

    private static async Task FillAsync(NpgsqlDataSource source, string sql, params object[] values)
    {
#pragma warning disable CA2100 // a test's own text
        await using NpgsqlCommand command = source.CreateCommand(sql);
#pragma warning restore CA2100
        command.CommandTimeout = 600;
        foreach (object value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}
