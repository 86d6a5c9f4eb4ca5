using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Mail.Protocol.Mime;

namespace Mail.Tests.Protocol.Mime;

public sealed partial class MimeFormatTests
{
    [Fact]
    public void Every_message_keeps_the_limits_of_its_format() =>
        Prop.ForAll(RandomMail.Message.ToArbitrary(), message => CheckFormat(message)).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(25));

    private static void CheckFormat(MimeMessage message)
    {
        ArrayBufferWriter<byte> output = new();
        message.WriteTo(output);
        ReadOnlySpan<byte> bytes = output.WrittenSpan;
        Assert.True(Ascii.IsValid(bytes), "The message is 7-bit.");
        Assert.False(bytes.Contains((byte)0));
        string text = Encoding.ASCII.GetString(bytes);
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);

        bool inHeader = true;
        foreach (string line in text[..^2].Split("\r\n"))
        {
            Assert.DoesNotContain('\r', line);
            Assert.DoesNotContain('\n', line);
            Assert.True(line.Length <= 998, "No line is longer than 998 octets (RFC 5322 §2.1.1).");
            if (line.Length == 0) inHeader = false;
            if (inHeader) CheckHeaderLine(line);
        }
    }

    private static void CheckHeaderLine(string line)
    {
        Assert.False(string.IsNullOrWhiteSpace(line), "No folded line is blank (RFC 5322 §3.2.2).");
        // A line above 78 holds one word that cannot be folded, or the field's name and such a word.
        if (line.Length > 78) Assert.True(line.Trim().Count(c => c == ' ') <= 1 || Quoted().Replace(line, "").Trim().Count(c => c == ' ') <= 1, line);
        if (!line.Contains("=?utf-8?", StringComparison.Ordinal)) return;
        Assert.True(line.Length <= 76, "A line with an encoded word has at most 76 characters (RFC 2047 §2).");
        foreach (Match word in EncodedWord().Matches(line))
        {
            Assert.True(word.Length <= 75, "An encoded word has at most 75 characters (RFC 2047 §2).");
            string payload = word.Groups[2].Value;
            byte[] octets = word.Groups[1].Value == "B" ? Convert.FromBase64String(payload) : FromQ(payload);
            Assert.True(System.Text.Unicode.Utf8.IsValid(octets), "An encoded word holds whole characters (RFC 2047 §5).");
        }
    }

    private static byte[] FromQ(string payload) =>
        [.. EscapedOctet().Matches(payload).Select(m => m.Value is ['=', .. string hex] ? Convert.ToByte(hex, 16) : (byte)m.Value[0])];

    [GeneratedRegex(@"=\?utf-8\?([QB])\?([!-<>@-~]*|[!-~]*?)\?=")]
    private static partial Regex EncodedWord();

    [GeneratedRegex("=[0-9A-F]{2}|.")]
    private static partial Regex EscapedOctet();

    [GeneratedRegex("\"(\\\\.|[^\"\\\\])*\"")]
    private static partial Regex Quoted();
}
