using Mail.Protocol.Dkim;

namespace Mail.Core.Domains;

/// <summary>What of the installation and of the project's relays a domain's records depend on.</summary>
/// <param name="SpfMechanisms">What an SPF record has to name, such as `include:sendgrid.net`; empty when nothing is known or needed.</param>
/// <param name="ReturnPathHost">The host that takes bounces for us; null without one.</param>
/// <param name="TrackingHost">The host that answers opens and clicks; null without one.</param>
public sealed record DomainSurroundings(IReadOnlyList<string> SpfMechanisms, string? ReturnPathHost, string? TrackingHost);

/// <summary>The records of a domain, in the order in which a person should set them.</summary>
public static class DomainRecords
{
    /// <summary>What stands before a sender's domain in the name that tracked links lead to.</summary>
    public const string TrackingLabel = "links";

    /// <summary>What stands before a sender's domain in the name of its return paths' host.</summary>
    internal const string ReturnPathLabel = "bounces.";

    private const string DmarcValue = "v=DMARC1; p=none;"; // harmless: says that there is a policy, and asks receivers for nothing

    public static IReadOnlyList<DomainRecord> Of(SenderDomain domain, IEnumerable<DomainKey> keys, DomainSurroundings surroundings)
    {
        ArgumentNullException.ThrowIfNull(domain);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(surroundings);
        List<DomainRecord> records =
        [
            .. keys.OrderBy(key => key.State).ThenBy(key => key.CreatedAt).Select(key =>
                new DomainRecord(DomainRecord.Dkim, DkimKeyRecord.NameOf(key.Selector, domain.Name), "TXT", key.Record, key.State == DomainKeyState.Active) { KeyState = key.State }),
        ];
        if (surroundings.SpfMechanisms.Count > 0)
            records.Add(new DomainRecord(DomainRecord.Spf, domain.Name, "TXT", $"v=spf1 {string.Join(' ', surroundings.SpfMechanisms)} ~all", IsRequired: false));
        records.Add(new DomainRecord(DomainRecord.Dmarc, $"_dmarc.{domain.Name}", "TXT", DmarcValue, IsRequired: false));
        if (surroundings.ReturnPathHost is { } returnPath) records.Add(new DomainRecord(DomainRecord.ReturnPath, ReturnPathLabel + domain.Name, "CNAME", returnPath, IsRequired: false));
        if (surroundings.TrackingHost is { } tracking) records.Add(new DomainRecord(DomainRecord.Tracking, $"{TrackingLabel}.{domain.Name}", "CNAME", tracking, IsRequired: false));
        return records;
    }
}
