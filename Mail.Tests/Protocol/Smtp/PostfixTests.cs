using Mail.Protocol.Mime;
using Mail.Protocol.Smtp;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Smtp;

// The server most mail meets, with its real TLS, AUTH, SIZE and pipelining.
public sealed class PostfixTests(PostfixFixture postfix) : IClassFixture<PostfixFixture>
{
    [Theory]
    [InlineData(SmtpTlsPolicy.None, false)]
    [InlineData(SmtpTlsPolicy.Opportunistic, false)]
    [InlineData(SmtpTlsPolicy.Required, false)]
    [InlineData(SmtpTlsPolicy.RequiredVerified, false)]
    [InlineData(SmtpTlsPolicy.RequiredVerified, true)]
    public async Task A_message_arrives_as_it_was_written(SmtpTlsPolicy policy, bool isImplicit)
    {
        Assert.SkipUnless(postfix.SkipReason is null, postfix.SkipReason ?? "");
        (string id, ReadOnlyMemory<byte> message) = SmtpTestMail.Write();

        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(
            Options(isImplicit ? postfix.ImplicitTlsPort : postfix.Port, policy, isImplicit), default);
        SmtpTransactionResult result = await connection.SendAsync(SmtpTestMail.Envelope("one@box.test"), message, default);

        Assert.Equal(policy != SmtpTlsPolicy.None, connection.IsSecure);
        Assert.True(connection.Capabilities is { Pipelining: true, EightBitMime: true, Size: true, Dsn: true });
        Assert.True(result.AllAccepted, result.Recipients[0].Reply.ToString());
        string arrived = await postfix.WaitForMailAsync(id);
        Assert.EndsWith(System.Text.Encoding.UTF8.GetString(message.Span).Replace("\r\n", "\n", StringComparison.Ordinal), arrived, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signs_in_and_sends_several_messages_over_one_connection()
    {
        Assert.SkipUnless(postfix.SkipReason is null, postfix.SkipReason ?? "");

        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(
            Options(postfix.SubmissionPort, SmtpTlsPolicy.RequiredVerified, false, PostfixFixture.UserName, PostfixFixture.Password), default);

        for (int i = 0; i < 3; i++)
        {
            (string id, ReadOnlyMemory<byte> message) = SmtpTestMail.Write();
            Assert.True((await connection.SendAsync(SmtpTestMail.Envelope("one@box.test"), message, default)).AllAccepted);
            await postfix.WaitForMailAsync(id);
        }
        await connection.QuitAsync(default);
    }

    [Fact]
    public async Task A_wrong_password_is_535()
    {
        Assert.SkipUnless(postfix.SkipReason is null, postfix.SkipReason ?? "");

        SmtpConnectException e = await Assert.ThrowsAsync<SmtpConnectException>(
            () => SmtpConnection.ConnectAsync(Options(postfix.SubmissionPort, SmtpTlsPolicy.RequiredVerified, false, PostfixFixture.UserName, "wrong"), default));

        Assert.Equal((SmtpStage.Auth, true, 535), (e.Stage, e.IsPermanent, e.Reply?.Code));
    }

    [Fact]
    public async Task Refused_recipients_do_not_hinder_the_others()
    {
        Assert.SkipUnless(postfix.SkipReason is null, postfix.SkipReason ?? "");
        (string id, ReadOnlyMemory<byte> message) = SmtpTestMail.Write();
        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(Options(postfix.Port, SmtpTlsPolicy.None), default);

        SmtpTransactionResult none = await connection.SendAsync(SmtpTestMail.Envelope("bad@box.test"), message, default);
        SmtpTransactionResult mixed = await connection.SendAsync(SmtpTestMail.Envelope("bad@box.test", "one@box.test"), message, default);

        Assert.Equal("5.7.1", Assert.Single(none.Recipients).Reply.Enhanced.ToString());
        Assert.Equal([false, true], mixed.Recipients.Select(r => r.IsAccepted));
        await postfix.WaitForMailAsync(id);
    }

    [Theory, InlineData(1_000), InlineData(2_000_000)]
    public async Task An_8_bit_message_of_any_size_arrives_in_chunks(int size)
    {
        Assert.SkipUnless(postfix.SkipReason is null, postfix.SkipReason ?? "");
        string id = $"{Guid.NewGuid():N}@example.com";
        string line = $".é{new string('x', 70)}\r\n";
        string message = $"From: a@example.com\r\nTo: one@box.test\r\nDate: Thu, 01 Jan 1970 00:00:00 +0000\r\nMessage-ID: <{id}>\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{string.Concat(Enumerable.Repeat(line, size / 75))}";
        SmtpTranscript transcript = new();

        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(Options(postfix.Port, SmtpTlsPolicy.RequiredVerified), transcript, default);
        SmtpTransactionResult result = await connection.SendAsync(SmtpTestMail.Envelope("bad@box.test", "one@box.test"), System.Text.Encoding.UTF8.GetBytes(message), default);

        Assert.Equal([false, true], result.Recipients.Select(r => r.IsAccepted));
        Assert.Contains(transcript.Lines, said => said.Text.StartsWith("BDAT", StringComparison.Ordinal) && said.Text.EndsWith("LAST", StringComparison.Ordinal));
        Assert.EndsWith(message.Replace("\r\n", "\n", StringComparison.Ordinal), await postfix.WaitForMailAsync(id), StringComparison.Ordinal);
        await connection.QuitAsync(default);
    }

    [Fact]
    public async Task Wishes_about_reports_are_understood()
    {
        Assert.SkipUnless(postfix.SkipReason is null, postfix.SkipReason ?? "");
        (string id, ReadOnlyMemory<byte> message) = SmtpTestMail.Write();
        SmtpEnvelope envelope = new(EmailAddress.Parse("a@box.test"), [new SmtpRecipient(EmailAddress.Parse("one@box.test"), DsnNotify.Never, new DsnOriginalRecipient("rfc822", "b+c@example.com"))])
        {
            Return = DsnReturn.Headers, EnvelopeId = "a=b c+d",
        };

        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(Options(postfix.Port, SmtpTlsPolicy.RequiredVerified), default);
        SmtpTransactionResult result = await connection.SendAsync(envelope, message, default);

        Assert.True(connection.Capabilities.Dsn);
        Assert.True(result.AllAccepted, result.Recipients[0].Reply.ToString());
        await postfix.WaitForMailAsync(id);
        await connection.QuitAsync(default);
    }

    private SmtpConnectionOptions Options(int port, SmtpTlsPolicy tls, bool isImplicit = false, string? userName = null, string? password = null) => new()
    {
        Host = "localhost", Port = port, TlsPolicy = tls, ImplicitTls = isImplicit, UserName = userName, Password = password, TrustedCaFile = postfix.CaFile,
    };
}
