using System.Diagnostics;
using System.Globalization;
using System.Text;
using Mail.Protocol.Mime;
using Mail.Protocol.Smtp;

namespace Mail.Benchmarks.Smtp;

/// <summary>
/// How many messages per second the client sends on 16 connections, beside smtp-source, to the same smtp-sink in the same run. The two take turns, because
/// the machine is never the same for long; the ratio of the medians is what counts.
/// </summary>
internal static class SmtpBenchmark
{
    private const int Connections = 16;
    private const int Rounds = 9;
    private const double MustReach = 0.7;

    /// <returns>The exit code: 1 when the client is too slow.</returns>
    public static async Task<int> RunAsync()
    {
        Console.WriteLine($"smtp-sink, {Connections} connections, {Rounds} rounds of both in turn, medians. {Environment.ProcessorCount} cores, .NET {Environment.Version}.");
        Console.WriteLine();
        Console.WriteLine("| message | smtp-source/s | client/s | ratio | client: allocated/message | client: CPU/message | smtp-sink's CPU/message with source, with client |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        bool isFast = true;
        using (SinkProgram sink = await SinkProgram.StartAsync())
        {
            isFast &= await CompareAsync(sink, "1 KB", Message(1_000), 30_000) >= MustReach;
            isFast &= await CompareAsync(sink, "10 KB", Message(10_000), 20_000) >= MustReach;
            isFast &= await CompareAsync(sink, "100 KB", Message(100_000), 5_000) >= MustReach;
        }
        // smtp-source never pipelines; here the client may not either, so that both say the same.
        using (SinkProgram sink = await SinkProgram.StartAsync("-p"))
            isFast &= await CompareAsync(sink, "10 KB, no PIPELINING", Message(10_000), 20_000) >= MustReach;
        Console.WriteLine();
        Console.WriteLine(isFast ? $"At least {MustReach:P0} of smtp-source: yes." : $"At least {MustReach:P0} of smtp-source: NO.");
        return isFast ? 0 : 1;
    }

    private static async Task<double> CompareAsync(SinkProgram sink, string name, string message, int count)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, message);
            byte[] crlf = Encoding.ASCII.GetBytes(message.Replace("\n", "\r\n", StringComparison.Ordinal));
            await RunClientAsync(sink.Port, crlf, count); // the compiler has done its work when it counts
            List<double> source = [], client = [], allocated = [], cpu = [], sinkSource = [], sinkClient = [];
            using Process self = Process.GetCurrentProcess();
            for (int round = 0; round < Rounds; round++)
            {
                TimeSpan sinkBefore = sink.Cpu;
                source.Add(await sink.RunSourceAsync(Connections, count, file));
                sinkSource.Add((sink.Cpu - sinkBefore).TotalMicroseconds / count);

                sinkBefore = sink.Cpu;
                self.Refresh();
                (long bytes, TimeSpan before) = (GC.GetTotalAllocatedBytes(precise: true), self.TotalProcessorTime);
                client.Add(await RunClientAsync(sink.Port, crlf, count));
                self.Refresh();
                allocated.Add((double)(GC.GetTotalAllocatedBytes(precise: true) - bytes) / count);
                cpu.Add((self.TotalProcessorTime - before).TotalMicroseconds / count);
                sinkClient.Add((sink.Cpu - sinkBefore).TotalMicroseconds / count);
            }
            double ratio = Median(client) / Median(source);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {Median(source):N0} | {Median(client):N0} | {ratio:P0} | {Median(allocated):N0} B | {Median(cpu):0} µs | {Median(sinkSource):0} / {Median(sinkClient):0} µs |"));
            return ratio;
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>From the first connection to the last goodbye, as smtp-source is measured.</summary>
    private static async Task<double> RunClientAsync(int port, ReadOnlyMemory<byte> message, int count)
    {
        SmtpConnectionOptions server = new() { Host = "127.0.0.1", Port = port, TlsPolicy = SmtpTlsPolicy.None };
        SmtpEnvelope envelope = new(EmailAddress.Parse("sender@example.com"), [EmailAddress.Parse("recipient@example.net")]);
        int left = count;
        long started = Stopwatch.GetTimestamp();
        await using (SmtpConnectionPool pool = new(new SmtpPoolOptions { MaxConnections = Connections, MaxTransactions = int.MaxValue }))
        {
            await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
            {
                while (Interlocked.Decrement(ref left) >= 0)
                    if (await pool.SendAsync(server, envelope, message, null, default) is not { AllAccepted: true }) throw new InvalidOperationException("A message was refused.");
            })));
        }
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static string Message(int size)
    {
        StringBuilder text = new("From: sender@example.com\nTo: recipient@example.net\nSubject: benchmark\nContent-Type: text/html\n\n");
        while (text.Length < size) text.Append("<p style=\"margin: 0 0 16px\">Your code is <b>493817</b>.</p>\n");
        return text.ToString();
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
