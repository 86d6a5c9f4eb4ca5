using System.Text;
using Mail.Protocol.Mime;
using Mail.Protocol.Smtp;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Smtp;

/// <summary>BDAT (RFC 3030), where it is offered and useful.</summary>
public sealed class SmtpChunkingTests
{
    private const string Greeting = """
        S: 220 mx.example.net ESMTP
        C: EHLO me.example.com
        S: 250-mx.example.net
        S: 250-PIPELINING
        S: 250-8BITMIME
        S: 250 CHUNKING

        """;

    public static readonly TheoryData<int> Chunks = [1, 3, 4096];

    [Theory, MemberData(nameof(Chunks))]
    public Task A_message_that_is_not_7_bit_goes_in_one_chunk_without_doubled_dots(int chunk) => ReplayAsync(Greeting + """
        C: MAIL FROM:<a@example.com> BODY=8BITMIME
        C: RCPT TO:<one@example.net>
        C: RCPT TO:<two@example.net>
        S: 250 ok
        S: 550 5.1.1 no
        S: 250 ok
        C: BDAT 17 LAST
        C: X: a
        C:
        C: .é
        C: .x
        S: 250 2.0.0 taken
        C: QUIT
        S: 221 bye
        """, chunk, async connection =>
    {
        SmtpTransactionResult result = await connection.SendAsync(Envelope("one@example.net", "two@example.net"), Bytes("X: a\r\n\r\n.é\r\n.x\r\n"), default);

        Assert.Equal(["550 5.1.1 no", "250 2.0.0 taken"], result.Recipients.Select(r => r.Reply.ToString()));
        Assert.Equal(SmtpStage.FinalDot, result.Recipients[1].Stage);
        Assert.True(connection.IsReusable);
    });

    [Theory, MemberData(nameof(Chunks))]
    public Task What_is_7_bit_and_small_goes_by_DATA_with_the_offer(int chunk) => ReplayAsync(Greeting + """
        C: MAIL FROM:<a@example.com>
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
        """, chunk, async connection => Assert.True((await connection.SendAsync(Envelope("one@example.net"), Bytes("x"), default)).AllAccepted));

    [Theory, MemberData(nameof(Chunks))]
    public Task The_last_line_of_a_text_is_ended(int chunk) => ReplayAsync(Greeting + """
        C: MAIL FROM:<a@example.com> BODY=8BITMIME
        C: RCPT TO:<one@example.net>
        S: 250 ok
        S: 250 ok
        C: BDAT 12 LAST
        C: X: a
        C:
        C: é
        S: 250 taken
        C: QUIT
        S: 221 bye
        """, chunk, async connection => Assert.True((await connection.SendAsync(Envelope("one@example.net"), Bytes("X: a\r\n\r\né"), default)).AllAccepted));

    [Theory, MemberData(nameof(Chunks))]
    public Task When_all_recipients_are_refused_no_chunk_is_sent(int chunk) => ReplayAsync(Greeting + """
        C: MAIL FROM:<a@example.com> BODY=8BITMIME
        C: RCPT TO:<one@example.net>
        S: 250 ok
        S: 550 5.1.1 no
        C: RSET
        S: 250 ok
        C: QUIT
        S: 221 bye
        """, chunk, async connection => Assert.Equal(550, Assert.Single((await connection.SendAsync(Envelope("one@example.net"), Bytes("\r\né\r\n"), default)).Recipients).Reply.Code));

    [Theory, MemberData(nameof(Chunks))]
    public Task Without_pipelining_each_step_waits(int chunk) => ReplayAsync("""
        S: 220 mx
        C: EHLO me.example.com
        S: 250-mx
        S: 250-8bitmime
        S: 250 chunking
        C: MAIL FROM:<a@example.com> BODY=8BITMIME
        S: 250 ok
        C: RCPT TO:<one@example.net>
        S: 250 ok
        C: BDAT 6 LAST
        C:
        C: é
        S: 452 4.3.1 disk full
        C: RSET
        S: 250 ok
        C: QUIT
        S: 221 bye
        """, chunk, async connection => Assert.Equal("452 4.3.1 disk full", Assert.Single((await connection.SendAsync(Envelope("one@example.net"), Bytes("\r\né\r\n"), default)).Recipients).Reply.ToString()));

    private const string Smuggled = "X: a\r\n\r\na\n.\nMAIL FROM:<evil@example.com>\rb\n.\r\nc\r\n";

    [Fact]
    public async Task Line_ends_of_any_kind_arrive_as_they_are_where_the_server_takes_binary()
    {
        await using SmtpSink sink = SmtpSink.Start(new() { Chunking = true, BinaryMime = true, MaxSize = null });
        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(SmtpConnectTests.Options(sink), default);

        SmtpTransactionResult result = await connection.SendAsync(Envelope("b@example.com"), Bytes(Smuggled), default);

        Assert.True(result.AllAccepted);
        SmtpSinkMessage taken = Assert.Single(sink.Messages);
        Assert.Equal((Smuggled, "BODY=BINARYMIME"), (taken.Text, taken.MailParameters));
    }

    // The server that gets them by BDAT may send them on by DATA, and the next one may read an end of the message there.
    [Fact]
    public async Task A_CR_or_LF_alone_is_not_sent_as_text_by_BDAT_either()
    {
        await using SmtpSink sink = SmtpSink.Start(new() { Chunking = true, BinaryMime = false, MaxSize = null });
        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(SmtpConnectTests.Options(sink), default);

        SmtpRecipientResult result = Assert.Single((await connection.SendAsync(Envelope("b@example.com"), Bytes(Smuggled), default)).Recipients);

        Assert.Equal((554, true), (result.Reply.Code, result.IsLocal));
        Assert.Empty(sink.Messages);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Messages_of_any_size_arrive_in_chunks_of_any_number(bool pipelining)
    {
        await using SmtpSink sink = SmtpSink.Start(new() { Chunking = true, Pipelining = pipelining });
        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(SmtpConnectTests.Options(sink), default);
        int large = SmtpOffer.LargeMessage;
        byte[][] messages = [.. new[] { 10, 32 * 1024 - 2, 32 * 1024, 32 * 1024 + 1, large - 1, large, large + 1, (2 * large) + 1, (5 * large) + 77 }.Select(Lines)];

        foreach (byte[] message in messages) Assert.True((await connection.SendAsync(Envelope("b@example.com"), message, default)).AllAccepted);

        Assert.Equal(1, sink.ConnectionCount);
        foreach ((byte[] sent, SmtpSinkMessage taken) in messages.Zip(sink.Messages)) Assert.True(sent.AsSpan().SequenceEqual(taken.Raw), $"{sent.Length} octets");
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 3)]
    [InlineData(false, 1)]
    [InlineData(false, 3)]
    public async Task A_chunk_that_is_refused_ends_the_message_and_not_the_connection(bool pipelining, int refused)
    {
        await using SmtpSink sink = SmtpSink.Start(new() { Chunking = true, Pipelining = pipelining });
        int chunks = 0;
        sink.Script = step => step.Stage == SmtpSinkStage.Chunk && ++chunks == refused ? SmtpSinkAction.Reply(552, "5.3.4 enough") : null;
        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(SmtpConnectTests.Options(sink), default);

        SmtpTransactionResult large = await connection.SendAsync(Envelope("b@example.com"), Lines(20 * SmtpOffer.LargeMessage), default);
        SmtpTransactionResult next = await connection.SendAsync(Envelope("b@example.com"), Bytes("\r\né\r\n"), default);

        Assert.Equal(("552 5.3.4 enough", SmtpStage.Content), (Assert.Single(large.Recipients).Reply.ToString(), large.Recipients[0].Stage));
        Assert.InRange(chunks, refused, refused + 1); // what was in flight, and not the rest
        Assert.True(next.AllAccepted);
        Assert.Equal((1, 1), (sink.ConnectionCount, sink.MessageCount));
    }

    [Fact]
    public async Task A_cut_before_the_last_chunk_is_a_lost_connection_and_after_it_an_unknown_outcome()
    {
        await using SmtpSink sink = SmtpSink.Start(new() { Chunking = true });

        sink.Script = step => step.Stage == SmtpSinkStage.Chunk ? SmtpSinkAction.Drop : null;
        await using SmtpConnection before = await SmtpConnection.ConnectAsync(SmtpConnectTests.Options(sink), default);
        await Assert.ThrowsAsync<SmtpConnectionLostException>(() => before.SendAsync(Envelope("b@example.com"), Lines(20 * SmtpOffer.LargeMessage), default));
        sink.Script = step => step.Stage == SmtpSinkStage.EndOfData ? SmtpSinkAction.TakeThenDrop : null;
        await using SmtpConnection after = await SmtpConnection.ConnectAsync(SmtpConnectTests.Options(sink), default);
        await Assert.ThrowsAsync<SmtpUnknownOutcomeException>(() => after.SendAsync(Envelope("b@example.com"), Bytes("\r\né\r\n"), default));

        Assert.Single(sink.Messages);
    }

    private static async Task ReplayAsync(string transcript, int chunk, Func<SmtpConnection, Task> act)
    {
        ReplayStream server = new(transcript, chunk);
        SmtpConnectionOptions options = new() { Host = "mx.example.net", Port = 25, TlsPolicy = SmtpTlsPolicy.None, LocalName = "me.example.com" };
        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(server, options, null, default);
        await act(connection);
        await connection.QuitAsync(default);
        Assert.True(server.IsFinished, "The whole transcript was said.");
    }

    // The first letter has two octets, so that small messages go in chunks too.
    private static byte[] Lines(int size)
    {
        StringBuilder text = new("\r\né\r\n");
        while (text.Length < size - 3) text.Append('.', 1).Append('x', Math.Min(70, size - text.Length)).Append("\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static SmtpEnvelope Envelope(params string[] recipients) => new(EmailAddress.Parse("a@example.com"), [.. recipients.Select(EmailAddress.Parse)]);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
