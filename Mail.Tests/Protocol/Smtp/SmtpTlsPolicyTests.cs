using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Mail.Protocol.Smtp;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Smtp;

/// <summary>RFC 3207 and RFC 7435: what each policy does when TLS is offered, refused, broken or attacked.</summary>
public sealed class SmtpTlsPolicyTests
{
    private static readonly SmtpTimeouts _quick = new() { TlsHandshake = TimeSpan.FromMilliseconds(300) };

    public static readonly TheoryData<string> BrokenTls = ["454 4.7.0 not now", "502 5.5.1 unknown", "421 4.3.2 shutting down", "221 2.0.0 bye", "354 go on", "250 2.0.0 ok", "220 but no TLS follows", "drop"];

    [Theory, MemberData(nameof(BrokenTls))]
    public async Task Opportunistic_TLS_that_does_not_work_falls_back_to_plain_text_on_another_connection(string starttls)
    {
        using TestCertificate tls = new();
        await using SmtpSink sink = Sink(tls, starttls);

        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(SmtpConnectTests.Options(sink, SmtpTlsPolicy.Opportunistic, timeouts: _quick), default);
        await connection.SendAsync(SmtpTestMail.Envelope("b@example.com"), SmtpTestMail.Message, default);

        Assert.False(connection.IsSecure);
        SmtpSinkMessage taken = Assert.Single(sink.Messages);
        Assert.Equal((false, 2), (taken.Secure, taken.Connection));
    }

    [Theory, MemberData(nameof(BrokenTls))]
    public async Task Required_TLS_that_does_not_work_is_a_failure(string starttls)
    {
        using TestCertificate tls = new();
        foreach (SmtpTlsPolicy policy in new[] { SmtpTlsPolicy.Required, SmtpTlsPolicy.RequiredVerified })
        {
            await using SmtpSink sink = Sink(tls, starttls);

            SmtpConnectException e = await Assert.ThrowsAsync<SmtpConnectException>(() => SmtpConnection.ConnectAsync(SmtpConnectTests.Options(sink, policy, timeouts: _quick), default));

            Assert.Equal(SmtpStage.Tls, e.Stage);
            Assert.Equal(1, sink.ConnectionCount);
        }
    }

    // 127.0.0.2 is this machine too, so the way is made foreign by a stream that nobody knows.
    [Fact]
    public async Task Opportunistic_TLS_without_an_offer_sends_no_password_in_plain_text()
    {
        ReplayStream server = new("""
            S: 220 mx
            C: EHLO me.example.com
            S: 250-mx
            S: 250 AUTH PLAIN
            """, 4096);
        SmtpConnectionOptions options = new() { Host = "mx", Port = 25, LocalName = "me.example.com", TlsPolicy = SmtpTlsPolicy.Opportunistic, UserName = "ann", Password = "secret" };

        SmtpConnectException e = await Assert.ThrowsAsync<SmtpConnectException>(() => SmtpConnection.ConnectAsync(server, options, null, default));

        Assert.Equal((SmtpStage.Auth, true), (e.Stage, e.IsPermanent));
        Assert.True(server.IsFinished);
    }

    [Fact]
    public async Task A_refusal_before_AUTH_that_says_the_password_does_not_bring_it_into_the_open()
    {
        ReplayStream server = new("""
            S: 220 mx
            C: EHLO me.example.com
            S: 250-mx
            S: 250 STARTTLS
            C: STARTTLS
            S: 454 no TLS for secret-42
            """, 4096);
        SmtpTranscript transcript = new();
        SmtpConnectionOptions options = new() { Host = "mx", Port = 25, LocalName = "me.example.com", TlsPolicy = SmtpTlsPolicy.Required, UserName = "ann", Password = "secret-42" };

        SmtpConnectException e = await Assert.ThrowsAsync<SmtpConnectException>(() => SmtpConnection.ConnectAsync(server, options, transcript, default));

        Assert.DoesNotContain("secret-42", $"{e}{e.Reply}{transcript}", StringComparison.Ordinal);
        Assert.Contains("454 no TLS for ***", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SmtpTlsPolicy.Opportunistic, true)]
    [InlineData(SmtpTlsPolicy.Required, true)]
    [InlineData(SmtpTlsPolicy.RequiredVerified, false)]
    public async Task Only_the_highest_policy_looks_at_the_certificate(SmtpTlsPolicy policy, bool connects)
    {
        using TestCertificate tls = new("elsewhere.example.com", withLoopback: false, notAfter: DateTimeOffset.UtcNow.AddHours(-1));
        await using SmtpSink sink = SmtpSink.Start(new() { Certificate = tls.Certificate });

        if (connects)
        {
            await using SmtpConnection connection = await SmtpConnection.ConnectAsync(SmtpConnectTests.Options(sink, policy), default);
            Assert.True(connection.IsSecure);
        }
        else
        {
            Assert.True((await Assert.ThrowsAsync<SmtpConnectException>(() => SmtpConnection.ConnectAsync(SmtpConnectTests.Options(sink, policy), default))).IsPermanent);
        }
        Assert.Equal(1, sink.ConnectionCount);
    }

    [Fact]
    public async Task What_was_offered_before_TLS_is_forgotten()
    {
        using TestCertificate tls = new();
        await using SmtpSink sink = SmtpSink.Start(new() { Certificate = tls.Certificate });
        int greetings = 0;
        sink.Script = step => step.Stage == SmtpSinkStage.Ehlo && Interlocked.Increment(ref greetings) == 2 ? SmtpSinkAction.Reply(250, "sink.test\nSIZE 1000") : null;

        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(SmtpConnectTests.Options(sink, SmtpTlsPolicy.Required), default);

        SmtpCapabilities inside = connection.Capabilities;
        Assert.Equal((false, false, false, 1000), (inside.Pipelining, inside.EightBitMime, inside.StartTls, inside.MaxSize ?? 0));
        await connection.SendAsync(SmtpTestMail.Envelope("b@example.com"), SmtpTestMail.Message, default);
        Assert.Equal($"SIZE={SmtpTestMail.Message.Length}", Assert.Single(sink.Messages).MailParameters);
    }

    [Fact]
    public async Task AUTH_that_was_offered_before_TLS_only_is_not_used()
    {
        using TestCertificate tls = new();
        await using SmtpSink sink = SmtpSink.Start(new() { Certificate = tls.Certificate });
        int greetings = 0;
        sink.Script = step => step.Stage == SmtpSinkStage.Ehlo ? SmtpSinkAction.Reply(250, Interlocked.Increment(ref greetings) == 1 ? "sink.test\nSTARTTLS\nAUTH PLAIN" : "sink.test\nPIPELINING") : null;

        SmtpConnectException e = await Assert.ThrowsAsync<SmtpConnectException>(
            () => SmtpConnection.ConnectAsync(SmtpConnectTests.Options(sink, SmtpTlsPolicy.Required, userName: "ann", password: "secret"), default));

        Assert.Contains("offers no AUTH", e.Message, StringComparison.Ordinal);
    }

    // The 220 and what is behind it reach the client in one read: what comes later is read as TLS and fails there.
    [Theory]
    [InlineData(SmtpTlsPolicy.Opportunistic, "220 go\\r\\n250 injected\\r\\n")]
    [InlineData(SmtpTlsPolicy.Required, "220 go\\r\\n250-evil\\r\\n250 AUTH PLAIN\\r\\n")]
    [InlineData(SmtpTlsPolicy.Required, "220 go\\r\\n2")]
    [InlineData(SmtpTlsPolicy.RequiredVerified, "220 go\\r\\n235 2.7.0 signed in\\r\\n")]
    public async Task Replies_injected_before_TLS_end_the_attempt_whatever_the_policy(SmtpTlsPolicy policy, string bytes)
    {
        ReplayStream server = new($"""
            S: 220 mx
            C: EHLO me.example.com
            S: 250-mx
            S: 250 STARTTLS
            C: STARTTLS
            S:<{bytes}
            """, 4096);

        SmtpConnectException e = await Assert.ThrowsAsync<SmtpConnectException>(
            () => SmtpConnection.ConnectAsync(server, new SmtpConnectionOptions { Host = "mx", Port = 25, LocalName = "me.example.com", TlsPolicy = policy }, null, default));

        Assert.Equal(SmtpStage.Tls, e.Stage);
        Assert.Contains("injecting", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_injection_is_not_answered_with_plain_text()
    {
        await using LoopbackServer server = new(async (stream, _, ct) =>
        {
            using StreamReader client = new(stream);
            await stream.WriteAsync("220 mx\r\n"u8.ToArray(), ct);
            await client.ReadLineAsync(ct);
            await stream.WriteAsync("250-mx\r\n250 STARTTLS\r\n"u8.ToArray(), ct);
            await client.ReadLineAsync(ct);
            await stream.WriteAsync("220 go\r\n250 injected\r\n"u8.ToArray(), ct);
            await client.ReadLineAsync(ct);
        });

        SmtpConnectException e = await Assert.ThrowsAsync<SmtpConnectException>(
            () => SmtpConnection.ConnectAsync(new SmtpConnectionOptions { Host = "127.0.0.1", Port = server.Port, TlsPolicy = SmtpTlsPolicy.Opportunistic }, default));

        Assert.Contains("injecting", e.Message, StringComparison.Ordinal);
        Assert.Equal(1, server.ConnectionCount);
    }

    [Theory, InlineData(SmtpTlsPolicy.None), InlineData(SmtpTlsPolicy.Opportunistic)]
    public async Task TLS_from_the_first_byte_needs_a_policy_that_requires_it(SmtpTlsPolicy policy) =>
        await Assert.ThrowsAsync<ArgumentException>(() => SmtpConnection.ConnectAsync(new SmtpConnectionOptions { Host = "mx", Port = 465, TlsPolicy = policy, ImplicitTls = true }, default));

    private static SmtpSink Sink(TestCertificate tls, string starttls)
    {
        SmtpSink sink = SmtpSink.Start(new() { Certificate = tls.Certificate });
        sink.Script = step => step.Stage != SmtpSinkStage.StartTls ? null
            : starttls == "drop" ? SmtpSinkAction.Drop
            : starttls.StartsWith("421", StringComparison.Ordinal) ? SmtpSinkAction.Shutdown
            : SmtpSinkAction.Reply(int.Parse(starttls.AsSpan(0, 3), null), starttls[4..]);
        return sink;
    }

    [Theory, InlineData("1.3.6.1.5.5.7.3.1", true), InlineData("1.3.6.1.5.5.7.3.2", false)]
    public async Task A_certificate_of_a_named_authority_must_be_made_for_servers(string purpose, bool isTaken)
    {
        using IssuedCertificate issued = new(purpose);
        await using SmtpSink sink = SmtpSink.Start(new() { Certificate = issued.Certificate });

        SmtpConnectionOptions options = SmtpConnectTests.Options(sink, SmtpTlsPolicy.RequiredVerified, host: "localhost", caFile: issued.CaFile);
        Exception? e = await Record.ExceptionAsync(async () => await (await SmtpConnection.ConnectAsync(options, default)).DisposeAsync());

        if (isTaken) Assert.Null(e);
        else Assert.Contains("certificate is refused", Assert.IsType<SmtpConnectException>(e).Message, StringComparison.Ordinal);
    }

    /// <summary>A certificate for localhost and one purpose, issued by an authority of its own.</summary>
    private sealed class IssuedCertificate : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mail-test-tls-");

        public IssuedCertificate(string purpose)
        {
            using ECDsa authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256), key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            CertificateRequest authority = new("CN=Test authority", authorityKey, HashAlgorithmName.SHA256);
            authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            using X509Certificate2 issuer = authority.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
            SubjectAlternativeNameBuilder names = new();
            names.AddDnsName("localhost");
            request.CertificateExtensions.Add(names.Build());
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
            using X509Certificate2 issued = request.Create(issuer, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), [1, 2, 3]);
            Certificate = issued.CopyWithPrivateKey(key);
            File.WriteAllText(CaFile, issuer.ExportCertificatePem());
        }

        public X509Certificate2 Certificate { get; }

        public string CaFile => Path.Combine(_folder.FullName, "ca.pem");

        public void Dispose()
        {
            Certificate.Dispose();
            _folder.Delete(recursive: true);
        }
    }
}
