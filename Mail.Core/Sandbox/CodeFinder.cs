using System.Text.RegularExpressions;

namespace Mail.Core.Sandbox;

/// <summary>
/// Finds the one-time code in a mail, as its reader would: it stands alone on its line, or beside a word such as "code". Numbers that are part of an address, an
/// amount or a date are none. It says nothing rather than something doubtful: a test that reads a wrong code is worse than one that reads none.
/// </summary>
public static partial class CodeFinder
{
    /// <summary>So much of a mail is read, in characters.</summary>
    private const int LongestText = 64 * 1024;

    private const int Before = 80, After = 50, Enough = 4;

    /// <param name="subject">It may say the code too.</param>
    /// <param name="text">The plain text.</param>
    /// <returns>Without the spaces and dashes with which it was written; null when there is none.</returns>
    public static string? Find(string? subject, string? text)
    {
        string all = $"{subject}\n{text}";
        if (all.Length > LongestText) all = all[..LongestText];
        all = Address().Replace(all, match => new string('/', match.Length)); // as long, so that what is beside it stays there
        (string? best, int most) = (null, Enough - 1);
        foreach (ValueMatch candidate in Candidate().EnumerateMatches(all))
        {
            string code = all.Substring(candidate.Index, candidate.Length);
            int score = Score(all, candidate.Index, code);
            if (score > most) (best, most) = (code, score);
        }

        return best is null ? null : Separators().Replace(best, "");
    }

    private static int Score(string all, int at, string code)
    {
        int digits = code.Count(char.IsAsciiDigit), letters = code.Count(char.IsAsciiLetterUpper);
        bool isAlone = IsAlone(all, at, code.Length);
        bool isNamed = Word().IsMatch(all.AsSpan(Math.Max(0, at - Before), Math.Min(at, Before))) || Word().IsMatch(all.AsSpan(at + code.Length, Math.Min(After, all.Length - at - code.Length)));
        if (digits == 0 && !(isAlone && isNamed)) return 0; // a word in capitals
        if (Amount().IsMatch(all.AsSpan(Math.Max(0, at - 4), Math.Min(at, 4))) || Unit().IsMatch(all.AsSpan(at + code.Length, Math.Min(12, all.Length - at - code.Length)))) return 0;
        int score = (isAlone ? 4 : 0) + (isNamed ? 4 : 0) + (digits + letters == 6 ? 1 : 0);
        if (digits == 4 && letters == 0 && Year().IsMatch(code)) score -= 4;
        return score;
    }

    /// <summary>Whether nothing else stands on its line, but for stars and other ornaments.</summary>
    private static bool IsAlone(string all, int at, int length)
    {
        int start = all.LastIndexOf('\n', Math.Max(0, at - 1)) + 1, end = all.IndexOf('\n', at + length);
        if (at == 0) start = 0;
        return !all.AsSpan(start, at - start).ContainsAnyExcept(" \t\r*_:|>\u00A0".AsSpan()) && !all.AsSpan(at + length, (end < 0 ? all.Length : end) - at - length).ContainsAnyExcept(" \t\r*_.|\u00A0".AsSpan());
    }

    [GeneratedRegex(@"(?<![\w.,:/#@=&%+-])(?:[0-9]{3}[ -][0-9]{3}(?:[ -][0-9]{2,3})?|[A-Z0-9]{3,5}-[A-Z0-9]{3,5}|[0-9]{4,10}|[A-Z0-9]{6,10})(?![\w/@%+-]|[.,:][0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Candidate();

    [GeneratedRegex(@"\b(?:code|codes|otp|pin|passcode|one-time|verification|verify|v[ée]rification|v[ée]rifier|confirmation|kode|c[óo]digo|codice)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"https?://\S+|[^\s@<>]+@[^\s@<>]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(@"[€$£¥#]\s?$|\bn[o°]\.?\s?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Amount();

    [GeneratedRegex(@"^\s?(?:[€$£¥%]|EUR\b|USD\b|CHF\b|GBP\b|km\b|kg\b|minutes?\b|min\b|hours?\b|heures?\b|days?\b|jours?\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Unit();

    [GeneratedRegex("^(?:19|20)[0-9]{2}$", RegexOptions.CultureInvariant)]
    private static partial Regex Year();

    [GeneratedRegex("[ -]", RegexOptions.CultureInvariant)]
    private static partial Regex Separators();
}
