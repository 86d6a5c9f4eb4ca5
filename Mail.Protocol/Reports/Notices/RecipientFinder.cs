namespace Mail.Protocol.Reports.Notices;

/// <summary>Finds in prose whom a notice is about.</summary>
internal static class RecipientFinder
{
    private const int MaxRecipients = 100;

    /// <summary>
    /// The recipients: lines that begin with an address, as nearly all mail systems write them; else addresses that a word calls a recipient; else any
    /// address. Whoever the notice was sent to or comes from is one only where nobody else is named.
    /// </summary>
    /// <param name="notice">The prose.</param>
    /// <param name="others">Addresses of the notice's own sender and recipients.</param>
    /// <param name="daemonDomain">The domain of the notice's sender: some name local users without theirs.</param>
    /// <param name="mayBeOwn">Whether the notice may be about an address of <paramref name="others"/>: it says that something was not delivered.</param>
    public static List<string> Find(Notice notice, IReadOnlySet<string> others, string? daemonDomain, bool mayBeOwn)
    {
        List<string> leading = [.. notice.Leading.Select(line => line.Address).Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxRecipients)];
        List<string> chosen = [.. leading.Where(address => !others.Contains(address) && !IsService(address))];
        if (chosen.Count > 0) return chosen;

        List<string> named = [], mentioned = [];
        foreach (string line in notice.Lines)
        {
            if (named.Count >= MaxRecipients) break;
            foreach ((string address, bool isRecipient) in LineAddress.Named(line))
            {
                if (others.Contains(address) || IsService(address)) continue;
                List<string> list = isRecipient ? named : mentioned;
                if (list.Count < MaxRecipients && !list.Contains(address, StringComparer.OrdinalIgnoreCase)) list.Add(address);
            }
        }
        if (named.Count > 0) return named;
        if (LocalUsers(notice, daemonDomain) is { Count: > 0 } locals) return locals;
        if (mentioned.Count > 0) return mentioned;
        // Mail to the sender's own address, or to a postmaster.
        if (!mayBeOwn) return [];
        if (leading.Count > 0) return leading;
        IEnumerable<string> own = notice.Lines.SelectMany(LineAddress.Named).Where(found => found.IsRecipient && !IsService(found.Address)).Select(found => found.Address);
        return [.. own.Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxRecipients)];
    }

    private static bool IsService(string address)
    {
        ReadOnlySpan<char> local = address.AsSpan(0, Math.Max(0, address.LastIndexOf('@')));
        return Is(local, "postmaster") || Is(local, "mailer-daemon") || Is(local, "abuse") || Is(local, "hostmaster") || Is(local, "helpdesk") || Is(local, "mdaemon");
    }

    private static bool Is(ReadOnlySpan<char> local, string name) => local.Equals(name, StringComparison.OrdinalIgnoreCase);

    // AOL: "Your mail to the following recipients could not be delivered because ...:", and below it the screen names.
    private static List<string> LocalUsers(Notice notice, string? domain)
    {
        List<string> users = [];
        bool expects = false;
        foreach (string line in notice.Lines)
        {
            ReadOnlySpan<char> text = line.AsSpan().Trim();
            if (text.IsEmpty) continue;
            bool isWord = text.Length <= 64 && text.IndexOfAnyExceptInRange('!', '~') < 0 && !text.Contains('@');
            if (expects && isWord && domain is not null && users.Count < MaxRecipients && char.IsWhiteSpace(line[0]))
                users.Add($"{text}@{domain}");
            else expects = text[^1] == ':' && (expects || notice.Text.Contains("following recipient", StringComparison.OrdinalIgnoreCase));
        }
        return users;
    }
}
