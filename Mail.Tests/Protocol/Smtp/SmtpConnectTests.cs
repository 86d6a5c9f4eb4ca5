using System.Net;
using System.Net.Sockets;
using Mail.Protocol.Smtp;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Smtp;

public sealed class SmtpConnectTests
{
    private const string Password = "correct horse é";

    [Theory]
    [InlineData(SmtpTlsPolicy.Opportunistic, false)]
    [InlineData(SmtpTlsPolicy.Required, false)]
    [InlineData(SmtpTlsPolicy.Required, true)]
    [InlineData(SmtpTlsPolicy.RequiredVerified, false)]
    [InlineData(SmtpTlsPolicy.RequiredVerified, true)]
    public async Task TLS_carries_user_name_and_message(SmtpTlsPolicy policy, bool isImplicit)
    {
        using TestCertificate tls = new();
        await using SmtpSink sink = SmtpSink.Start(new() { Certificate = tls.Certificate, ImplicitTls = isImplicit, UserName = "ann", Password = Password });

        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(
            Options(sink, policy, isImplicit, userName: "ann", password: Password, host: "localhost", caFile: policy == SmtpTlsPolicy.RequiredVerified ? tls.CertificateFile : null), default);
        SmtpTransactionResult result = await connection.SendAsync(SmtpTestMail.Envelope("b@example.com"), SmtpTestMail.Message, default);

        Assert.True(connection.IsSecure);
        Assert.True(connection.IsReusable);
        Assert.True(result.AllAccepted);
        SmtpSinkMessage message = Assert.Single(sink.Messages);
        Assert.Equal((true, "ann"), (message.Secure, message.UserName));
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    [InlineData("XOAUTH2 LOGIN PLAIN")]
    public async Task Signs_in_by_what_the_server_offers(string mechanisms)
    {
        await using SmtpSink sink = SmtpSink.Start(new() { UserName = "ann", Password = new string('p', 600), AuthMechanisms = mechanisms });

        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(Options(sink, userName: "ann", password: new string('p', 600)), default);
        await connection.SendAsync(SmtpTestMail.Envelope("b@example.com"), SmtpTestMail.Message, default);

        Assert.Equal("ann", Assert.Single(sink.Messages).UserName);
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    public async Task A_wrong_password_is_permanent_and_not_repeated_in_the_text(string mechanisms)
    {
        await using SmtpSink sink = SmtpSink.Start(new() { UserName = "ann", Password = "right", AuthMechanisms = mechanisms });
        sink.Script = step => step.Stage is SmtpSinkStage.Auth ? SmtpSinkAction.Reply(535, "5.7.8 no entry for hunter2, ann") : null;

        SmtpConnectException e = await Assert.ThrowsAsync<SmtpConnectException>(() => SmtpConnection.ConnectAsync(Options(sink, userName: "ann", password: "hunter2"), default));

        Assert.Equal((SmtpStage.Auth, true, 535), (e.Stage, e.IsPermanent, e.Reply?.Code));
        Assert.DoesNotContain("hunter2", e.ToString() + e.Reply, StringComparison.Ordinal);
        Assert.Contains("Check user name and password", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_check_that_is_out_of_order_is_not_permanent()
    {
        await using SmtpSink sink = SmtpSink.Start(new() { UserName = "ann", Password = "right" });
        sink.Script = step => step.Stage is SmtpSinkStage.Auth ? SmtpSinkAction.Reply(454, "4.7.0 later") : null;

        SmtpConnectException e = await Assert.ThrowsAsync<SmtpConnectException>(() => SmtpConnection.ConnectAsync(Options(sink, userName: "ann", password: "right"), default));

        Assert.Equal((SmtpStage.Auth, false), (e.Stage, e.IsPermanent));
    }

    [Fact]
    public async Task No_password_is_sent_in_plain_text_over_an_unknown_way()
    {
        ReplayStream server = new("""
            S: 220 mx
            C: EHLO me.example.com
            S: 250-mx
            S: 250 AUTH PLAIN
            """, 4096);
        SmtpConnectionOptions options = new() { Host = "mx", Port = 25, LocalName = "me.example.com", TlsPolicy = SmtpTlsPolicy.None, UserName = "ann", Password = "secret" };

        SmtpConnectException e = await Assert.ThrowsAsync<SmtpConnectException>(() => SmtpConnection.ConnectAsync(server, options, null, default));

        Assert.Equal((SmtpStage.Auth, true), (e.Stage, e.IsPermanent));
        Assert.Contains("not encrypted", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost", null, false, "TrustedCaFile")] // unknown authority
    [InlineData("localhost", "other.example.com", true, "another name")]
    public async Task A_certificate_that_does_not_verify_ends_the_attempt(string host, string? nameOnCertificate, bool trust, string reason)
    {
        using TestCertificate tls = new(nameOnCertificate ?? "localhost", withLoopback: false);
        await using SmtpSink sink = SmtpSink.Start(new() { Certificate = tls.Certificate });

        SmtpConnectException e = await Assert.ThrowsAsync<SmtpConnectException>(
            () => SmtpConnection.ConnectAsync(Options(sink, SmtpTlsPolicy.RequiredVerified, host: host, caFile: trust ? tls.CertificateFile : null), default));
        await using SmtpConnection unverified = await SmtpConnection.ConnectAsync(Options(sink, SmtpTlsPolicy.Required, host: host), default);

        Assert.Equal((SmtpStage.Tls, true), (e.Stage, e.IsPermanent));
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        Assert.True(unverified.IsSecure);
    }

    [Fact]
    public async Task An_expired_certificate_is_refused_although_its_authority_is_trusted()
    {
        using TestCertificate tls = new(notAfter: DateTimeOffset.UtcNow.AddHours(-1));
        await using SmtpSink sink = SmtpSink.Start(new() { Certificate = tls.Certificate });

        SmtpConnectException e = await Assert.ThrowsAsync<SmtpConnectException>(
            () => SmtpConnection.ConnectAsync(Options(sink, SmtpTlsPolicy.RequiredVerified, host: "localhost", caFile: tls.CertificateFile), default));

        Assert.Equal((SmtpStage.Tls, true), (e.Stage, e.IsPermanent));
    }

    [Fact]
    public async Task Required_STARTTLS_that_is_not_offered_is_permanent_and_names_the_remedy()
    {
        await using SmtpSink sink = SmtpSink.Start();

        SmtpConnectException e = await Assert.ThrowsAsync<SmtpConnectException>(() => SmtpConnection.ConnectAsync(Options(sink, SmtpTlsPolicy.Required), default));

        Assert.Equal((SmtpStage.Tls, true), (e.Stage, e.IsPermanent));
        Assert.Contains("use TLS from the first byte", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Implicit_TLS_against_a_plain_text_port_names_the_remedy()
    {
        await using SmtpSink sink = SmtpSink.Start();

        SmtpConnectException e = await Assert.ThrowsAsync<SmtpConnectException>(() => SmtpConnection.ConnectAsync(Options(sink, SmtpTlsPolicy.Required, isImplicit: true), default));

        Assert.Equal(SmtpStage.Tls, e.Stage);
        Assert.Contains("turn ImplicitTls off", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SmtpSinkStage.Connect, 554, SmtpStage.Greeting, true)]
    [InlineData(SmtpSinkStage.Connect, 421, SmtpStage.Greeting, false)]
    [InlineData(SmtpSinkStage.Ehlo, 451, SmtpStage.Hello, false)]
    [InlineData(SmtpSinkStage.Ehlo, 550, SmtpStage.Hello, true)]
    public async Task A_refusal_before_the_first_message_carries_the_reply(SmtpSinkStage at, int code, SmtpStage stage, bool isPermanent)
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step.Stage == at ? SmtpSinkAction.Reply(code, "not you") : null;

        SmtpConnectException e = await Assert.ThrowsAsync<SmtpConnectException>(() => SmtpConnection.ConnectAsync(Options(sink), default));

        Assert.Equal((stage, isPermanent, code), (e.Stage, e.IsPermanent, e.Reply?.Code));
    }

    [Theory]
    [InlineData(SmtpSinkStage.Connect, SmtpStage.Greeting)]
    [InlineData(SmtpSinkStage.Ehlo, SmtpStage.Hello)]
    public async Task Silence_and_a_cut_before_the_first_message_are_not_permanent(SmtpSinkStage at, SmtpStage stage)
    {
        await using SmtpSink sink = SmtpSink.Start();
        TimeSpan brief = TimeSpan.FromMilliseconds(50);
        SmtpTimeouts quick = at == SmtpSinkStage.Connect ? new() { Greeting = brief } : new() { Command = brief };

        sink.Script = step => step.Stage == at ? SmtpSinkAction.Hang : null;
        SmtpConnectException late = await Assert.ThrowsAsync<SmtpConnectException>(() => SmtpConnection.ConnectAsync(Options(sink, timeouts: quick), default));
        sink.Script = step => step.Stage == at ? SmtpSinkAction.Drop : null;
        SmtpConnectException cut = await Assert.ThrowsAsync<SmtpConnectException>(() => SmtpConnection.ConnectAsync(Options(sink), default));

        Assert.Equal((stage, false), (late.Stage, late.IsPermanent));
        Assert.IsType<SmtpTimeoutException>(late.InnerException);
        Assert.Equal((stage, false), (cut.Stage, cut.IsPermanent));
    }

    [Fact]
    public async Task A_port_where_nobody_listens_and_a_host_without_address_are_told_apart()
    {
        using Socket unused = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        unused.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // taken, but nobody listens

        SmtpConnectException refused = await Assert.ThrowsAsync<SmtpConnectException>(
            () => SmtpConnection.ConnectAsync(new() { Host = "127.0.0.1", Port = ((IPEndPoint)unused.LocalEndPoint!).Port }, default));
        SmtpConnectException unknown = await Assert.ThrowsAsync<SmtpConnectException>(() => SmtpConnection.ConnectAsync(new() { Host = "no-such-host.invalid", Port = 25 }, default));

        Assert.Equal((SmtpStage.Connect, false), (refused.Stage, refused.IsPermanent));
        Assert.Equal((SmtpStage.Dns, false), (unknown.Stage, unknown.IsPermanent));
        Assert.Contains("no-such-host.invalid", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_attempt_is_cancelled()
    {
        await using SmtpSink sink = SmtpSink.Start();
        using CancellationTokenSource cancel = new();
        sink.Script = _ => { cancel.Cancel(); return SmtpSinkAction.Hang; };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SmtpConnection.ConnectAsync(Options(sink), cancel.Token));
    }

    [Theory]
    [InlineData("", 25, null, null, null)]
    [InlineData("mx", 0, null, null, null)]
    [InlineData("mx", 65536, null, null, null)]
    [InlineData("mx", 25, "ann", null, null)]
    [InlineData("mx", 25, "ann\r\nMAIL", "p", null)]
    [InlineData("mx", 25, "ann", "p\0p", null)]
    [InlineData("mx", 25, null, null, "me\r\nMAIL FROM:<>")]
    public async Task Options_that_cannot_work_are_refused(string host, int port, string? userName, string? password, string? localName) =>
        await Assert.ThrowsAsync<ArgumentException>(() => SmtpConnection.ConnectAsync(
            new() { Host = host, Port = port, UserName = userName, Password = password, LocalName = localName }, default));

    internal static SmtpConnectionOptions Options(
        SmtpSink sink, SmtpTlsPolicy tls = SmtpTlsPolicy.None, bool isImplicit = false, string? userName = null, string? password = null, string? host = null,
        string? caFile = null, SmtpTimeouts? timeouts = null) => new()
        {
            Host = host ?? SmtpSink.Host, Port = sink.Port, TlsPolicy = tls, ImplicitTls = isImplicit, UserName = userName, Password = password,
            TrustedCaFile = caFile, Timeouts = timeouts ?? SmtpTimeouts.Default,
        };
}
