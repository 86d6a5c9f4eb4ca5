using System.Diagnostics.Metrics;
using Mail.Core.Common;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mail.Core.Reservations.Routes;

/// <summary>Plans the way of a car that calls at some places: by OSRM where it is configured and answers, else along great circles. It always has an answer. No transaction may be open meanwhile.</summary>
public sealed partial class RoutePlanner(OsrmClient osrm, IOptions<OsrmOptions> osrmOptions, IOptions<RouteOptions> options, TimeProvider clock, ILogger<RoutePlanner> logger)
{
    private static readonly Counter<long> _planned = MailTelemetry.Meter.CreateCounter<long>("mail.routes.planned", "{route}", "Routes that were planned, by source (osrm, cache, great_circle).");

    private readonly RouteCache _known = new(osrmOptions.Value.KeptAnswers, osrmOptions.Value.KeepAnswers, clock);

    /// <summary>OSRM if it has to be asked; no transaction may be open.</summary>
    public async Task<PlannedWay> PlanAsync(RouteQuestion question, CancellationToken ct)
    {
        Points points = Points.Of(question);
        if (Known(points) is { } known) return known;
        (Way? way, OsrmProblem? problem) = await osrm.AskAsync(points.From, points.To, points.Between, ct);
        if (way is null)
        {
            LogNoAnswer(problem!.Kind, problem.Detail);
            if (!problem.IsTemporary) _known.Set(points.Key, new RouteCache.Answer(null, problem));
            return Reckoned(points, problem);
        }

        _known.Set(points.Key, new RouteCache.Answer(way, null));
        return points.With(Planned(way, "osrm"), RouteSource.Osrm, options.Value.PerStop, null);
    }

    /// <summary>At once, asking nobody.</summary>
    /// <param name="isFinal">False when OSRM has to be asked for the truth.</param>
    public PlannedWay Estimate(RouteQuestion question, out bool isFinal)
    {
        Points points = Points.Of(question);
        PlannedWay? known = Known(points);
        isFinal = known is not null;
        return known ?? Reckoned(points, null);
    }

    /// <returns>Null when OSRM is configured, and has not answered this lately.</returns>
    private PlannedWay? Known(Points points) =>
        !osrm.IsConfigured ? Reckoned(points, null)
        : !_known.TryGet(points.Key, out RouteCache.Answer? answer) ? null
        : answer.Way is { } way ? points.With(Planned(way, "cache"), RouteSource.Osrm, options.Value.PerStop, null)
        : Reckoned(points, answer.Problem);

    private PlannedWay Reckoned(Points points, OsrmProblem? problem) =>
        points.With(Planned(GreatCircle.Plan(points.From, points.To, points.Between, options.Value), "great_circle"), RouteSource.GreatCircle, options.Value.PerStop, problem);

    private static Way Planned(Way way, string source)
    {
        _planned.Add(1, new KeyValuePair<string, object?>("source", source));
        return way;
    }

    [LoggerMessage(EventName = "RouteWithoutOsrm", Level = LogLevel.Warning, Message = "A route is reckoned along great circles, because OSRM gave none ({Kind}): {Problem}")]
    private partial void LogNoAnswer(OsrmProblemKind kind, string problem);

    /// <summary>A question, in one order: equal questions have equal answers, here and in the cache. Who gets in at the same place makes one stop of it, and at the start none.</summary>
    private sealed record Points(GeoPoint From, GeoPoint To, GeoPoint[] Between, ILookup<GeoPoint, Guid> ByPlace)
    {
        public string Key { get; } = string.Join(';', ((GeoPoint[])[From, .. Between, To]).Select(point => point.ToOsrm()));

        public static Points Of(RouteQuestion question)
        {
            ArgumentNullException.ThrowIfNull(question);
            GeoPoint from = question.From.Rounded();
            ILookup<GeoPoint, Guid> byPlace = question.Stops.OrderBy(stop => stop.Id).ToLookup(stop => stop.Place.Rounded(), stop => stop.Id);
            return new Points(from, question.To.Rounded(), [.. byPlace.Select(place => place.Key).Where(place => place != from).OrderBy(place => place.Latitude).ThenBy(place => place.Longitude)], byPlace);
        }

        public PlannedWay With(Way way, RouteSource source, TimeSpan perStop, OsrmProblem? problem) =>
            PlannedWay.Of(source, way, ByPlace[From], [.. Between.Select(place => ByPlace[place])], perStop, problem);
    }
}
