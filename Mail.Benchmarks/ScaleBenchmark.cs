using System.Diagnostics;
using System.Globalization;
using Mail.Benchmarks.Load;
using Npgsql;

namespace Mail.Benchmarks;

/// <summary>
/// How delivery grows with worker processes on one queue, over a relay that answers 50 ms after each mail: one that takes its time is what limits a worker in practice, by its connections. And whether
/// they wait for each other in PostgreSQL.
/// </summary>
internal static class ScaleBenchmark
{
    private const int QueuedPerWorker = 26_000;
    private static readonly TimeSpan _answersAfter = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _settle = TimeSpan.FromSeconds(40), _measure = TimeSpan.FromSeconds(20), _between = TimeSpan.FromMilliseconds(100);

    // Lock: rows, tables, advisory locks. LWLock: within PostgreSQL, for the time of a few instructions; one that is often seen is contended. But for WALWrite: who waits there shares the flush of
    // another's commit, and is counted by itself.
    private const string WaitsSql = """
        SELECT count(*) FILTER (WHERE wait_event_type = 'Lock'), count(*) FILTER (WHERE wait_event_type = 'LWLock' AND wait_event <> 'WALWrite'),
               count(*) FILTER (WHERE wait_event IN ('WALWrite', 'WALSync')), (SELECT count(*) FROM pg_locks WHERE NOT granted)
        FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
        """;

    private const string OutcomeSql = """
        SELECT (SELECT count(*) FROM deliveries WHERE state <> 'scheduled'),
               coalesce((SELECT min(state || ': ' || coalesce(reason, reply, '')) FROM finished_deliveries WHERE state NOT IN ('sent', 'delivered')), (SELECT min(state || ': ' || reason) FROM deliveries), 'nothing')
        """;

    /// <param name="args">Numbers of workers; without any 1, 2 and 4.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        int[] numbers = args.Length == 0 ? [1, 2, 4] : [.. args.Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        List<string> rows = [];
        foreach (int workers in numbers) rows.Add(await MeasureAsync(workers));
        Console.WriteLine();
        Console.WriteLine("| workers | messages/s | connections, mean | workers: CPU µs a message | PostgreSQL: CPU µs a message | looks at PostgreSQL | waiting for a lock | for a latch (LWLock) | for a flush of the log | locks not granted, at most |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (string row in rows) Console.WriteLine(row);
        return 0;
    }

    private static async Task<string> MeasureAsync(int workers)
    {
        using CountingSink sink = new(answersAfter: _answersAfter);
        string run = Guid.NewGuid().ToString("N");
        Console.WriteLine($"Starting PostgreSQL, cache, API and {workers} worker(s)...");
        await using BenchmarkStack stack = await BenchmarkStack.StartAsync(sink.Port, workers, ("BENCHMARK_RUN", run));
        await using NpgsqlDataSource database = NpgsqlDataSource.Create(await stack.ConnectionStringAsync());
        HttpLoad load = new(stack.Emails, BenchmarkStack.ApiKey);
        LoadResult warm = await load.RunAsync(4, TimeSpan.FromSeconds(2), n => BenchmarkStack.ResetMail($"warm-{n}"));
        await QueueBenchmark.AcceptPatternAsync(stack);
        Console.WriteLine($"{workers * QueuedPerWorker} queued...");
        await QueueBenchmark.FillAsync(database, workers * QueuedPerWorker, warm.Good);
        await Task.Delay(_settle);

        TimeSpan workerBefore = Usage.OfRun(run, "Mail.Worker").Cpu, postgresBefore = await Usage.OfDatabaseAsync(database);
        int before = sink.Recipients, looks = 0;
        long connections = 0, locks = 0, latches = 0, flushes = 0, mostNotGranted = 0, started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < _measure)
        {
            (long waiting, long latched, long flushing, long notGranted) = await WaitsAsync(database);
            (connections, locks, latches, flushes) = (connections + sink.Connections, locks + waiting, latches + latched, flushes + flushing);
            (mostNotGranted, looks) = (Math.Max(mostNotGranted, notGranted), looks + 1);
            await Task.Delay(_between);
        }

        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds, messages = sink.Recipients - before;
        TimeSpan worker = Usage.OfRun(run, "Mail.Worker").Cpu - workerBefore, postgres = await Usage.OfDatabaseAsync(database) - postgresBefore;
        (long left, string sample) = await LeftAsync(database);
        Console.WriteLine($"{before} had arrived before, {sink.Recipients} at the end, {sink.Messages - sink.Recipients} of them twice; {left} are left, such as one that is {sample}");
        if (left == 0) throw new InvalidOperationException("The queue was empty before the time was over: the figures would be too low.");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {workers} | {messages / seconds:0} | {(double)connections / looks:0} | {worker.TotalMicroseconds / messages:0} | {postgres.TotalMicroseconds / messages:0} | {looks} | {locks} | {latches} | {flushes} | {mostNotGranted} |");
    }

    private static async Task<(long Count, string Sample)> LeftAsync(NpgsqlDataSource database)
    {
        await using NpgsqlCommand look = database.CreateCommand(OutcomeSql);
        await using NpgsqlDataReader reader = await look.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetString(1));
    }

    private static async Task<(long Locks, long Latches, long Flushes, long NotGranted)> WaitsAsync(NpgsqlDataSource database)
    {
        await using NpgsqlCommand look = database.CreateCommand(WaitsSql);
        await using NpgsqlDataReader reader = await look.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
    }
}
