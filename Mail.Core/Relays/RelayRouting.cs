using Mail.Core.Messages;
using Mail.Protocol.Mime;

namespace Mail.Core.Relays;

/// <summary>Which messages a relay may carry, and its rank among those that may.</summary>
/// <param name="Priority">Lower comes first; a relay of a higher number is used when no lower one can be.</param>
/// <param name="Weight">Its share among relays of the same priority; 1 or more.</param>
/// <param name="Lanes">The lanes it serves; empty for all.</param>
/// <param name="Region">Where it processes mail (`eu`, `us`...), when known.</param>
/// <param name="Senders">Addresses (`a@example.com`) and domains (`example.com`) it accepts as sender; empty for any.</param>
public sealed record RelayRouting(int Priority, int Weight, IReadOnlyList<Lane> Lanes, string? Region, IReadOnlyList<string> Senders)
{
    /// <summary>Carries everything.</summary>
    public static RelayRouting Any { get; } = new(0, 1, [], null, []);

    /// <returns>Why it may not carry the message, as the end of a sentence; null when it may.</returns>
    public string? Objection(StoredMessage message, string? requiredRegion)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (Lanes.Count > 0 && !Lanes.Contains(message.Lane)) return $"does not serve the lane '{message.Lane.Name()}'";
        if (requiredRegion is not null && !string.Equals(Region, requiredRegion, StringComparison.OrdinalIgnoreCase))
            return $"is in the region '{Region ?? "unknown"}', and the project demands '{requiredRegion}'";
        return Senders.Count == 0 || (EmailAddress.TryParse(message.Envelope.From, out EmailAddress? from, out _) && Accepts(from)) ? null : $"does not accept the sender '{message.Envelope.From}'";
    }

    /// <summary>Whether it takes mail of this sender.</summary>
    public bool Accepts(EmailAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (Senders.Count == 0) return true;
        ReadOnlySpan<char> domain = address.Address.AsSpan(address.Address.LastIndexOf('@') + 1);
        foreach (string sender in Senders)
        {
            if (sender.Contains('@', StringComparison.Ordinal) ? string.Equals(sender, address.Address, StringComparison.OrdinalIgnoreCase) : domain.Equals(sender, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}
