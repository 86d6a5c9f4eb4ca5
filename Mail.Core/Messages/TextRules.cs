using System.Buffers;

namespace Mail.Core.Messages;

/// <summary>What text may not hold, so that neither PostgreSQL nor a mail header can be upset by it later.</summary>
public static class TextRules
{
    private static readonly SearchValues<char> _controls = SearchValues.Create(string.Concat(Enumerable.Range(0, 32).Append(127).Select(c => (char)c).Where(c => c != '\t')));

    private static readonly SearchValues<char> _turns = SearchValues.Create("\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069");

    public static bool HasControlCharacter(string text) => text.AsSpan().ContainsAny(_controls);

    /// <summary>
    /// Without the invisible letters that turn the reading direction of what follows (UAX #9: embeddings, overrides, isolates): in a name they would rewrite the sentence around it, and telephones
    /// put them about numbers that are copied. Arabic and Hebrew need none of them.
    /// </summary>
    public static string WithoutTurns(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().ContainsAny(_turns) ? string.Concat(text.Where(c => !_turns.Contains(c))) : text;
    }

    /// <summary>PostgreSQL's text has no NUL, and UTF-8 has no lone surrogate.</summary>
    public static bool IsStorable(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal)) return false;
        int at = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF');
        if (at < 0) return true;
        for (; at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at])) continue;
            if (!char.IsHighSurrogate(text[at]) || at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1])) return false;
            at++;
        }

        return true;
    }
}
