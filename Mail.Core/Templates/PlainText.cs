using System.Text;

namespace Mail.Core.Templates;

/// <summary>Lays out a plain text part.</summary>
internal static class PlainText
{
    /// <summary>RFC 5322 section 2.1.1 asks for lines of at most 78 characters; two are left for a reply's quote mark.</summary>
    public const int Width = 76;

    /// <summary>A longer text is not what this thread writes next.</summary>
    private const int Kept = 64 * 1024;

    [ThreadStatic] private static StringBuilder? _spare;

    /// <summary>Breaks long lines between words, keeping their indentation, and leaves at most one empty line between paragraphs.
    /// A word longer than the line, such as a link, stays whole.</summary>
    public static string Wrap(ReadOnlySpan<char> text)
    {
        StringBuilder wrapped = _spare ?? new StringBuilder();
        _spare = null;
        bool paragraph = false;
        foreach (ReadOnlySpan<char> raw in text.EnumerateLines())
        {
            ReadOnlySpan<char> line = raw.TrimEnd();
            if (line.IsEmpty)
            {
                paragraph = wrapped.Length > 0;
                continue;
            }
            if (paragraph) wrapped.Append('\n');
            paragraph = false;
            AppendWrapped(wrapped, line);
        }
        string result = wrapped.ToString();
        if (wrapped.Capacity <= Kept) _spare = wrapped.Clear();
        return result;
    }

    private static void AppendWrapped(StringBuilder wrapped, ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> rest = line.TrimStart();
        int indent = line.Length - rest.Length;
        // The second line of a list item stands under the text of the first.
        int hanging = rest.StartsWith("- ") ? indent + 2 : indent;
        wrapped.Append(' ', indent);
        int room = Math.Max(Width - indent, 1);
        while (rest.Length > room)
        {
            // A non-breaking space, as French puts before a colon, is no place to break.
            int cut = rest[..(room + 1)].LastIndexOf(' ');
            if (cut <= 0) cut = rest.IndexOf(' ');
            if (cut <= 0) break;
            wrapped.Append(rest[..cut].TrimEnd()).Append('\n').Append(' ', hanging);
            rest = rest[cut..].TrimStart(' ');
            room = Math.Max(Width - hanging, 1);
        }
        wrapped.Append(rest).Append('\n');
    }

    /// <summary>
    /// One line: line ends and other control characters become spaces, so that no value can start a new header, and so do those that turn the reading direction of
    /// what follows, by which a value could show a reader another subject than filters see. Marks for a single character's direction stay.
    /// </summary>
    public static string SingleLine(string text)
    {
        if (!HasBreak(text)) return text.Trim();
        return string.Join(' ', text.Split([.. text.Where(IsBreak).Distinct()], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private static bool HasBreak(string text)
    {
        foreach (char c in text)
            if (IsBreak(c)) return true;
        return false;
    }

    private static bool IsBreak(char c) => char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
