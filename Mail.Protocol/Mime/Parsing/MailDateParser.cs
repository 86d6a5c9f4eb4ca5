using System.Globalization;

namespace Mail.Protocol.Mime.Parsing;

/// <summary>Reads dates of mail (RFC 5322 §3.3, the obsolete forms of §4.3), and the forms of C's ctime and of ISO 8601 that programs write instead.</summary>
public static class MailDateParser
{
    private const int MaxLength = 400; // comments included

    /// <summary>Reads one date.</summary>
    /// <param name="text">The unfolded value. Comments are skipped; the name of the day is not compared with the date.</param>
    /// <param name="date">The date with its offset. An unknown zone (<c>-0000</c>, a military letter, none at all) is taken as UTC; a leap second as the one before it.</param>
    /// <param name="errorOffset">The character, from 0, that cannot be read as part of a date; the text's length when something is missing; -1 when the result is <see langword="true"/>.</param>
    /// <returns>Whether there is a date with a day, a month, a year and a time that exist.</returns>
    public static bool TryParse(string text, out DateTimeOffset date, out int errorOffset)
    {
        ArgumentNullException.ThrowIfNull(text);
        ReadOnlySpan<char> input = text.AsSpan(0, Math.Min(text.Length, MaxLength));
        ReadOnlySpan<char> iso = input.Trim();
        if (iso.Length >= 19 && iso[4] == '-' && iso[10] is 'T' or 't' or ' '
            && DateTimeOffset.TryParse(iso, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date))
        {
            errorOffset = -1;
            return true;
        }
        errorOffset = new DateScanner(input).Read(out date);
        return errorOffset < 0;
    }
}
