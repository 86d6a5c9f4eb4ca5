namespace Mail.Core.Delivery;

/// <summary>A recipient's state; stored and wire names are the same, in snake_case (<see cref="DeliveryStates"/>).</summary>
public enum DeliveryState
{
    Queued,
    Scheduled,

    /// <summary>A worker holds the lease.</summary>
    Sending,

    /// <summary>A relay took it: the engine is done with it. A later report may still make it delivered, bounced or complained.</summary>
    Sent,
    Delivered,

    /// <summary>A transient failure; the next attempt is planned.</summary>
    DeliveryDelayed,

    /// <summary>The recipient's server, or the relay for it, refused for good.</summary>
    Bounced,
    Complained,
    Suppressed,

    /// <summary>We gave up: retries ran out, or a fault that is not the recipient's.</summary>
    Failed,
    Canceled,
}
