using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Mail.Benchmarks.Load;
using Npgsql;

namespace Mail.Benchmarks;

/// <summary>What the list of messages and each kind of search take over HTTP when a million messages are stored, one question after the other; and how fast messages are accepted then.</summary>
internal static class SearchBenchmark
{
    private const int Questions = 100, Users = 250_000, Days = 20, Portion = 100_000;

    // The envelope is written as the API writes it. Copies of one accepted message, spread over the last days in their order: four to each recipient, one in sixty bounced, tags on all, one word that nobody else has in one subject of ten thousand.
    private const string FillSql = """
        WITH new AS MATERIALIZED (
            SELECT n, now() - make_interval(secs => ($3 - n) * ($4 * 86400.0 / $3)) AS at, gen_random_uuid() AS random FROM generate_series($1, $2) AS n
        ), row AS MATERIALIZED (
            SELECT *, (lpad(to_hex(floor(extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(replace(random::text, '-', ''), 14))::uuid AS id,
                   'user-' || (hashint4(n) & 2147483647) % $5 || '@example' || n % 50 || '.net' AS recipient FROM new
        ), stored AS (
            INSERT INTO messages (project_id, id, created_at, lane, is_test, guarantee, subject, envelope, content)
            SELECT m.project_id, row.id, row.at, 1, false, m.guarantee,
                   CASE WHEN n % 10000 = 7 THEN 'Rare word zanzibar' || n ELSE (ARRAY['Welcome to Acme', 'Your invoice', 'Your weekly digest', 'Order shipped'])[n % 4 + 1] || ' ' || n END,
                   ('{"from":"Acme <no-reply@example.com>","to":["' || row.recipient || '"],"cc":[],"bcc":[],"reply_to":[],"tags":[{"name":"category","value":"' || (ARRAY['welcome','invoice','digest','order'])[n % 4 + 1] || '"},{"name":"order","value":"' || n || '"}]}')::json, m.content
            FROM row, (SELECT * FROM messages WHERE subject = 'seed' LIMIT 1) AS m
        )
        INSERT INTO finished_deliveries (project_id, message_id, id, recipient, kind, state, attempts, relay, code, reply, finished_at)
        SELECT m.project_id, row.id, gen_random_uuid(), row.recipient, 'to', CASE WHEN n % 60 = 3 THEN 'bounced' ELSE 'delivered' END, 1, 'default', 250, '2.0.0 Ok: queued', row.at
        FROM row, (SELECT * FROM messages WHERE subject = 'seed' LIMIT 1) AS m
        """;

    /// <param name="args">How many messages; a million without it.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        int messages = args is [string given, ..] ? int.Parse(given, CultureInfo.InvariantCulture) : 1_000_000;
        using CountingSink sink = new();
        Console.WriteLine("Starting PostgreSQL, cache, API and worker...");
        await using BenchmarkStack stack = await BenchmarkStack.StartAsync(sink.Port);
        await stack.StopWorkerAsync();
        await using NpgsqlDataSource database = NpgsqlDataSource.Create(await stack.ConnectionStringAsync());
        using HttpClient client = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = stack.Emails };
        client.DefaultRequestHeaders.Authorization = new("Bearer", BenchmarkStack.ApiKey);
        await SeedAsync(client);
        Console.WriteLine($"Filling {messages:N0} messages...");
        for (int from = 1; from <= messages; from += Portion) await FillAsync(database, from, Math.Min(from + Portion - 1, messages), messages);
        await using (NpgsqlCommand analyze = database.CreateCommand("VACUUM (ANALYZE)"))
        {
            analyze.CommandTimeout = 600;
            await analyze.ExecuteNonQueryAsync();
        }

        string[] ids = await SampleAsync(database, messages);
        string[] recipients = await RecipientsAsync(database, ids);
        (string Name, Func<int, string> Query)[] kinds =
        [
            ("the newest 25", _ => ""),
            ("a page anywhere", i => $"&after={ids[i]}"),
            ("recipient, whole address", i => $"&to={recipients[i]}"),
            ("recipient, beginning (`user-12@`)", i => $"&to={recipients[i][..(recipients[i].IndexOf('@', StringComparison.Ordinal) + 1)]}"),
            ("recipient, a domain (1 in 50)", i => $"&to=@example{i % 50}.net"),
            ("recipient, part (rare)", i => $"&to=ser-{1000 + i}"),
            ("recipient, nobody", i => $"&to=nobody-{i}@example.net"),
            ("subject, a common word", _ => "&subject=invoice"),
            ("subject, 1 in 10,000", _ => "&subject=zanzibar"),
            ("subject, nowhere", i => $"&subject=nowhere{i}"),
            ("tag, common", _ => "&tag=category:welcome"),
            ("tag, one message", i => $"&tag=order:{(i * 9973) % messages}"),
            ("state bounced (1 in 60)", _ => "&status=bounced"),
            ("state delivered", _ => "&status=delivered"),
            ("state complained (none)", _ => "&status=complained"),
            ("state queued (one)", _ => "&status=queued"),
            ("bounced, and a domain", i => $"&status=bounced&to=@example{i % 50}.net"),
            ("id", i => $"&id={ids[i]}"),
            ("one day", i => $"&since={DateTime.UtcNow.AddDays(-1 - i % (Days - 2)):yyyy-MM-dd}&until={DateTime.UtcNow.AddDays(-i % (Days - 2)):yyyy-MM-dd}"),
        ];
        List<string> rows = [];
        foreach ((string name, Func<int, string> query) in kinds) rows.Add(await MeasureAsync(client, name, query));

        Console.WriteLine("Accepting with all of that stored...");
        HttpLoad load = new(stack.Emails, BenchmarkStack.ApiKey);
        await load.RunAsync(32, TimeSpan.FromSeconds(6), n => BenchmarkStack.ResetMail($"warm-{n}"));
        LoadResult accepted = await load.RunAsync(32, TimeSpan.FromSeconds(6), n => BenchmarkStack.ResetMail($"more-{n}"));

        Console.WriteLine();
        Console.WriteLine("| question | p50 ms | p95 ms | found | all searched |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (string row in rows) Console.WriteLine(row);
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Accepted beside {messages:N0} stored messages: {accepted.PerSecond:0} a second, p50 {accepted.Milliseconds.At(50):0.0} ms, p99 {accepted.Milliseconds.At(99):0.0} ms."));
        return 0;
    }

    private static async Task<string> MeasureAsync(HttpClient client, string name, Func<int, string> query)
    {
        for (int i = 0; i < 5; i++) await PageAsync(client, query(i));
        double[] times = new double[Questions];
        (int found, int whole) = (0, 0);
        for (int i = 0; i < Questions; i++)
        {
            long began = Stopwatch.GetTimestamp();
            string answer = await PageAsync(client, query(i));
            times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            using JsonDocument page = JsonDocument.Parse(answer);
            found += page.RootElement.GetProperty("data").GetArrayLength();
            if (page.RootElement.GetProperty("searched_to").ValueKind is JsonValueKind.Null) whole++;
        }

        Array.Sort(times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: p50 {times.At(50):0.0}, p95 {times.At(95):0.0} ms"));
        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {times.At(50):0.0} | {times.At(95):0.0} | {(double)found / Questions:0.#} | {100.0 * whole / Questions:0} % |");
    }

    private static async Task<string> PageAsync(HttpClient client, string query)
    {
        using HttpResponseMessage answer = await client.GetAsync(new Uri($"/emails?limit=25{query}", UriKind.Relative));
        string body = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? body : throw new InvalidOperationException($"{(int)answer.StatusCode} to {query}: {body}");
    }

    private static async Task SeedAsync(HttpClient client)
    {
        using StringContent body = new($$"""{"from":"Acme <no-reply@example.com>","to":"seed@example.net","subject":"seed","html":"{{new string('x', 1500)}}","text":"t"}""", System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await client.PostAsync(new Uri("/emails", UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task FillAsync(NpgsqlDataSource database, int from, int to, int all)
    {
        await using NpgsqlCommand fill = database.CreateCommand(FillSql);
        fill.CommandTimeout = 900;
        foreach (int value in (int[])[from, to, all, Days, Users]) fill.Parameters.Add(new NpgsqlParameter<int> { TypedValue = value });
        await fill.ExecuteNonQueryAsync();
    }

    private static async Task<string[]> SampleAsync(NpgsqlDataSource database, int all)
    {
        await using NpgsqlCommand command = database.CreateCommand("SELECT message_id FROM finished_deliveries TABLESAMPLE SYSTEM (5) ORDER BY random() LIMIT 100");
        List<string> ids = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) ids.Add(reader.GetGuid(0).ToString());
        return ids.Count >= Questions ? [.. ids] : throw new InvalidOperationException($"{ids.Count} of {all} messages were sampled: too few.");
    }

    private static async Task<string[]> RecipientsAsync(NpgsqlDataSource database, string[] ids)
    {
        await using NpgsqlCommand command = database.CreateCommand("SELECT recipient FROM finished_deliveries WHERE message_id = ANY($1)");
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. ids.Select(Guid.Parse)] });
        List<string> recipients = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) recipients.Add(reader.GetString(0));
        return [.. recipients];
    }
}
