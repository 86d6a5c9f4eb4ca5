namespace Mail.Protocol.Smtp.Server;

/// <summary>
/// Takes the dots away that the client has put before dots at the start of a line, and finds the end of the message, block by block (RFC 5321 §4.5.2). Only
/// CRLF.CRLF ends it and only CRLF begins a line: whoever reads LF alone as a line end too can be told that one message is two (SMTP smuggling).
/// </summary>
internal struct DotDecoder
{
    private enum At
    {
        /// <summary>At the start of a line, as the message is when it begins: the line of DATA ended with CRLF.</summary>
        LineStart,
        Text,

        /// <summary>After a CR, which has been given on.</summary>
        Cr,

        /// <summary>After a dot at the start of a line, which is kept back for good.</summary>
        Dot,

        /// <summary>After such a dot and a CR, which is kept back until the next octet says what it is.</summary>
        DotCr,
    }

    private At _at;

    /// <summary>Reads on.</summary>
    /// <param name="source">The next octets from the client.</param>
    /// <param name="content">Where the message goes.</param>
    /// <param name="isEnd">Whether the message has ended.</param>
    /// <returns>How much belongs to the message: all, unless it has ended.</returns>
    public int Decode(ReadOnlySpan<byte> source, MessageContent content, out bool isEnd)
    {
        isEnd = false;
        int position = 0;
        while (position < source.Length)
        {
            ReadOnlySpan<byte> rest = source[position..];
            switch (_at)
            {
                case At.LineStart when rest[0] == '.':
                    _at = At.Dot;
                    position++;
                    break;
                case At.Dot when rest[0] == '\r':
                    _at = At.DotCr;
                    position++;
                    break;
                case At.DotCr when rest[0] == '\n':
                    _at = At.LineStart;
                    isEnd = true;
                    return position + 1;
                case At.DotCr: // a lone CR after all
                    content.Append("\r"u8);
                    _at = At.Cr;
                    break;
                case At.Cr when rest[0] == '\n':
                    content.Append("\n"u8);
                    _at = At.LineStart;
                    position++;
                    break;
                default:
                    // Up to the next line that begins with a dot, in one piece.
                    int found = rest.IndexOf("\r\n."u8);
                    int length = found < 0 ? rest.Length : found + 2;
                    content.Append(rest[..length]);
                    _at = found >= 0 || EndsLine(rest) ? At.LineStart : rest[^1] == '\r' ? At.Cr : At.Text;
                    position += length;
                    break;
            }
        }
        return position;
    }

    private static bool EndsLine(ReadOnlySpan<byte> text) => text.Length >= 2 && text[^1] == '\n' && text[^2] == '\r';
}
