using System.Net;

namespace Mail.Core.Templates.Text;

internal enum HtmlTokenKind
{
    Text,

    /// <summary>A Handlebars expression between tags.</summary>
    Expression,
    StartTag,
    EndTag,
}

/// <summary>A piece of an HTML template, in order. Comments, and with them what is for Outlook alone, are passed over.</summary>
/// <param name="Text">The text as it stands, the expression, or the tag's name in lower case.</param>
internal readonly record struct HtmlToken(HtmlTokenKind Kind, string Text, string Attributes)
{
    private static readonly string[] _rawText = ["style", "script", "title", "textarea"];

    public static IEnumerable<HtmlToken> Scan(string html)
    {
        int position = 0;
        bool tags = true, expressions = true; // until one is found that does not end: then the rest is text
        while (position < html.Length)
        {
            int next = NextMarkup(html, position, tags, expressions);
            int end = next == html.Length ? next : EndOfMarkup(html, next);
            if (end < 0)
            {
                if (html[next] == '<') tags = false;
                else expressions = false;
                continue;
            }

            if (next > position) yield return new HtmlToken(HtmlTokenKind.Text, html[position..next], "");
            if (next == html.Length) yield break;
            if (html[next] == '{') yield return new HtmlToken(HtmlTokenKind.Expression, html[next..end], "");
            else if (Tag(html, next, end) is { } tag)
            {
                yield return tag;
                if (tag.Kind is HtmlTokenKind.StartTag && _rawText.Contains(tag.Text)) end = EndOfRawText(html, end, tag.Text);
            }

            position = end;
        }
    }

    /// <returns>The attribute's value, decoded; null without it.</returns>
    public string? Attribute(string name)
    {
        int at = 0;
        while (at < Attributes.Length)
        {
            while (at < Attributes.Length && (char.IsWhiteSpace(Attributes[at]) || Attributes[at] == '/')) at++;
            int start = at;
            while (at < Attributes.Length && !char.IsWhiteSpace(Attributes[at]) && Attributes[at] != '=') at += Attributes[at] == '{' ? Math.Max(1, EndOfExpression(Attributes, at) - at) : 1;
            ReadOnlySpan<char> key = Attributes.AsSpan(start, at - start);
            int equals = at;
            while (equals < Attributes.Length && char.IsWhiteSpace(Attributes[equals])) equals++;
            string value = "";
            if (equals < Attributes.Length && Attributes[equals] == '=') (value, at) = Value(equals + 1);
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase)) return WebUtility.HtmlDecode(value);
        }

        return null;
    }

    private (string Value, int End) Value(int at)
    {
        while (at < Attributes.Length && char.IsWhiteSpace(Attributes[at])) at++;
        if (at == Attributes.Length) return ("", at);
        char quote = Attributes[at] is '"' or '\'' ? Attributes[at++] : '\0';
        int start = at;
        while (at < Attributes.Length)
        {
            char c = Attributes[at];
            if (quote == '\0' ? char.IsWhiteSpace(c) : c == quote) break;
            at += c == '{' ? Math.Max(1, EndOfExpression(Attributes, at) - at) : 1;
        }

        return (Attributes[start..Math.Min(at, Attributes.Length)], at + (quote == '\0' ? 0 : 1));
    }

    /// <returns>Where the next tag, comment or expression begins; the end when there is none.</returns>
    private static int NextMarkup(string html, int position, bool tags, bool expressions)
    {
        for (; position < html.Length; position++)
        {
            int step = html.AsSpan(position).IndexOfAny('<', '{');
            if (step < 0) return html.Length;
            position += step;
            if (position + 1 >= html.Length) return html.Length;
            char c = html[position + 1];
            if (html[position] == '{' ? expressions && c == '{' : tags && (c is '/' or '!' or '?' || char.IsAsciiLetter(c))) return position;
        }

        return html.Length;
    }

    private static HtmlToken? Tag(string html, int start, int end)
    {
        bool closing = html[start + 1] == '/';
        int name = start + (closing ? 2 : 1);
        if (name >= end || !char.IsAsciiLetter(html[name])) return null;
        int after = name;
        while (after < end && (char.IsAsciiLetterOrDigit(html[after]) || html[after] is '-' or ':')) after++;
        return new HtmlToken(closing ? HtmlTokenKind.EndTag : HtmlTokenKind.StartTag, html[name..after].ToLowerInvariant(), closing ? "" : html[after..(end - 1)]);
    }

    /// <returns>Behind the tag, comment or expression that begins here; -1 when none does.</returns>
    private static int EndOfMarkup(string html, int at)
    {
        if (html[at] == '{') return EndOfExpression(html, at);
        if (html.AsSpan(at).StartsWith("<!--"))
        {
            if (html.AsSpan(at + 4).StartsWith(">")) return at + 5;
            int comment = html.IndexOf("-->", at + 4, StringComparison.Ordinal);
            return comment < 0 ? html.Length : comment + 3;
        }

        char quote = '\0';
        for (int i = at + 1; i < html.Length; i++)
        {
            char c = html[i];
            if (c == '{' && EndOfExpression(html, i) is > 0 and int end) i = end - 1;
            else if (quote != '\0') quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'') quote = c;
            else if (c == '>') return i + 1;
        }

        return -1;
    }

    private static int EndOfExpression(string html, int at)
    {
        if (!html.AsSpan(at).StartsWith("{{")) return -1;
        bool triple = html.AsSpan(at).StartsWith("{{{");
        int end = html.IndexOf(triple ? "}}}" : "}}", at, StringComparison.Ordinal);
        return end < 0 ? -1 : end + (triple ? 3 : 2);
    }

    private static int EndOfRawText(string html, int from, string name)
    {
        int end = html.IndexOf("</" + name, from, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? html.Length : end;
    }
}
