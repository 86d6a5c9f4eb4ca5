using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Mail.Core.Delivery;
using Mail.Core.Messages;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Core.Delivery;

/// <summary>Prints what the engine does on this machine, with the database and the sink on it too. Run it by name: it asserts only that everything arrived.</summary>
public sealed class DeliveryFigures(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int Messages = 20_000;

    [Fact(Explicit = true)]
    public async Task From_the_queue_to_a_sink()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessagesAsync(Messages, text: new string('x', 1500) + "\n");
        using Process sink = StartSink(out int port);
        try
        {
            Process self = Process.GetCurrentProcess();
            TimeSpan cpu = self.TotalProcessorTime;
            long started = Stopwatch.GetTimestamp();
            await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, settings: Settings(port));
            await Eventually.TrueAsync(async () => await database.CountAsync("deliveries") == 0, TimeSpan.FromMinutes(5));
            TimeSpan took = Stopwatch.GetElapsedTime(started);
            self.Refresh();
            output.WriteLine($"{Messages} messages in {took.TotalSeconds:0.00} s: {Messages / took.TotalSeconds:0}/s; CPU of this process {(self.TotalProcessorTime - cpu).TotalMilliseconds * 1000 / Messages:0} us a message; working set {self.WorkingSet64 / 1_000_000} MB");
            Assert.Equal(Messages, await database.CountAsync("finished_deliveries WHERE state = 'sent'"));
        }
        finally
        {
            sink.Kill();
        }
    }

    [Fact(Explicit = true)]
    public async Task From_the_commit_to_a_sink_when_idle()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await using SmtpSink sink = SmtpSink.Start();
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, settings: Settings(sink.Port));
        DeliverySignal signal = worker.Services.GetRequiredService<DeliverySignal>();
        List<double> milliseconds = [];
        for (int i = 0; i < 220; i++)
        {
            await database.AddMessageAsync([$"a{i}@example.com"], Lane.Critical);
            DateTimeOffset committed = DateTimeOffset.UtcNow;
            signal.Raise();
            SmtpSinkMessage last = (await sink.WaitForAsync(i + 1))[^1];
            if (i >= 20) milliseconds.Add((last.ReceivedAt - committed).TotalMilliseconds);
            await Task.Delay(15);
        }

        milliseconds.Sort();
        output.WriteLine($"idle, commit to sink: p50 {milliseconds[milliseconds.Count / 2]:0.0} ms, p99 {milliseconds[milliseconds.Count * 99 / 100]:0.0} ms");
    }

    private static Dictionary<string, string?> Settings(int port) => new() { ["SMTP_HOST"] = "127.0.0.1", ["SMTP_PORT"] = $"{port}", ["SMTP_TLS"] = "none" };

    /// <summary>Postfix's sink, a process of its own: it takes next to nothing of the measured one.</summary>
    private static Process StartSink(out int port)
    {
        const string Program = "/usr/sbin/smtp-sink";
        Assert.SkipUnless(File.Exists(Program), "smtp-sink (Debian: postfix) is not there.");
        using (TcpListener free = new(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        ProcessStartInfo start = new(Program, ["-u", Environment.UserName, $"127.0.0.1:{port}", "1000"]);
        return Process.Start(start)!;
    }
}
