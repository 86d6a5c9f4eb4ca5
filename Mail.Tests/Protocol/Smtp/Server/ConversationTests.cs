using Mail.Protocol.Smtp.Server;

namespace Mail.Tests.Protocol.Smtp.Server;

// Whole conversations with one of everything, turn by turn, all at once and cut at every place: what is answered must not depend on how the octets come.
public sealed class ConversationTests
{
    public static TheoryData<int> Pieces => ServerTranscript.Pieces;

    private readonly RecordingHandler _handler = new();

    private static SmtpServerOptions Reception => new() { Hostname = "mx.example.net", Role = SmtpServerRole.Reception, MaxMessageSize = 5000, ErrorDelay = TimeSpan.Zero };

    [Theory, MemberData(nameof(Pieces))]
    public async Task A_message_is_taken_with_its_envelope(int piece)
    {
        await ReplayAsync("""
            S: 220 mx.example.net ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.net
            S: 250-PIPELINING
            S: 250-SIZE 5000
            S: 250-ENHANCEDSTATUSCODES
            S: 250-8BITMIME
            S: 250-DSN
            S: 250-SMTPUTF8
            S: 250-CHUNKING
            S: 250 HELP
            C: MAIL FROM:<a@example.com> SIZE=100 BODY=8BITMIME
            S: 250 2.1.0 Ok
            C: RCPT TO:<one@example.net>
            S: 250 2.1.5 Ok
            C: RCPT TO:<bad@example.net>
            S: 550 5.1.1 There is no such mailbox here
            C: RCPT TO:<two@example.net>
            S: 250 2.1.5 Ok
            C: DATA
            S: 354 End the message with CRLF.CRLF
            C: Subject: Ümlaut
            C:
            C: ..
            C: ..a
            C: ...
            C: .b
            C: end.
            C: .
            S: 250 2.0.0 Stored as 1
            C: QUIT
            S: 221 2.0.0 Bye
            """, piece);

        TakenMessage taken = Assert.Single(_handler.Messages);
        Assert.Equal("Subject: Ümlaut\r\n\r\n.\r\n.a\r\n..\r\nb\r\nend.\r\n", taken.Text);
        Assert.Equal("a@example.com", taken.From);
        Assert.Equal(["one@example.net", "two@example.net"], taken.To);
        Assert.Equal(("ESMTP", true, 16), (taken.Protocol, taken.Message.Is8Bit, taken.Message.LongestLine));
        Assert.Equal((100, true), (taken.Message.Sender.DeclaredSize, taken.Message.Sender.Is8BitMime));
    }

    [Theory, MemberData(nameof(Pieces))]
    public async Task Several_messages_on_one_connection_and_the_old_HELO(int piece)
    {
        await ReplayAsync("""
            S: 220 mx.example.net ESMTP
            C: helo client
            S: 250 mx.example.net
            C: mail from:<>
            S: 250 2.1.0 Ok
            C: rcpt to:<Postmaster>
            S: 250 2.1.5 Ok
            C: data
            S: 354 End the message with CRLF.CRLF
            C: .
            S: 250 2.0.0 Stored as 1
            C: MAIL FROM:a@example.com
            S: 250 2.1.0 Ok
            C: RSET
            S: 250 2.0.0 Ok
            C: RCPT TO:<one@example.net>
            S: 503 5.5.1 Send MAIL first
            C: MAIL FROM: <@relay.example,@other.example:a@example.com>
            S: 250 2.1.0 Ok
            C: MAIL FROM:<b@example.com>
            S: 503 5.5.1 A message is under way; RSET gives it up
            C: RCPT TO:<"two words"@example.net>
            S: 250 2.1.5 Ok
            C: DATA
            S: 354 End the message with CRLF.CRLF
            C: x
            C: .
            S: 250 2.0.0 Stored as 1
            C: NOOP whatever
            S: 250 2.0.0 Ok
            C: VRFY root
            S: 252 2.5.0 Not verified; send a message to find out
            C: EXPN staff
            S: 502 5.5.1 Lists are not shown
            C: HELP
            S: 214-2.0.0 RFC 5321
            S: 214 2.0.0 EHLO HELO MAIL RCPT DATA BDAT RSET NOOP QUIT VRFY HELP STARTTLS AUTH
            C: QUIT
            S: 221 2.0.0 Bye
            """, piece);

        Assert.Equal(["<>", "a@example.com"], _handler.Messages.Select(m => m.From));
        Assert.Equal(["postmaster@mx.example.net", "\"two words\"@example.net"], _handler.Messages.SelectMany(m => m.To));
        Assert.Equal(["", "x\r\n"], _handler.Messages.Select(m => m.Text));
        Assert.Equal("SMTP", _handler.Messages[0].Protocol);
    }

    [Theory, MemberData(nameof(Pieces))]
    public Task Commands_out_of_order_and_misspelled_ones_are_refused_one_by_one(int piece) => ReplayAsync("""
        S: 220 mx.example.net ESMTP
        C: MAIL FROM:<a@example.com>
        S: 503 5.5.1 Send EHLO first
        C: EHLO
        S: 501 5.5.4 A host name must follow
        C: HELO two words
        S: 501 5.5.4 A host name must follow
        C: HELO client
        S: 250 mx.example.net
        C: MAIL FROM:<a@example.com> SIZE=10
        S: 555 5.5.4 Parameters need EHLO
        C: FROBNICATE x
        S: 500 5.5.1 The command is not known
        C:
        S: 500 5.5.1 The command is not known
        C: DATA
        S: 503 5.5.1 Send MAIL first
        C: MAIL FROM a@example.com
        S: 501 5.5.4 FROM:<address> must follow
        C: MAIL FROM:<a@example.com
        S: 501 5.5.4 FROM:<address> must follow, and a space before each parameter
        C: MAIL FROM:<a@example.com>SIZE=3
        S: 501 5.5.4 FROM:<address> must follow, and a space before each parameter
        C: MAIL FROM:<a\x01b@example.com>
        S: 500 5.5.2 The command contains a control character
        C: MAIL FROM:<a\0@example.com>
        S: 500 5.5.2 The command contains a control character
        C: NOOP a\rb
        S: 500 5.5.2 The command contains a control character
        C: MAIL FROM:<a@example.com>
        S: 250 2.1.0 Ok
        C: DATA
        S: 554 5.5.1 There is no valid recipient
        C: RCPT TO:<>
        S: 501 5.1.3 A recipient cannot be empty
        C: RCPT TO:<pepe>
        S: 501 5.1.3 The address has no @, so it names no domain.
        C: DATA now
        S: 501 5.5.4 The command takes no parameter
        C: RSET now
        S: 501 5.5.4 The command takes no parameter
        C: QUIT
        S: 221 2.0.0 Bye
        """, piece);

    [Theory, MemberData(nameof(Pieces))]
    public async Task EHLO_gives_the_message_under_way_up(int piece)
    {
        await ReplayAsync("""
            S: 220 mx.example.net ESMTP
            C: HELO client
            S: 250 mx.example.net
            C: MAIL FROM:<a@example.com>
            S: 250 2.1.0 Ok
            C: RCPT TO:<one@example.net>
            S: 250 2.1.5 Ok
            C: HELO client
            S: 250 mx.example.net
            C: DATA
            S: 503 5.5.1 Send MAIL first
            """, piece);

        Assert.Empty(_handler.Messages);
    }

    [Theory, MemberData(nameof(Pieces))]
    public async Task Chunks_are_joined_and_their_dots_are_content(int piece)
    {
        await ReplayAsync("""
            S: 220 mx.example.net ESMTP
            C: HELO client
            S: 250 mx.example.net
            C: MAIL FROM:<a@example.com>
            S: 250 2.1.0 Ok
            C: RCPT TO:<one@example.net>
            S: 250 2.1.5 Ok
            C: BDAT 12
            C: Subject: x
            S: 250 2.0.0 12 octets received
            C: BDAT 7
            C:
            C: .
            C:<.x
            S: 250 2.0.0 7 octets received
            C: DATA
            S: 503 5.5.1 The message has begun with BDAT and goes on with BDAT
            C: RCPT TO:<two@example.net>
            S: 503 5.5.1 The message has begun with BDAT and goes on with BDAT
            C: BDAT 0 last
            S: 250 2.0.0 Stored as 1
            C: BDAT 6 LAST
            C: QUIT
            S: 503 5.5.1 Send MAIL first
            C: MAIL FROM:<a@example.com>
            S: 250 2.1.0 Ok
            C: BDAT 6
            C: QUIT
            S: 554 5.5.1 There is no valid recipient
            C: BDAT 18446744073709551617
            S: 501 5.5.4 BDAT takes the number of octets, and LAST for the last ones (RFC 3030)
            """, piece);

        // The last line gets the line end that it lacks.
        Assert.Equal("Subject: x\r\n\r\n.\r\n.x\r\n", Assert.Single(_handler.Messages).Text);
    }

    private Task ReplayAsync(string transcript, int piece) => ServerTranscript.ReplayAsync(Reception, _handler, transcript, piece);
}
