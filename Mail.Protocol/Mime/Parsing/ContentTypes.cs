namespace Mail.Protocol.Mime.Parsing;

/// <summary>Reads the fields that say what a part is.</summary>
internal static class ContentTypes
{
    public const string Text = "text/plain";
    public const string Message = "message/rfc822";

    private static readonly ParsedContentType _plainText = new(Text, ParsedParameters.Empty);
    private static readonly ParsedContentType _plainMessage = new(Message, ParsedParameters.Empty);

    public static ParsedContentType Read(ParsedHeaders headers, string defaultType)
    {
        if (headers["Content-Type"] is not { } header) return defaultType == Message ? _plainMessage : _plainText;
        (string value, ParsedParameters parameters) = ParameterParser.Parse(header.UnfoldedValue, headers.Source, header.Offset);
        if (IsMediaType(value)) return new ParsedContentType(value, parameters);
        headers.Source.Note(MimeDefectKind.InvalidHeaderValue, header.Offset, "A Content-Type is no media type.");
        return new ParsedContentType(value switch { "" => defaultType, "text" or "plain" => Text, "html" => "text/html", _ => "application/octet-stream" }, parameters);
    }

    public static ParsedDisposition? ReadDisposition(ParsedHeaders headers)
    {
        if (headers["Content-Disposition"] is not { } header) return null;
        (string value, ParsedParameters parameters) = ParameterParser.Parse(header.UnfoldedValue, headers.Source, header.Offset);
        return value.Length == 0 && parameters.Count == 0 ? null : new ParsedDisposition(value.Length == 0 ? "attachment" : value, parameters);
    }

    public static string ReadTransferEncoding(ParsedHeaders headers) =>
        headers["Content-Transfer-Encoding"] is { } header ? ParameterParser.Parse(header.UnfoldedValue, headers.Source, header.Offset).Value : "";

    public static bool IsMessage(string mediaType) => mediaType is Message or "message/global" or "message/rfc2822" or "text/rfc822-headers" or "message/global-headers";

    public static bool IsHeadersOnly(string mediaType) => mediaType is "text/rfc822-headers" or "message/global-headers";

    private static bool IsMediaType(string value)
    {
        int slash = value.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < value.Length - 1;
    }
}
