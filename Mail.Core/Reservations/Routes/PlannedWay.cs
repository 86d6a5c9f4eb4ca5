namespace Mail.Core.Reservations.Routes;

/// <summary>Somewhere to call at on the way.</summary>
/// <param name="Id">The caller's name for it: a reservation's id.</param>
public sealed record RouteStop(Guid Id, GeoPoint Place);

/// <summary>What order of the stops is short, and when is the car where?</summary>
/// <param name="Stops">In any order; the same ones in another order are the same question.</param>
public sealed record RouteQuestion(GeoPoint From, GeoPoint To, IReadOnlyList<RouteStop> Stops);

/// <summary>Who answered.</summary>
public enum RouteSource
{
    /// <summary>OSRM: on roads.</summary>
    Osrm,

    /// <summary>Our own reckoning along great circles, where OSRM is not configured, not to be had, or knows no way.</summary>
    GreatCircle,
}

/// <param name="After">From the departure to this stop. Stops before it take their time.</param>
/// <param name="BeforeArrival">From this stop to the arrival, its own time included.</param>
public sealed record PlannedStop(Guid Id, TimeSpan After, TimeSpan BeforeArrival);

/// <param name="Stops">In the order of the route.</param>
/// <param name="Duration">From the departure to the arrival.</param>
/// <param name="Metres">On the way.</param>
/// <param name="Problem">Why OSRM did not answer, for the log and the operator; null when it did, or is not configured.</param>
public sealed record PlannedWay(RouteSource Source, IReadOnlyList<PlannedStop> Stops, TimeSpan Duration, double Metres, OsrmProblem? Problem = null)
{
    /// <summary>Whether OSRM may know the way a little later, so that it is worth while to ask again before anybody is told of other times.</summary>
    public bool IsProvisional => Problem?.IsTemporary ?? false;

    /// <summary>The line on a map, encoded with precision 5; null when nobody knows it.</summary>
    public string? Polyline { get; init; }

    /// <summary>From a way to times: each place costs its minutes once, however many get in there.</summary>
    /// <param name="atStart">Those who get in where the car departs.</param>
    /// <param name="places">Who gets in at each of the way's points between.</param>
    internal static PlannedWay Of(RouteSource source, Way way, IEnumerable<Guid> atStart, IReadOnlyList<IEnumerable<Guid>> places, TimeSpan perStop, OsrmProblem? problem = null)
    {
        TimeSpan duration = TimeSpan.FromSeconds(Math.Round(way.Legs.Sum(leg => leg.Seconds))) + way.Order.Count * perStop;
        List<PlannedStop> stops = [.. atStart.Select(id => new PlannedStop(id, TimeSpan.Zero, duration))];
        double seconds = 0;
        for (int i = 0; i < way.Order.Count; i++)
        {
            seconds += way.Legs[i].Seconds;
            TimeSpan after = TimeSpan.FromSeconds(Math.Round(seconds)) + i * perStop;
            stops.AddRange(places[way.Order[i]].Select(id => new PlannedStop(id, after, duration - after)));
        }

        return new PlannedWay(source, stops, duration, way.Legs.Sum(leg => leg.Metres), problem) { Polyline = way.Polyline };
    }
}
