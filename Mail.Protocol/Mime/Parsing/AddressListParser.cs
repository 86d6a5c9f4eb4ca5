namespace Mail.Protocol.Mime.Parsing;

/// <summary>Reads the lists of mailboxes and groups in From, To, Reply-To and the like (RFC 5322 §3.4, the obsolete forms of §4.4, RFC 6854), and what programs write instead.</summary>
public static class AddressListParser
{
    /// <summary>Reads a list and says whether it follows the grammar.</summary>
    /// <param name="text">The unfolded value in Unicode; encoded words (RFC 2047) may still stand in it.</param>
    /// <param name="mailboxes">All mailboxes, in their order; what can be read of them when the result is <see langword="false"/>. A group without members has none.</param>
    /// <param name="errorOffset">The character, from 0, at which the list first leaves the grammar; -1 when the result is <see langword="true"/>.</param>
    /// <returns>Whether the text is a list of RFC 5322, its obsolete forms included, of which every mailbox has a local part and a domain.</returns>
    public static bool TryParse(string text, out IReadOnlyList<ParsedMailbox> mailboxes, out int errorOffset)
    {
        ArgumentNullException.ThrowIfNull(text);
        MimeSource source = new(ReadOnlyMemory<byte>.Empty, MimeLimits.Default);
        mailboxes = Parse(text, source, 0, out errorOffset);
        return errorOffset < 0;
    }

    /// <summary>Reads a list as tolerantly as possible, and notes the first thing that is wrong.</summary>
    internal static IReadOnlyList<ParsedMailbox> Parse(string text, MimeSource source, long offset, out int errorOffset)
    {
        AddressListScanner scanner = new(text, source, offset);
        List<ParsedMailbox> mailboxes = scanner.Read();
        errorOffset = scanner.ErrorOffset;
        return mailboxes;
    }
}
