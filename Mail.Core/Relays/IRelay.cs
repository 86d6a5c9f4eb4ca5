namespace Mail.Core.Relays;

/// <summary>Someone who takes finished messages off our hands. One instance serves all senders of a process at the same time.</summary>
public interface IRelay : IAsyncDisposable
{
    /// <summary>Unique, stable and shown to people: it stands in every delivery that it carried.</summary>
    string Name { get; }

    RelayKind Kind { get; }

    /// <summary>Offers one message to all of its recipients in one go.</summary>
    /// <returns>
    /// What became of it. Refusals, lost connections and faults of the relay are outcomes, not exceptions. Cancelled before the relay can have taken
    /// the message, the outcome is <see cref="RelayOutcomeKind.Withdrawn"/>; cancelled later, the verdicts are <see cref="RelayVerdict.Unknown"/>.
    /// </returns>
    Task<RelayOutcome> SendAsync(RelayMessage message, CancellationToken ct);

    /// <summary>Finds out, without a message, whether the relay can be used again.</summary>
    /// <returns>Null when it can, else what is wrong.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<RelayFault?> ProbeAsync(CancellationToken ct);
}
