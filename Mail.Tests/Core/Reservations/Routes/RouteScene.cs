using Mail.Core.Reservations.Routes;
using Mail.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Mail.Tests.Core.Reservations.Routes;

/// <summary>Places around Lyon, and planners.</summary>
internal static class RouteScene
{
    public static readonly GeoPoint Lyon = new(45.7606, 4.8597), Perrache = new(45.7485, 4.8259), Bourgoin = new(45.5860, 5.2740), Voiron = new(45.3640, 5.5920), Grenoble = new(45.1915, 5.7145);

    public static RouteStop Stop(int number, GeoPoint place) => new(Id(number), place);

    public static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    public static RoutePlanner Planner(Uri? osrm = null, ManualClock? clock = null, Action<OsrmOptions>? set = null, Action<RouteOptions>? routes = null)
    {
        OsrmOptions options = new() { BaseUrl = osrm };
        set?.Invoke(options);
        RouteOptions routeOptions = new();
        routes?.Invoke(routeOptions);
        clock ??= new ManualClock(DateTimeOffset.UnixEpoch);
        return new RoutePlanner(new OsrmClient(Options.Create(options), clock), Options.Create(options), Options.Create(routeOptions), clock, NullLogger<RoutePlanner>.Instance);
    }

    public static Guid[] Order(this PlannedWay plan) => [.. plan.Stops.Select(stop => stop.Id)];
}
