namespace Mail.Protocol.Mime.Parsing;

/// <summary>One header field as it came (RFC 5322 §2.2). A view of the message's octets: name and value are decoded at each call.</summary>
public readonly struct ParsedHeader
{
    private readonly ParsedHeaders _owner;
    private readonly HeaderSlice _slice;

    internal ParsedHeader(ParsedHeaders owner, HeaderSlice slice)
    {
        _owner = owner;
        _slice = slice;
    }

    /// <summary>The field's name as it is written in the message, without white space around.</summary>
    public string Name => HeaderNames.ToText(_owner.Source.Bytes.Span.Slice(_slice.Start, _slice.NameLength));

    /// <summary>Everything after the colon, folded as it came, without the last line end.</summary>
    public ReadOnlyMemory<byte> RawValue => _owner.Source.Bytes[_slice.ValueStart.._slice.End];

    /// <summary>The value for people: unfolded, encoded words decoded (RFC 2047), without white space around. May hold control characters that were
    /// encoded. In a field with a grammar of its own, such as To, decoding loses what quotes meant: use the typed properties there.</summary>
    public string Value => EncodedWordDecoder.Decode(UnfoldedValue, _owner.Source, Offset);

    /// <summary>The value unfolded and in Unicode, encoded words as they came: what parsers of structured fields take.</summary>
    public string UnfoldedValue => HeaderText.Decode(RawValue.Span, _owner, Offset);

    /// <summary>Where the name begins, in octets from the start of the message.</summary>
    public long Offset => _slice.Start;

    /// <summary>Name and value, for people.</summary>
    public override string ToString() => $"{Name}: {Value}";
}

/// <summary>Where a field stands: 16 octets each, so that a message of nothing but headers costs little.</summary>
internal readonly record struct HeaderSlice(int Start, int NameLength, int ValueStart, int End);
