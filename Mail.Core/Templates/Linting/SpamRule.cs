using Mail.Core.Messages;
using Mail.Core.Templates.Mjml;

namespace Mail.Core.Templates.Linting;

/// <summary>What filters count against a mail. Links by shorteners are told by <see cref="LinkRule"/>.</summary>
internal static class SpamRule
{
    public const string Name = "spam";

    private const int LongestSubject = 100;
    private const int ShortestShout = 8;
    private const int FewWords = 20;

    private static readonly string[] _ways = ["unsubscribe", "opt-out", "optout", "désabonn", "desabonn", "désinscri", "desinscri", "preferences"];

    public static void Check(LintedMail mail, LintReport report)
    {
        int words = mail.Page.Texts.Where(text => !mail.Visibility.IsHidden(text.Parent)).Sum(text => text.Text.Count(char.IsLetterOrDigit));
        if (words < FewWords && mail.Page.Elements.Any(element => element.Name == "img" && !mail.Visibility.IsHidden(element)))
            report.Warn(Name, mail.Source.Find("<mj-image", "<img"), "The mail is all images: who does not load them sees nothing, and spam filters mind it. Write its words as text.");
        if (mail.Template.Lane is Lane.Bulk && !mail.Template.Unsubscribe && !HasWayOut(mail))
            report.Warn(Name, new SourcePosition("template.json", null, null), "A bulk mail without a way to unsubscribe is refused by Gmail, Yahoo and Outlook. Set `unsubscribe`; a variable `unsubscribe_url` gets the link.");
        else if (mail.Template.Unsubscribe && !HasWayOut(mail))
            report.Note(Name, mail.Source.Whole, "The mail shows no link to unsubscribe; there is only the button that some clients make of its header. An optional variable `unsubscribe_url` gets the link.");
    }

    private static bool HasWayOut(LintedMail mail) =>
        mail.Template.Html.Contains("unsubscribe_url", StringComparison.Ordinal)
        || mail.Page.Elements.Any(element => element.Name == "a" && Names(element["href"]))
        || mail.Page.Texts.Any(text => text.Parent?.Link is not null && Names(text.Text));

    private static bool Names(string? words) => words is not null && _ways.Any(way => words.Contains(way, StringComparison.OrdinalIgnoreCase));

    /// <summary>In each language.</summary>
    public static void Subject(RenderedEmail mail, LintReport report)
    {
        string subject = mail.Subject;
        int letters = subject.Count(char.IsLetter);
        if (letters >= ShortestShout && subject.Any(char.IsUpper) && !subject.Any(char.IsLower) && subject.Contains(' ', StringComparison.Ordinal)) Warn("is all in capitals");
        if (subject.Count(c => c is '!' or '\uFF01') > 1) Warn("has more than one exclamation mark");
        if (subject.Length > LongestSubject) Warn($"has {subject.Length} characters; phones show some 40, desks some 70");
        if (Prefix(subject) is { } prefix) Warn($"begins with `{prefix}`, as if it answered somebody");
        if (subject.Contains("$$", StringComparison.Ordinal) || subject.Contains("€€", StringComparison.Ordinal)) Warn("has a row of currency signs");

        void Warn(string what) => report.Warn(Name, new SourcePosition(AuthorSource.StringsFile(mail.Locale), null, null), $"The subject `{LintReport.Short(subject)}` {what}: readers and spam filters mind it.");
    }

    private static string? Prefix(string subject)
    {
        foreach (string prefix in (string[])["Re:", "Fwd:", "Fw:", "Tr:", "Aw:", "Wg:"])
            if (subject.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) return prefix;
        return null;
    }
}
