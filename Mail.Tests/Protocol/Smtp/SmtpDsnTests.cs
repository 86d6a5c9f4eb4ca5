using System.Text;
using Mail.Protocol.Mime;
using Mail.Protocol.Smtp;

namespace Mail.Tests.Protocol.Smtp;

/// <summary>Wishes about delivery reports (RFC 3461), and who gets a message when some addresses are not ASCII (RFC 6531).</summary>
public sealed class SmtpDsnTests
{
    private static readonly EmailAddress _sender = EmailAddress.Parse("a@example.com");

    public static readonly TheoryData<int> Chunks = [1, 3, 4096];

    [Theory, MemberData(nameof(Chunks))]
    public Task Wishes_about_reports_stand_behind_the_addresses(int chunk) => ReplayAsync("PIPELINING\nDSN", """
        C: MAIL FROM:<a@example.com> RET=HDRS ENVID=QQ+20314159+2B
        C: RCPT TO:<one@example.net> NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;Bob+2Bnews@example.net
        C: RCPT TO:<two@example.net> NOTIFY=NEVER
        C: RCPT TO:<three@example.net> ORCPT=utf-8;dr\x{F6}ge\x{2B}\x{1F600}@example.net
        C: RCPT TO:<four@example.net>
        C: DATA
        S: 250 ok
        S: 250 ok
        S: 250 ok
        S: 250 ok
        S: 250 ok
        S: 354 go
        C: x
        C: .
        S: 250 taken
        """, chunk, connection => connection.SendAsync(Envelope(), "x"u8.ToArray(), default));

    [Theory, MemberData(nameof(Chunks))]
    public Task A_server_without_DSN_is_told_nothing_about_reports(int chunk) => ReplayAsync("PIPELINING", """
        C: MAIL FROM:<a@example.com>
        C: RCPT TO:<one@example.net>
        C: RCPT TO:<two@example.net>
        C: RCPT TO:<three@example.net>
        C: RCPT TO:<four@example.net>
        C: DATA
        S: 250 ok
        S: 250 ok
        S: 250 ok
        S: 250 ok
        S: 250 ok
        S: 354 go
        C: x
        C: .
        S: 250 taken
        """, chunk, connection => connection.SendAsync(Envelope(), "x"u8.ToArray(), default));

    [Theory]
    [InlineData(DsnNotify.Never | DsnNotify.Success, "rfc822", "a@b")]
    [InlineData((DsnNotify)64, "rfc822", "a@b")]
    [InlineData(DsnNotify.None, "", "a@b")]
    [InlineData(DsnNotify.None, "rfc822;x", "a@b")]
    [InlineData(DsnNotify.None, "rfc822", "")]
    [InlineData(DsnNotify.None, "rfc822", "a@b\r\nRSET")]
    [InlineData(DsnNotify.None, "utf-8", "a\0@b")]
    public void What_cannot_be_said_about_reports_is_refused(DsnNotify notify, string type, string address) =>
        Assert.Throws<ArgumentException>(() => new SmtpEnvelope(_sender, [new SmtpRecipient(_sender, notify, new DsnOriginalRecipient(type, address))]));

    [Fact]
    public void An_original_recipient_that_is_too_long_is_refused() =>
        Assert.Throws<ArgumentException>(() => new SmtpEnvelope(_sender, [new SmtpRecipient(_sender, DsnNotify.None, new DsnOriginalRecipient("rfc822", new string('+', 200)))]));

    [Theory, InlineData(""), InlineData("a\r\nb"), InlineData("é"), InlineData("tab\t")]
    public void An_envelope_id_is_printable_ASCII(string id) => Assert.Throws<ArgumentException>(() => new SmtpEnvelope(_sender, [_sender]) { EnvelopeId = id });

    [Fact]
    public void An_envelope_id_has_up_to_100_octets_as_it_is_sent()
    {
        Assert.Equal(100, new SmtpEnvelope(_sender, [_sender]) { EnvelopeId = new string('x', 100) }.EnvelopeId!.Length);
        Assert.Throws<ArgumentException>(() => new SmtpEnvelope(_sender, [_sender]) { EnvelopeId = new string('=', 34) });
    }

    [Theory, MemberData(nameof(Chunks))]
    public Task A_recipient_that_needs_SMTPUTF8_does_not_keep_the_others_from_the_message(int chunk) => ReplayAsync("PIPELINING", """
        C: MAIL FROM:<a@xn--bcher-kva.example>
        C: RCPT TO:<one@xn--bcher-kva.example>
        C: RCPT TO:<three@[192.0.2.1]>
        C: RCPT TO:<four@[IPv6:2001:db8::1]>
        C: DATA
        S: 250 ok
        S: 550 5.1.1 no
        S: 250 ok
        S: 250 ok
        S: 354 go
        C: x
        C: .
        S: 250 taken
        """, chunk, async connection =>
    {
        SmtpEnvelope envelope = new(EmailAddress.Parse("a@bücher.example"),
            [EmailAddress.Parse("one@bücher.example"), EmailAddress.Parse("zwölf@example.com"), Literal("three@[192.0.2.1]"), Literal("four@[IPv6:2001:db8::1]")]);

        SmtpTransactionResult result = await connection.SendAsync(envelope, "x"u8.ToArray(), default);

        Assert.Equal([550, 553, 250, 250], result.Recipients.Select(r => r.Reply.Code));
        Assert.Equal([false, true, false, false], result.Recipients.Select(r => r.IsLocal));
        Assert.Equal("5.6.7", result.Recipients[1].Reply.Enhanced.ToString());
    });

    [Theory, MemberData(nameof(Chunks))]
    public Task Step_by_step_too_such_a_recipient_is_left_out(int chunk) => ReplayAsync("SIZE", """
        C: MAIL FROM:<a@example.com> SIZE=1
        S: 250 ok
        C: RCPT TO:<one@example.net>
        S: 250 ok
        C: DATA
        S: 354 go
        C: x
        C: .
        S: 250 taken
        """, chunk, async connection =>
    {
        SmtpTransactionResult result = await connection.SendAsync(new SmtpEnvelope(_sender, [EmailAddress.Parse("ä@example.net"), EmailAddress.Parse("one@example.net")]), "x"u8.ToArray(), default);

        Assert.Equal([553, 250], result.Recipients.Select(r => r.Reply.Code));
    });

    [Fact]
    public Task When_no_recipient_is_left_the_server_is_not_asked() => ReplayAsync("PIPELINING", "", 4096, async connection =>
    {
        SmtpTransactionResult result = await connection.SendAsync(new SmtpEnvelope(_sender, [EmailAddress.Parse("ä@example.net"), EmailAddress.Parse("ö@example.net")]), "x"u8.ToArray(), default);

        Assert.Equal([553, 553], result.Recipients.Select(r => r.Reply.Code));
        Assert.True(connection.IsReusable);
    });

    [Theory, MemberData(nameof(Chunks))]
    public Task Where_SMTPUTF8_is_offered_one_such_recipient_declares_it_for_all(int chunk) => ReplayAsync("PIPELINING\n8BITMIME\nSMTPUTF8", """
        C: MAIL FROM:<a@example.com> SMTPUTF8
        C: RCPT TO:<zwölf@xn--bcher-kva.example>
        C: RCPT TO:<one@example.net>
        C: DATA
        S: 250 ok
        S: 250 ok
        S: 250 ok
        S: 354 go
        C: x
        C: .
        S: 250 taken
        """, chunk, async connection =>
        Assert.True((await connection.SendAsync(new SmtpEnvelope(_sender, [EmailAddress.Parse("zwölf@bücher.example"), EmailAddress.Parse("one@example.net")]), "x"u8.ToArray(), default)).AllAccepted));

    private static EmailAddress Literal(string text) => EmailAddress.TryParseWithLiteral(text, out EmailAddress? address, out string? error) ? address : throw new FormatException(error);

    private static SmtpEnvelope Envelope() => new(_sender,
    [
        new SmtpRecipient(EmailAddress.Parse("one@example.net"), DsnNotify.Success | DsnNotify.Failure | DsnNotify.Delay, new DsnOriginalRecipient("rfc822", "Bob+news@example.net")),
        new SmtpRecipient(EmailAddress.Parse("two@example.net"), DsnNotify.Never),
        new SmtpRecipient(EmailAddress.Parse("three@example.net"), DsnNotify.None, new DsnOriginalRecipient("rfc822", "dröge+\U0001F600@example.net")),
        new SmtpRecipient(EmailAddress.Parse("four@example.net")),
    ])
    { Return = DsnReturn.Headers, EnvelopeId = "QQ 314159+" };

    private static async Task ReplayAsync(string offers, string exchange, int chunk, Func<SmtpConnection, Task> act)
    {
        StringBuilder transcript = new("S: 220 mx\nC: EHLO me.example.com\nS: 250-mx\n");
        string[] words = offers.Split('\n');
        for (int i = 0; i < words.Length; i++) transcript.Append("S: 250").Append(i == words.Length - 1 ? ' ' : '-').Append(words[i]).Append('\n');
        ReplayStream server = new($"{transcript}{exchange}\nC: QUIT\nS: 221 bye", chunk);
        SmtpConnectionOptions options = new() { Host = "mx.example.net", Port = 25, TlsPolicy = SmtpTlsPolicy.None, LocalName = "me.example.com" };
        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(server, options, null, default);
        await act(connection);
        await connection.QuitAsync(default);
        Assert.True(server.IsFinished, "The whole transcript was said.");
    }
}
