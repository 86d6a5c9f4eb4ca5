using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using Mail.Protocol.Smtp.Server;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Smtp.Server;

// STARTTLS (RFC 3207) and AUTH (RFC 4954).
public sealed class SubmissionTests : IDisposable
{
    private readonly TestCertificate _certificate = new();
    private readonly RecordingHandler _handler = new();

    private static string Plain { get; } = Base64("\0alice\0secret");

    public void Dispose() => _certificate.Dispose();

    [Fact]
    public async Task Who_hands_in_mail_signs_in_over_TLS_first()
    {
        await using MemoryClient client = new(Options(), _handler);
        await client.ReadReplyAsync();

        Assert.DoesNotContain("AUTH", await client.AskAsync("EHLO client"), StringComparison.Ordinal);
        Assert.StartsWith("530 5.7.0 Send STARTTLS first", await client.AskAsync("MAIL FROM:<a@example.com>"), StringComparison.Ordinal);
        Assert.StartsWith("538 5.7.11 ", await client.AskAsync($"AUTH PLAIN {Plain}"), StringComparison.Ordinal);
        Assert.StartsWith("220 2.0.0 ", await client.AskAsync("STARTTLS"), StringComparison.Ordinal);
        await client.SecureAsync();
        Assert.StartsWith("503 5.5.1 Send EHLO first", await client.AskAsync($"AUTH PLAIN {Plain}"), StringComparison.Ordinal); // all that was said in clear is forgotten
        string capabilities = await client.AskAsync("EHLO client");
        Assert.Contains("250-AUTH PLAIN LOGIN", capabilities, StringComparison.Ordinal);
        Assert.DoesNotContain("STARTTLS", capabilities, StringComparison.Ordinal);
        Assert.StartsWith("503 5.5.1 ", await client.AskAsync("STARTTLS"), StringComparison.Ordinal);
        Assert.StartsWith("530 5.7.0 Sign in first", await client.AskAsync("MAIL FROM:<a@example.com>"), StringComparison.Ordinal);
        Assert.StartsWith("235 2.7.0 ", await client.AskAsync($"AUTH PLAIN {Plain}"), StringComparison.Ordinal);
        Assert.StartsWith("503 5.5.1 ", await client.AskAsync($"AUTH PLAIN {Plain}"), StringComparison.Ordinal);
        await client.SendAsync("MAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\nDATA\r\n");
        foreach (string code in new[] { "250", "250", "354" }) Assert.StartsWith(code, await client.ReadReplyAsync(), StringComparison.Ordinal);
        Assert.StartsWith("250 ", await client.AskAsync("x\r\n."), StringComparison.Ordinal);

        TakenMessage taken = Assert.Single(_handler.Messages);
        Assert.Equal(("ESMTPSA", "alice"), (taken.Protocol, taken.UserName));
    }

    [Fact]
    public async Task The_session_says_who_sends_and_how()
    {
        SmtpServerSession? seen = null;
        _handler.Authenticate = (session, credentials, _) =>
        {
            (seen, session.State) = (session, "project 7");
            return ValueTask.FromResult(SmtpServerReplies.Authenticated);
        };
        await using MemoryClient client = new(Options(isImplicit: true), _handler, IPAddress.Parse("::ffff:192.0.2.9"));
        await client.SecureAsync();
        await client.ReadReplyAsync();
        await client.AskAsync("EHLO client");

        await client.AskAsync($"AUTH PLAIN {Base64("boss\0alice\0pässword")}");

        Assert.Equal((IPAddress.Parse("192.0.2.9"), false, "client", true, "alice", "project 7"), (seen!.RemoteAddress, seen.IsLoopback, seen.ClientName, seen.IsExtended, seen.UserName, seen.State));
        Assert.True(seen.Tls is { Version: SslProtocols.Tls12 or SslProtocols.Tls13, ServerName: "localhost", ClientCertificate: null });
    }

    [Theory]
    [InlineData("AUTH PLAIN", "AGFsaWNlAHNlY3JldA==")]
    [InlineData("AUTH plain AGFsaWNlAHNlY3JldA==")]
    [InlineData("AUTH PLAIN =", null, "501 5.5.2 ")] // an empty response names nobody
    [InlineData("AUTH PLAIN YWxpY2UAYWxpY2UAc2VjcmV0")] // acts as itself
    [InlineData("AUTH LOGIN", "YWxpY2U=", "c2VjcmV0")]
    [InlineData("auth login YWxpY2U=", "c2VjcmV0")]
    [InlineData("AUTH PLAIN", "*", "501 5.7.0 ")]
    [InlineData("AUTH LOGIN", "YWxpY2U=", "*", "501 5.7.0 ")]
    [InlineData("AUTH PLAIN AGFsaWNlAHdyb25n", null, "535 5.7.8 ")]
    [InlineData("AUTH PLAIN Ym9zcwBhbGljZQBzZWNyZXQ=", null, "535 5.7.8 ")] // alice as boss
    [InlineData("AUTH PLAIN something", null, "501 5.5.2 ")]
    [InlineData("AUTH PLAIN AGFs aWNl", null, "501 5.5.2 ")]
    [InlineData("AUTH PLAIN YQ==", null, "501 5.5.2 ")]
    [InlineData("AUTH PLAIN AGH/AGI=", null, "501 5.5.2 ")] // no UTF-8
    [InlineData("AUTH LOGIN", "", "c2VjcmV0", "501 5.5.2 ")]
    [InlineData("AUTH CRAM-MD5", null, "504 5.5.4 ")]
    [InlineData("AUTH", null, "501 5.5.2 ")]
    public async Task Signing_in(string command, params string?[] responses)
    {
        bool isRefused = responses is [.., not null] && responses[^1]!.Contains(' ', StringComparison.Ordinal);
        await using MemoryClient client = await SecureAsync(Options());

        string reply = await client.AskAsync(command);
        foreach (string? response in isRefused ? responses[..^1] : responses)
        {
            if (response is null) continue;
            Assert.StartsWith("334 ", reply, StringComparison.Ordinal);
            reply = await client.AskAsync(response);
        }

        Assert.StartsWith(isRefused ? responses[^1]! : "235 2.7.0 ", reply, StringComparison.Ordinal);
        Assert.StartsWith("250 2.0.0 ", await client.AskAsync("NOOP"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_token_signs_in_and_a_longer_one_is_refused()
    {
        string token = new('t', 8000);
        _handler.Authenticate = (_, credentials, _) => ValueTask.FromResult(credentials.Password == token ? SmtpServerReplies.Authenticated : SmtpServerReplies.WrongCredentials);
        await using MemoryClient client = await SecureAsync(Options());

        Assert.StartsWith("500 5.5.2 ", await client.AskAsync($"AUTH PLAIN {new string('A', 13000)}"), StringComparison.Ordinal);
        Assert.StartsWith("334 ", await client.AskAsync("AUTH PLAIN"), StringComparison.Ordinal);
        Assert.StartsWith("500 5.5.6 ", await client.AskAsync(new string('A', 13000)), StringComparison.Ordinal);
        Assert.StartsWith("235 ", await client.AskAsync($"AUTH PLAIN {Base64($"\0alice\0{token}")}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_too_many_wrong_passwords_the_connection_ends()
    {
        await using MemoryClient client = await SecureAsync(Options());

        for (int i = 0; i < 3; i++) Assert.StartsWith("535 ", await client.AskAsync("AUTH PLAIN AGFsaWNlAHdyb25n"), StringComparison.Ordinal);

        Assert.StartsWith("421 4.7.0 Too many failed", await client.AskAsync($"AUTH PLAIN {Plain}"), StringComparison.Ordinal);
        Assert.Equal("", await client.ReadToEndAsync());
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task In_clear_only_from_this_machine_and_only_where_it_is_allowed(bool isLoopback, bool isAllowed)
    {
        SmtpServerOptions options = Options();
        options.AllowClearTextFromLoopback = true;
        await using MemoryClient client = new(options, _handler, isLoopback ? IPAddress.IPv6Loopback : null);
        await client.ReadReplyAsync();

        Assert.Equal(isAllowed, (await client.AskAsync("EHLO client")).Contains("AUTH", StringComparison.Ordinal));
        Assert.StartsWith(isAllowed ? "235 " : "538 ", await client.AskAsync($"AUTH PLAIN {Plain}"), StringComparison.Ordinal);
        Assert.StartsWith(isAllowed ? "250 " : "530 ", await client.AskAsync("MAIL FROM:<a@example.com>"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_is_not_received_by_name_and_password()
    {
        SmtpServerOptions options = Options();
        options.Role = SmtpServerRole.Reception;
        await using MemoryClient client = await SecureAsync(options);

        Assert.StartsWith("502 5.5.1 ", await client.AskAsync($"AUTH PLAIN {Plain}"), StringComparison.Ordinal);
        Assert.StartsWith("250 ", await client.AskAsync("MAIL FROM:<a@example.com>"), StringComparison.Ordinal);
    }

    /// <summary>CVE-2011-0411: what a stranger adds to the clear part must not be obeyed in the encrypted one.</summary>
    [Theory]
    [InlineData("STARTTLS\r\nMAIL FROM:<stranger@example.com>\r\n")]
    [InlineData("STARTTLS\r\nN")]
    public async Task Commands_that_come_with_STARTTLS_end_the_connection(string injected)
    {
        await using MemoryClient client = new(Options(), _handler);
        await client.ReadReplyAsync();
        await client.AskAsync("EHLO client");

        await client.SendAsync(injected);
        await client.EndAsync();

        Assert.Equal("503 5.5.1 Nothing may follow STARTTLS before its answer (RFC 3207)\r\n", await client.ReadToEndAsync());
    }

    [Fact]
    public async Task Commands_that_come_after_the_answer_and_before_the_handshake_are_no_handshake()
    {
        await using MemoryClient client = new(Options(), _handler);
        await client.ReadReplyAsync();
        await client.AskAsync("EHLO client");
        await client.AskAsync("STARTTLS");

        await client.SendAsync("NOOP\r\nMAIL FROM:<stranger@example.com>\r\n");
        await client.EndAsync();

        Assert.DoesNotContain("250", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TLS_does_not_begin_twice_nor_in_the_middle()
    {
        SmtpServerOptions options = Options();
        (options.AllowClearTextFromLoopback, options.AllowUnauthenticated) = (true, true);
        await using MemoryClient client = new(options, _handler, IPAddress.Loopback);
        await client.ReadReplyAsync();

        Assert.StartsWith("503 5.5.1 ", await client.AskAsync("STARTTLS"), StringComparison.Ordinal);
        await client.AskAsync("EHLO client");
        Assert.StartsWith("501 5.5.4 ", await client.AskAsync("STARTTLS now"), StringComparison.Ordinal);
        await client.AskAsync("MAIL FROM:<a@example.com>");
        Assert.StartsWith("503 5.5.1 ", await client.AskAsync("STARTTLS"), StringComparison.Ordinal);
        Assert.StartsWith("503 5.5.1 ", await client.AskAsync($"AUTH PLAIN {Plain}"), StringComparison.Ordinal);
        await client.AskAsync("RSET");
        Assert.StartsWith("235 ", await client.AskAsync($"AUTH PLAIN {Plain}"), StringComparison.Ordinal);
        Assert.StartsWith("503 5.5.1 ", await client.AskAsync("STARTTLS"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a name", "Hostname")]
    [InlineData("", "Hostname")]
    public void An_option_that_cannot_work_is_named(string hostname, string named)
    {
        SmtpServerOptions options = Options();
        options.Hostname = hostname;
        Assert.Contains(named, Assert.Throws<ArgumentException>(options.Validate).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_submission_server_at_which_nobody_could_sign_in_does_not_start() =>
        Assert.Contains("Tls", Assert.Throws<ArgumentException>(new SmtpServerOptions { Role = SmtpServerRole.Submission }.Validate).Message, StringComparison.Ordinal);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private SmtpServerOptions Options(bool isImplicit = false) => new()
    {
        Tls = new SslServerAuthenticationOptions { ServerCertificate = _certificate.Certificate }, ImplicitTls = isImplicit, AuthFailureDelay = TimeSpan.Zero,
    };

    private async Task<MemoryClient> SecureAsync(SmtpServerOptions options)
    {
        MemoryClient client = new(options, _handler);
        await client.ReadReplyAsync();
        await client.AskAsync("EHLO client");
        await client.AskAsync("STARTTLS");
        await client.SecureAsync();
        await client.AskAsync("EHLO client");
        return client;
    }
}
