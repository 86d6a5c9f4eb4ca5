namespace Mail.Core.Reservations;

/// <summary>When the driver is where.</summary>
/// <param name="Pickups">Each accepted reservation once, in the order of the way.</param>
/// <param name="IsFinal">False for a guess that a route service will correct: then only those who have no time yet get theirs from it, so that nobody is told twice.</param>
public sealed record RoutePlan(IReadOnlyList<RoutePickup> Pickups, bool IsFinal)
{
    /// <summary>When the driver arrives; null when unknown.</summary>
    public DateTimeOffset? ArrivalAt { get; init; }

    /// <summary>The whole way with its stops.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Encoded, precision 5.</summary>
    public string? Polyline { get; init; }
}

/// <summary>A stop of the way.</summary>
/// <param name="Reservation">Who gets in.</param>
public readonly record struct RoutePickup(Guid Reservation, DateTimeOffset At);

/// <summary>
/// Plans the way with all who ride along. Called at each change of who does, and of the departure: first <see cref="Estimate"/> in the change's transaction; when that is not final,
/// <see cref="PlanAsync"/> after its commit, by a message on the bus, whose times are stored and told to those whose time moved (<see cref="ReservationPolicy.SilentMove"/>).
/// </summary>
public interface IRoutePlanner
{
    /// <summary>What can be said without asking anybody: a transaction is open. Final when there is nobody to ask, or the answer is known already.</summary>
    RoutePlan Estimate(Offer offer, IReadOnlyList<Reservation> accepted);

    /// <summary>With the route service; no transaction is open. Also called when somebody asks for a seat, as if they were accepted, so that the answer is known by then.</summary>
    Task<RoutePlan> PlanAsync(Offer offer, IReadOnlyList<Reservation> accepted, CancellationToken ct);
}
