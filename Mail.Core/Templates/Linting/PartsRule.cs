using Mail.Core.Templates.Mjml;

namespace Mail.Core.Templates.Linting;

/// <summary>What a mail has beside what one sees of it: the text part, the preheader, the language for who hears it, the title.</summary>
internal static class PartsRule
{
    public const string Name = "parts";

    private const int LongestPreheader = 200;

    public static void Check(LintedMail mail, LintReport report)
    {
        if (string.IsNullOrWhiteSpace(mail.Mail.Text)) report.Warn(Name, new SourcePosition("text.hbs", null, null), "The text part is empty: who reads text alone gets nothing, and spam filters mind it.");
        Language(mail, report);
        if (string.IsNullOrWhiteSpace(mail.Page.Title)) report.Note(Name, Head(mail), $"There is no title: browsers and screen readers show none. {(mail.Source.IsMjml ? "Put `<mj-title>` into `mj-head`." : "Put `<title>` into `head`.")}");
        Preheader(mail, report);
    }

    private static SourcePosition Head(LintedMail mail) => mail.Source.Find("<mj-head", "<head", "<mjml", "<html");

    private static void Language(LintedMail mail, LintReport report)
    {
        MailElement? html = mail.Page.Elements.FirstOrDefault(element => element.Name == "html");
        SourcePosition at = mail.Source.Find("<mjml", "<html");
        string root = mail.Source.IsMjml ? "mjml" : "html";
        if (html?["lang"] is not { Length: > 0 } language || language == "und") // which MJML writes for want of one
            report.Warn(Name, at, $"The mail does not say its language, so that screen readers speak it in another one: `<{root} lang=\"{{{{locale}}}}\" dir=\"{{{{dir}}}}\">`.");
        else if (!string.Equals(language.Split('-')[0], mail.Mail.Locale.Split('-')[0], StringComparison.OrdinalIgnoreCase))
            report.Warn(Name, at, $"The mail says that it is in `{LintReport.Short(language)}`, and is in `{mail.Mail.Locale}`: `lang=\"{{{{locale}}}}\"`.");
        else if (string.IsNullOrWhiteSpace(html["dir"]))
            report.Note(Name, at, $"The mail does not say in which direction it is read: `dir=\"{{{{dir}}}}\"`.");
    }

    /// <summary>In a language that is read from the right, whatever the default one is.</summary>
    public static void Direction(RenderedEmail mail, AuthorSource source, LintReport report)
    {
        if (Locale.Direction(mail.Locale) != "rtl" || mail.Html.Contains("dir=\"rtl\"", StringComparison.OrdinalIgnoreCase) || mail.Html.Contains("dir=rtl", StringComparison.OrdinalIgnoreCase)) return;
        report.Warn(Name, source.Find("<mjml", "<html"), $"The mail is not laid out from right to left, as `{mail.Locale}` is read: `dir=\"{{{{dir}}}}\"`.");
    }

    /// <summary>What lists show behind the subject: the first words of the mail, hidden or not.</summary>
    private static void Preheader(LintedMail mail, LintReport report)
    {
        MailText? first = mail.Page.Texts.FirstOrDefault(text => text.Parent?.Name is not ("head" or "html") && Words(text.Text).Length > 0);
        string words = first is null ? "" : Words(first.Text);
        if (first is null || !mail.Visibility.IsHidden(first.Parent))
            report.Note(Name, Head(mail), $"There is no preheader: lists show the first words of the mail behind the subject{(words.Length == 0 ? "" : $", here `{LintReport.Short(words)}`")}. {(mail.Source.IsMjml ? "Put `<mj-preview>` into `mj-head`." : "Begin the body with a hidden `div`.")}");
        else if (string.Equals(words, mail.Mail.Subject, StringComparison.OrdinalIgnoreCase))
            report.Note(Name, mail.Source.Find(words, "<mj-preview"), "The preheader repeats the subject.");
        else if (words.Length > LongestPreheader)
            report.Note(Name, mail.Source.Find(words, "<mj-preview"), $"The preheader has {words.Length} characters; lists show some 100.");
    }

    /// <summary>Without what keeps the body from being shown behind a short preheader.</summary>
    private static string Words(string text) => text.Trim().TrimEnd('\u034F', '\u200C', '\u200B', '\u00AD', '\u00A0', '\uFEFF', '\u2007', ' ').Trim();
}
