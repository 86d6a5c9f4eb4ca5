using System.Buffers;

namespace Mail.Protocol.Dkim;

/// <summary>Whether every line of a message ends in CRLF, read in pieces.</summary>
internal struct MessageLines
{
    private static readonly SearchValues<byte> _lineEnds = SearchValues.Create("\r\n"u8);

    private long _offset;
    private bool _cr;

    /// <summary>Reads the next piece.</summary>
    /// <exception cref="FormatException">A CR or LF alone.</exception>
    public void Check(ReadOnlySpan<byte> piece)
    {
        int position = 0;
        if (_cr && !piece.IsEmpty)
        {
            if (piece[0] != '\n') throw Alone("CR", _offset - 1);
            _cr = false;
            position = 1;
        }
        while (true)
        {
            int next = piece[position..].IndexOfAny(_lineEnds);
            if (next < 0) break;
            position += next;
            if (piece[position] == '\n') throw Alone("LF", _offset + position);
            if (position + 1 == piece.Length)
            {
                _cr = true;
                break;
            }
            if (piece[position + 1] != '\n') throw Alone("CR", _offset + position);
            position += 2;
        }
        _offset += piece.Length;
    }

    /// <summary>Ends the message.</summary>
    /// <exception cref="FormatException">A CR alone.</exception>
    public readonly void End()
    {
        if (_cr) throw Alone("CR", _offset - 1);
    }

    // RFC 5322 §2.1, §2.3: no message holds them; a server that meets one rewrites or refuses it, and the signature would not survive.
    private static FormatException Alone(string what, long offset) =>
        new($"The message holds a {what} alone at octet {offset}; lines end in CRLF (RFC 5322 §2.1), and servers on the way would change it after signing.");
}
