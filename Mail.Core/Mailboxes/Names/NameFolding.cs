using System.Globalization;
using System.Text;

namespace Mail.Core.Mailboxes.Names;

/// <summary>Makes of what a person calls themselves what could be a user name: `Zoë Müller` is `zoe.muller`. For proposals alone: nobody gets a mailbox of another name than was asked for.</summary>
internal static class NameFolding
{
    /// <summary>Letters that no decomposition takes apart.</summary>
    private static readonly Dictionary<char, string> _letters = new()
    {
        ['ß'] = "ss", ['æ'] = "ae", ['œ'] = "oe", ['ø'] = "o", ['đ'] = "d", ['ð'] = "d", ['þ'] = "th", ['ł'] = "l", ['ı'] = "i", ['ħ'] = "h",
    };

    /// <returns>A name of the rules' form, which may be reserved; empty when nothing of it can be written in ASCII.</returns>
    public static string Fold(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        StringBuilder name = new(Math.Min(text.Length, MailboxUserName.Longest));
        char separator = '\0';
        foreach (char c in Decomposed(text).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c)) Append(name, c.ToString(), ref separator);
            else if (_letters.TryGetValue(c, out string? letters)) Append(name, letters, ref separator);
            else if (MailboxUserName.IsSeparator(c)) separator = c;
            else if (char.IsWhiteSpace(c)) separator = separator == '\0' ? '.' : separator;
            if (name.Length >= MailboxUserName.Longest) break;
        }

        return name.ToString()[..Math.Min(name.Length, MailboxUserName.Longest)].TrimEnd('.', '-', '_');
    }

    private static void Append(StringBuilder name, string letters, ref char separator)
    {
        if (separator != '\0' && name.Length > 0) name.Append(separator);
        separator = '\0';
        name.Append(letters);
    }

    /// <summary>By compatibility, so that full-width and mathematical letters become plain ones; marks stand apart then and go.</summary>
    private static string Decomposed(string text)
    {
        StringBuilder whole = new();
        foreach (Rune rune in text.EnumerateRunes()) // half surrogates become U+FFFD, which Normalize takes
        {
            if (whole.Length >= MailboxUserName.Longest * 4) break;
            whole.Append(rune.ToString());
        }

        return string.Concat(whole.ToString().Normalize(NormalizationForm.FormKD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark));
    }
}
