using System.Buffers;
using System.Globalization;

namespace Mail.Protocol.Smtp.Server;

/// <summary>
/// Writes replies as RFC 5321 §4.2 wants them: CRLF after every line, no line above 512 octets, an enhanced status code on every line of a 2yz, 4yz or 5yz
/// (RFC 2034 §3), nothing in the text that would end the line or show as something else.
/// </summary>
internal static class ReplyWriter
{
    private const int MaxText = 400; // characters of one line: with code, enhanced code and CRLF safely below 512 octets

    /// <param name="output">Where to.</param>
    /// <param name="reply">The reply.</param>
    /// <param name="isPlain">Whether it has no enhanced codes: the greeting and the answer to EHLO and HELO.</param>
    public static void Write(IBufferWriter<byte> output, SmtpReply reply, bool isPlain = false)
    {
        ReadOnlySpan<char> rest = reply.Text;
        Span<char> prefix = stackalloc char[16]; // "599-5.999.999 "
        prefix.TryWrite(CultureInfo.InvariantCulture, $"{reply.Code} ", out int prefixLength);
        if (!isPlain && reply.Class is not ReplyClass.Intermediate)
        {
            EnhancedStatusCode enhanced = reply.Enhanced ?? new EnhancedStatusCode(reply.Code / 100, 0, 0);
            prefix[4..].TryWrite(CultureInfo.InvariantCulture, $"{enhanced.Class}.{enhanced.Subject}.{enhanced.Detail} ", out int codeLength);
            prefixLength += codeLength;
        }
        ReadOnlySpan<char> code = prefix[4..prefixLength]; // with its space

        bool isLast;
        do
        {
            ReadOnlySpan<char> line = NextLine(ref rest, out isLast);
            prefix[3] = isLast ? ' ' : '-';
            WriteAscii(output, prefix[..prefixLength]);
            WriteAscii(output, WithoutCode(line, code));
            output.Write("\r\n"u8);
        }
        while (!isLast);
    }

    private static ReadOnlySpan<char> NextLine(ref ReadOnlySpan<char> rest, out bool isLast)
    {
        int end = rest.IndexOf('\n');
        ReadOnlySpan<char> line = end < 0 ? rest : rest[..end];
        if (line.Length > MaxText)
        {
            line = rest[..MaxText];
            rest = rest[MaxText..];
            isLast = false;
            return line;
        }
        isLast = end < 0;
        rest = isLast ? default : rest[(end + 1)..];
        return line.TrimEnd('\r');
    }

    private static ReadOnlySpan<char> WithoutCode(ReadOnlySpan<char> line, ReadOnlySpan<char> code) =>
        code.Length == 0 ? line : line.StartsWith(code) ? line[code.Length..] : line.SequenceEqual(code[..^1]) ? default : line;

    // A reply is ASCII unless the client asked otherwise (RFC 6531 §4.2), and clients of any kind show it: all else becomes a question mark.
    private static void WriteAscii(IBufferWriter<byte> output, ReadOnlySpan<char> text)
    {
        Span<byte> target = output.GetSpan(text.Length);
        for (int i = 0; i < text.Length; i++) target[i] = text[i] is >= ' ' and <= '~' ? (byte)text[i] : (byte)'?';
        output.Advance(text.Length);
    }
}
