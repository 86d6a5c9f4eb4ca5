namespace Mail.Core.Delivery.Catalogue;

/// <summary>The cause of what a reader sees of a recipient or an event: as stored with the outcome, else by the state, which says enough then.</summary>
public static class StoredCause
{
    /// <returns>Null when nothing is wrong and nothing waits.</returns>
    public static Cause? Of(DeliveryState state, string? stored) => ErrorCatalogue.Find(state switch
    {
        DeliveryState.Sending => CauseCodes.Sending, // what an earlier attempt came to is told by its event
        DeliveryState.Sent or DeliveryState.Delivered => null,
        DeliveryState.Queued => stored == CauseCodes.RateWait ? stored : CauseCodes.Queued, // a wait for its turn is no event and no delay
        DeliveryState.Scheduled => CauseCodes.Scheduled,
        DeliveryState.Suppressed => CauseCodes.Suppressed,
        DeliveryState.Complained => CauseCodes.Complained,
        DeliveryState.Canceled => CauseCodes.Canceled,
        DeliveryState.DeliveryDelayed => stored ?? CauseCodes.Queued,
        _ => stored ?? "no_reason_given",
    });

    /// <param name="type">The event's wire name.</param>
    public static Cause? OfEvent(string type, string? stored, string? reason)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (type == DeliveryEvents.Rerouted) return ErrorCatalogue.Find(reason is null ? "relay_busy" : CauseFinder.OfDetour(reason));
        return type.StartsWith("email.", StringComparison.Ordinal) && DeliveryStates.TryParse(type["email.".Length..], out DeliveryState state)
            && !(state is DeliveryState.Queued or DeliveryState.Scheduled) ? Of(state, stored) : null;
    }
}
