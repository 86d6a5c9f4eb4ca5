using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Benchmarks.Load;
using Npgsql;

namespace Mail.Benchmarks;

/// <summary>
/// A forgotten password, as it is run: requests for a code at a steady rate, each for another account, the mail at the sink, and the codes out of those mails for new
/// passwords, with the real cost of their hashes. Each time begins when a request was due, so that a slow answer does not hide those behind it.
/// </summary>
internal static partial class AccountsBenchmark
{
    private const int RequestsPerSecond = 50, ConfirmsPerSecond = 5, WarmUp = 20;
    private const double MostForRequest = 100, MostForConfirm = 300, MostForMail = 1000;

    private const string AddUsersSql = """
        INSERT INTO users (id, user_name, normalized_user_name, email, normalized_email, email_confirmed, password_hash, security_stamp, concurrency_stamp, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
        SELECT gen_random_uuid(), 'u' || n || '@example.net', 'U' || n || '@EXAMPLE.NET', 'u' || n || '@example.net', 'U' || n || '@EXAMPLE.NET', true, NULL, gen_random_uuid()::text, gen_random_uuid()::text, false, false, true, 0
        FROM generate_series(0, $1) n
        """;

    /// <param name="args">How many seconds; 20 without it.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        int seconds = args is [string given, ..] ? int.Parse(given, CultureInfo.InvariantCulture) : 20, requests = RequestsPerSecond * seconds, confirms = ConfirmsPerSecond * seconds;
        ConcurrentDictionary<string, string> codes = [];
        using CountingSink sink = new((recipient, mail) =>
        {
            if (CodeOf(mail) is { } code) codes.TryAdd(recipient, code);
        });
        Console.WriteLine("Starting PostgreSQL, cache, API and worker...");
        await using BenchmarkStack stack = await BenchmarkStack.StartAsync(
            sink.Port, ("EMAIL_FROM", "no-reply@example.com"), ("BASE_URL", "https://mail.example.com"), ("CONSOLE_URL", "https://mail.example.com/console"),
            ("Accounts__ResetsPerClient", "10000000"), ("RateLimits__AccountsPerMinute", "1000000"));
        await using (NpgsqlDataSource database = NpgsqlDataSource.Create(await stack.ConnectionStringAsync()))
        {
            await using NpgsqlCommand add = database.CreateCommand(AddUsersSql);
            add.Parameters.Add(new NpgsqlParameter<int> { TypedValue = WarmUp + requests });
            await add.ExecuteNonQueryAsync();
        }

        using HttpClient client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { BaseAddress = new Uri(stack.Emails, "/") };
        client.DefaultRequestHeaders.Add("X-Mail-Console", "1");
        Task<(double, long)> RequestAsync(int n, long due) => PostAsync(client, "auth/password-reset/request", new() { ["email"] = Address(n) }, HttpStatusCode.Accepted, due);
        Task<(double, long)> ConfirmAsync(int n, long due) =>
            PostAsync(client, "auth/password-reset/confirm", new() { ["email"] = Address(n), ["code"] = codes[Address(n)], ["new_password"] = "a new and long password" }, HttpStatusCode.NoContent, due);

        Console.WriteLine("Warming up...");
        for (int i = 0; i < WarmUp; i++) await RequestAsync(i, Stopwatch.GetTimestamp());
        await ArrivedAsync(codes, WarmUp);
        for (int i = 0; i < WarmUp; i++) await ConfirmAsync(i, Stopwatch.GetTimestamp());

        Console.WriteLine($"{requests} requests for a code, {RequestsPerSecond}/s...");
        (double Took, long Due)[] asked = await SteadyAsync(requests, RequestsPerSecond, n => due => RequestAsync(WarmUp + n, due));
        await ArrivedAsync(codes, WarmUp + requests);
        double[] mails = [.. Enumerable.Range(0, requests).Select(n => Stopwatch.GetElapsedTime(asked[n].Due, sink.ArrivalOf(Address(WarmUp + n))!.Value).TotalMilliseconds).Order()];
        Console.WriteLine($"{confirms} new passwords, {ConfirmsPerSecond}/s...");
        (double Took, long Due)[] confirmed = await SteadyAsync(confirms, ConfirmsPerSecond, n => due => ConfirmAsync(WarmUp + n, due));

        bool isGood = Say("request", [.. asked.Select(one => one.Took).Order()], MostForRequest);
        isGood &= Say("confirm", [.. confirmed.Select(one => one.Took).Order()], MostForConfirm);
        isGood &= Say("mail in the sink", mails, MostForMail);
        return isGood ? 0 : 1;
    }

    private static string Address(int n) => string.Create(CultureInfo.InvariantCulture, $"u{n}@example.net");

    private static bool Say(string what, double[] sorted, double most)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-18} p50 {sorted.At(50),8:0.0} ms  p99 {sorted.At(99),8:0.0} ms  slowest {sorted[^1],8:0.0} ms  (p99 must be below {most} ms)"));
        return sorted.At(99) < most;
    }

    /// <summary>One at each time that it is due, whatever became of those before.</summary>
    private static async Task<(double Took, long Due)[]> SteadyAsync(int count, int perSecond, Func<int, Func<long, Task<(double, long)>>> one)
    {
        long start = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 10);
        List<Task<(double, long)>> running = [];
        for (int n = 0; n < count; n++)
        {
            long due = start + (Stopwatch.Frequency * n / perSecond);
            TimeSpan left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
            if (left > TimeSpan.Zero) await Task.Delay(left);
            running.Add(one(n)(due));
        }

        return await Task.WhenAll(running);
    }

    private static async Task<(double Took, long Due)> PostAsync(HttpClient client, string path, Dictionary<string, string> body, HttpStatusCode expected, long due)
    {
        using StringContent content = new(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await client.PostAsync(new Uri(path, UriKind.Relative), content);
        double took = Stopwatch.GetElapsedTime(due).TotalMilliseconds;
        return answer.StatusCode == expected ? (took, due) : throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    private static async Task ArrivedAsync(ConcurrentDictionary<string, string> codes, int count)
    {
        long started = Stopwatch.GetTimestamp();
        while (codes.Count < count)
        {
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromMinutes(2)) throw new TimeoutException($"{codes.Count} of {count} mails with a code have come.");
            await Task.Delay(20);
        }
    }

    /// <summary>The text comes first in a mail of two parts.</summary>
    private static string? CodeOf(ReadOnlySequence<byte> mail)
    {
        string text = Encoding.ASCII.GetString(mail);
        int body = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return body >= 0 && Code().Match(text, body) is { Success: true } found ? found.Value : null;
    }

    [GeneratedRegex(@"(?<![#\w=.-])\d{6}(?![\w.-]*\w)")]
    private static partial Regex Code();
}
