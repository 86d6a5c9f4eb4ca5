using System.Globalization;
using System.Text;
using Mail.Core.Common;
using Mail.Protocol.Smtp;

namespace Mail.Api.Smtp;

/// <summary>The only place where a failure becomes SMTP: reply code, enhanced code (RFC 3463) and the same sentence as by HTTP.</summary>
internal static class SubmissionReplies
{
    private const int LongestText = 400; // clients keep one line; RFC 5321 §4.5.3.1.5 asks for no more than 512 octets

    public static SmtpReply Accepted(string id) => new(250, $"2.0.0 {id} accepted");

    public static SmtpReply Of(Failure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        (int code, string enhanced) = failure switch
        {
            { Code: "invalid_message" } => (554, "5.6.0"),
            { Code: "invalid_header_option" } => (550, "5.6.0"),
            { Code: "invalid_idempotent_request" } => (550, "5.6.0"),
            { Kind: FailureKind.Unavailable } => (451, "4.3.0"),
            { Kind: FailureKind.TooMany } => (451, "4.7.0"),
            { Kind: FailureKind.TooLarge } => (552, "5.3.4"),
            { Kind: FailureKind.Malformed } => (554, "5.6.0"),
            _ => (550, "5.7.1"), // what the project or the installation does not allow: the sender, suppressed recipients
        };
        return new SmtpReply(code, $"{enhanced} {Printable(failure.Detail)}");
    }

    /// <summary>A reply is ASCII on one line.</summary>
    private static string Printable(string text)
    {
        StringBuilder line = new(Math.Min(text.Length, LongestText));
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (line.Length >= LongestText) break;
            line.Append(rune.Value is >= ' ' and <= '~' ? ((char)rune.Value).ToString(CultureInfo.InvariantCulture) : rune.Value is '\n' or '\r' or '\t' ? " " : "?");
        }

        return line.ToString();
    }
}
