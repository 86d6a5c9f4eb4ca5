using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Smtp;

// Programs that apps send with, unchanged: over both ports, through intake and a worker, to the server that the mail was for.
public sealed class SubmissionPeerTests(PostgresFixture postgres)
{
    private const string Python = "/usr/bin/python3";

    private static readonly string _scripts = Repository.Path("Mail.Tests", "Api", "Smtp", "Peers");

    [Fact]
    public async Task A_Django_app_whose_EMAIL_HOST_points_here_works()
    {
        Assert.SkipUnless(Directory.Exists("/usr/lib/python3/dist-packages/django"), "Django (Debian package python3-django) is not installed.");
        await using SubmissionCase mail = await SubmissionCase.StartAsync(postgres, withWorker: true);

        string said = await RunAsync(Python, [Path.Combine(_scripts, "send_django.py"), $"{mail.Port}", $"{mail.TlsPort}", ApiFixture.LiveKey]);

        Assert.Equal("1\n1\n1\n", said);
        IReadOnlyList<SmtpSinkMessage> sent = await mail.Sink.WaitForAsync(3);
        SmtpSinkMessage copy = sent.Single(message => message.Text.Contains("django copy", StringComparison.Ordinal));
        Assert.Equal(["b@example.com", "e@example.com", "d@example.com"], copy.Recipients);
        Assert.DoesNotContain("X-Mail-", copy.Text, StringComparison.Ordinal);
        JsonElement listed = (await mail.Client.GetAsync("/emails", System.Net.HttpStatusCode.OK)).GetProperty("data").EnumerateArray().Single(one => one.GetProperty("subject").GetString() == "django plain");
        JsonElement plain = await mail.EmailAsync(listed.GetProperty("id").GetString()!);
        Assert.Equal(("Änn <a@example.com>", "<p>Bonjour à tous</p>"), (plain.GetProperty("from").GetString(), plain.GetProperty("html").GetString()!.Trim()));
    }

    [Fact]
    public async Task Pythons_smtplib_sends_and_hears_of_a_wrong_key()
    {
        Assert.SkipUnless(File.Exists(Python), "python3 is not installed.");
        await using SubmissionCase mail = await SubmissionCase.StartAsync(postgres, withWorker: true);

        string said = await RunAsync(Python, [Path.Combine(_scripts, "send_smtplib.py"), $"{mail.Port}", $"{mail.TlsPort}", mail.CaFile, ApiFixture.LiveKey]);

        Assert.Equal("535 5.7.8 User name or password is wrong\n", said);
        Assert.Equal(["b@example.com", "b@example.com", "hidden@example.com"], (await mail.Sink.WaitForAsync(2)).SelectMany(message => message.Recipients).Order());
    }

    [Fact]
    public async Task Nodemailer_sends_and_gets_the_messages_ids()
    {
        string modules = Repository.Path("Mail.Tests", "Protocol", "Peers");
        Assert.SkipUnless(Directory.Exists(Path.Combine(modules, "node_modules", "nodemailer")), "npm packages of Mail.Tests/Protocol/Peers are not installed.");
        await using SubmissionCase mail = await SubmissionCase.StartAsync(postgres, withWorker: true);

        string said = await RunAsync("node", [Path.Combine(_scripts, "send-nodemailer.mjs"), modules, $"{mail.Port}", $"{mail.TlsPort}", mail.CaFile, ApiFixture.LiveKey]);

        Assert.Equal("20\nb@example.com\n", said);
        IReadOnlyList<SmtpSinkMessage> sent = await mail.Sink.WaitForAsync(21);
        Assert.DoesNotContain(sent, message => message.Text.Contains("secret@example.com", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--tls")]
    [InlineData("--tls-on-connect")]
    public async Task Swaks_sends(string tls)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/swaks"), "swaks is not installed.");
        await using SubmissionCase mail = await SubmissionCase.StartAsync(postgres, withWorker: true);

        await RunAsync("swaks", ["--server", "127.0.0.1", "--port", $"{(tls == "--tls" ? mail.Port : mail.TlsPort)}", tls, "--auth", "LOGIN", "--auth-user", "mail", "--auth-password", ApiFixture.LiveKey,
            "--from", "a@example.com", "--to", "b@example.com,c@example.com", "--header", "Subject: swaks", "--body", "one\\n.\\n..two\\n"]);

        Assert.Contains("\r\n\r\none\r\n.\r\n..two\r\n", (await mail.Sink.WaitForAsync(1)).Single().Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("smtp", "--ssl-reqd")]
    [InlineData("smtps")]
    public async Task Curl_sends(string scheme, params string[] options)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/curl"), "curl is not installed.");
        await using SubmissionCase mail = await SubmissionCase.StartAsync(postgres, withWorker: true);
        string message = "From: a@example.com\r\nTo: b@example.com\r\nSubject: curl\r\nMessage-ID: <curl@example.com>\r\nDate: Sat, 21 Nov 2026 04:00:00 +0000\r\n\r\n.dot\r\n"
            + string.Concat(Enumerable.Repeat(new string('x', 76) + "\r\n", 20_000));

        await RunAsync("curl", ["--silent", "--show-error", "--url", $"{scheme}://localhost:{(scheme == "smtps" ? mail.TlsPort : mail.Port)}/client.example.com", .. options, "--cacert", mail.CaFile,
            "--user", $"mail:{ApiFixture.LiveKey}", "--mail-from", "a@example.com", "--mail-rcpt", "b@example.com", "--upload-file", "-"], message);

        Assert.Equal(message, (await mail.Sink.WaitForAsync(1)).Single().Text);
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
