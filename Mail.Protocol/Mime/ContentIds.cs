using System.Buffers;
using System.Net;

namespace Mail.Protocol.Mime;

/// <summary>Finds the parts that an HTML body shows by <c>cid:</c> URLs (RFC 2392).</summary>
public static class ContentIds
{
    private static readonly SearchValues<char> _endOfId = SearchValues.Create("\"'<>) \t\r\n");

    /// <summary>Every content id that the HTML names, decoded, each once, in the order of their first use: in attributes (<c>src</c>, <c>background</c>, ...) and in
    /// CSS (<c>url(cid:...)</c>). Text between tags that happens to hold <c>cid:</c> counts as well: this looks for ids, it does not judge HTML.</summary>
    /// <param name="html">The HTML; character references such as <c>&amp;amp;</c> within an id are resolved.</param>
    public static IReadOnlyList<string> FindIn(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        List<string> found = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        ReadOnlySpan<char> rest = html;
        while (true)
        {
            int start = rest.IndexOf("cid:", StringComparison.OrdinalIgnoreCase);
            if (start < 0) return found;
            bool isScheme = start > 0 && rest[start - 1] is '"' or '\'' or '=' or '(' or ' ' or ',' or '\t' or '\n' or '\r';
            rest = rest[(start + 4)..];
            if (!isScheme) continue;
            int end = rest.IndexOfAny(_endOfId);
            ReadOnlySpan<char> id = (end < 0 ? rest : rest[..end]).TrimEnd(','); // between the images of a srcset
            rest = rest[id.Length..];
            if (id.IsEmpty) continue;
            string decoded = Uri.UnescapeDataString(WebUtility.HtmlDecode(id.ToString()));
            if (seen.Add(decoded)) found.Add(decoded);
        }
    }

    /// <summary>What does not fit between the HTML body and the inline files of a message: a missing image, or a file that some clients never show.</summary>
    /// <param name="message">The message; without HTML nothing can be wrong.</param>
    /// <returns>Ids that the HTML names and no attachment has, and ids of attachments that the HTML never names.</returns>
    public static (IReadOnlyList<string> Missing, IReadOnlyList<string> Unused) Check(MimeMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.HtmlBody is null) return ([], []);
        IReadOnlyList<string> named = FindIn(message.HtmlBody);
        List<string> attached = [];
        foreach (MimeAttachment attachment in message.Attachments)
            if (attachment.ContentId is { } id) attached.Add(id);
        return ([.. named.Except(attached, StringComparer.Ordinal)], [.. attached.Except(named, StringComparer.Ordinal)]);
    }
}
