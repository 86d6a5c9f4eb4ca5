using Mail.Protocol.Smtp;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Smtp;

// Two servers of the JavaScript world: smtp-server, which many products are built on, and MailDev, the inbox that developers run.
public sealed class NpmServerTests
{
    [Theory]
    [InlineData("implicit", "PLAIN")]
    [InlineData("starttls", "PLAIN")]
    [InlineData("starttls", "LOGIN")]
    [InlineData("starttls", "CRAM-MD5")]
    [InlineData("starttls", "XOAUTH2")]
    public async Task Smtp_server_takes_mail_with_TLS_and_AUTH(string mode, string mechanism)
    {
        using TestCertificate tls = new();
        await using NodePeer peer = await NodePeer.StartAsync("smtp-server", mode, mechanism, tls.KeyFile, tls.CertificateFile);
        (string id, ReadOnlyMemory<byte> message) = SmtpTestMail.Write();

        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(Options(peer, tls, mode, "sécret", "right-token"), default);
        SmtpTransactionResult result = await connection.SendAsync(SmtpTestMail.Envelope("bad@box.test", "one@box.test"), message, default);

        Assert.Equal([false, true], result.Recipients.Select(r => r.IsAccepted));
        NodePeer.Taken taken = await peer.NextAsync();
        Assert.Equal((true, "alice", "a@example.com"), (taken.Secure, taken.User, taken.From));
        Assert.Equal(["one@box.test"], taken.To);
        Assert.Equal(System.Text.Encoding.UTF8.GetString(message.Span), taken.Text);
        Assert.Contains(id, taken.Text, StringComparison.Ordinal);
        await connection.QuitAsync(default);
    }

    [Theory]
    [InlineData("PLAIN", "535")]
    [InlineData("LOGIN", "535")]
    [InlineData("CRAM-MD5", "535")]
    [InlineData("XOAUTH2", "\"status\":\"401\"")]
    public async Task Smtp_server_refuses_a_wrong_password_or_token_and_the_failure_says_so(string mechanism, string expected)
    {
        using TestCertificate tls = new();
        await using NodePeer peer = await NodePeer.StartAsync("smtp-server", "starttls", mechanism, tls.KeyFile, tls.CertificateFile);

        SmtpConnectException e = await Assert.ThrowsAsync<SmtpConnectException>(() => SmtpConnection.ConnectAsync(Options(peer, tls, "starttls", "wrong-one", "wrong-one"), default));

        Assert.Equal((SmtpStage.Auth, true), (e.Stage, e.IsPermanent));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-one", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Smtp_server_is_not_offered_what_is_larger_than_it_says_and_takes_what_comes_next()
    {
        using TestCertificate tls = new();
        await using NodePeer peer = await NodePeer.StartAsync("smtp-server", "starttls", "PLAIN", tls.KeyFile, tls.CertificateFile);
        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(Options(peer, tls, "starttls", "sécret", ""), default);

        SmtpRecipientResult large = Assert.Single((await connection.SendAsync(SmtpTestMail.Envelope("one@box.test"), new byte[1_000_001], default)).Recipients);
        Assert.Equal((552, true), (large.Reply.Code, large.IsLocal));
        Assert.False((await connection.SendAsync(SmtpTestMail.Envelope("bad@box.test"), SmtpTestMail.Write().Bytes, default)).AllAccepted);
        Assert.True((await connection.SendAsync(SmtpTestMail.Envelope("zwölf@bücher.example"), SmtpTestMail.Write().Bytes, default)).AllAccepted);

        Assert.Equal(["zwölf@bücher.example"], (await peer.NextAsync()).To);
    }

    [Theory, InlineData("plain"), InlineData("implicit")]
    public async Task MailDev_takes_mail_as_it_was_written(string mode)
    {
        using TestCertificate tls = new();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mail-test-maildev-");
        try
        {
            await using NodePeer peer = await NodePeer.StartAsync("maildev", mode, folder.FullName, tls.KeyFile, tls.CertificateFile);
            (string id, ReadOnlyMemory<byte> message) = SmtpTestMail.Write();

            await using SmtpConnection connection = await SmtpConnection.ConnectAsync(Options(peer, tls, mode, "sécret", null), default);
            Assert.True((await connection.SendAsync(SmtpTestMail.Envelope("one@box.test"), message, default)).AllAccepted);

            Assert.Equal(mode == "implicit", connection.IsSecure);
            NodePeer.Taken taken = await peer.NextAsync();
            Assert.Contains(id, taken.Text, StringComparison.Ordinal);
            Assert.Equal(System.Text.Encoding.UTF8.GetString(message.Span), taken.Text);
            await connection.QuitAsync(default);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static SmtpConnectionOptions Options(NodePeer peer, TestCertificate tls, string mode, string password, string? token) => new()
    {
        Host = "localhost", Port = peer.Port, TlsPolicy = mode == "plain" ? SmtpTlsPolicy.None : SmtpTlsPolicy.RequiredVerified, ImplicitTls = mode == "implicit", TrustedCaFile = tls.CertificateFile,
        UserName = mode == "plain" ? null : "alice", Password = mode == "plain" ? null : password, AccessToken = string.IsNullOrEmpty(token) ? null : _ => ValueTask.FromResult(token),
    };
}
