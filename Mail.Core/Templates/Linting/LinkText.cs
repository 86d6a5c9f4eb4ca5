using System.Globalization;

namespace Mail.Core.Templates.Linting;

/// <summary>Whether the text of a link is an address itself, and whose.</summary>
internal static class LinkText
{
    private static readonly IdnMapping _idn = new() { AllowUnassigned = true };

    /// <returns>The host that the text names: of `https://shop.example/x` or of `www.shop.example`, if that is the whole text; null for any other text.</returns>
    public static string? Host(string text)
    {
        string word = text.Trim();
        if (word.Length is 0 or > 500 || word.Any(char.IsWhiteSpace) || word.Contains('@', StringComparison.Ordinal)) return null;
        bool hasScheme = word.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || word.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
        if (!hasScheme && !LooksLikeHost(word)) return null;
        return Uri.TryCreate(hasScheme ? word : "https://" + word, UriKind.Absolute, out Uri? uri) && uri.Host.Contains('.', StringComparison.Ordinal) ? uri.Host : null;
    }

    /// <summary>`www.example.com` and `example.com` are one site, `example.com.fraud.example` is not.</summary>
    public static bool IsSameSite(string said, string led)
    {
        string one = Ascii(said), other = Ascii(led);
        return one == other || one.EndsWith("." + other, StringComparison.Ordinal) || other.EndsWith("." + one, StringComparison.Ordinal);
    }

    /// <summary>A name and one of the endings that everybody takes for an address: `report.pdf` and `e.g.` are none.</summary>
    private static bool LooksLikeHost(string word)
    {
        int slash = word.AsSpan().IndexOfAny("/?#");
        string host = slash < 0 ? word : word[..slash];
        int dot = host.LastIndexOf('.');
        return dot > 0 && (host.StartsWith("www.", StringComparison.OrdinalIgnoreCase)
            || host[(dot + 1)..].ToLowerInvariant() is "com" or "org" or "net" or "info" or "biz" or "io" or "dev" or "app" or "shop" or "fr" or "de" or "uk" or "eu" or "be" or "ch" or "it" or "es" or "nl" or "us" or "ca" or "example");
    }

    private static string Ascii(string host)
    {
        string name = host.TrimEnd('.').ToLowerInvariant();
        if (name.StartsWith("www.", StringComparison.Ordinal)) name = name[4..];
        try
        {
            return _idn.GetAscii(name);
        }
        catch (ArgumentException)
        {
            return name; // no name that resolves: it is compared as it is
        }
    }
}
