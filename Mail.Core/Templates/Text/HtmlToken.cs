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
        Expressions inHtml = new(html);
        bool tags = true, expressions = true; // until one is found that does not end: then the rest is text
        while (position < html.Length)
        {
            int next = NextMarkup(html, position, tags, expressions);
            int end = next == html.Length ? next : EndOfMarkup(html, next, inHtml);
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
        Expressions expressions = new(Attributes);
        while (at < Attributes.Length)
        {
            while (at < Attributes.Length && (char.IsWhiteSpace(Attributes[at]) || Attributes[at] == '/')) at++;
            int start = at;
            while (at < Attributes.Length && !char.IsWhiteSpace(Attributes[at]) && Attributes[at] != '=') at += Attributes[at] == '{' ? Math.Max(1, expressions.EndOf(at) - at) : 1;
            ReadOnlySpan<char> key = Attributes.AsSpan(start, at - start);
            int equals = at;
            while (equals < Attributes.Length && char.IsWhiteSpace(Attributes[equals])) equals++;
            string value = "";
            if (equals < Attributes.Length && Attributes[equals] == '=') (value, at) = Value(equals + 1, expressions);
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase)) return WebUtility.HtmlDecode(value);
        }

        return null;
    }

    private (string Value, int End) Value(int at, Expressions expressions)
    {
        while (at < Attributes.Length && char.IsWhiteSpace(Attributes[at])) at++;
        if (at == Attributes.Length) return ("", at);
        char quote = Attributes[at] is '"' or '\'' ? Attributes[at++] : '\0';
        int start = at;
        while (at < Attributes.Length)
        {
            char c = Attributes[at];
            if (quote == '\0' ? char.IsWhiteSpace(c) : c == quote) break;
            at += c == '{' ? Math.Max(1, expressions.EndOf(at) - at) : 1;
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
    private static int EndOfMarkup(string html, int at, Expressions expressions)
    {
        if (html[at] == '{') return expressions.EndOf(at);
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
            if (c == '{' && expressions.EndOf(i) is > 0 and int end) i = end - 1;
            else if (quote != '\0') quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'') quote = c;
            else if (c == '>') return i + 1;
        }

        return -1;
    }

    private static int EndOfRawText(string html, int from, string name)
    {
        int end = html.IndexOf("</" + name, from, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? html.Length : end;
    }

    /// <summary>Where the expressions of a text end. Where the last one does is known first, so that thousands that never end are not each looked for to the end.</summary>
    private readonly struct Expressions(string text)
    {
        private readonly int _last = text.LastIndexOf("}}", StringComparison.Ordinal);
        private readonly int _lastTriple = text.LastIndexOf("}}}", StringComparison.Ordinal);

        /// <returns>Behind the expression that begins here; -1 when none does, or it does not end.</returns>
        public int EndOf(int at)
        {
            ReadOnlySpan<char> rest = text.AsSpan(at);
            if (!rest.StartsWith("{{")) return -1;
            bool triple = rest.StartsWith("{{{");
            if (at > (triple ? _lastTriple : _last)) return -1;
            return text.IndexOf(triple ? "}}}" : "}}", at, StringComparison.Ordinal) + (triple ? 3 : 2);
        }
    }
}
