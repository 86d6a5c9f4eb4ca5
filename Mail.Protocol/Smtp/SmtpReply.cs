namespace Mail.Protocol.Smtp;

/// <summary>A server's answer to one command (RFC 5321 §4.2). Compared by value.</summary>
/// <param name="Code">The three digits, 200 to 599.</param>
/// <param name="Text">What follows the code, as the server wrote it: the lines of a longer reply are joined by <c>\n</c>, without CR. For people and logs; decide by code.</param>
public sealed record SmtpReply(int Code, string Text)
{
    /// <summary>What the first digit says about the next step.</summary>
    public ReplyClass Class => (ReplyClass)(Code / 100);

    /// <summary>The enhanced status code at the start of the text (RFC 2034), or <see langword="null"/> when there is none or when it contradicts <see cref="Code"/>.</summary>
    public EnhancedStatusCode? Enhanced =>
        EnhancedStatusCode.TryParseStart(Text, out EnhancedStatusCode code) && code.Class == Code / 100 ? code : null;

    /// <summary>Code and text on one line, as a person would quote it.</summary>
    public override string ToString() => $"{Code} {Text.ReplaceLineEndings(" ")}";
}
