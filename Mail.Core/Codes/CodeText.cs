using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Mail.Core.Codes;

/// <summary>How a code is made, and how one that a person typed is read.</summary>
public static class CodeText
{
    public const int Shortest = 6, Longest = 10;

    private const string Digits = "0123456789";

    /// <summary>Without 0 and O, 1, I and L, U and V in one another's place.</summary>
    internal const string Letters = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>More than any code with spaces and dashes has; a guess of a megabyte is not looked at.</summary>
    private const int LongestTyped = 64;

    /// <summary>Each equally likely.</summary>
    public static string New(int length, bool letters) => RandomNumberGenerator.GetString(letters ? Letters : Digits, length);

    /// <summary>Without the spaces and dashes with which people write a code, in capitals, with digits of any script as ASCII ones.</summary>
    public static string Normal(string? typed)
    {
        if (typed is null || typed.Length > LongestTyped) return "";
        StringBuilder read = new(typed.Length);
        foreach (char c in typed)
        {
            if (char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) is UnicodeCategory.DashPunctuation or UnicodeCategory.Format) continue;
            read.Append(char.IsDigit(c) ? (char)('0' + (int)char.GetNumericValue(c)) : char.ToUpperInvariant(c));
        }

        return read.ToString();
    }
}
