using System.Text;

namespace Mail.Protocol.Mime;

/// <summary>URLs as they stand in a header: ASCII, without spaces, commas and angle brackets (RFC 2369 §2).</summary>
internal static class HeaderUrls
{
    private const int MaxLength = 900; // one word of one line

    /// <param name="url">An absolute URL.</param>
    /// <param name="field">What it is, for the refusal: "unsubscribe URL".</param>
    /// <exception cref="ArgumentException">It cannot stand in a header.</exception>
    public static string Write(Uri url, string field)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (HeaderRules.TextError(url.OriginalString) is { } error) throw new ArgumentException($"The {field} {error}", nameof(url));
        if (url.OriginalString.Contains('\t', StringComparison.Ordinal)) throw new ArgumentException($"The {field} contains a tab.", nameof(url));
        if (!url.IsAbsoluteUri) throw new ArgumentException($"The {field} is not absolute.", nameof(url));

        // AbsoluteUri percent-encodes what is not ASCII, except in the host.
        string text = Ascii.IsValid(url.AbsoluteUri) ? url.AbsoluteUri : new UriBuilder(url) { Host = url.IdnHost }.Uri.AbsoluteUri;
        text = text.Replace(",", "%2C", StringComparison.Ordinal);
        if (text.Length > MaxLength) throw new ArgumentException($"The {field} is longer than {MaxLength} characters.", nameof(url));
        foreach (char c in text)
            if (c is <= ' ' or >= '\x7F' or '<' or '>') throw new ArgumentException($"The {field} contains the character U+{(int)c:X4}.", nameof(url));
        return text;
    }
}
