using Mail.Core.Domains;
using Mail.Protocol.Mime;

namespace Mail.Core.Tracking;

/// <summary>What a project tracks unless a message says otherwise, and which of its domains have a tracking record that was found in DNS.</summary>
/// <param name="Hosts">By the sender's domain the name that links lead to, and whether it serves the domains below, too.</param>
public sealed record ProjectTracking(bool Opens, bool Clicks, IReadOnlyDictionary<string, (string Host, bool ForThoseBelow)> Hosts)
{
    /// <returns>Where links of mail from there lead, without a slash at the end; null for the installation's own address.</returns>
    public string? LinksToFor(EmailAddress from)
    {
        ArgumentNullException.ThrowIfNull(from);
        if (Hosts.Count == 0) return null;
        if (Hosts.TryGetValue(from.AsciiDomain, out (string Host, bool) own)) return $"https://{own.Host}";
        foreach (string parent in DomainName.WithParents(from.AsciiDomain).Skip(1))
            if (Hosts.TryGetValue(parent, out (string Host, bool ForThoseBelow) above) && above.ForThoseBelow) return $"https://{above.Host}";
        return null;
    }
}
