using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;

namespace Mail.Core.Tracking;

/// <summary>Which links are led over us, and how their address stands in the header that leads on.</summary>
internal static class TargetUrl
{
    /// <summary>Every character of an address (RFC 3986) and no other: nothing that ends a header, a line or an attribute.</summary>
    private static readonly SearchValues<char> _allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%");

    /// <summary>What browsers drop inside an address.</summary>
    private static readonly SearchValues<char> _dropped = SearchValues.Create("\t\r\n");

    /// <summary>Whether we lead somebody there: http or https, with a host, in characters that may stand in a header.</summary>
    public static bool IsSafe(string url) =>
        HasScheme(url) && !url.AsSpan().ContainsAnyExcept(_allowed) && Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0;

    /// <param name="attribute">The value of an href, as it stands in the HTML.</param>
    /// <param name="url">The same address as a browser would open it, in ASCII.</param>
    /// <returns>False for what is left alone: other schemes, relative addresses, fragments, what is too long or broken.</returns>
    public static bool TryRead(ReadOnlySpan<char> attribute, [NotNullWhen(true)] out string? url)
    {
        url = null;
        attribute = Trim(attribute);
        if (attribute.Length is 0 or > TrackingLinks.LongestTarget * 2) return false; // entities make it longer than it is
        if (!attribute.Contains('&') && !HasScheme(attribute)) return false;
        string? text = attribute.Contains('&') ? Trim(WebUtility.HtmlDecode(attribute.ToString())).ToString() : attribute.ToString();
        if (text.AsSpan().ContainsAny(_dropped)) text = text.Replace("\t", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
        if (!HasScheme(text) || text.Contains('\\', StringComparison.Ordinal) || text.Any(char.IsControl)) return false;
        if (text.AsSpan().ContainsAnyExcept(_allowed)) text = Escape(text);
        if (text is null || text.Length > TrackingLinks.LongestTarget || !IsSafe(text)) return false;
        url = text;
        return true;
    }

    private static bool HasScheme(ReadOnlySpan<char> url) => url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    /// <summary>What is not ASCII goes in percent signs, and a host of other letters by its name in DNS.</summary>
    private static string? Escape(string text)
    {
        int host = text.IndexOf("://", StringComparison.Ordinal) + 3, end = text.AsSpan(host).IndexOfAny("/?#");
        end = end < 0 ? text.Length : host + end;
        string authority = text[host..end];
        if (!Ascii.IsValid(authority))
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.UserInfo.Length > 0) return null;
            authority = uri.IsDefaultPort ? uri.IdnHost : $"{uri.IdnHost}:{uri.Port}";
        }

        StringBuilder escaped = new(text.Length + 64);
        escaped.Append(text.AsSpan(0, host)).Append(authority);
        Span<byte> octets = stackalloc byte[4];
        foreach (Rune rune in text.AsSpan(end).EnumerateRunes())
        {
            if (rune.IsAscii && _allowed.Contains((char)rune.Value))
            {
                escaped.Append((char)rune.Value);
                continue;
            }

            foreach (byte octet in octets[..rune.EncodeToUtf8(octets)]) escaped.Append('%').Append(octet.ToString("X2", null));
        }

        return escaped.ToString();
    }

    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text)
    {
        while (text is [<= ' ', ..]) text = text[1..];
        while (text is [.., <= ' ']) text = text[..^1];
        return text;
    }
}
