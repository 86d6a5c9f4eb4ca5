namespace Mail.Core.Relays.Limits;

public enum HoldKind
{
    /// <summary>It is not its turn: others go before it, seconds or minutes. No news.</summary>
    Turn,

    /// <summary>A quota or a warm-up is used up: until the next day or month. Its sender is told.</summary>
    Quota,
}

/// <summary>Why a relay does not take a delivery now, though it could be used.</summary>
/// <param name="WaitsAs">Under which name it waits (<see cref="LimitNames"/>).</param>
/// <param name="Relay">The relay's name.</param>
/// <param name="Reason">A sentence for people.</param>
/// <param name="Cause">Its name in the catalogue of causes.</param>
/// <param name="Until">When it is looked at if nothing calls it before.</param>
/// <param name="Wait">How soon it may be its turn: of several relays it waits for the one that is first.</param>
public sealed record RelayHold(HoldKind Kind, string WaitsAs, string Relay, string Reason, string Cause, DateTimeOffset Until, TimeSpan Wait);
