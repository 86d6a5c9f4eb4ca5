using System.Buffers;
using System.Text;

namespace Mail.Protocol.Mime;

/// <summary>Text as MIME wants it before it is encoded: UTF-8 with CRLF line ends (RFC 2045 §6.7, RFC 2046 §4.1.1). Rented memory: dispose it.</summary>
internal readonly struct CanonicalText : IDisposable
{
    private readonly byte[] _rented;
    private readonly int _length;

    public CanonicalText(string text)
    {
        // Three octets per UTF-16 unit cover every character; a lone CR or LF grows from one unit to two octets.
        _rented = ArrayPool<byte>.Shared.Rent(text.Length * 3);
        ReadOnlySpan<char> rest = text;
        int lineEnd;
        while ((lineEnd = rest.IndexOfAny('\r', '\n')) >= 0)
        {
            _length += Encoding.UTF8.GetBytes(rest[..lineEnd], _rented.AsSpan(_length));
            _rented[_length++] = (byte)'\r';
            _rented[_length++] = (byte)'\n';
            rest = rest[(rest[lineEnd..].StartsWith("\r\n", StringComparison.Ordinal) ? lineEnd + 2 : lineEnd + 1)..];
        }
        _length += Encoding.UTF8.GetBytes(rest, _rented.AsSpan(_length));
    }

    public ReadOnlySpan<byte> Octets => _rented.AsSpan(0, _length);

    public void Dispose() => ArrayPool<byte>.Shared.Return(_rented);
}
