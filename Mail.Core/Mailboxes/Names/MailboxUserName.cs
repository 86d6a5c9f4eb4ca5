using System.Globalization;
using System.Text;
using Mail.Core.Common;

namespace Mail.Core.Mailboxes.Names;

/// <summary>
/// What stands before the @ of a mailbox: ASCII letters (kept in lower case), digits, and `.`, `-` and `_` between them, 64 at most (RFC 5321 §4.5.3.1.1). Letters of other alphabets are refused and
/// never folded in silence: a mailbox gets the name that was asked for, or none. Names that speak for a domain are nobody's (<see cref="ReservedNames"/>).
/// </summary>
public static class MailboxUserName
{
    public const int Longest = 64;

    /// <param name="field">As the caller calls it: `username`.</param>
    /// <returns>In lower case; or the first rule that it breaks.</returns>
    public static Result<string> Read(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return Failure.Missing(field);
        string given = text.Trim(' ');
        if (given.Length > Longest) return Failure.Field(field, $"is longer than {Longest} characters (RFC 5321).");
        foreach (Rune rune in given.EnumerateRunes())
        {
            if (!IsTaken(rune)) return Refused(field, given, rune);
        }

        if (IsSeparator(given[0]) || IsSeparator(given[^1])) return Failure.Field(field, "must begin and end with a letter or a digit.");
        if (given.Zip(given.Skip(1)).Any(pair => IsSeparator(pair.First) && IsSeparator(pair.Second))) return Failure.Field(field, "must not have two of `.`, `-` and `_` in a row.");
        string name = given.ToLowerInvariant();
        return ReservedNames.Matching(name) is not { } reserved ? name
            : new Failure(FailureKind.Invalid, "username_reserved", name == reserved ? $"`{field}` `{name}` is reserved: it speaks for the domain (RFC 2142). Choose another name." : $"`{field}` `{name}` reads like `{reserved}`, which is reserved. Choose another name.");
    }

    internal static bool IsSeparator(char c) => c is '.' or '-' or '_';

    private static bool IsTaken(Rune rune) => rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || IsSeparator((char)rune.Value));

    /// <summary>Says which character it is, by its number: what looks like an `a` may be another alphabet's.</summary>
    private static Failure Refused(string field, string given, Rune rune)
    {
        string which = rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            ? $"U+{rune.Value:X4}" : $"`{rune}` (U+{rune.Value:X4})";
        string remedy = NameFolding.Fold(given) is { Length: > 0 } folded && ReservedNames.Matching(folded) is null ? $" Perhaps `{folded}`?" : "";
        return Failure.Field(field, $"may hold the letters a-z, digits, and `.`, `-` and `_` between them, but has {which}.{remedy}");
    }
}
