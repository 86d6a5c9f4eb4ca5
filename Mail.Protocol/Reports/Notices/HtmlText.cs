using System.Collections.Frozen;
using System.Net;
using System.Text;

namespace Mail.Protocol.Reports.Notices;

/// <summary>The words of an HTML notice, line by line. Only good enough to look for addresses and phrases: layout is lost, nothing is rendered.</summary>
internal static class HtmlText
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _blocks = FrozenSet
        .Create(StringComparer.OrdinalIgnoreCase, "br", "p", "div", "tr", "td", "th", "li", "ul", "table", "pre", "hr", "h1", "h2", "h3", "title", "blockquote")
        .GetAlternateLookup<ReadOnlySpan<char>>();

    public static string Of(ReadOnlySpan<char> html)
    {
        StringBuilder text = new(html.Length);
        int at = 0;
        while (at < html.Length)
        {
            int open = html[at..].IndexOf('<');
            if (open < 0) open = html.Length - at;
            text.Append(html.Slice(at, open));
            at += open;
            if (at >= html.Length) break;
            int close = html[at..].IndexOf('>');
            if (close < 0)
            {
                text.Append(html[at..]);
                break;
            }
            ReadOnlySpan<char> tag = html.Slice(at + 1, close - 1);
            at += close + 1;
            if (tag.Contains('@')) text.Append('<').Append(tag).Append('>'); // <user@domain> that nobody escaped
            else if (BreaksLine(tag)) text.Append('\n');
            at += Hidden(html[at..], tag);
        }
        return WebUtility.HtmlDecode(text.ToString()).Replace('\u00A0', ' ');
    }

    private static bool BreaksLine(ReadOnlySpan<char> tag)
    {
        ReadOnlySpan<char> name = tag.TrimStart('/');
        int end = name.IndexOfAny(" \t\r\n/");
        if (end >= 0) name = name[..end];
        return _blocks.Contains(name);
    }

    private static int Hidden(ReadOnlySpan<char> rest, ReadOnlySpan<char> tag)
    {
        string? end = tag.StartsWith("style", StringComparison.OrdinalIgnoreCase) ? "</style"
            : tag.StartsWith("script", StringComparison.OrdinalIgnoreCase) ? "</script"
            : null;
        if (end is null || tag.EndsWith("/")) return 0;
        int found = rest.IndexOf(end, StringComparison.OrdinalIgnoreCase);
        return found < 0 ? rest.Length : found;
    }
}
