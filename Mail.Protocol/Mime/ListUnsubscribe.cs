namespace Mail.Protocol.Mime;

/// <summary>The headers by which a mail client offers to unsubscribe (RFC 2369 §3.2, RFC 8058). Gmail and Yahoo ask bulk senders for the one-click form.</summary>
public static class ListUnsubscribe
{
    /// <summary>One click, without opening a page: the client sends a POST with the body <c>List-Unsubscribe=One-Click</c> to the URL (RFC 8058 §3.1).</summary>
    /// <param name="url">An https URL that names recipient and list by itself: no cookie and no other field comes with the POST.</param>
    /// <param name="mailto">An address for clients that unsubscribe by mail, such as <c>mailto:leave@example.com?subject=list-7</c>, or <see langword="null"/>.</param>
    /// <returns>The two headers, which the DKIM signature must cover (RFC 8058 §4).</returns>
    /// <exception cref="ArgumentException">Not https, not mailto, or a URL that cannot stand in a header.</exception>
    public static IReadOnlyList<MimeHeader> OneClick(Uri url, Uri? mailto = null)
    {
        string first = Url(url, Uri.UriSchemeHttps);
        string value = mailto is null ? first : $"{first}, {Url(mailto, Uri.UriSchemeMailto)}";
        return [MimeHeader.Create("List-Unsubscribe", value), MimeHeader.Create("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")];
    }

    /// <summary>By mail only.</summary>
    /// <param name="mailto">Such as <c>mailto:leave@example.com?subject=list-7</c>.</param>
    /// <returns>The header.</returns>
    /// <exception cref="ArgumentException">Not mailto, or a URL that cannot stand in a header.</exception>
    public static MimeHeader ByMail(Uri mailto) => MimeHeader.Create("List-Unsubscribe", Url(mailto, Uri.UriSchemeMailto));

    private static string Url(Uri url, string scheme)
    {
        string text = HeaderUrls.Write(url, "unsubscribe URL");
        return url.Scheme == scheme ? $"<{text}>" : throw new ArgumentException($"The unsubscribe URL is not {scheme}.", nameof(url));
    }
}
