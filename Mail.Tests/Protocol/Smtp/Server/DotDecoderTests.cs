using System.Text;
using Mail.Protocol.Smtp.Server;

namespace Mail.Tests.Protocol.Smtp.Server;

// Against a reader that is too simple to be wrong: one octet at a time, by the letter of RFC 5321 §4.5.2.
public sealed class DotDecoderTests
{
    [Fact]
    public void Reads_every_short_text_of_dots_and_line_ends_as_the_simple_reader_does()
    {
        // All 7^6 texts of these octets, each cut in two at every place.
        char[] alphabet = ['.', '\r', '\n', 'a', '\0', '\r', '\n'];
        for (int number = 0; number < 117_649; number++)
        {
            StringBuilder text = new(6);
            for (int i = 0, rest = number; i < 6; i++, rest /= 7) text.Append(alphabet[rest % 7]);
            byte[] octets = Encoding.Latin1.GetBytes(text.ToString());
            (string content, int used, bool isEnd) = ReadSimply(octets);
            for (int cut = 0; cut < 6; cut++) Assert.Equal((content, used, isEnd), Decode(octets, cut));
        }
    }

    [Fact]
    public void What_the_client_stuffs_the_server_unstuffs()
    {
        Random random = new(1);
        string[] parts = [".", "..", "\r\n", "x", "long text without any dot", "\r\n.", "\r\n..\r\n"];
        for (int i = 0; i < 5000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => parts[random.Next(parts.Length)])) + "\r\n";
            string sent = $"{(text[0] == '.' ? "." : "")}{text.Replace("\r\n.", "\r\n..", StringComparison.Ordinal)}.\r\nNOOP\r\n";

            (string content, int used, bool isEnd) = Decode(Encoding.Latin1.GetBytes(sent), random.Next(sent.Length));

            Assert.Equal((text, sent.Length - 6, true), (content, used, isEnd));
        }
    }

    private static (string Content, int Used, bool IsEnd) ReadSimply(ReadOnlySpan<byte> octets)
    {
        StringBuilder content = new();
        string line = ""; // since the last CRLF
        for (int i = 0; i < octets.Length; i++)
        {
            line += (char)octets[i];
            if (!line.EndsWith("\r\n", StringComparison.Ordinal)) continue;
            if (line == ".\r\n") return (content.ToString(), i + 1, true);
            content.Append(line.StartsWith('.') ? line[1..] : line);
            line = "";
        }
        // What is kept back because the next octet decides is not there yet.
        content.Append(line is "." or ".\r" ? "" : line.StartsWith('.') ? line[1..] : line);
        return (content.ToString(), octets.Length, false);
    }

    private static (string Content, int Used, bool IsEnd) Decode(byte[] octets, int cut)
    {
        DotDecoder decoder = default;
        StringBuilder content = new();
        int used = 0;
        foreach (Range part in new[] { ..cut, cut.. })
        {
            ReadOnlySpan<byte> rest = octets.AsSpan(part);
            int length = rest.Length;
            while (decoder.Next(ref rest, out ReadOnlySpan<byte> piece)) content.Append(Encoding.Latin1.GetString(piece));
            used += length - rest.Length;
        }
        return (content.ToString(), used, decoder.IsEnd);
    }
}
