using Mail.Core.Delivery;

namespace Mail.Tests.Core.Delivery;

/// <summary>The state machine as the design has it: which state may follow which, by what. What is not here must never happen.</summary>
internal static class DeliveryTransitions
{
    private static readonly DeliveryState[] _atRest = [DeliveryState.Queued, DeliveryState.Scheduled, DeliveryState.DeliveryDelayed];

    /// <summary>Whether a delivery that was in this state may be found in that one after this operation; staying is always allowed.</summary>
    public static bool Allow(QueueOperation operation, DeliveryState was, DeliveryState becomes) => was == becomes || operation switch
    {
        QueueOperation.Claim => _atRest.Contains(was) && becomes == DeliveryState.Sending,
        QueueOperation.Record => was == DeliveryState.Sending && becomes is DeliveryState.Sent or DeliveryState.Suppressed or DeliveryState.Bounced or DeliveryState.Failed or DeliveryState.DeliveryDelayed or DeliveryState.Queued, // queued: only not its turn
        QueueOperation.Release => was == DeliveryState.Sending && becomes is DeliveryState.Queued or DeliveryState.DeliveryDelayed,
        QueueOperation.TakeOver => was == DeliveryState.Sending && becomes is DeliveryState.DeliveryDelayed or DeliveryState.Failed,
        QueueOperation.Cancel => _atRest.Contains(was) && becomes == DeliveryState.Canceled,
        QueueOperation.Reschedule => _atRest.Contains(was) && becomes is DeliveryState.Queued or DeliveryState.Scheduled,
        QueueOperation.Report => was.MayBeReported(becomes),
        _ => false, // heartbeats, marks and the return of a relay change no state
    };

    /// <summary>Whether anything may do it.</summary>
    public static bool Allow(DeliveryState was, DeliveryState becomes) => Enum.GetValues<QueueOperation>().Any(operation => Allow(operation, was, becomes));
}

internal enum QueueOperation
{
    Accept,
    Claim,
    Extend,
    Mark,
    Record,
    Release,
    TakeOver,
    Unpark,
    Cancel,
    Reschedule,
    Report,
}
