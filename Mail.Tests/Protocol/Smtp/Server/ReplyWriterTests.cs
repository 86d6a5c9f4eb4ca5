using System.Buffers;
using System.Text;
using Mail.Protocol.Smtp;
using Mail.Protocol.Smtp.Server;

namespace Mail.Tests.Protocol.Smtp.Server;

public sealed class ReplyWriterTests
{
    [Theory]
    [InlineData(250, "2.1.0 Ok", "250 2.1.0 Ok\r\n")]
    [InlineData(250, "Ok", "250 2.0.0 Ok\r\n")]
    [InlineData(250, "", "250 2.0.0 \r\n")]
    [InlineData(550, "5.1.1", "550 5.1.1 \r\n")]
    [InlineData(550, "5.7.1 one\n5.7.1 two", "550-5.7.1 one\r\n550 5.7.1 two\r\n")]
    [InlineData(550, "5.7.1 one\ntwo", "550-5.7.1 one\r\n550 5.7.1 two\r\n")]
    [InlineData(550, "2.1.0 a code that contradicts", "550 5.0.0 2.1.0 a code that contradicts\r\n")]
    [InlineData(451, "5.3.0 another", "451 4.0.0 5.3.0 another\r\n")]
    [InlineData(354, "go on", "354 go on\r\n")]
    [InlineData(334, "", "334 \r\n")]
    [InlineData(550, "a\rb\0c\u007fé\u2028d", "550 5.0.0 a?b?c???d\r\n")] // nothing that would end the line or be read as more
    [InlineData(250, "a\r\nb", "250-2.0.0 a\r\n250 2.0.0 b\r\n")]
    public void Every_line_has_code_and_enhanced_code(int code, string text, string written)
    {
        ArrayBufferWriter<byte> output = new();

        ReplyWriter.Write(output, new SmtpReply(code, text));

        Assert.Equal(written, Encoding.ASCII.GetString(output.WrittenSpan));
    }

    [Fact]
    public void No_line_is_longer_than_512_octets()
    {
        ArrayBufferWriter<byte> output = new();

        ReplyWriter.Write(output, new SmtpReply(550, $"5.7.1 {new string('x', 3000)}\nend"));

        string[] lines = Encoding.ASCII.GetString(output.WrittenSpan).Split("\r\n");
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 510));
        Assert.Equal(3000, lines.Sum(line => line.Count(c => c == 'x')));
        Assert.All(lines[..^2], line => Assert.StartsWith("550-5.7.1 ", line, StringComparison.Ordinal));
        Assert.Equal("550 5.7.1 end", lines[^2]);
    }

    [Fact]
    public void The_greeting_has_none()
    {
        ArrayBufferWriter<byte> output = new();

        ReplyWriter.Write(output, new SmtpReply(250, "host\nSIZE 5\n8BITMIME"), isPlain: true);

        Assert.Equal("250-host\r\n250-SIZE 5\r\n250 8BITMIME\r\n", Encoding.ASCII.GetString(output.WrittenSpan));
    }
}
