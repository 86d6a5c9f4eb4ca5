using System.Diagnostics;
using Mail.Protocol.Smtp;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Smtp;

// Postfix's own test server, which shares no code with ours.
public sealed class SmtpSinkProgramTests
{
    private const string Program = "/usr/sbin/smtp-sink";

    [Theory]
    [InlineData()]
    [InlineData("-p")] // offers no PIPELINING
    [InlineData("-e")] // offers no ESMTP: HELO
    public async Task One_connection_carries_a_thousand_messages(params string[] options)
    {
        Assert.SkipUnless(File.Exists(Program), "smtp-sink (Debian package postfix) is not installed.");
        int port = FreePort.Next();
        using Process sink = Process.Start(new ProcessStartInfo(Program, [.. options, .. AsRoot, $"127.0.0.1:{port}", "64"]) { RedirectStandardError = true })!;
        try
        {
            SmtpConnectionOptions target = new() { Host = "127.0.0.1", Port = port, TlsPolicy = SmtpTlsPolicy.None };
            await using SmtpConnection connection = await ConnectAsync(target, sink);

            for (int i = 0; i < 1000; i++)
            {
                SmtpTransactionResult result = await connection.SendAsync(SmtpTestMail.Envelope("b@example.com"), SmtpTestMail.Message, default);
                Assert.True(result.AllAccepted, result.Recipients[0].Reply.ToString());
            }

            Assert.True(connection.IsReusable);
            Assert.Equal(options.Length == 0, connection.Capabilities.Pipelining);
            await connection.QuitAsync(default);
        }
        finally
        {
            sink.Kill();
            await sink.WaitForExitAsync();
        }
    }

    private static string[] AsRoot => Environment.IsPrivilegedProcess ? ["-u", "nobody"] : [];

    // The program listens shortly after it has started.
    private static async Task<SmtpConnection> ConnectAsync(SmtpConnectionOptions target, Process sink)
    {
        while (true)
        {
            try { return await SmtpConnection.ConnectAsync(target, default); }
            catch (SmtpConnectException e) when (e.Stage == SmtpStage.Connect && !sink.HasExited) { await Task.Delay(20); }
        }
    }
}
