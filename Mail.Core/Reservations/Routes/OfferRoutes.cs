namespace Mail.Core.Reservations.Routes;

/// <summary>Pickup times of an offer: from the departure on, by the way that calls at all who ride along. To the minute, rather early than late.</summary>
public sealed class OfferRoutes(RoutePlanner planner) : IRoutePlanner
{
    public RoutePlan Estimate(Offer offer, IReadOnlyList<Reservation> accepted)
    {
        PlannedWay way = planner.Estimate(QuestionOf(offer, accepted), out bool isFinal);
        return PlanOf(offer, way, isFinal);
    }

    /// <returns>Not final when the route service did not answer but may a little later.</returns>
    public async Task<RoutePlan> PlanAsync(Offer offer, IReadOnlyList<Reservation> accepted, CancellationToken ct)
    {
        PlannedWay way = await planner.PlanAsync(QuestionOf(offer, accepted), ct);
        return PlanOf(offer, way, !way.IsProvisional);
    }

    private static RouteQuestion QuestionOf(Offer offer, IReadOnlyList<Reservation> accepted)
    {
        ArgumentNullException.ThrowIfNull(offer);
        ArgumentNullException.ThrowIfNull(accepted);
        return new RouteQuestion(PointOf(offer.From), PointOf(offer.To), [.. accepted.Select(one => new RouteStop(one.Id, PointOf(one.Pickup)))]);
    }

    private static RoutePlan PlanOf(Offer offer, PlannedWay way, bool isFinal) =>
        new([.. way.Stops.Select(stop => new RoutePickup(stop.Id, ToTheMinute(offer.DepartureAt + stop.After)))], isFinal)
        {
            ArrivalAt = offer.DepartureAt + way.Duration, Duration = way.Duration, Polyline = way.Polyline,
        };

    private static DateTimeOffset ToTheMinute(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMinute));

    private static GeoPoint PointOf(Place place) => new(place.Latitude, place.Longitude);
}
