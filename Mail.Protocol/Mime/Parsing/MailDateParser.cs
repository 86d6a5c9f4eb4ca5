using System.Globalization;

namespace Mail.Protocol.Mime.Parsing;

/// <summary>Reads dates of mail (RFC 5322 §3.3, the obsolete forms of §4.3), and the forms of C's ctime and of ISO 8601 that programs write instead.</summary>
public static class MailDateParser
{
    private const int MaxTokens = 24;
    private const int MaxLength = 400; // comments included

    /// <summary>Reads one date.</summary>
    /// <param name="text">The unfolded value. Comments are skipped; the name of the day is not compared with the date.</param>
    /// <param name="date">The date with its offset. An unknown zone (<c>-0000</c>, a military letter, none at all) is taken as UTC; a leap second as the one before it.</param>
    /// <param name="errorOffset">The character, from 0, that cannot be read as part of a date; the text's length when something is missing; -1 when the result is <see langword="true"/>.</param>
    /// <returns>Whether there is a date with a day, a month, a year and a time that exist.</returns>
    public static bool TryParse(string text, out DateTimeOffset date, out int errorOffset)
    {
        ArgumentNullException.ThrowIfNull(text);
        date = default;
        ReadOnlySpan<char> input = text.AsSpan(0, Math.Min(text.Length, MaxLength));
        ReadOnlySpan<char> iso = input.Trim();
        if (iso.Length >= 19 && iso[4] == '-' && iso[10] is 'T' or 't' or ' '
            && DateTimeOffset.TryParse(iso, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date))
        {
            errorOffset = -1;
            return true;
        }

        Span<Range> tokens = stackalloc Range[MaxTokens];
        tokens = tokens[..Split(input, tokens)];
        errorOffset = new DateTokens(input, tokens).Read(out date);
        return errorOffset < 0;
    }

    /// <summary>Words between blanks, commas, hyphens within dates, and comments.</summary>
    private static int Split(ReadOnlySpan<char> text, Span<Range> tokens)
    {
        int count = 0;
        int depth = 0;
        int start = -1;
        for (int i = 0; i <= text.Length && count < tokens.Length; i++)
        {
            char c = i < text.Length ? text[i] : ' ';
            if (depth > 0 && c == '\\') i++;
            bool separates = c is ' ' or '\t' or ',' or '\r' or '\n' or '(' or '/' || depth > 0 || (c == '-' && start >= 0) || (c is '+' or '-' && start >= 0 && i > start);
            if (separates && start >= 0)
            {
                tokens[count++] = start..i;
                start = -1;
                if (c is '+' or '-') start = c == '+' || IsZone(text, i) ? i : -1;
            }
            else if (!separates && start < 0) start = i;
            if (c == '(') depth++;
            else if (c == ')' && depth > 0) { depth--; start = -1; }
        }
        return count;
    }

    /// <summary>Whether a hyphen begins "-0700" and does not stand in "13-Feb-1969".</summary>
    private static bool IsZone(ReadOnlySpan<char> text, int hyphen)
    {
        ReadOnlySpan<char> rest = text[(hyphen + 1)..];
        int digits = rest.IndexOfAnyExceptInRange('0', '9');
        return (digits < 0 ? rest.Length : digits) == 4 && text[..hyphen].Contains(':');
    }
}
