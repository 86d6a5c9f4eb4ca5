using System.IO.Pipelines;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Mail.Protocol.Smtp;

namespace Mail.Tests.Protocol.Smtp;

public sealed class SmtpReplyReaderTests
{
    private static readonly TimeSpan _long = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("250 ok\r\n", 250, "ok")]
    [InlineData("250\r\n", 250, "")]
    [InlineData("250 \r\n", 250, "")]
    [InlineData("250-one\r\n250-two\r\n250 three\r\n", 250, "one\ntwo\nthree")]
    [InlineData("250-\r\n250\r\n", 250, "\n")]
    [InlineData("550-5.1.1 no\r\n550 5.1.1 user\r\n", 550, "5.1.1 no\n5.1.1 user")]
    [InlineData("599 unusual\r\n", 599, "unusual")]
    [InlineData("220 Grüße\r\n", 220, "Grüße")]
    [InlineData("220 a\tb\u0001c\0d\r\n", 220, "a b c d")]
    [InlineData("250 bare line feed\n", 250, "bare line feed")]
    public async Task Reads_a_reply_at_every_boundary(string bytes, int code, string text)
    {
        for (int chunk = 1; chunk <= bytes.Length + 1; chunk++)
        {
            using SmtpReplyReader reader = Reader(bytes + "221 next\r\n", chunk);

            Assert.Equal(new SmtpReply(code, text), await reader.ReadAsync(SmtpStage.Noop, _long, default));
            Assert.Equal(new SmtpReply(221, "next"), await reader.ReadAsync(SmtpStage.Noop, _long, default));
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n")]
    [InlineData("25 ok\r\n")]
    [InlineData("250ok\r\n")]
    [InlineData("2500 ok\r\n")]
    [InlineData("150 ok\r\n")]
    [InlineData("650 ok\r\n")]
    [InlineData("\r\n")]
    [InlineData("250-one\r\n251 two\r\n")]
    [InlineData("250-one\r\ntwo\r\n")]
    public async Task Refuses_what_is_not_a_reply(string bytes)
    {
        for (int chunk = 1; chunk <= bytes.Length; chunk++)
        {
            using SmtpReplyReader reader = Reader(bytes, chunk);

            SmtpProtocolException e = await Assert.ThrowsAsync<SmtpProtocolException>(() => reader.ReadAsync(SmtpStage.Hello, _long, default).AsTask());

            Assert.Equal(SmtpStage.Hello, e.Stage);
        }
    }

    [Theory]
    [InlineData(3000, 1)]
    [InlineData(1000, 100)]
    public async Task Refuses_lines_and_replies_without_end(int lineLength, int lines)
    {
        string line = $"250-{new string('x', lineLength)}\r\n";
        using SmtpReplyReader reader = Reader(string.Concat(Enumerable.Repeat(line, lines)), 512);

        await Assert.ThrowsAsync<SmtpProtocolException>(() => reader.ReadAsync(SmtpStage.Hello, _long, default).AsTask());
    }

    [Theory]
    [InlineData("")]
    [InlineData("250-one\r\n")]
    [InlineData("250 o")]
    public async Task A_connection_that_ends_within_a_reply_is_lost(string bytes)
    {
        using SmtpReplyReader reader = Reader(bytes, 4);

        await Assert.ThrowsAsync<SmtpConnectionLostException>(() => reader.ReadAsync(SmtpStage.Rcpt, _long, default).AsTask());
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_a_timeout_and_a_cancelled_wait_is_not()
    {
        Pipe silent = new();
        using SmtpReplyReader reader = new(silent.Reader, TimeProvider.System);
        using CancellationTokenSource cancelled = new();

        SmtpTimeoutException late = await Assert.ThrowsAsync<SmtpTimeoutException>(() => reader.ReadAsync(SmtpStage.Mail, TimeSpan.FromMilliseconds(20), default).AsTask());
        await silent.Writer.WriteAsync("250 late\r\n"u8.ToArray());
        SmtpReply reply = await reader.ReadAsync(SmtpStage.Mail, _long, default);
        ValueTask<SmtpReply> waiting = reader.ReadAsync(SmtpStage.Mail, _long, cancelled.Token);
        await cancelled.CancelAsync();

        Assert.Equal(SmtpStage.Mail, late.Stage);
        Assert.Equal(250, reply.Code);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.AsTask());
    }

    [Fact]
    public async Task Any_bytes_give_replies_or_a_declared_failure() =>
        await Task.Run(() => Prop.ForAll(Gen.Zip(ServerBytes(), Gen.Choose(1, 40)).ToArbitrary(), input =>
        {
            using SmtpReplyReader reader = Reader(input.Item1, input.Item2);
            try
            {
                while (true)
                {
                    SmtpReply reply = reader.ReadAsync(SmtpStage.Noop, _long, default).AsTask().GetAwaiter().GetResult();
                    if (reply.Code is < 200 or > 599 || reply.Text.Contains('\r', StringComparison.Ordinal)) return false;
                }
            }
            catch (SmtpException e) { return e is SmtpProtocolException or SmtpConnectionLostException; }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000)));

    [Theory]
    [InlineData(250, "2.1.5 ok", "2.1.5")]
    [InlineData(550, "5.1.1", "5.1.1")]
    [InlineData(550, "5.7.509 Access denied", "5.7.509")]
    [InlineData(550, "5.1.1\nsecond line", "5.1.1")]
    [InlineData(550, "4.1.1 contradicts the code", null)]
    [InlineData(550, "5.1.1.1 no", null)]
    [InlineData(550, "5.1.1234 no", null)]
    [InlineData(550, "5..1 no", null)]
    [InlineData(550, "no such user", null)]
    [InlineData(220, "192.0.2.1 ready", null)]
    public void The_enhanced_code_is_read_from_the_start_of_the_text(int code, string text, string? expected) =>
        Assert.Equal(expected, new SmtpReply(code, text).Enhanced?.ToString());

    [Theory]
    [InlineData(250, ReplyClass.Success)]
    [InlineData(354, ReplyClass.Intermediate)]
    [InlineData(451, ReplyClass.Transient)]
    [InlineData(550, ReplyClass.Permanent)]
    public void The_class_is_the_first_digit(int code, ReplyClass expected) => Assert.Equal(expected, new SmtpReply(code, "").Class);

    private static Gen<string> ServerBytes() =>
        Gen.Elements("250 ok\r\n", "250-", "250 ", "25", "\r\n", "\n", "\r", "x", "é", "\0", "551 no\r\n", "250\r\n").ListOf().Select(parts => string.Concat(parts));

    private static SmtpReplyReader Reader(string bytes, int chunk) =>
        new(PipeReader.Create(new ChunkedStream(Encoding.UTF8.GetBytes(bytes), chunk)), TimeProvider.System);

    private sealed class ChunkedStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(chunk, buffer.Length)], cancellationToken);
    }
}
