namespace Mail.Protocol.Mime.Parsing;

/// <summary>A media type with its parameters (RFC 2045 §5).</summary>
public sealed class ParsedContentType
{
    internal ParsedContentType(string mediaType, ParsedParameters parameters)
    {
        MediaType = mediaType;
        Parameters = parameters;
    }

    /// <summary>Type and subtype in lower case, such as <c>text/plain</c>; that one also where the field is missing or says only
    /// <c>text</c> (RFC 2045 §5.2). Where it says what is no media type, <c>application/octet-stream</c>, so that nothing unknown is shown as text.</summary>
    public string MediaType { get; }

    /// <summary>What follows the media type.</summary>
    public ParsedParameters Parameters { get; }

    /// <summary>Whether the part holds other parts (RFC 2046 §5).</summary>
    public bool IsMultipart => MediaType.StartsWith("multipart/", StringComparison.Ordinal);

    /// <summary>Whether the part is text (RFC 2046 §4.1).</summary>
    public bool IsText => MediaType.StartsWith("text/", StringComparison.Ordinal);

    /// <summary>The media type alone.</summary>
    public override string ToString() => MediaType;
}
