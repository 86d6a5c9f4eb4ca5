namespace Mail.Protocol.Smtp;

/// <summary>Doubles the dot at the start of a line (RFC 5321 §4.5.2) and adds the final dot, block by block. The message's line ends are CRLF.</summary>
internal struct DotStuffer
{
    /// <summary>The smallest destination that a call can use: a dot, one octet and the end.</summary>
    public const int MinDestination = 16;

    private bool _insideLine;
    private bool _afterCr;

    /// <summary>Copies as much as fits.</summary>
    /// <param name="source">The rest of the message; what is copied is cut off.</param>
    /// <param name="destination">Where to; at least <see cref="MinDestination"/> long.</param>
    /// <param name="isComplete">Whether the message and its final dot have been written.</param>
    /// <returns>How much of the destination was used.</returns>
    public int Write(ref ReadOnlySpan<byte> source, Span<byte> destination, out bool isComplete)
    {
        int written = 0;
        isComplete = false;
        while (!source.IsEmpty)
        {
            if (!_insideLine && source[0] == '.')
            {
                if (destination.Length - written < 2) return written;
                destination[written++] = (byte)'.';
            }

            // Up to the next line that begins with a dot, in one copy.
            int length = NextDot(source);
            int count = Math.Min(length, destination.Length - written);
            if (count == 0) return written;
            source[..count].CopyTo(destination[written..]);
            _insideLine = !EndsLine(source[..count]);
            _afterCr = source[count - 1] == '\r';
            written += count;
            source = source[count..];
        }

        ReadOnlySpan<byte> end = _insideLine ? "\r\n.\r\n"u8 : ".\r\n"u8;
        if (destination.Length - written < end.Length) return written;
        end.CopyTo(destination[written..]);
        isComplete = true;
        return written + end.Length;
    }

    private readonly bool EndsLine(ReadOnlySpan<byte> copied) => copied[^1] == '\n' && (copied.Length > 1 ? copied[^2] == '\r' : _afterCr);

    // The length of what can be copied before a dot must be doubled. The split "\r\n" | "." between two calls is seen by _insideLine.
    private readonly int NextDot(ReadOnlySpan<byte> source)
    {
        if (_afterCr && source.StartsWith("\n."u8)) return 1;
        int index = source.IndexOf("\r\n."u8);
        return index < 0 ? source.Length : index + 2;
    }
}
