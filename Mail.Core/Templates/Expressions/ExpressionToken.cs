namespace Mail.Core.Templates.Expressions;

internal enum ExpressionKind
{
    /// <summary>Text between two expressions.</summary>
    Text,

    /// <summary>`{{value}}`, `{{helper a b}}`.</summary>
    Output,

    /// <summary>`{{{value}}}` or `{{&amp;value}}`.</summary>
    RawOutput,

    /// <summary>`{{#block ...}}`.</summary>
    Open,

    /// <summary>`{{^block ...}}`.</summary>
    OpenInverse,

    /// <summary>`{{else}}`, `{{else if ...}}`, `{{^}}`.</summary>
    Else,

    /// <summary>`{{/block}}`.</summary>
    Close,

    /// <summary>`{{! ... }}`.</summary>
    Comment,

    /// <summary>`{{> partial}}`, `{{#> block}}`, `{{#* inline}}`: not taken.</summary>
    Partial,

    /// <summary>`{{` that never ends.</summary>
    Unclosed,
}

/// <summary>A piece of a template. All pieces together are the whole source.</summary>
/// <param name="Inner">What stands between the braces, without sigils, `else` and whitespace control; empty for text.</param>
/// <param name="InnerStart">Where <paramref name="Inner"/> begins in the source.</param>
internal readonly record struct ExpressionToken(ExpressionKind Kind, int Start, int End, string Inner, int InnerStart)
{
    public static IEnumerable<ExpressionToken> Scan(string source)
    {
        int position = 0;
        while (position < source.Length)
        {
            int open = source.IndexOf("{{", position, StringComparison.Ordinal);
            if (open < 0) open = source.Length;
            // A backslash before the braces makes them text.
            bool escaped = open > 0 && open < source.Length && source[open - 1] == '\\';
            if (escaped) open = Math.Min(open + 2, source.Length);
            if (open > position) yield return new ExpressionToken(ExpressionKind.Text, position, open, "", position);
            if (escaped || open == source.Length)
            {
                position = open;
                continue;
            }

            ExpressionToken token = Read(source, open);
            yield return token;
            position = token.End;
        }
    }

    private static ExpressionToken Read(string source, int open)
    {
        string rest = source.Substring(open, Math.Min(5, source.Length - open));
        if (rest.StartsWith("{{!--", StringComparison.Ordinal) || rest.StartsWith("{{~!-", StringComparison.Ordinal)) return Until(source, open, "--", ExpressionKind.Comment);
        if (rest.StartsWith("{{!", StringComparison.Ordinal) || rest.StartsWith("{{~!", StringComparison.Ordinal)) return Until(source, open, "", ExpressionKind.Comment);
        bool triple = rest.StartsWith("{{{", StringComparison.Ordinal);
        int end = EndOf(source, open + (triple ? 3 : 2), triple ? "}}}" : "}}");
        if (end < 0) return new ExpressionToken(ExpressionKind.Unclosed, open, source.Length, "", open);
        int from = open + (triple ? 3 : 2), to = end - (triple ? 3 : 2);
        while (from < to && source[from] is '~') from++;
        while (to > from && source[to - 1] is '~') to--;
        ExpressionKind kind = triple ? ExpressionKind.RawOutput : KindOf(source, ref from, to);
        while (from < to && char.IsWhiteSpace(source[from])) from++;
        while (to > from && char.IsWhiteSpace(source[to - 1])) to--;
        return new ExpressionToken(kind, open, end, source[from..to], from);
    }

    private static ExpressionKind KindOf(string source, ref int from, int to)
    {
        while (from < to && char.IsWhiteSpace(source[from])) from++;
        ReadOnlySpan<char> inner = source.AsSpan(from, to - from);
        if (inner.IsEmpty) return ExpressionKind.Output;
        switch (inner[0])
        {
            case '&':
                from++;
                return ExpressionKind.RawOutput;
            case '>':
                return ExpressionKind.Partial;
            case '#' when inner.Length > 1 && inner[1] is '>' or '*':
                return ExpressionKind.Partial;
            case '#':
                from++;
                return ExpressionKind.Open;
            case '/':
                from++;
                return ExpressionKind.Close;
            case '^' when inner.Length == 1:
                from++;
                return ExpressionKind.Else;
            case '^':
                from++;
                return ExpressionKind.OpenInverse;
            default:
                if (!inner.StartsWith("else") || (inner.Length > 4 && !char.IsWhiteSpace(inner[4]))) return ExpressionKind.Output;
                from += 4;
                return ExpressionKind.Else;
        }
    }

    /// <returns>Behind the closing braces, past those within quotes; -1 without them.</returns>
    private static int EndOf(string source, int position, string close)
    {
        char quote = '\0';
        for (; position < source.Length; position++)
        {
            char c = source[position];
            if (quote != '\0') quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'') quote = c;
            else if (c == '{') return -1;
            else if (c == '}' && string.CompareOrdinal(source, position, close, 0, close.Length) == 0) return position + close.Length;
        }

        return -1;
    }

    private static ExpressionToken Until(string source, int open, string dashes, ExpressionKind kind)
    {
        int end = source.IndexOf(dashes + "}}", open + 2, StringComparison.Ordinal);
        int tilde = source.IndexOf(dashes + "~}}", open + 2, StringComparison.Ordinal);
        if (tilde >= 0 && (end < 0 || tilde < end)) return new ExpressionToken(kind, open, tilde + dashes.Length + 3, "", open);
        return end < 0 ? new ExpressionToken(ExpressionKind.Unclosed, open, source.Length, "", open) : new ExpressionToken(kind, open, end + dashes.Length + 2, "", open);
    }
}
