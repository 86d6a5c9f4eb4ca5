using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Mail.Protocol.Smtp;
using Mail.Protocol.Smtp.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mail.Benchmarks.Smtp;

/// <summary>
/// How many messages per second our server takes from <c>smtp-source -s 16</c>, beside smtp-sink in the same run. The two take turns; the ratio of the medians
/// is what counts. Both forget what they took, so that the protocol is measured and no storage.
/// </summary>
internal static class SmtpServerBenchmark
{
    private const int Connections = 16;
    private const int Rounds = 9;

    /// <returns>The exit code: 0, since smtp-source fails when a message is refused.</returns>
    public static async Task<int> RunAsync()
    {
        using SinkProgram sink = await SinkProgram.StartAsync();
        await using WebApplication server = await StartServerAsync();
        int port = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        Console.WriteLine($"smtp-source, {Connections} connections, {Rounds} rounds of both in turn, medians. {Environment.ProcessorCount} cores, .NET {Environment.Version}.");
        Console.WriteLine();
        Console.WriteLine("| message | smtp-sink takes/s | our server takes/s | ratio | allocated/message | CPU/message | smtp-sink: CPU/message |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        await CompareAsync(sink, port, "1 KB", 1_000, 20_000, keepConnections: true);
        await CompareAsync(sink, port, "10 KB", 10_000, 15_000, keepConnections: true);
        await CompareAsync(sink, port, "100 KB", 100_000, 4_000, keepConnections: true);
        await CompareAsync(sink, port, "1 KB, each on its own connection", 1_000, 8_000, keepConnections: false);
        return 0;
    }

    private static async Task<WebApplication> StartServerAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseSmtpServer(new Forgetful(), options => options.Role = SmtpServerRole.Reception)));
        WebApplication app = builder.Build();
        await app.StartAsync();
        return app;
    }

    private static async Task CompareAsync(SinkProgram sink, int port, string name, int size, int count, bool keepConnections)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, Message(size));
            await SinkProgram.RunSourceAsync(port, Connections, count, file, keepConnections); // the compiler has done its work when it counts
            List<double> theirs = [], ours = [], allocated = [], cpu = [], sinkCpu = [];
            using Process self = Process.GetCurrentProcess();
            for (int round = 0; round < Rounds; round++)
            {
                TimeSpan before = sink.Cpu;
                theirs.Add(await SinkProgram.RunSourceAsync(sink.Port, Connections, count, file, keepConnections));
                sinkCpu.Add((sink.Cpu - before).TotalMicroseconds / count);

                self.Refresh();
                (long bytes, before) = (GC.GetTotalAllocatedBytes(precise: true), self.TotalProcessorTime);
                ours.Add(await SinkProgram.RunSourceAsync(port, Connections, count, file, keepConnections));
                self.Refresh();
                allocated.Add((double)(GC.GetTotalAllocatedBytes(precise: true) - bytes) / count);
                cpu.Add((self.TotalProcessorTime - before).TotalMicroseconds / count);
            }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {Median(theirs):N0} | {Median(ours):N0} | {Median(ours) / Median(theirs):P0} | {Median(allocated):N0} B | {Median(cpu):0} µs | {Median(sinkCpu):0} µs |"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Message(int size)
    {
        StringBuilder text = new("From: sender@example.com\nTo: recipient@example.net\nSubject: benchmark\nContent-Type: text/html\n\n");
        while (text.Length < size) text.Append("<p style=\"margin: 0 0 16px\">Your code is <b>493817</b>.</p>\n");
        return text.ToString();
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private sealed class Forgetful : ISmtpServerHandler
    {
        public ValueTask<SmtpReply> AuthenticateAsync(SmtpServerSession session, SmtpCredentials credentials, CancellationToken ct) => ValueTask.FromResult(SmtpServerReplies.WrongCredentials);

        public ValueTask<SmtpReply> MailAsync(SmtpServerSession session, SmtpSender sender, CancellationToken ct) => ValueTask.FromResult(SmtpServerReplies.SenderAccepted);

        public ValueTask<SmtpReply> RcptAsync(SmtpServerSession session, SmtpRecipient recipient, CancellationToken ct) => ValueTask.FromResult(SmtpServerReplies.RecipientAccepted);

        public ValueTask<SmtpReply> MessageAsync(SmtpServerSession session, SmtpServerMessage message, CancellationToken ct) => ValueTask.FromResult(SmtpServerReplies.Stored("1"));
    }
}
