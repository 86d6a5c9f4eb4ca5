using System.Buffers;
using System.Buffers.Text;

namespace Mail.Protocol.Dkim;

/// <summary>Writes DKIM-Signature fields and folds them at 78 octets (RFC 5322 §2.1.1). Rented memory: dispose it.</summary>
internal struct SignatureField() : IDisposable
{
    private const int LineLimit = 78;

    private byte[] _octets = ArrayPool<byte>.Shared.Rent(2048);
    private int _length;
    private int _column;
    private int _start;

    /// <summary>All fields.</summary>
    public readonly ReadOnlySpan<byte> Octets => _octets.AsSpan(0, _length);

    /// <summary>The field that was begun last.</summary>
    public readonly ReadOnlySpan<byte> Current => _octets.AsSpan(_start, _length - _start);

    public void Begin()
    {
        _start = _length;
        Write("DKIM-Signature:"u8);
    }

    /// <summary>A whole tag with its semicolon, which nothing may split.</summary>
    public void Tag(ReadOnlySpan<byte> tag)
    {
        if (_column + 1 + tag.Length > LineLimit) Fold();
        else Write(" "u8);
        Write(tag);
    }

    /// <summary>The next name of the tag <c>h=</c>; lines break behind a colon.</summary>
    public void HeaderName(ReadOnlySpan<byte> name, bool first)
    {
        if (!first) Write(":"u8);
        if (_column + name.Length + 1 > LineLimit) Fold();
        Write(name);
    }

    public void EndTag() => Write(";"u8);

    /// <summary>A whole tag of octets in base64.</summary>
    public void Base64Tag(ReadOnlySpan<byte> name, ReadOnlySpan<byte> octets)
    {
        Span<byte> tag = stackalloc byte[name.Length + Base64.GetMaxEncodedToUtf8Length(octets.Length) + 2];
        name.CopyTo(tag);
        tag[name.Length] = (byte)'=';
        Base64.EncodeToUtf8(octets, tag[(name.Length + 1)..], out _, out _);
        tag[^1] = (byte)';';
        Tag(tag);
    }

    /// <summary>The signature behind <c>b=</c>, on as many lines as it needs.</summary>
    public void Signature(ReadOnlySpan<byte> octets)
    {
        Span<byte> text = stackalloc byte[Base64.GetMaxEncodedToUtf8Length(octets.Length)]; // at most 700
        Base64.EncodeToUtf8(octets, text, out _, out _);
        ReadOnlySpan<byte> rest = text;
        while (!rest.IsEmpty)
        {
            if (_column >= LineLimit) Fold();
            int length = Math.Min(rest.Length, LineLimit - _column);
            Write(rest[..length]);
            rest = rest[length..];
        }
    }

    public void End()
    {
        Write("\r\n"u8);
        _column = 0;
    }

    public readonly void Dispose() => ArrayPool<byte>.Shared.Return(_octets);

    /// <summary>Begins a tag on a line of its own.</summary>
    public void TagOnNewLine(ReadOnlySpan<byte> tag)
    {
        Fold();
        Write(tag);
    }

    private void Fold()
    {
        Write("\r\n "u8);
        _column = 1;
    }

    private void Write(ReadOnlySpan<byte> octets)
    {
        if (_octets.Length - _length < octets.Length) Grow(octets.Length);
        octets.CopyTo(_octets.AsSpan(_length));
        _length += octets.Length;
        _column += octets.Length;
    }

    private void Grow(int more)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_octets.Length * 2, _length + more));
        Octets.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_octets);
        _octets = larger;
    }
}
