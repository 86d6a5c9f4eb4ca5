namespace Mail.Protocol.Mime.Parsing;

/// <summary>One thing in a message that is not as its RFC wants it, and was read nevertheless.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Offset">Where, in octets from the start of the message that was parsed. For a message that was decoded out of another one (base64
/// around message/rfc822) in octets from the start of the decoded one.</param>
/// <param name="Detail">One sentence for people.</param>
public sealed record MimeDefect(MimeDefectKind Kind, long Offset, string Detail);
