using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;

namespace Mail.Benchmarks;

/// <summary>
/// The same job on this system and on what teams run instead of it, one after the other on one machine with one load generator and one sink: `peers/run.py`.
/// This system is measured as it is, with DKIM, and while a session holds a snapshot open.
/// </summary>
internal static class PeersBenchmark
{
    private const int SinkPort = 2525;

    /// <summary>.NET compiles what is used much once more, and better; a server that has run for a minute is past that.</summary>
    private const string WarmUpSeconds = "15";

    private static readonly string[] _columns = ["stack", "accept_per_s", "accept_p50_ms", "accept_p99_ms", "end_to_end_per_s", "idle_accept_to_sink_p50_ms", "idle_p99_ms", "rss_mb", "n", "arrived", "duplicates"];

    /// <param name="args">Seconds, connections, and the stacks (mail, mail-dkim, mail-snapshot, django, node, postfix); all have a default.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        string seconds = args.ElementAtOrDefault(0) ?? "6", connections = args.ElementAtOrDefault(1) ?? "64";
        string[] stacks = args.Length > 2 ? args[2..] : ["mail", "mail-dkim", "mail-snapshot", "node", "django", "postfix"];
        List<JsonElement> results = [];
        foreach (string stack in stacks) results.AddRange(await MeasureAsync(stack, seconds, connections));

        Console.WriteLine();
        Console.WriteLine($"{connections} connections, {seconds} s, {DateTime.UtcNow:yyyy-MM-dd}, load average {(await File.ReadAllTextAsync("/proc/loadavg"))[..4]}");
        Console.WriteLine("| stack | accepted/s | p50 ms | p99 ms | end to end/s | idle, accepted -> sink: p50 ms | p99 ms | memory MB | accepted | arrived | twice |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (JsonElement result in results)
            Console.WriteLine($"| {string.Join(" | ", _columns.Select(name => Text(result, name)))} |");
        return results.TrueForAll(result => !result.TryGetProperty("all_arrived", out JsonElement all) || all.GetBoolean()) ? 0 : 1;
    }

    private static async Task<JsonElement[]> MeasureAsync(string stack, string seconds, string connections)
    {
        Console.WriteLine($"Measuring {stack}...");
        if (!stack.StartsWith("mail", StringComparison.Ordinal)) return [await RunAsync([seconds, connections, stack], [])];
        string run = Guid.NewGuid().ToString("N");
        await using BenchmarkStack system = await BenchmarkStack.StartAsync(SinkPort, [("BENCHMARK_RUN", run), .. stack == "mail-dkim" ? Signing() : []]);
        await using NpgsqlConnection snapshot = new(await system.ConnectionStringAsync());
        if (stack == "mail-snapshot") await HoldSnapshotAsync(snapshot);
        (string, string)[] environment = [("MAIL_URL", system.Emails.ToString()), ("MAIL_KEY", BenchmarkStack.ApiKey), ("MAIL_RUN", run), ("WARM", WarmUpSeconds)];
        JsonElement whole = await RunAsync([seconds, connections, "mail"], [.. environment, ("MAIL_NAME", stack)]);
        if (stack != "mail") return [whole];
        await system.StopWorkerAsync();
        return [whole, await RunAsync([seconds, connections, "accept"], [.. environment, ("MAIL_NAME", "mail, worker stopped")])];
    }

    /// <summary>As a forgotten transaction or a long report does: no dead row that it could still see may be removed.</summary>
    private static async Task HoldSnapshotAsync(NpgsqlConnection connection)
    {
        await connection.OpenAsync();
        await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await using NpgsqlCommand look = new("SELECT count(*) FROM deliveries", connection);
        await look.ExecuteScalarAsync();
    }

    private static (string, string)[] Signing()
    {
        using RSA key = RSA.Create(2048);
        return [("DKIM_DOMAIN", "example.com"), ("DKIM_SELECTOR", "bench"), ("DKIM_PRIVATE_KEY", key.ExportPkcs8PrivateKeyPem())];
    }

    private static async Task<JsonElement> RunAsync(string[] arguments, (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new("python3", [Path.Combine(Peers.Folder(), "run.py"), .. arguments]) { RedirectStandardOutput = true };
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        using Process python = Process.Start(start)!;
        string output = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        if (python.ExitCode != 0 || string.IsNullOrWhiteSpace(output)) throw new InvalidOperationException($"run.py {string.Join(' ', arguments)} ended with {python.ExitCode}; its head names what it needs.");
        string line = output.Trim().Split('\n')[^1];
        Console.WriteLine(line);
        return JsonDocument.Parse(line).RootElement.Clone();
    }

    private static string Text(JsonElement result, string name) =>
        !result.TryGetProperty(name, out JsonElement value) || value.ValueKind is JsonValueKind.Null ? ""
        : value.ValueKind is JsonValueKind.Number ? value.GetDouble().ToString("0.#", CultureInfo.InvariantCulture) : value.ToString();
}
