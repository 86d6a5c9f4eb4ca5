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

    /// <summary>Whether the message has ended.</summary>
    public bool IsEnd { get; private set; }

    /// <summary>Finds the next piece of the message.</summary>
    /// <param name="source">The octets from the client; what is read is cut off. When the message has ended, the rest belongs to the next command.</param>
    /// <param name="piece">The piece; may be empty.</param>
    /// <returns>Whether there was anything to read.</returns>
    public bool Next(ref ReadOnlySpan<byte> source, out ReadOnlySpan<byte> piece)
    {
        piece = default;
        if (source.IsEmpty || IsEnd) return false;
        switch (_at)
        {
            case At.LineStart when source[0] == '.':
                _at = At.Dot;
                source = source[1..];
                return true;
            case At.Dot when source[0] == '\r':
                _at = At.DotCr;
                source = source[1..];
                return true;
            case At.DotCr when source[0] == '\n':
                IsEnd = true;
                source = source[1..];
                return true;
            case At.DotCr: // a lone CR after all
                _at = At.Cr;
                piece = "\r"u8;
                return true;
            case At.Cr when source[0] == '\n':
                _at = At.LineStart;
                piece = source[..1];
                source = source[1..];
                return true;
            default: // up to the next line that begins with a dot, in one piece
                int found = source.IndexOf("\r\n."u8);
                piece = found < 0 ? source : source[..(found + 2)];
                _at = EndsLine(piece) ? At.LineStart : piece[^1] == '\r' ? At.Cr : At.Text;
                source = source[piece.Length..];
                return true;
        }
    }

    private static bool EndsLine(ReadOnlySpan<byte> text) => text.Length >= 2 && text[^1] == '\n' && text[^2] == '\r';
}
