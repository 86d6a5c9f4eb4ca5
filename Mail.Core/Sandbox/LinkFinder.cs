using System.Net;
using System.Text.RegularExpressions;

namespace Mail.Core.Sandbox;

/// <summary>A link of a mail.</summary>
/// <param name="Text">What its reader clicks; empty for a picture, and for an address that stands in plain text.</param>
public sealed record MailLink(string Url, string Text);

/// <summary>Finds the links of a mail in their order, each once.</summary>
public static partial class LinkFinder
{
    private const int Most = 100, LongestText = 200, LongestMail = 512 * 1024;

    /// <summary>Those of the HTML; of a mail without, those that stand in the text.</summary>
    public static IReadOnlyList<MailLink> Find(string? html, string? text)
    {
        List<MailLink> links = [];
        HashSet<string> known = [];
        if (html is not null) foreach (Match anchor in Anchor().Matches(Start(html))) Add(Value(anchor), Plain(anchor.Groups["text"].Value));
        else if (text is not null) foreach (Match address in Address().Matches(Start(text))) Add(address.Value.TrimEnd('.', ',', ';', ':', ')', ']', '!', '?', '\'', '"'), "");
        return links;

        void Add(string url, string words)
        {
            if (links.Count < Most && Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" && known.Add(url)) links.Add(new MailLink(url, words));
        }
    }

    private static string Start(string mail) => mail.Length > LongestMail ? mail[..LongestMail] : mail;

    private static string Value(Match anchor) => WebUtility.HtmlDecode((anchor.Groups["double"], anchor.Groups["single"], anchor.Groups["bare"]) switch
    {
        ({ Success: true } value, _, _) => value.Value,
        (_, { Success: true } value, _) => value.Value,
        var (_, _, value) => value.Value,
    }).Trim();

    private static string Plain(string html)
    {
        string words = Space().Replace(WebUtility.HtmlDecode(Tag().Replace(html, " ")), " ").Trim();
        return words.Length > LongestText ? words[..LongestText] : words;
    }

    // Without backtracking: a mail is foreign text, and takes no longer than its length.
    [GeneratedRegex("""<a\s(?:[^>]*?\s)?href\s*=\s*(?:"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<bare>[^\s>"']+))[^>]*>(?<text>.*?)</a\s*>""", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Anchor();

    [GeneratedRegex("""https?://[^\s<>"]+""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex("<[^>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Space();
}
