using Mail.Core.Relays;
using Mail.Core.Relays.Setup;

namespace Mail.Core.Domains.Senders;

/// <summary>Whose mail a provider takes.</summary>
public enum AcceptedSenders
{
    /// <summary>Whoever may use the server: it knows no senders.</summary>
    Any,

    /// <summary>Addresses of domains, and single addresses, that are confirmed there.</summary>
    DomainsAndAddresses,

    /// <summary>Addresses of domains that are confirmed there, no single ones.</summary>
    Domains,

    /// <summary>One mailbox and its aliases.</summary>
    Mailbox,
}

/// <summary>What is known of a provider's senders.</summary>
/// <param name="Spf">What a sender's SPF record names for it; null where its own return path makes that needless, or nothing is known.</param>
public sealed record RelaySenderRule(AcceptedSenders Accepts, string? Spf)
{
    private const string Google = "include:_spf.google.com", Microsoft = "include:spf.protection.outlook.com";

    private static readonly RelaySenderRule _any = new(AcceptedSenders.Any, null);

    // By the name of a preset or, where a provider has none, of a kind. As the providers' pages had it in 2026.
    private static readonly Dictionary<string, RelaySenderRule> _known = new()
    {
        ["gmail"] = new(AcceptedSenders.Mailbox, Google), ["google_workspace"] = new(AcceptedSenders.Mailbox, Google),
        ["microsoft365"] = new(AcceptedSenders.Mailbox, Microsoft), ["graph"] = new(AcceptedSenders.Mailbox, Microsoft),
        ["ovh"] = new(AcceptedSenders.Mailbox, "include:mx.ovh.com"), ["zoho"] = new(AcceptedSenders.Mailbox, "include:zohomail.com"),
        ["infomaniak"] = new(AcceptedSenders.Mailbox, "include:spf.infomaniak.ch"),
        ["sendgrid"] = new(AcceptedSenders.DomainsAndAddresses, "include:sendgrid.net"), ["ses"] = new(AcceptedSenders.DomainsAndAddresses, "include:amazonses.com"),
        ["postmark"] = new(AcceptedSenders.DomainsAndAddresses, "include:spf.mtasv.net"), ["brevo"] = new(AcceptedSenders.DomainsAndAddresses, "include:spf.brevo.com"),
        ["mailjet"] = new(AcceptedSenders.DomainsAndAddresses, "include:spf.mailjet.com"),
        ["mailgun"] = new(AcceptedSenders.Domains, "include:mailgun.org"), ["resend"] = new(AcceptedSenders.Domains, "include:amazonses.com"),
        ["scaleway"] = new(AcceptedSenders.Domains, "include:_spf.scw-tem.cloud"), ["zeptomail"] = new(AcceptedSenders.Domains, "include:zeptomail.net"),
    };

    /// <param name="kind">A relay's kind, such as `smtp`.</param>
    /// <param name="preset">Of a relay that was made from one.</param>
    /// <param name="host">Of an SMTP relay: one without a preset is known by its server all the same.</param>
    public static RelaySenderRule Of(string kind, string? preset, string? host)
    {
        string? name = preset ?? (host is null ? null : SmtpPresets.All.FirstOrDefault(known => known.Hosts.Values.Any(one => one.Name.Equals(host, StringComparison.OrdinalIgnoreCase)))?.Name);
        return (name is not null && _known.TryGetValue(name, out RelaySenderRule? rule)) || _known.TryGetValue(kind, out rule) ? rule
            : host is not null && !RelaySettings.IsThisComputer(host) && !System.Net.IPAddress.TryParse(host, out _) ? _any with { Spf = $"a:{host}" } : _any;
    }
}
