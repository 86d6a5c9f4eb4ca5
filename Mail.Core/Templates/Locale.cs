using System.Text.RegularExpressions;

namespace Mail.Core.Templates;

/// <summary>Language tags (BCP 47) and the choice of a language that we have for one that a recipient reads.</summary>
public static partial class Locale
{
    /// <summary>RFC 5646 section 4.4.1 asks for room for 35 characters; longer tags exist in theory only.</summary>
    public const int MaxLength = 35;

    private static readonly HashSet<string> _rightToLeftLanguages = new(StringComparer.OrdinalIgnoreCase)
    {
        "ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi",
    };

    /// <summary>Whether a tag has the form of RFC 5646 section 2.1: language, script, region, variants, extensions, private use.
    /// It says nothing about whether the language exists.</summary>
    public static bool IsWellFormed(string? tag) => tag is { Length: > 1 and <= MaxLength } && LanguageTag().IsMatch(tag);

    /// <summary>The tag, then its ever shorter forms: "zh-Hant-TW", "zh-Hant", "zh" (lookup, RFC 4647 section 3.4).</summary>
    public static IEnumerable<string> FallbackChain(string tag)
    {
        string rest = tag;
        while (rest.Length > 0)
        {
            yield return rest;
            int cut = rest.LastIndexOf('-');
            // A single letter introduces an extension and means nothing without what followed it.
            if (cut >= 2 && rest[cut - 2] == '-') cut -= 2;
            rest = cut > 0 ? rest[..cut] : "";
        }
    }

    /// <summary>The best of the available locales for the one asked for, in the spelling of <paramref name="available"/>.</summary>
    /// <returns><paramref name="fallback"/> when nothing asked for is available, or when the tag is missing or malformed.</returns>
    public static string Negotiate(string? requested, IEnumerable<string> available, string fallback = PublishedTemplate.FallbackLocale)
    {
        if (!IsWellFormed(requested)) return fallback;
        foreach (string candidate in FallbackChain(requested!))
            foreach (string locale in available)
                if (string.Equals(locale, candidate, StringComparison.OrdinalIgnoreCase))
                    return locale;
        return fallback;
    }

    /// <summary>"rtl" or "ltr", for the dir attribute.</summary>
    public static string Direction(string tag) => _rightToLeftLanguages.Contains(tag.Split('-', 2)[0]) ? "rtl" : "ltr";

    [GeneratedRegex(
        "^[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(-[a-wyz0-9](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?\\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LanguageTag();
}
