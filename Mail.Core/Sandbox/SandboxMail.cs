using System.Text.RegularExpressions;
using Mail.Core.Common;
using Mail.Protocol.Mime.Parsing;

namespace Mail.Core.Sandbox;

/// <summary>A mail of the sandbox inbox: one row for each recipient, as each has an inbox of their own.</summary>
/// <param name="Id">The delivery's.</param>
/// <param name="Code">The one-time code in it (<see cref="CodeFinder"/>); null when there is none.</param>
public sealed record SandboxSummary(Guid Id, MessageId MessageId, string To, string From, string Subject, DateTimeOffset CapturedAt, string? Code, IReadOnlyList<MailLink> Links);

/// <param name="FileName">Null when the mail names none.</param>
/// <param name="Bytes">Decoded.</param>
public sealed record SandboxFile(string? FileName, string ContentType, int Bytes);

/// <summary>The whole of it.</summary>
public sealed record SandboxMail(SandboxSummary Summary, string? Html, string? Text, IReadOnlyList<(string Name, string Value)> Headers, IReadOnlyList<SandboxFile> Files);

/// <summary>Reads what was captured.</summary>
internal static partial class SandboxReading
{
    /// <summary>Of a mail whose files make it large, a list reads so much: the bodies stand before the files.</summary>
    public const int Start = 256 * 1024;

    public static (string? Code, IReadOnlyList<MailLink> Links) CodeAndLinks(byte[] mime, string subject)
    {
        if (!ParsedMessage.TryParse(mime, out ParsedMessage? mail, out _)) return (null, []);
        string? html = mail.HtmlBody;
        return (CodeFinder.Find(mail.Subject ?? subject, mail.TextBody ?? Plain(html)), LinkFinder.Find(html, mail.TextBody));
    }

    public static SandboxMail Whole(SandboxSummary summary, byte[] mime) => ParsedMessage.TryParse(mime, out ParsedMessage? mail, out _)
        ? new SandboxMail(
            summary, mail.HtmlBody, mail.TextBody, [.. mail.Headers.Select(header => (header.Name, header.UnfoldedValue))],
            [.. mail.Attachments.Select(file => new SandboxFile(file.FileName, file.ContentType.MediaType, file.DecodeContent().Length))])
        : new SandboxMail(summary, null, null, [], []);

    /// <summary>Roughly what a reader sees of HTML: each block on a line of its own.</summary>
    private static string? Plain(string? html) => html is null ? null : System.Net.WebUtility.HtmlDecode(Tag().Replace(Block().Replace(Hidden().Replace(html, ""), "\n"), " "));

    [GeneratedRegex(@"<(?:style|script|title)\b.*?</(?:style|script|title)\s*>|<!--.*?-->", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Hidden();

    [GeneratedRegex(@"</?(?:p|div|td|tr|table|h[1-6]|li|ul|br)\b[^>]*>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Block();

    [GeneratedRegex("<[^>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
