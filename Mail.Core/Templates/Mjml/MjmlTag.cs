namespace Mail.Core.Templates.Mjml;

/// <summary>A tag of MJML's own in a source. HTML within `mj-text` and the like is not MJML and is passed over, as are comments.</summary>
internal readonly record struct MjmlTag(string Source, int Start, int End, int NameLength, bool IsClosing, bool IsEmpty, int Line, int Column, int LineAtEnd)
{
    public ReadOnlySpan<char> Name => Source.AsSpan(Start + (IsClosing ? 2 : 1), NameLength);

    public bool Is(string name) => Name.Equals(name, StringComparison.Ordinal);

    /// <returns>The attribute's value as it stands there; null without it.</returns>
    public string? Attribute(string name)
    {
        ReadOnlySpan<char> rest = Source.AsSpan(Start + 1 + NameLength, End - Start - 1 - NameLength);
        while (true)
        {
            int equals = rest.IndexOf('=');
            if (equals < 0) return null;
            ReadOnlySpan<char> key = rest[..equals].Trim();
            rest = rest[(equals + 1)..].TrimStart();
            if (rest.IsEmpty || rest[0] is not ('"' or '\'')) return null;
            int close = rest[1..].IndexOf(rest[0]);
            if (close < 0) return null;
            if (key.SequenceEqual(name)) return rest.Slice(1, close).ToString();
            rest = rest[(close + 2)..];
        }
    }

    public static IEnumerable<MjmlTag> Scan(string source)
    {
        int line = 1, lineStart = 0, counted = 0, position = 0;
        while ((position = source.IndexOf('<', position)) >= 0)
        {
            if (string.CompareOrdinal(source, position, "<!--", 0, 4) == 0)
            {
                int comment = source.IndexOf("-->", position + 4, StringComparison.Ordinal);
                if (comment < 0) yield break;
                position = comment + 3;
                continue;
            }

            bool closing = position + 1 < source.Length && source[position + 1] == '/';
            int name = position + (closing ? 2 : 1);
            int end = name;
            while (end < source.Length && (char.IsAsciiLetterLower(source[end]) || source[end] == '-')) end++;
            if (!IsMjml(source.AsSpan(name, end - name)))
            {
                position = name;
                continue;
            }

            int close = EndOfTag(source, end);
            if (close < 0) yield break;
            (line, lineStart) = CountLines(source, counted, position, line, lineStart);
            (int lineAtEnd, int lineStartAtEnd) = CountLines(source, position, close, line, lineStart);
            yield return new MjmlTag(source, position, close, end - name, closing, source[close - 2] == '/', line, position - lineStart + 1, lineAtEnd);
            (line, lineStart, counted, position) = (lineAtEnd, lineStartAtEnd, close, close);
        }
    }

    private static bool IsMjml(ReadOnlySpan<char> name) => name is "mjml" || name.StartsWith("mj-", StringComparison.Ordinal);

    /// <returns>Behind the &gt; that ends the tag, past those within quotes; -1 without one.</returns>
    private static int EndOfTag(string source, int position)
    {
        char quote = '\0';
        for (; position < source.Length; position++)
        {
            char c = source[position];
            if (quote != '\0') quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'') quote = c;
            else if (c == '>') return position + 1;
        }

        return -1;
    }

    private static (int Line, int LineStart) CountLines(string source, int from, int to, int line, int lineStart)
    {
        for (int i = source.IndexOf('\n', from, to - from); i >= 0; i = source.IndexOf('\n', i + 1, to - i - 1)) (line, lineStart) = (line + 1, i + 1);
        return (line, lineStart);
    }
}
