using Mail.Protocol.Mime;
using Mail.Protocol.Smtp;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Smtp;

// The other server that most mail meets; it shares no code with Postfix or with ours.
public sealed class EximTests(EximFixture exim) : IClassFixture<EximFixture>
{
    [Theory]
    [InlineData(SmtpTlsPolicy.None, false)]
    [InlineData(SmtpTlsPolicy.Opportunistic, false)]
    [InlineData(SmtpTlsPolicy.RequiredVerified, false)]
    [InlineData(SmtpTlsPolicy.RequiredVerified, true)]
    public async Task A_message_arrives_as_it_was_written(SmtpTlsPolicy policy, bool isImplicit)
    {
        Assert.SkipUnless(exim.SkipReason is null, exim.SkipReason ?? "");
        (string id, ReadOnlyMemory<byte> message) = SmtpTestMail.Write();

        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(Options(isImplicit ? exim.ImplicitTlsPort : exim.Port, policy, isImplicit), default);
        SmtpTransactionResult result = await connection.SendAsync(SmtpTestMail.Envelope("one@box.test"), message, default);

        Assert.Equal(policy != SmtpTlsPolicy.None, connection.IsSecure);
        Assert.True(result.AllAccepted, result.Recipients[0].Reply.ToString());
        string arrived = await exim.WaitForMailAsync(id);
        Assert.EndsWith(System.Text.Encoding.UTF8.GetString(message.Span).Replace("\r\n", "\n", StringComparison.Ordinal), arrived, StringComparison.Ordinal);
        await connection.QuitAsync(default);
    }

    [Theory]
    [InlineData(EximFixture.Password, true)]
    [InlineData("wrong", false)]
    public async Task Signs_in_with_the_right_password_only(string password, bool isRight)
    {
        Assert.SkipUnless(exim.SkipReason is null, exim.SkipReason ?? "");
        (string id, ReadOnlyMemory<byte> message) = SmtpTestMail.Write();

        Task<SmtpConnection> connecting = SmtpConnection.ConnectAsync(Options(exim.SubmissionPort, SmtpTlsPolicy.RequiredVerified, false, EximFixture.UserName, password), default);

        if (!isRight)
        {
            Assert.Equal(535, (await Assert.ThrowsAsync<SmtpConnectException>(() => connecting)).Reply?.Code);
            return;
        }
        await using SmtpConnection connection = await connecting;
        Assert.True((await connection.SendAsync(SmtpTestMail.Envelope("one@box.test"), message, default)).AllAccepted);
        await exim.WaitForMailAsync(id);
        await connection.QuitAsync(default);
    }

    [Theory, InlineData(1_000), InlineData(2_000_000)]
    public async Task An_8_bit_message_of_any_size_arrives_in_chunks(int size)
    {
        Assert.SkipUnless(exim.SkipReason is null, exim.SkipReason ?? "");
        string id = $"{Guid.NewGuid():N}@example.com";
        string line = $".é{new string('x', 70)}\r\n";
        string message = $"From: a@example.com\r\nTo: one@box.test\r\nDate: Thu, 01 Jan 1970 00:00:00 +0000\r\nMessage-ID: <{id}>\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{string.Concat(Enumerable.Repeat(line, size / 75))}";
        SmtpTranscript transcript = new();

        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(Options(exim.Port, SmtpTlsPolicy.RequiredVerified), transcript, default);
        SmtpTransactionResult result = await connection.SendAsync(SmtpTestMail.Envelope("bad@box.test", "one@box.test"), System.Text.Encoding.UTF8.GetBytes(message), default);

        Assert.Equal([false, true], result.Recipients.Select(r => r.IsAccepted));
        Assert.Contains(transcript.Lines, said => said.Text.StartsWith("BDAT", StringComparison.Ordinal) && said.Text.EndsWith("LAST", StringComparison.Ordinal));
        Assert.EndsWith(message.Replace("\r\n", "\n", StringComparison.Ordinal), await exim.WaitForMailAsync(id), StringComparison.Ordinal);
        await connection.QuitAsync(default);
    }

    [Fact]
    public async Task Wishes_about_reports_are_understood()
    {
        Assert.SkipUnless(exim.SkipReason is null, exim.SkipReason ?? "");
        (string id, ReadOnlyMemory<byte> message) = SmtpTestMail.Write();
        SmtpEnvelope envelope = new(EmailAddress.Parse("a@box.test"), [new SmtpRecipient(EmailAddress.Parse("one@box.test"), DsnNotify.Never, new DsnOriginalRecipient("rfc822", "b+c@example.com"))])
        {
            Return = DsnReturn.Headers, EnvelopeId = "a=b c+d",
        };

        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(Options(exim.Port, SmtpTlsPolicy.RequiredVerified), default);
        SmtpTransactionResult result = await connection.SendAsync(envelope, message, default);

        Assert.True(connection.Capabilities.Dsn);
        Assert.True(result.AllAccepted, result.Recipients[0].Reply.ToString());
        await exim.WaitForMailAsync(id);
        await connection.QuitAsync(default);
    }

    private SmtpConnectionOptions Options(int port, SmtpTlsPolicy tls, bool isImplicit = false, string? userName = null, string? password = null) => new()
    {
        Host = "localhost", Port = port, TlsPolicy = tls, ImplicitTls = isImplicit, UserName = userName, Password = password, TrustedCaFile = exim.CaFile,
    };
}
