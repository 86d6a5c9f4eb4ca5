using Mail.Core.Templates.Editing;

namespace Mail.Core.Templates.Linting;

/// <summary>What clients take out of a mail, what filters take for an attack, and what tells strangers who reads it.</summary>
internal static class ActiveContentRule
{
    public const string Name = "active-content";

    public static void Check(LintedMail mail, LintReport report)
    {
        foreach (MailElement element in mail.Page.Elements)
        {
            if (!report.Listens(Name)) return;
            Element(mail, report, element);
            foreach ((string name, _) in element.Attributes)
                if (name.Length > 2 && name.StartsWith("on", StringComparison.Ordinal) && name.AsSpan(2).IndexOfAnyExceptInRange('a', 'z') < 0)
                    report.Warn(Name, mail.Source.Find(element.Tag, name + "="), $"`{name}` is taken out by every client, and spam filters mind it.");
        }

        foreach (CssRule rule in mail.Rules)
            if (rule.Prelude.StartsWith("@import", StringComparison.OrdinalIgnoreCase) || rule.Prelude.StartsWith("@font-face", StringComparison.OrdinalIgnoreCase))
                Remote(mail, report, string.Join(' ', rule.Prelude, string.Join(' ', rule.Declarations.Select(declaration => declaration.Value))), rule.Prelude);
    }

    private static void Element(LintedMail mail, LintReport report, MailElement element)
    {
        switch (element.Name)
        {
            case "script" when element["type"] is not ("application/ld+json" or "application/json"): // Gmail reads these, nobody runs them
                report.Add(ProblemSeverity.Error, Name, mail.Source.Find(element.Tag, "<script"), "No client runs a script, and many servers refuse a mail that has one.");
                break;
            case "iframe" or "frame" or "frameset" or "object" or "embed" or "applet":
                report.Warn(Name, mail.Source.Find(element.Tag, "<" + element.Name), $"`<{element.Name}>` is taken out by every main client, and spam filters mind it. Link to the page instead.");
                break;
            case "form":
                report.Warn(Name, mail.Source.Find(element.Tag, "<form"), "A form does not work in Outlook, and other clients warn of it. Link to a page with the form.");
                break;
            case "input" or "select" or "textarea" or "button" when element["type"] != "hidden" && mail.Source.Has("<" + element.Name): // MJML makes a menu of one
                report.Note(Name, mail.Source.Find(element.Tag, "<" + element.Name), $"`<{element.Name}>` can be used in few clients.");
                break;
            case "link" when element["rel"]?.Contains("stylesheet", StringComparison.OrdinalIgnoreCase) == true:
                Remote(mail, report, element["href"] ?? "", element.Tag);
                break;
            case "base":
                report.Warn(Name, mail.Source.Find(element.Tag, "<base"), "`<base>` counts in few clients. Write full addresses.");
                break;
            case "meta" when string.Equals(element["http-equiv"], "refresh", StringComparison.OrdinalIgnoreCase):
                report.Warn(Name, mail.Source.Find(element.Tag, "http-equiv"), "`<meta http-equiv=\"refresh\">` is taken out by every client, and spam filters mind it.");
                break;
            default:
                break;
        }
    }

    /// <summary>MJML loads a font of Google's for whoever names it, and for whoever names none, since it is the standard one.</summary>
    private static void Remote(LintedMail mail, LintReport report, string words, string tag)
    {
        int scheme = words.IndexOf("//", StringComparison.Ordinal);
        int end = scheme < 0 ? -1 : words.AsSpan(scheme + 2).IndexOfAny("/\"') ");
        string host = scheme < 0 ? "another server" : end < 0 ? words[(scheme + 2)..] : words.Substring(scheme + 2, end);
        string what = words.Contains("font", StringComparison.OrdinalIgnoreCase) ? "font" : "style sheet";
        string address = scheme < 0 ? words : words[Math.Max(0, words.LastIndexOf(' ', scheme))..].Trim();
        bool isAuthors = mail.Source.Has(host);
        string detail = $"A {what} is loaded from {LintReport.Short(host)}, which learns who reads the mail and when; Gmail and Outlook do without it.";
        if (isAuthors) report.Warn(Name, mail.Source.Find(address, tag, host), detail);
        else report.Note(Name, mail.Source.Whole, $"{detail} It is MJML's, for the font that a text names or for its standard one: give every text a `font-family` that readers have (`mj-all` in `mj-attributes`).");
    }
}
