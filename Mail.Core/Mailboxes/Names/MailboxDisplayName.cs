using System.Globalization;
using System.Text;
using Mail.Core.Common;
using Mail.Core.Messages;

namespace Mail.Core.Mailboxes.Names;

/// <summary>
/// The name that stands before the address. It is cleaned, because it is pasted from anywhere and is shown in headers and lists: line breaks and tabs become one space, control characters, marks that
/// turn the direction of text (bidi overrides, isolates) and other invisible ones go, more than two marks on one letter go too. Too long, or no text at all (NUL, half a surrogate pair): refused.
/// </summary>
public static class MailboxDisplayName
{
    public const int Longest = 100;
    private const int MostMarks = 2;

    /// <returns>Empty for none.</returns>
    public static Result<string> Read(string field, string? text)
    {
        if (text is null) return "";
        if (text.Length > Longest * 10 || !TextRules.IsStorable(text)) return text.Length > Longest * 10 ? TooLong(field) : Failure.Field(field, "must not contain a NUL character or half of a surrogate pair.");
        string clean = Clean(text);
        return clean.Length > Longest ? TooLong(field) : clean;
    }

    private static Failure TooLong(string field) => Failure.Field(field, $"is longer than {Longest} characters.");

    private static string Clean(string text)
    {
        StringBuilder clean = new(text.Length);
        int marks = 0;
        foreach (Rune rune in text.Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            UnicodeCategory category = Rune.GetUnicodeCategory(rune);
            if (IsInvisible(rune, category) && !Rune.IsWhiteSpace(rune)) continue; // marks on either side of it are marks of one letter
            bool isMark = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;
            marks = isMark ? marks + 1 : 0;
            if (Rune.IsWhiteSpace(rune))
            {
                if (clean.Length > 0 && clean[^1] != ' ') clean.Append(' ');
            }
            else if (!isMark || (marks <= MostMarks && clean.Length > 0)) clean.Append(rune.ToString());
        }

        return clean.ToString().TrimEnd(' ').Normalize(NormalizationForm.FormC);
    }

    /// <summary>The joiners stay: Persian and Indian names are written with them.</summary>
    private static bool IsInvisible(Rune rune, UnicodeCategory category) =>
        category is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        || (category is UnicodeCategory.Format && rune.Value is not (0x200C or 0x200D)) || rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800;
}
