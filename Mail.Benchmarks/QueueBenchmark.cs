using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Mail.Benchmarks.Load;
using Npgsql;

namespace Mail.Benchmarks;

/// <summary>What a message costs to deliver when few and when a million are queued, and how much memory the worker has then.</summary>
internal static class QueueBenchmark
{
    private const int Measured = 20_000;

    // Copies of the one message that is scheduled, now due and each to a recipient of its own. Ids are UUIDv7 (RFC 9562 §5.7).
    private const string FillSql = """
        WITH new AS MATERIALIZED (
            SELECT n, (lpad(to_hex(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') || '7' || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid AS message_id, gen_random_uuid() AS delivery_id,
                   'queue-' || ($2 + n) || '@example.net' AS recipient
            FROM generate_series(1, $1) AS n
        ), stored AS (
            INSERT INTO messages (project_id, id, created_at, lane, is_test, guarantee, subject, envelope, content)
            SELECT m.project_id, new.message_id, now(), m.lane, m.is_test, m.guarantee, m.subject, jsonb_set(m.envelope::jsonb, '{to}', jsonb_build_array(new.recipient))::json, m.content
            FROM new, (SELECT * FROM messages WHERE scheduled_at IS NOT NULL) AS m
        )
        INSERT INTO deliveries (project_id, id, message_id, recipient, kind, lane, state, next_attempt_at, reason)
        SELECT m.project_id, new.delivery_id, new.message_id, new.recipient, 'to', m.lane, 'queued', now(), 'Accepted; waiting for a worker.'
        FROM new, (SELECT * FROM messages WHERE scheduled_at IS NOT NULL) AS m
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        int most = args is [string text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : 1_000_000;
        using CountingSink sink = new();
        string run = Guid.NewGuid().ToString("N");
        Console.WriteLine("Starting PostgreSQL, cache, API and worker...");
        await using BenchmarkStack stack = await BenchmarkStack.StartAsync(sink.Port, ("BENCHMARK_RUN", run));
        await using NpgsqlDataSource database = NpgsqlDataSource.Create(await stack.ConnectionStringAsync());
        HttpLoad load = new(stack.Emails, BenchmarkStack.ApiKey);
        Console.WriteLine("Warming up...");
        LoadResult warm = await load.RunAsync(16, TimeSpan.FromSeconds(8), n => BenchmarkStack.ResetMail($"warm-{n}"));
        await AcceptPatternAsync(stack);
        int sent = warm.Good;
        await ArrivedAsync(sink, sent);

        List<string> rows = [];
        for (int queued = 1000; queued <= most; queued *= 10)
        {
            Console.WriteLine($"{queued} queued...");
            int rounds = Math.Max(1, Measured / queued), measured = Math.Min(queued, Measured);
            (TimeSpan worker, TimeSpan postgres, TimeSpan took) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
            long memory = 0;
            for (int round = 0; round < rounds; round++)
            {
                await FillAsync(database, queued, sent);
                TimeSpan workerBefore = Usage.OfRun(run, "Mail.Worker").Cpu, postgresBefore = await Usage.OfDatabaseAsync(database);
                long started = Stopwatch.GetTimestamp();
                int before = sink.Recipients;
                await ArrivedAsync(sink, before + measured);
                took += Stopwatch.GetElapsedTime(started);
                (TimeSpan cpu, memory) = Usage.OfRun(run, "Mail.Worker");
                worker += cpu - workerBefore;
                postgres += await Usage.OfDatabaseAsync(database) - postgresBefore;
                sent += queued;
                if (queued < most) await ArrivedAsync(sink, sent);
            }

            double messages = (double)measured * rounds;
            rows.Add(string.Create(CultureInfo.InvariantCulture, $"| {queued:N0} | {messages / took.TotalSeconds:0} | {worker.TotalMicroseconds / messages:0} | {postgres.TotalMicroseconds / messages:0} | {memory / 1_000_000} |"));
        }

        Console.WriteLine();
        Console.WriteLine("| queued | delivered/s | worker: CPU µs a message | PostgreSQL: CPU µs a message | worker: memory MB |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (string row in rows) Console.WriteLine(row);
        return 0;
    }

    /// <summary>Has a message accepted that can be copied: one that waits, and holds nothing secret, as this is encrypted for its own message and goes once it has arrived.</summary>
    internal static async Task AcceptPatternAsync(BenchmarkStack stack)
    {
        using HttpClient client = new() { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", BenchmarkStack.ApiKey) } };
        string body = "{\"from\":\"Acme <no-reply@example.com>\",\"to\":\"pattern@example.net\",\"template\":{\"id\":\"welcome\",\"variables\":{\"start_url\":\"https://example.com/start\",\"name\":\"Ada\"}},"
            + $"\"scheduled_at\":\"{DateTimeOffset.UtcNow.AddDays(2):O}\"}}";
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await client.PostAsync(stack.Emails, content);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"The message to be copied was refused: {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>Queues copies of the message that <see cref="AcceptPatternAsync"/> had accepted.</summary>
    internal static async Task FillAsync(NpgsqlDataSource database, int count, int from)
    {
        await using NpgsqlCommand fill = database.CreateCommand(FillSql);
        fill.CommandTimeout = 600;
        fill.Parameters.Add(new NpgsqlParameter<int> { TypedValue = count });
        fill.Parameters.Add(new NpgsqlParameter<int> { TypedValue = from });
        await fill.ExecuteNonQueryAsync();
    }

    private static async Task ArrivedAsync(CountingSink sink, int recipients)
    {
        (int last, long since) = (sink.Recipients, Stopwatch.GetTimestamp());
        while (sink.Recipients < recipients)
        {
            if (sink.Recipients != last) (last, since) = (sink.Recipients, Stopwatch.GetTimestamp());
            if (Stopwatch.GetElapsedTime(since) > TimeSpan.FromSeconds(120)) throw new TimeoutException($"{recipients - sink.Recipients} messages did not arrive.");
            await Task.Delay(2);
        }
    }
}
