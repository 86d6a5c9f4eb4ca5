using System.Buffers;

namespace Mail.Protocol.Mime.Parsing;

/// <summary>One part of a message, or its root (RFC 2045 §2.5). What it says about itself is read when it is asked for; content is decoded at each call.</summary>
public sealed class MimePart
{
    private readonly MimeSource _source;
    private readonly PartRange _range;
    private readonly int _depth;
    private ParsedMessage? _enclosed;
    private bool _isEnclosedDecoded;

    internal MimePart(MimeSource source, ParsedHeaders headers, PartRange range, ParsedContentType contentType, int depth, MimePart[] parts, ParsedMessage? enclosed)
    {
        _source = source;
        _range = range;
        _depth = depth;
        _enclosed = enclosed;
        Headers = headers;
        ContentType = contentType;
        Parts = parts;
    }

    /// <summary>The part's own fields; for the root those of the message.</summary>
    public ParsedHeaders Headers { get; }

    /// <summary>The parts within a multipart, in their order; empty for everything else.</summary>
    public IReadOnlyList<MimePart> Parts { get; }

    /// <summary>The media type. Where it is missing <c>text/plain</c>, within multipart/digest <c>message/rfc822</c> (RFC 2046 §5.1.5).</summary>
    public ParsedContentType ContentType { get; }

    /// <summary>The declared charset as it is written, or <see langword="null"/>.</summary>
    public string? Charset => ContentType.Parameters["charset"] is { Length: > 0 } charset ? charset : null;

    /// <summary>The Content-Disposition (RFC 2183), or <see langword="null"/>.</summary>
    public ParsedDisposition? Disposition => ContentTypes.ReadDisposition(Headers);

    /// <summary>The name of the file: of the disposition, else of the media type, decoded. <see langword="null"/> without one. It comes from the sender and
    /// may hold anything but control characters, path separators too: never open a file by it.</summary>
    public string? FileName =>
        Disposition?.Parameters["filename"] is { Length: > 0 } name ? OneLine.Of(name) : ContentType.Parameters["name"] is { Length: > 0 } other ? OneLine.Of(other) : null;

    /// <summary>The Content-ID without angle brackets, or <see langword="null"/> (RFC 2045 §7).</summary>
    public string? ContentId => MessageIds.First(Headers, "Content-ID");

    /// <summary>The transfer encoding in lower case; <c>7bit</c> where it is missing (RFC 2045 §6.1).</summary>
    public string TransferEncoding => ContentTypes.ReadTransferEncoding(Headers) is { Length: > 0 } encoding ? encoding : "7bit";

    /// <summary>The message within: of message/rfc822 and message/global, and of text/rfc822-headers one without a body. <see langword="null"/> for everything
    /// else, and where the limits on nesting were reached. When it came in base64 or quoted-printable, against RFC 2046 §5.2.1, its offsets count
    /// in the decoded octets and its defects are its own.</summary>
    public ParsedMessage? EnclosedMessage
    {
        get
        {
            if (_enclosed is not null || _isEnclosedDecoded || !ContentTypes.IsMessage(ContentType.MediaType)) return _enclosed;
            // Each such level holds a decoded copy, so there may be only few: the depth that is left is halved.
            int depth = (_source.Limits.MaxDepth - _depth) / 2;
            if (depth > 0 && !ContentDecoder.IsIdentity(TransferEncoding)
                && ParsedMessage.TryParse(DecodeContent(), out ParsedMessage? message, out _, _source.Limits with { MaxDepth = depth }))
                _enclosed = message;
            _isEnclosedDecoded = true;
            return _enclosed;
        }
    }

    /// <summary>The content as it stands in the message, still encoded: a view, not a copy. For a multipart everything within.</summary>
    public ReadOnlyMemory<byte> RawContent => _source.Bytes[_range.BodyStart.._range.BodyEnd];

    /// <summary>Where the part's headers begin, in octets from the start of the message.</summary>
    public long Offset => _range.Start;

    /// <summary>Where the content begins, in octets from the start of the message.</summary>
    public long ContentOffset => _range.BodyStart;

    internal bool IsLeaf => Parts.Count == 0 && !ContentType.IsMultipart;

    /// <summary>The content without its transfer encoding; octets in the encoding that do not belong there are skipped. An unknown encoding, and any of a
    /// multipart, is taken for none.</summary>
    public byte[] DecodeContent()
    {
        if (IsIdentity()) return RawContent.ToArray();
        ReadOnlySpan<byte> content = ContentDecoder.Decode(RawContent.Span, TransferEncoding, _source, ContentOffset, out byte[] rented);
        byte[] result = content.ToArray();
        ArrayPool<byte>.Shared.Return(rented);
        return result;
    }

    /// <summary>Writes what <see cref="DecodeContent()"/> returns.</summary>
    /// <param name="output">Takes the octets.</param>
    public void DecodeContent(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (IsIdentity())
        {
            output.Write(RawContent.Span);
            return;
        }
        output.Write(ContentDecoder.Decode(RawContent.Span, TransferEncoding, _source, ContentOffset, out byte[] rented));
        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>The content as text: decoded in its charset; in an unknown one, or in US-ASCII with more than that, as UTF-8 where it is that, else as
    /// windows-1252. Line ends stay as they are.</summary>
    public string DecodeText()
    {
        if (IsIdentity()) return CharsetText.Decode(RawContent.Span, Charset ?? "", _source, ContentOffset);
        ReadOnlySpan<byte> content = ContentDecoder.Decode(RawContent.Span, TransferEncoding, _source, ContentOffset, out byte[] rented);
        string text = CharsetText.Decode(content, Charset ?? "", _source, ContentOffset);
        ArrayPool<byte>.Shared.Return(rented);
        return text;
    }

    private bool IsIdentity()
    {
        string encoding = TransferEncoding;
        if (!ContentDecoder.IsKnown(encoding)) _source.Note(MimeDefectKind.UnknownTransferEncoding, Offset, "The transfer encoding of a part is not known; the content was taken as it is.");
        return Parts.Count > 0 || ContentDecoder.IsIdentity(encoding);
    }
}

/// <summary>Where a part stands in the message.</summary>
internal readonly record struct PartRange(int Start, int BodyStart, int BodyEnd);
