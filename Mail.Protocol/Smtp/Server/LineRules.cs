using System.Text;

namespace Mail.Protocol.Smtp.Server;

/// <summary>Watches a message go by, block by block: line ends, the longest line, octets above 127.</summary>
internal struct LineRules
{
    private long _line;
    private bool _afterCr;

    /// <summary>A CR or LF that is not part of a CRLF. Servers disagree whether it ends a line, so none may pass (RFC 5321 §2.3.8).</summary>
    public bool HasBareLineEnd { get; private set; }

    /// <summary>Without CRLF.</summary>
    public long LongestLine { get; private set; }

    public bool Is8Bit { get; private set; }

    /// <summary>Whether the last line has its CRLF, or there is no line at all.</summary>
    public readonly bool IsAtLineStart => _line == 0 && !_afterCr;

    public void Observe(ReadOnlySpan<byte> octets)
    {
        if (!Is8Bit && !Ascii.IsValid(octets)) Is8Bit = true;
        while (!octets.IsEmpty)
        {
            if (_afterCr)
            {
                _afterCr = false;
                if (octets[0] == '\n')
                {
                    _line = 0;
                    octets = octets[1..];
                    continue;
                }
                HasBareLineEnd = true;
                _line++;
            }

            int index = octets.IndexOfAny((byte)'\r', (byte)'\n');
            _line += index < 0 ? octets.Length : index;
            if (_line > LongestLine) LongestLine = _line;
            if (index < 0) return;
            if (octets[index] == '\n')
            {
                HasBareLineEnd = true;
                _line++;
                octets = octets[(index + 1)..];
            }
            else if (index + 1 < octets.Length && octets[index + 1] == '\n')
            {
                _line = 0;
                octets = octets[(index + 2)..];
            }
            else
            {
                _afterCr = true;
                octets = octets[(index + 1)..];
            }
        }
    }

    /// <summary>The message is over: a CR that waits for its LF waits in vain.</summary>
    public void Complete()
    {
        if (!_afterCr) return;
        HasBareLineEnd = true;
        _afterCr = false;
        _line++;
    }
}
