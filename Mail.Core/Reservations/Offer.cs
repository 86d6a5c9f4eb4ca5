using Mail.Core.Common;
using Mail.Core.Messaging;

namespace Mail.Core.Reservations;

public enum OfferState
{
    Open,

    /// <summary>By the driver: for good.</summary>
    Cancelled,
}

/// <summary>A trip that somebody drives, and all who asked to ride along: the aggregate of reservations. Its transitions (Offer*.cs) return what happened, or why it cannot.</summary>
/// <param name="Departure">By the clock on the wall where the trip begins.</param>
public sealed partial record Offer(ProjectId ProjectId, Guid Id, bool IsTest, Traveller Driver, Place From, Place To, WallTime Departure, int Seats, DateTimeOffset CreatedAt)
{
    /// <summary>Of one seat; null for none said.</summary>
    public decimal? Price { get; init; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; init; } = "EUR";

    public OfferState State { get; init; } = OfferState.Open;

    /// <summary>The way from the first to the last place as an encoded polyline (precision 5), when a route service told it.</summary>
    public string? Polyline { get; init; }

    /// <summary>How long the way takes with all pickups; null while nobody has reckoned it.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Counts moves of the departure and the cancellation: a timer of another generation is void.</summary>
    public int Generation { get; init; } = 1;

    /// <summary>The generation whose people were reminded; 0 for none: they are reminded once of each.</summary>
    public int Reminded { get; init; }

    /// <summary>Counts changes: a write upon another version than was read is refused.</summary>
    public int Version { get; init; }

    /// <summary>By their age, the oldest first; also those that are over.</summary>
    public IReadOnlyList<Reservation> Reservations { get; init; } = [];

    public DateTimeOffset DepartureAt => Departure.At;

    /// <summary>Those who ride along, in the order in which they get in.</summary>
    public IReadOnlyList<Reservation> Accepted => [.. Reservations.Where(one => one.State is ReservationState.Accepted).OrderBy(one => one.PickupAt ?? DateTimeOffset.MaxValue).ThenBy(one => one.Id)];

    public int SeatsLeft => Seats - Reservations.Where(one => one.State is ReservationState.Accepted).Sum(one => one.Seats);

    public Reservation? Find(Guid reservation) => Reservations.FirstOrDefault(one => one.Id == reservation);

    /// <summary>Not in a log or a trace.</summary>
    public override string ToString() => $"offer {Id}";

    private Offer With(params IReadOnlyCollection<Reservation> changed) =>
        this with { Reservations = [.. Reservations.Select(one => changed.FirstOrDefault(other => other.Id == one.Id) ?? one)] };
}
