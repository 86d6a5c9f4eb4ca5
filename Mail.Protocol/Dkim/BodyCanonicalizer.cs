using System.Buffers;

namespace Mail.Protocol.Dkim;

/// <summary>
/// A body in the form that is hashed (RFC 6376 §3.4.3, §3.4.4), in any number of pieces and in constant memory: empty lines are only counted
/// until text follows them, so that those at the end vanish.
/// </summary>
internal struct BodyCanonicalizer(DkimCanonicalization mode, IBufferWriter<byte> output)
{
    private static readonly SearchValues<byte> _notText = SearchValues.Create(" \t\r"u8);

    private long _lineEnds;   // seen and not yet written
    private bool _gap;        // white space in this line, not yet written (relaxed)
    private bool _cr;         // the last octet was a CR: half a line end, or text
    private bool _any;        // something was written

    public void Append(ReadOnlySpan<byte> body)
    {
        if (_cr && !body.IsEmpty)
        {
            _cr = false;
            if (body[0] == '\n')
            {
                EndLine();
                body = body[1..];
            }
            else Text("\r"u8);
        }
        while (!body.IsEmpty)
        {
            int length = TextLength(body);
            if (length > 0)
            {
                Text(body[..length]);
                body = body[length..];
            }
            else if (body[0] != '\r')
            {
                _gap = true;
                body = body[1..];
            }
            else if (body.Length == 1)
            {
                _cr = true;
                return;
            }
            else
            {
                EndLine();
                body = body[2..];
            }
        }
    }

    /// <summary>Ends the last line where the body does not, and leaves out the empty lines before the end.</summary>
    public void Finish()
    {
        if (_cr) Text("\r"u8);
        _cr = false;
        // An empty body is one line end when simple (§3.4.3), nothing when relaxed (§3.4.4).
        if (_any || mode == DkimCanonicalization.Simple) output.Write("\r\n"u8);
    }

    private readonly int TextLength(ReadOnlySpan<byte> body)
    {
        int length = 0;
        while (true)
        {
            ReadOnlySpan<byte> rest = body[length..];
            int next = mode == DkimCanonicalization.Simple ? rest.IndexOf((byte)'\r') : rest.IndexOfAny(_notText);
            if (next < 0) return body.Length;
            length += next;
            if (length + 1 >= body.Length) return length;
            byte after = body[length + 1];
            if (body[length] == '\r')
            {
                if (after == '\n') return length;
                length++; // a CR alone is text
            }
            else if (body[length] == ' ' && after is not ((byte)' ' or (byte)'\t' or (byte)'\r') && (length > 0 || !_gap)) length += 2; // one space inside a line stays
            else return length;
        }
    }

    private void Text(ReadOnlySpan<byte> text)
    {
        for (; _lineEnds > 0; _lineEnds--) output.Write("\r\n"u8);
        if (_gap) output.Write(" "u8);
        _gap = false;
        _any = true;
        output.Write(text);
    }

    private void EndLine()
    {
        _gap = false;
        _lineEnds++;
    }
}
