using System.Diagnostics;
using System.Text;
using Mail.Protocol.Smtp;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Smtp.Server;

// Programs that apps and people send with: TLS, AUTH and content as they do it.
public sealed class PeerTests
{
    private const string Python = "/usr/bin/python3";

    private static readonly string _scripts = Repository.Path("Mail.Tests", "Protocol", "Smtp", "Server", "Peers");

    [Theory]
    [InlineData("PLAIN", "--tls")]
    [InlineData("LOGIN", "--tls-on-connect")]
    [InlineData("PLAIN", "--tls", "--pipeline")]
    public async Task Takes_mail_from_swaks(string mechanism, params string[] options)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/swaks"), "swaks is not installed.");
        await using RunningSmtpServer server = await RunningSmtpServer.StartAsync(o => o.AllowUnauthenticated = false);
        int port = options.Contains("--tls-on-connect") ? server.ImplicitTlsPort : server.Port;

        string said = await RunAsync("swaks", ["--server", "127.0.0.1", "--port", $"{port}", "--ehlo", "client.example.com", .. options, "--auth", mechanism, "--auth-user", "alice", "--auth-password", "secret",
            "--from", "a@example.com", "--to", "b@box.test,c@box.test", "--header", "Subject: swaks", "--body", "one\\n.\\n..two\\n"]);

        TakenMessage taken = Assert.Single(server.Handler.Messages);
        Assert.Equal(("a@example.com", "ESMTPSA", "alice"), (taken.From, taken.Protocol, taken.UserName));
        Assert.Equal(["b@box.test", "c@box.test"], taken.To);
        Assert.Contains("\r\n\r\none\r\n.\r\n..two\r\n", taken.Text, StringComparison.Ordinal);
        Assert.Contains("221 2.0.0 Bye", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("smtp", "--ssl-reqd")]
    [InlineData("smtps")]
    public async Task Takes_mail_from_curl(string scheme, params string[] options)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/curl"), "curl is not installed.");
        await using RunningSmtpServer server = await RunningSmtpServer.StartAsync(o => o.AllowUnauthenticated = false);
        string message = "Subject: curl\r\n\r\n.dot\r\nüml\r\n" + string.Concat(Enumerable.Repeat(new string('x', 76) + "\r\n", 20_000));

        await RunAsync("curl", ["--silent", "--show-error", "--url", $"{scheme}://localhost:{(scheme == "smtps" ? server.ImplicitTlsPort : server.Port)}/client.example.com", .. options, "--cacert", server.CaFile,
            "--user", "alice:secret", "--mail-from", "a@example.com", "--mail-rcpt", "b@box.test", "--mail-rcpt", "c@box.test", "--upload-file", "-"], message);

        TakenMessage taken = Assert.Single(server.Handler.Messages);
        Assert.Equal(message, taken.Text);
        Assert.Equal(["b@box.test", "c@box.test"], taken.To);
        Assert.True(taken.Message.Is8Bit);
    }

    [Fact]
    public async Task Takes_mail_from_Pythons_smtplib()
    {
        Assert.SkipUnless(File.Exists(Python), "python3 is not installed.");
        await using RunningSmtpServer server = await RunningSmtpServer.StartAsync(o => o.AllowUnauthenticated = false);

        string said = await RunAsync(Python, [Path.Combine(_scripts, "send_smtplib.py"), $"{server.Port}", $"{server.ImplicitTlsPort}", server.CaFile]);

        Assert.Equal("""
            {'bad@box.test': (550, b'5.1.1 There is no such mailbox here')}
            (550, b'5.1.1 There is no such mailbox here')

            """.ReplaceLineEndings("\n"), said);
        IReadOnlyList<TakenMessage> taken = server.Handler.Messages;
        Assert.Equal(["a@example.com", "a@example.com", "dué@example.com"], taken.Select(m => m.From));
        Assert.Equal(["b@box.test", "b@box.test", "josé@box.test"], taken.SelectMany(m => m.To));
        Assert.Equal(["ESMTPSA", "ESMTPSA", "UTF8SMTPSA"], taken.Select(m => m.Protocol));
        Assert.Contains("\r\n.\r\n..zwei\r\n.drei\r\n", taken[0].Text, StringComparison.Ordinal);
        Assert.Equal(taken[1].Bytes.Length, taken[1].Message.Sender.DeclaredSize);
    }

    [Fact]
    public async Task Takes_mail_from_Django()
    {
        Assert.SkipUnless(File.Exists(Python), "python3 is not installed.");
        Assert.SkipUnless(Directory.Exists("/usr/lib/python3/dist-packages/django"), "Django (Debian package python3-django) is not installed.");
        await using RunningSmtpServer server = await RunningSmtpServer.StartAsync(o => o.AllowUnauthenticated = false);

        string said = await RunAsync(Python, [Path.Combine(_scripts, "send_django.py"), $"{server.Port}"]);

        Assert.Equal("1\n1\n", said);
        Assert.Equal([["b@box.test", "c@box.test"], ["b@box.test", "d@box.test"]], server.Handler.Messages.Select(m => m.To));
        Assert.Contains("\r\n.\r\n", server.Handler.Messages[0].Text, StringComparison.Ordinal);
        Assert.All(server.Handler.Messages, m => Assert.Equal("ESMTPSA", m.Protocol));
    }

    [Fact]
    public async Task Takes_mail_from_nodemailer()
    {
        string modules = Repository.Path("Mail.Tests", "Protocol", "Peers");
        Assert.SkipUnless(Directory.Exists(Path.Combine(modules, "node_modules", "nodemailer")), "npm packages of Mail.Tests/Protocol/Peers are not installed.");
        await using RunningSmtpServer server = await RunningSmtpServer.StartAsync(o => o.AllowUnauthenticated = false);

        string said = await RunAsync("node", [Path.Combine(_scripts, "send-nodemailer.mjs"), modules, $"{server.Port}", $"{server.ImplicitTlsPort}", server.CaFile]);

        Assert.Equal("""
            {"accepted":20,"rejected":20}
            250 2.0.0 Stored as 1

            """.ReplaceLineEndings("\n"), said);
        Assert.Equal(21, server.Handler.Messages.Count);
        TakenMessage first = server.Handler.Messages[0];
        Assert.Equal((DsnReturn.Headers, DsnNotify.Failure | DsnNotify.Delay, new DsnOriginalRecipient("rfc822", "orig@example.com")),
            (first.Message.Sender.Return, first.Message.Recipients[0].Notify, first.Message.Recipients[0].OriginalRecipient));
        Assert.Equal(("josé@box.test", "UTF8SMTPSA"), (server.Handler.Messages[20].To.Single(), server.Handler.Messages[20].Protocol));
    }

    private static async Task<string> RunAsync(string program, IEnumerable<string> arguments, string input = "")
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardInputEncoding = new UTF8Encoding(false),
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using CancellationTokenSource late = new(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(late.Token);
        Assert.True(process.ExitCode == 0, $"{program}: {await output}{await errors}");
        return await output;
    }
}
