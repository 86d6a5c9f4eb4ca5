using System.Collections.Frozen;
using System.Globalization;
using Mail.Core.Common;
using Mail.Core.Relays;
using Mail.Protocol.Mime;

namespace Mail.Core.Domains.Senders;

/// <summary>A relay that may carry a project's mail, as far as senders concern it.</summary>
/// <param name="Mailbox">Of a provider that takes one mailbox's mail: its address, when known.</param>
/// <param name="Senders">The restriction that the project itself gave it; empty for none.</param>
public sealed record SenderRelay(string Name, AcceptedSenders Accepts, string? Mailbox, IReadOnlyList<string> Senders)
{
    private readonly RelayRouting _routing = RelayRouting.Any with { Senders = Senders };

    /// <param name="byDomain">Whether the address is of a verified domain.</param>
    /// <param name="byIdentity">Whether the address itself is verified.</param>
    public bool Takes(EmailAddress from, bool byDomain, bool byIdentity)
    {
        ArgumentNullException.ThrowIfNull(from);
        if (!_routing.Accepts(from)) return false;
        return Accepts switch
        {
            AcceptedSenders.Domains => byDomain,
            AcceptedSenders.Mailbox => byIdentity || IsMailboxs(from),
            _ => byDomain || byIdentity,
        };
    }

    /// <summary>Its own address, or an alias in its domain, of which we cannot know whether the mailbox has it.</summary>
    public bool IsMailboxs(EmailAddress from)
    {
        ArgumentNullException.ThrowIfNull(from);
        if (Mailbox is null) return true; // not known: the provider says it
        ReadOnlySpan<char> domain = Mailbox.AsSpan(Mailbox.LastIndexOf('@') + 1);
        return from.Address.Equals(Mailbox, StringComparison.OrdinalIgnoreCase) || (domain.Equals(from.AsciiDomain, StringComparison.OrdinalIgnoreCase) && !SharedMailDomains.Contains(from.AsciiDomain));
    }
}

/// <summary>Who may send in a project, as it was read at one time: immutable, and asked for every message.</summary>
/// <param name="domains">Verified ones in A-labels, and whether each stands for those below it.</param>
/// <param name="identities">Verified addresses as <see cref="MatchOf"/> has them.</param>
/// <param name="relays">Those that may carry the project's mail.</param>
public sealed class SenderPolicy(IReadOnlyDictionary<string, bool> domains, IReadOnlyCollection<string> identities, IReadOnlyList<SenderRelay> relays)
{
    private readonly FrozenDictionary<string, bool> _domains = domains.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    private readonly FrozenSet<string> _identities = identities.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What the project's senders say of themselves.</summary>
    public SenderProfiles Profiles { get; init; } = SenderProfiles.None;

    /// <summary>An address as it is compared: a domain's case never counts, and that of a local part is kept apart by nobody.</summary>
    public static string MatchOf(EmailAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
#pragma warning disable CA1308 // addresses are written in lower case
        return $"{address.LocalPart}@{address.AsciiDomain}".ToLower(CultureInfo.InvariantCulture);
#pragma warning restore CA1308
    }

    /// <param name="from">The sender as the request has it; one that is no address is refused elsewhere.</param>
    /// <param name="path">What stands before the field's name in a refusal.</param>
    /// <param name="field">The field that has the address.</param>
    /// <returns>Why the message is not accepted, with the remedy; null when it is.</returns>
    public Failure? Objection(string from, string path, string field = "from")
    {
        if (!EmailAddress.TryParse(from, out EmailAddress? address, out _)) return null;
        bool byDomain = IsVerified(address.AsciiDomain), byIdentity = _identities.Count > 0 && _identities.Contains(MatchOf(address));
        if (!byDomain && !byIdentity)
        {
            return SharedMailDomains.Contains(address.AsciiDomain)
                ? Failure.Field(path + field, $"is an address that this project has not verified. Add {address.Address} as a sender identity (POST /sender-identities) and open the link that is mailed to it.")
                : Failure.Field(path + field, $"is of the domain {address.AsciiDomain}, which is not verified in this project. Add the domain (POST /domains) and set its DNS records, or add the address as a sender identity (POST /sender-identities) and open the link that is mailed to it.");
        }

        foreach (SenderRelay relay in relays)
            if (relay.Takes(address, byDomain, byIdentity)) return null;
        return relays.Count == 0 ? null : Failure.Field(path + field, $"is verified, but no relay of this project takes it: {string.Join("; ", relays.Take(5).Select(relay => Reason(relay, address, byDomain)))}. Use another sender, or another relay.");
    }

    /// <summary>Whether the project has proved that the domain, or one above it that stands for those below, is its own.</summary>
    /// <param name="domain">In A-labels and lower case.</param>
    public bool IsVerified(string domain)
    {
        if (_domains.Count == 0) return false;
        if (_domains.ContainsKey(domain)) return true;
        for (int dot = domain.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = domain.IndexOf('.', dot + 1))
            if (_domains.TryGetValue(domain[(dot + 1)..], out bool withThoseBelow) && withThoseBelow) return true;
        return false;
    }

    private static string Reason(SenderRelay relay, EmailAddress from, bool byDomain) =>
        relay.Senders.Count > 0 && !(RelayRouting.Any with { Senders = relay.Senders }).Accepts(from) ? $"`{relay.Name}` is set up for {string.Join(", ", relay.Senders.Take(3))}"
        : relay.Accepts == AcceptedSenders.Mailbox ? $"`{relay.Name}` sends for the mailbox {relay.Mailbox} and its aliases; verify an alias as a sender identity (POST /sender-identities)"
        : byDomain ? $"`{relay.Name}` does not take it"
        : $"`{relay.Name}` takes only addresses of a verified domain (POST /domains)";
}
