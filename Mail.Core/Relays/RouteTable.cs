using Mail.Core.Messages;
using Mail.Core.Relays.Limits;

namespace Mail.Core.Relays;

/// <summary>A relay, whether it is in use just now, and what it may carry.</summary>
/// <param name="WaitsAs">The name under which deliveries wait that could use it: the same for all relays of a table, because any of them may take them.</param>
public sealed record RelayRoute(IRelay Relay, RelayBreaker Breaker, RelayRouting Routing, string WaitsAs)
{
    /// <summary>Where a message asks for room; null for a relay that nothing can limit.</summary>
    public RelayGate? Gate { get; init; }
}

/// <summary>The relays that one project's messages may go through, as they were read at one time.</summary>
/// <param name="name">Under which its deliveries wait while none of its relays can be used.</param>
/// <param name="requiredRegion">Where the project wants its mail processed; null for anywhere.</param>
/// <param name="routes">At least one.</param>
public sealed class RouteTable(string name, string? requiredRegion, IReadOnlyList<RelayRoute> routes)
{
    /// <summary>A table of one relay that carries everything.</summary>
    public static RouteTable Of(IRelay relay, RelayOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(relay);
        return new RouteTable(relay.Name, null, [new RelayRoute(relay, new RelayBreaker(options, clock), RelayRouting.Any, relay.Name)]);
    }

    /// <summary>The default relay's.</summary>
    internal static RouteTable Of(IRelay relay, RelayOptions options, TimeProvider clock, RelayGate gate) =>
        new(relay.Name, null, [new RelayRoute(relay, new RelayBreaker(options, clock), RelayRouting.Any, relay.Name) { Gate = gate }]);

    public string Name => name;

    public IReadOnlyList<RelayRoute> Routes => routes;

    /// <summary>
    /// The relays that may carry a message, in the order in which they are to be tried: by priority, and among equals by chance in proportion to
    /// their weight, so that equals share the load and each message tries them all. Whether they can be used just now is not looked at.
    /// </summary>
    public IReadOnlyList<RelayRoute> For(StoredMessage message, Random random)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(random);
        if (routes.Count == 1) return Objection(routes[0], message) is null ? routes : [];
        return [.. routes
            .Where(route => Objection(route, message) is null)
            .Select(route => (Route: route, Turn: Turn(route.Routing.Weight, random)))
            .OrderBy(one => one.Route.Routing.Priority).ThenBy(one => one.Turn)
            .Select(one => one.Route)];
    }

    /// <summary>For an alert: the same relays without the one in trouble, and after them those of another table. When none is left, this table: it waits here.</summary>
    internal RouteTable WithLastResort(RouteTable last, string? avoided)
    {
        List<RelayRoute> left = [.. routes.Where(route => route.Relay.Name != avoided)];
        if (last != this) left.AddRange(last.Routes.Where(route => route.Relay.Name != avoided).Select(route => route with { Routing = route.Routing with { Priority = int.MaxValue } }));
        return left.Count == 0 ? this : new RouteTable(name, requiredRegion, left);
    }

    /// <summary>Why no relay may carry the message, in words for its sender.</summary>
    public RelayFault NoRoute(StoredMessage message) => new(
        "No relay of this project may carry this message: " + string.Join("; ", routes.Select(route => $"'{route.Relay.Name}' {Objection(route, message)}")) + ".",
        IsPermanent: true);

    private string? Objection(RelayRoute route, StoredMessage message) =>
        message.Content.OnlyRelay is { } only && only != RelaySettings.Name && only != route.Relay.Name ? $"is not '{only}', for whose test it is" : route.Routing.Objection(message, requiredRegion);

    // The smallest of independent exponential variables with rates w is each one's with probability w / sum of w: one pass orders them all by weight.
    private static double Turn(int weight, Random random) => -Math.Log(1 - random.NextDouble()) / weight;
}
