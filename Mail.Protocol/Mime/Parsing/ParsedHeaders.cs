using System.Collections;
using System.Text;

namespace Mail.Protocol.Mime.Parsing;

/// <summary>The header fields of a message or a part, in the order they came. Names compare in any case.</summary>
public sealed class ParsedHeaders : IReadOnlyList<ParsedHeader>
{
    private readonly HeaderSlice[] _slices;
    private string? _charset;

    internal ParsedHeaders(MimeSource source, HeaderSlice[] slices)
    {
        Source = source;
        _slices = slices;
    }

    internal MimeSource Source { get; }

    /// <summary>The charset that the same headers declare for the body, or "": some programs write their 8-bit headers in it.</summary>
    internal string DeclaredCharset =>
        _charset ??= this["Content-Type"] is { } type ? ParameterParser.Parse(Encoding.Latin1.GetString(type.RawValue.Span), Source, type.Offset).Parameters["charset"] ?? "" : "";

    /// <summary>How many fields there are.</summary>
    public int Count => _slices.Length;

    /// <summary>The field at a position.</summary>
    /// <param name="index">From 0, in the order of the message.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no field at this position.</exception>
    public ParsedHeader this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_slices.Length, nameof(index));
            return new ParsedHeader(this, _slices[index]);
        }
    }

    /// <summary>The first field of a name, or <see langword="null"/>.</summary>
    /// <param name="name">The name, in any case.</param>
    public ParsedHeader? this[string name]
    {
        get
        {
            ReadOnlySpan<byte> bytes = Source.Bytes.Span;
            foreach (HeaderSlice slice in _slices)
                if (Ascii.EqualsIgnoreCase(bytes.Slice(slice.Start, slice.NameLength), name)) return new ParsedHeader(this, slice);
            return null;
        }
    }

    /// <summary>Reads a block of fields that stands for itself, such as one group of a message/delivery-status (RFC 3464 §2.1).</summary>
    /// <param name="block">The fields, up to the first empty line.</param>
    /// <param name="consumed">Where the octets after that empty line begin.</param>
    /// <param name="limits">What the block may cost; <see cref="MimeLimits.Default"/> when <see langword="null"/>.</param>
    /// <exception cref="MimeFormatException">The block is larger than <see cref="MimeLimits.MaxHeaderBytes"/>.</exception>
    public static ParsedHeaders Parse(ReadOnlyMemory<byte> block, out int consumed, MimeLimits? limits = null)
    {
        HeaderScanner scanner = new(new MimeSource(block, limits ?? MimeLimits.Default));
        ParsedHeaders headers = scanner.Scan(0, block.Length, null);
        consumed = scanner.BodyStart;
        return headers;
    }

    /// <summary>Whether there is a field of this name.</summary>
    /// <param name="name">The name, in any case.</param>
    public bool Contains(string name) => this[name] is not null;

    /// <summary>All fields of a name, in the order of the message.</summary>
    /// <param name="name">The name, in any case.</param>
    public IEnumerable<ParsedHeader> GetAll(string name)
    {
        foreach (HeaderSlice slice in _slices)
            if (Ascii.EqualsIgnoreCase(Source.Bytes.Span.Slice(slice.Start, slice.NameLength), name)) yield return new ParsedHeader(this, slice);
    }

    /// <inheritdoc/>
    public IEnumerator<ParsedHeader> GetEnumerator()
    {
        foreach (HeaderSlice slice in _slices) yield return new ParsedHeader(this, slice);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
