namespace Mail.Core.Reservations;

/// <summary>What became of a request for a seat. Only <see cref="Pending"/> and <see cref="Accepted"/> go on to another.</summary>
public enum ReservationState
{
    /// <summary>The driver has still to answer. Holds no seat.</summary>
    Pending,

    /// <summary>The passenger rides along. Holds its seats.</summary>
    Accepted,

    /// <summary>By the driver.</summary>
    Refused,

    /// <summary>By the passenger, before or after the answer.</summary>
    Cancelled,

    /// <summary>By the driver, after it was accepted.</summary>
    Removed,

    /// <summary>There was no answer in time.</summary>
    Expired,

    /// <summary>The driver called the whole trip off.</summary>
    OfferCancelled,
}

/// <summary>A passenger's request for seats of an offer, and what became of it. Part of its <see cref="Offer"/>, which changes it.</summary>
public sealed record Reservation(Guid Id, Traveller Passenger, int Seats, Place Pickup, string? Message, DateTimeOffset CreatedAt)
{
    public ReservationState State { get; init; } = ReservationState.Pending;

    /// <summary>Until when the driver can answer.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When the driver is at the pickup point; null while it is not accepted.</summary>
    public DateTimeOffset? PickupAt { get; init; }

    /// <summary>The pickup time that the passenger was last told; several small moves are one that is told.</summary>
    public DateTimeOffset? ToldPickupAt { get; init; }

    /// <summary>When the driver answered, or the time was up; null while it is pending, and of one that was taken back before.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>When it got into its state.</summary>
    public DateTimeOffset ChangedAt { get; init; } = CreatedAt;

    /// <summary>How often its entry in a calendar has changed: the SEQUENCE of its UID.</summary>
    public int Revision { get; init; }

    /// <summary>Whether the passenger still expects something.</summary>
    public bool IsLive => State is ReservationState.Pending or ReservationState.Accepted;

    /// <summary>Whether its time is up although it is still pending: the timer has only to tell of it.</summary>
    public bool IsOverdue(DateTimeOffset now) => State is ReservationState.Pending && now >= ExpiresAt;
}
