using System.Text;
using Mail.Protocol.Mime;
using Mail.Protocol.Smtp;

namespace Mail.Tests.Protocol.Smtp;

// Recorded conversations, replayed whole and with every read boundary.
public sealed class SmtpConversationTests
{
    private const string Greeting = """
        S: 220 mx.example.net ESMTP
        C: EHLO me.example.com
        S: 250-mx.example.net
        S: 250-PIPELINING
        S: 250-SIZE 10000
        S: 250-8BITMIME
        S: 250-SMTPUTF8
        S: 250 AUTH PLAIN LOGIN

        """;

    private const string OldGreeting = """
        S: 220 old.example.net
        C: EHLO me.example.com
        S: 502 what?
        C: HELO me.example.com
        S: 250 hello

        """;

    public static readonly TheoryData<int> Chunks = [1, 2, 3, 5, 8, 13, 4096];

    [Theory, MemberData(nameof(Chunks))]
    public Task Commands_are_pipelined_and_every_recipient_has_its_reply(int chunk) => ReplayAsync(Greeting + """
        C: MAIL FROM:<a@example.com> SIZE=20
        C: RCPT TO:<one@example.net>
        C: RCPT TO:<two@example.net>
        C: RCPT TO:<three@example.net>
        C: DATA
        S: 250 2.1.0 sender ok
        S: 250 2.1.5 ok
        S: 550-5.1.1 no such
        S: 550 5.1.1 user
        S: 452 4.2.2 full
        S: 354 go
        C: Subject: x
        C:
        C: ..dot
        C: .
        S: 250 2.0.0 queued as 1
        C: QUIT
        S: 221 bye
        """, chunk, async connection =>
    {
        SmtpTransactionResult result = await connection.SendAsync(Envelope("one@example.net", "two@example.net", "three@example.net"), Bytes("Subject: x\r\n\r\n.dot\r\n"), default);

        Assert.Equal(["250 2.0.0 queued as 1", "550 5.1.1 no such 5.1.1 user", "452 4.2.2 full"], result.Recipients.Select(r => r.Reply.ToString()));
        Assert.Equal([SmtpStage.FinalDot, SmtpStage.Rcpt, SmtpStage.Rcpt], result.Recipients.Select(r => r.Stage));
        Assert.True(connection.IsReusable);
    });

    [Theory, MemberData(nameof(Chunks))]
    public Task Without_pipelining_each_command_waits(int chunk) => ReplayAsync(OldGreeting + """
        C: MAIL FROM:<a@example.com>
        S: 250 ok
        C: RCPT TO:<one@example.net>
        S: 550 no
        C: RCPT TO:<two@example.net>
        S: 251 forwarded
        C: DATA
        S: 354 go
        C: x
        C: .
        S: 250 taken
        C: QUIT
        S: 221 bye
        """, chunk, async connection =>
    {
        SmtpTransactionResult result = await connection.SendAsync(Envelope("one@example.net", "two@example.net"), Bytes("x"), default);

        Assert.Equal([550, 250], result.Recipients.Select(r => r.Reply.Code));
        Assert.False(result.AllAccepted);
    });

    [Theory, MemberData(nameof(Chunks))]
    public Task A_refused_sender_is_everybodys_reply_and_RSET_makes_the_connection_reusable(int chunk) => ReplayAsync(Greeting + """
        C: MAIL FROM:<a@example.com> SIZE=1
        C: RCPT TO:<one@example.net>
        C: RCPT TO:<two@example.net>
        C: DATA
        S: 451 4.7.1 greylisted
        S: 503 5.5.1 MAIL first
        S: 503 5.5.1 MAIL first
        S: 503 5.5.1 MAIL first
        C: RSET
        S: 250 ok
        C: MAIL FROM:<> SIZE=1
        C: RCPT TO:<one@example.net>
        C: DATA
        S: 250 ok
        S: 250 ok
        S: 354 go
        C: x
        C: .
        S: 250 taken
        C: QUIT
        S: 221 bye
        """, chunk, async connection =>
    {
        SmtpTransactionResult refused = await connection.SendAsync(Envelope("one@example.net", "two@example.net"), Bytes("x"), default);
        SmtpTransactionResult taken = await connection.SendAsync(new SmtpEnvelope(null, [EmailAddress.Parse("one@example.net")]), Bytes("x"), default);

        Assert.Equal([451, 451], refused.Recipients.Select(r => r.Reply.Code));
        Assert.All(refused.Recipients, r => Assert.Equal(SmtpStage.Mail, r.Stage));
        Assert.True(taken.AllAccepted);
    });

    [Theory, MemberData(nameof(Chunks))]
    public Task When_all_recipients_are_refused_no_message_is_sent(int chunk) => ReplayAsync(Greeting + """
        C: MAIL FROM:<a@example.com> SIZE=6
        C: RCPT TO:<one@example.net>
        C: DATA
        S: 250 ok
        S: 550 5.1.1 no
        S: 354 go all the same
        C: .
        S: 554 5.5.1 no valid recipients
        C: RSET
        S: 250 ok
        C: QUIT
        S: 221 bye
        """, chunk, async connection =>
    {
        SmtpTransactionResult result = await connection.SendAsync(Envelope("one@example.net"), Bytes("secret"), default);

        Assert.Equal("550 5.1.1 no", Assert.Single(result.Recipients).Reply.ToString());
        Assert.True(connection.IsReusable);
    });

    [Theory, MemberData(nameof(Chunks))]
    public Task A_refusal_of_the_content_is_the_reply_of_every_accepted_recipient(int chunk) => ReplayAsync(Greeting + """
        C: MAIL FROM:<a@example.com> SIZE=1
        C: RCPT TO:<one@example.net>
        C: RCPT TO:<two@example.net>
        C: DATA
        S: 250 ok
        S: 250 ok
        S: 550 5.1.1 no
        S: 354 go
        C: x
        C: .
        S: 554 5.7.1 spam
        C: RSET
        S: 250 ok
        C: QUIT
        S: 221 bye
        """, chunk, async connection =>
    {
        SmtpTransactionResult result = await connection.SendAsync(Envelope("one@example.net", "two@example.net"), Bytes("x"), default);

        Assert.Equal(["554 5.7.1 spam", "550 5.1.1 no"], result.Recipients.Select(r => r.Reply.ToString()));
    });

    [Theory, MemberData(nameof(Chunks))]
    public Task A_421_decides_what_is_open_and_ends_the_connection(int chunk) => ReplayAsync(Greeting + """
        C: MAIL FROM:<a@example.com> SIZE=1
        C: RCPT TO:<one@example.net>
        C: RCPT TO:<two@example.net>
        C: RCPT TO:<three@example.net>
        C: DATA
        S: 250 ok
        S: 550 5.1.1 no
        S: 250 ok
        S: 421 4.3.2 shutting down
        """, chunk, async connection =>
    {
        SmtpTransactionResult result = await connection.SendAsync(Envelope("one@example.net", "two@example.net", "three@example.net"), Bytes("x"), default);

        Assert.Equal([550, 421, 421], result.Recipients.Select(r => r.Reply.Code));
        Assert.False(connection.IsReusable);
        await Assert.ThrowsAsync<InvalidOperationException>(() => connection.SendAsync(Envelope("one@example.net"), Bytes("x"), default));
    });

    [Theory, MemberData(nameof(Chunks))]
    public Task Eight_bit_and_UTF8_are_declared(int chunk) => ReplayAsync(Greeting + """
        C: MAIL FROM:<jürgen@xn--bcher-kva.example> SIZE=7 BODY=8BITMIME SMTPUTF8
        C: RCPT TO:<one@example.net>
        C: DATA
        S: 250 ok
        S: 250 ok
        S: 354 go
        C: X: é
        C: .
        S: 250 taken
        C: QUIT
        S: 221 bye
        """, chunk, async connection =>
    {
        SmtpEnvelope envelope = new(EmailAddress.Parse("jürgen@bücher.example"), [EmailAddress.Parse("one@example.net")]);

        SmtpTransactionResult result = await connection.SendAsync(envelope, Bytes("X: é\r\n"), default);

        Assert.True(result.AllAccepted);
    });

    [Theory]
    [InlineData("x@example.com", "X: ä\r\n\r\nx", 553, "5.6.7")]
    [InlineData("ä@example.com", "X: a\r\n\r\nx", 553, "5.6.7")]
    [InlineData("x@example.com", "X: a\r\n\r\nä", 554, "5.6.3")]
    [InlineData("x@example.com", "X: a\r\n\r\na\nb", 554, "5.6.0")]
    [InlineData("x@example.com", "X: a\r\n\r\na\rb", 554, "5.6.0")]
    [InlineData("x@example.com", "X: a\r\n\r\na\n.\r\nMAIL FROM:<evil@example.com>", 554, "5.6.0")]
    public Task What_the_server_cannot_take_is_refused_here(string recipient, string message, int code, string enhanced) => ReplayAsync(OldGreeting + """
        C: QUIT
        S: 221 bye
        """, 4096, async connection =>
    {
        SmtpTransactionResult result = await connection.SendAsync(Envelope(recipient), Bytes(message), default);

        SmtpRecipientResult only = Assert.Single(result.Recipients);
        Assert.Equal((code, enhanced, true), (only.Reply.Code, only.Reply.Enhanced.ToString(), only.IsLocal));
        Assert.True(connection.IsReusable);
    });

    [Fact]
    public Task A_message_over_the_offered_size_is_refused_here() => ReplayAsync(Greeting + """
        C: QUIT
        S: 221 bye
        """, 4096, async connection =>
    {
        SmtpTransactionResult result = await connection.SendAsync(Envelope("one@example.net"), new byte[10001], default);

        Assert.StartsWith("552 5.3.4", Assert.Single(result.Recipients).Reply.ToString(), StringComparison.Ordinal);
    });

    // The 220 and the injected reply reach the client in one read: what comes later is read as TLS and fails there.
    [Fact]
    public async Task Replies_injected_before_TLS_end_the_connection()
    {
        ReplayStream server = new("""
            S: 220 mx
            C: EHLO me.example.com
            S: 250-mx
            S: 250 STARTTLS
            C: STARTTLS
            S:<220 go\r\n250 injected\r\n
            """, 4096);

        SmtpConnectException e = await Assert.ThrowsAsync<SmtpConnectException>(() => SmtpConnection.ConnectAsync(server, Options(SmtpTlsPolicy.Required), null, default));

        Assert.Equal(SmtpStage.Tls, e.Stage);
        Assert.Contains("injecting", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task Capabilities_are_read() => ReplayAsync("""
        S: 220 mx
        C: EHLO me.example.com
        S: 250-mx PIPELINING
        S: 250-size 0
        S: 250-dsn
        S: 250-CHUNKING
        S: 250-AUTH=LOGIN
        S: 250-AUTH plain login xoauth2
        S: 250 X-UNKNOWN a b
        C: QUIT
        S: 221 bye
        """, 4096, connection =>
    {
        SmtpCapabilities capabilities = connection.Capabilities;
        Assert.Equal((false, true, true, true, (long?)null), (capabilities.Pipelining, capabilities.Size, capabilities.Dsn, capabilities.Chunking, capabilities.MaxSize));
        Assert.Equal(["LOGIN", "PLAIN", "XOAUTH2"], capabilities.AuthMechanisms);
        return Task.CompletedTask;
    });

    private static async Task ReplayAsync(string transcript, int chunk, Func<SmtpConnection, Task> act)
    {
        ReplayStream server = new(transcript, chunk);
        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(server, Options(SmtpTlsPolicy.None), null, default);
        await act(connection);
        await connection.QuitAsync(default);
        Assert.True(server.IsFinished, "The whole transcript was said.");
    }

    private static SmtpConnectionOptions Options(SmtpTlsPolicy tls) => new() { Host = "mx.example.net", Port = 25, TlsPolicy = tls, LocalName = "me.example.com" };

    private static SmtpEnvelope Envelope(params string[] recipients) => new(EmailAddress.Parse("a@example.com"), [.. recipients.Select(EmailAddress.Parse)]);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
