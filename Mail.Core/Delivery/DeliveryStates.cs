using System.Collections.Frozen;

namespace Mail.Core.Delivery;

/// <summary>The states' wire names and their order.</summary>
public static class DeliveryStates
{
    /// <summary>Worst first: a message shows the worst state of its recipients.</summary>
    private static readonly DeliveryState[] _worstFirst =
    [
        DeliveryState.Failed, DeliveryState.Bounced, DeliveryState.Complained, DeliveryState.Suppressed, DeliveryState.Canceled,
        DeliveryState.DeliveryDelayed, DeliveryState.Sending, DeliveryState.Queued, DeliveryState.Scheduled, DeliveryState.Sent, DeliveryState.Delivered,
    ];

    private static readonly FrozenDictionary<string, DeliveryState> _byName = _worstFirst.ToFrozenDictionary(Name);

    /// <summary>Every state, worst first.</summary>
    public static IReadOnlyList<DeliveryState> WorstFirst => _worstFirst;

    public static string Name(this DeliveryState state) => state switch
    {
        DeliveryState.Queued => "queued",
        DeliveryState.Scheduled => "scheduled",
        DeliveryState.Sending => "sending",
        DeliveryState.Sent => "sent",
        DeliveryState.Delivered => "delivered",
        DeliveryState.DeliveryDelayed => "delivery_delayed",
        DeliveryState.Bounced => "bounced",
        DeliveryState.Complained => "complained",
        DeliveryState.Suppressed => "suppressed",
        DeliveryState.Failed => "failed",
        DeliveryState.Canceled => "canceled",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a delivery state."),
    };

    public static bool TryParse(string name, out DeliveryState state) => _byName.TryGetValue(name, out state);

    /// <exception cref="FormatException">No state has that name.</exception>
    public static DeliveryState Parse(string name) => TryParse(name, out DeliveryState state) ? state : throw new FormatException($"'{name}' is not a delivery state.");

    /// <summary>Whether the engine still has something to do.</summary>
    public static bool IsWaiting(this DeliveryState state) =>
        state is DeliveryState.Queued or DeliveryState.Scheduled or DeliveryState.Sending or DeliveryState.DeliveryDelayed;

    /// <summary>What a later report can tell.</summary>
    public static IReadOnlyList<DeliveryState> Reportable { get; } = [DeliveryState.Delivered, DeliveryState.Bounced, DeliveryState.Complained];

    /// <summary>
    /// Every change of a final state that there is. What was sent may still bounce; what was delivered too, by a server behind the one that took it, and
    /// its recipient may complain. `failed` and `canceled` only say that we stopped: an earlier attempt of unknown outcome may have arrived after all.
    /// What has bounced or was complained about stays so, and what was suppressed never left.
    /// </summary>
    public static IReadOnlyList<(DeliveryState Was, DeliveryState Becomes)> ReportedTransitions { get; } =
    [
        .. from was in new[] { DeliveryState.Sent, DeliveryState.Failed, DeliveryState.Canceled } from becomes in Reportable select (was, becomes),
        (DeliveryState.Delivered, DeliveryState.Bounced), (DeliveryState.Delivered, DeliveryState.Complained),
    ];

    /// <summary>Whether a report changes this state to that.</summary>
    public static bool MayBeReported(this DeliveryState was, DeliveryState becomes) => ReportedTransitions.Contains((was, becomes));

    /// <summary>The state that a message shows for its recipients' states.</summary>
    public static DeliveryState Worst(IEnumerable<DeliveryState> states) => states.MinBy(state => Array.IndexOf(_worstFirst, state));
}
