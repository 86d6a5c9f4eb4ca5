using System.Buffers;
using System.Text;
using Mail.Core.Templates.Editing;

namespace Mail.Core.Templates.Linting;

/// <summary>Links that lead nowhere, that no client opens, or that look like a fraud.</summary>
internal static class LinkRule
{
    public const string Name = "link";

    private const int LongestText = 2000;

    /// <summary>They hide where a link leads; filters distrust them, and so do readers.</summary>
    private static readonly HashSet<string> _shorteners = new(StringComparer.OrdinalIgnoreCase)
    {
        "bit.ly", "tinyurl.com", "t.co", "goo.gl", "ow.ly", "is.gd", "v.gd", "buff.ly", "rebrand.ly", "cutt.ly", "t.ly", "rb.gy", "shorturl.at", "tiny.cc", "bl.ink", "s.id", "adf.ly", "bit.do", "lnkd.in", "short.io",
    };

    private static readonly SearchValues<char> _neverInAddress = SearchValues.Create(" \t\r\n<>\"");

    private static readonly string[] _opened = ["mailto", "tel", "sms", "cid", "xmpp", "facetime", "webcal", "geo", "maps", "whatsapp"];

    public static void Check(LintedMail mail, LintReport report)
    {
        Dictionary<MailElement, StringBuilder> texts = TextsOfLinks(mail.Page);
        HashSet<string> anchors = [.. mail.Page.Elements.SelectMany(element => new[] { element["id"], element.Name == "a" ? element["name"] : null }).OfType<string>()];
        HashSet<string?> named = [.. texts.Where(link => !string.IsNullOrWhiteSpace(link.Value.ToString())).Select(link => link.Key["href"])]; // an icon may stand beside its text
        foreach (MailElement link in mail.Page.Elements)
        {
            if (!report.Listens(Name)) return;
            if (link.Name is not ("a" or "area") || link["href"] is not { } href || mail.Visibility.IsHidden(link)) continue;
            string text = texts.GetValueOrDefault(link)?.ToString().Trim() ?? "";
            Address(mail, report, link, href.Trim(), text, anchors);
            if (link.Name == "a" && text.Length == 0 && !named.Contains(href) && string.IsNullOrWhiteSpace(link["aria-label"] ?? link["title"])) report.Warn(Name, mail.Source.Find(link.Tag, href), $"The link to `{LintReport.Short(href)}` has no text, nor an image with `alt`: nobody is told where it leads.");
        }
    }

    /// <summary>The `alt` of an image is text.</summary>
    private static Dictionary<MailElement, StringBuilder> TextsOfLinks(MailPage page)
    {
        Dictionary<MailElement, StringBuilder> texts = [];
        foreach (MailText text in page.Texts) Append(text.Parent?.Link, text.Text);
        foreach (MailElement image in page.Elements.Where(element => element.Name == "img")) Append(image.Link, image["alt"] ?? "");
        return texts;

        void Append(MailElement? link, string text)
        {
            if (link is null) return;
            if (!texts.TryGetValue(link, out StringBuilder? all)) texts[link] = all = new StringBuilder();
            if (all.Length < LongestText) all.Append(' ').Append(text);
        }
    }

    private static void Address(LintedMail mail, LintReport report, MailElement link, string href, string text, HashSet<string> anchors)
    {
        string shown = LintReport.Short(href);
        if (href.Length == 0) Warn("A link has no address.");
        else if (href == "#") Warn("A link leads to `#`, that is nowhere.");
        else if (href[0] == '#')
        {
            if (!anchors.Contains(href[1..])) Warn($"The link to `{shown}` leads nowhere: nothing in the mail has this `id`.");
        }
        else if (Scheme(href) is not { } scheme)
        {
            if (!mail.Source.IsVariable(href)) Warn(href.StartsWith("//", StringComparison.Ordinal) ? $"The link to `{shown}` has no scheme. Write `https:` before it." : $"The link to `{shown}` is relative: a mail has no page that it could be relative to.");
        }
        else if (scheme is "javascript" or "vbscript" or "data" or "file")
            report.Add(scheme == "file" ? ProblemSeverity.Warning : ProblemSeverity.Error, Name, At(), $"No client opens a link to `{scheme}:`, and many servers refuse a mail that has one.");
        else if (scheme is "http" or "https") Web(href, shown, scheme);
        else if (!_opened.Contains(scheme)) report.Note(Name, At(), $"A link to `{scheme}:` is taken out by Gmail and other clients.");

        void Web(string address, string name, string kind)
        {
            bool isVariable = mail.Source.IsVariable(address);
            if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0 || address.AsSpan().IndexOfAny(_neverInAddress) >= 0)
            {
                Warn($"The link to `{name}` is no valid address.");
                return;
            }

            if (kind == "http" && !isVariable) Warn($"The link to `{name}` is not encrypted. Use https.");
            if (_shorteners.Contains(uri.Host)) report.Warn(SpamRule.Name, At(), $"The link to `{name}` goes by a shortener, which hides where it leads: spam filters mind it.");
            if (uri.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 && !uri.IsLoopback) report.Warn(SpamRule.Name, At(), $"The link to `{name}` leads to an IP address: spam filters mind it.");
            if (uri.UserInfo.Length > 0) Warn($"The link to `{name}` has a user name before its host, as fraud has.");
            if (LinkText.Host(text) is { } said && !LinkText.IsSameSite(said, uri.Host)) Warn($"The link shows `{LintReport.Short(said)}` and leads to `{LintReport.Short(uri.Host)}`: that is what fraud looks like, to readers and to filters.");
        }

        void Warn(string detail) => report.Warn(Name, At(), detail);

        Mjml.SourcePosition At() => mail.Source.Find(link.Tag, $"href=\"{href}\"", href.Length > 1 ? href : null, text);
    }

    /// <returns>In lower case; null when there is none, as in a relative address.</returns>
    private static string? Scheme(string href)
    {
        int colon = href.AsSpan(0, Math.Min(href.Length, 64)).IndexOfAny(":/?#");
        if (colon <= 0 || href[colon] != ':') return null;
        // Clients pass over what hides a scheme.
        string scheme = string.Concat(href[..colon].Where(c => !char.IsControl(c) && !char.IsWhiteSpace(c))).ToLowerInvariant();
        return scheme.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.') ? scheme : null;
    }
}
