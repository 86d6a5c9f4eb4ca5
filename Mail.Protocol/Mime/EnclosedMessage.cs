using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Mail.Protocol.Mime;

/// <summary>A message within a message, as it travels. A reader opens <c>message/rfc822</c> as mail only when it is not encoded (RFC 2046 §5.2.1), and a relay
/// without 8BITMIME takes only 7-bit lines, so what is 8-bit within is encoded part by part (as RFC 6152 §3 asks of relays).</summary>
/// <param name="MediaType">The type that tells the truth about it.</param>
/// <param name="IsSentAsIs">Whether the content stands in the message unencoded (7bit); otherwise it is written in base64.</param>
/// <param name="Content">CRLF line ends when sent as it is, else the bytes given.</param>
internal readonly record struct EnclosedMessage(MimeContentType MediaType, bool IsSentAsIs, ReadOnlyMemory<byte> Content)
{
    private const int MaxUnreadableHeaders = 8 * 1024;

    public static EnclosedMessage Prepare(MimeContentType type, ReadOnlyMemory<byte> content)
    {
        if (type.MediaType == "message/global") return new EnclosedMessage(type, false, content); // may be encoded, RFC 6532 §3.7
        if (WithCrlf(content) is not { } lines) return AsFile(content);
        if (Is7Bit(lines.Span)) return new EnclosedMessage(type, true, lines);
        if (type.MediaType != "message/rfc822") return AsFile(content);

        ArrayBufferWriter<byte> rewritten = new(lines.Length + (lines.Length / 4));
        if (EnclosedMessageRewriter.TryRewrite(lines.Span, rewritten)) return new EnclosedMessage(type, true, rewritten.WrittenMemory);
        return EnclosedMessageRewriter.HeaderOf(lines.Span) is var header && !Ascii.IsValid(header) && Utf8.IsValid(header)
            ? new EnclosedMessage(MimeContentType.MessageGlobal, false, content)
            : AsFile(content);
    }

    /// <summary>The headers alone, as a report brings them back (RFC 6522 §4, RFC 6533 §6).</summary>
    public static EnclosedMessage PrepareHeaders(ReadOnlyMemory<byte> message)
    {
        if (WithCrlf(message) is not { } lines) return AsFile(message[..Math.Min(message.Length, MaxUnreadableHeaders)]);
        ReadOnlyMemory<byte> header = lines[..EnclosedMessageRewriter.HeaderOf(lines.Span).Length];
        if (Is7Bit(header.Span)) return new EnclosedMessage(new MimeContentType("text/rfc822-headers"), true, header);
        return Utf8.IsValid(header.Span) ? new EnclosedMessage(new MimeContentType("message/global-headers"), false, header) : AsFile(header);
    }

    /// <summary>Lines that RFC 2045 §2.7 calls 7bit: ASCII without NUL, at most 998 octets and CRLF.</summary>
    public static bool Is7Bit(ReadOnlySpan<byte> lines)
    {
        if (!Ascii.IsValid(lines) || lines.Contains((byte)0)) return false;
        while (true)
        {
            int end = lines.IndexOf("\r\n"u8);
            if ((end < 0 ? lines.Length : end) > HeaderRules.HardLineLimit) return false;
            if (end < 0) return true;
            lines = lines[(end + 2)..];
        }
    }

    private static EnclosedMessage AsFile(ReadOnlyMemory<byte> content) => new(MimeContentType.OctetStream, false, content);

    /// <summary>A file saved with LF line ends gets CRLF. One that mixes them could mean anything, so the answer is null.</summary>
    private static ReadOnlyMemory<byte>? WithCrlf(ReadOnlyMemory<byte> content)
    {
        int lineFeeds = 0, lineEnds = 0;
        ReadOnlySpan<byte> octets = content.Span;
        for (int i = octets.IndexOfAny((byte)'\r', (byte)'\n'); i >= 0;)
        {
            if (octets[i] == '\n') lineFeeds++;
            else if (i + 1 < octets.Length && octets[i + 1] == '\n') { lineEnds++; i++; }
            else return null;
            int next = octets[(i + 1)..].IndexOfAny((byte)'\r', (byte)'\n');
            i = next < 0 ? -1 : i + 1 + next;
        }
        if (lineFeeds == 0) return content;
        if (lineEnds > 0) return null;

        byte[] lines = new byte[octets.Length + lineFeeds];
        int length = 0;
        foreach (byte octet in octets)
        {
            if (octet == '\n') lines[length++] = (byte)'\r';
            lines[length++] = octet;
        }
        return lines;
    }
}
