using Mail.Core.Messages;
using Mail.Core.Relays.Limits;

namespace Mail.Core.Delivery;

/// <summary>What a relay's gate is asked about a parcel.</summary>
internal static class GateRequest
{
    /// <summary>A claim that falls due as late as this after the message was to leave has waited for something before.</summary>
    private static readonly TimeSpan _fresh = TimeSpan.FromMilliseconds(50);

    /// <returns>Null when none of the recipients is limited in any way, which is found out without a trace.</returns>
    public static Candidate[]? For(RelayGate gate, StoredMessage message, List<Delivery> deliveries)
    {
        bool concerns = false;
        foreach (Delivery delivery in deliveries)
        {
            if (concerns = gate.Concerns(delivery.Recipient)) break;
        }

        if (!concerns) return null;
        DateTimeOffset planned = message.PlannedAt ?? message.CreatedAt;
        Candidate[] candidates = new Candidate[deliveries.Count];
        for (int i = 0; i < candidates.Length; i++)
            candidates[i] = new Candidate(deliveries[i].Recipient, IsFresh: deliveries[i] is { Attempts: 0, WasParked: false } fresh && fresh.DueAt - planned < _fresh);
        return candidates;
    }
}
