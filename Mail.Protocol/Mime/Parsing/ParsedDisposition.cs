namespace Mail.Protocol.Mime.Parsing;

/// <summary>How a part wants to be shown (RFC 2183).</summary>
public sealed class ParsedDisposition
{
    internal ParsedDisposition(string kind, ParsedParameters parameters)
    {
        Kind = kind;
        Parameters = parameters;
    }

    /// <summary>The kind in lower case: <c>inline</c>, <c>attachment</c>, or what the sender made up, which counts as attachment (RFC 2183 §2.8).</summary>
    public string Kind { get; }

    /// <summary>What follows the kind, such as <c>filename</c>.</summary>
    public ParsedParameters Parameters { get; }

    /// <summary>Whether the part is a file beside the text.</summary>
    public bool IsAttachment => Kind != "inline";

    /// <summary>The kind alone.</summary>
    public override string ToString() => Kind;
}
