using Mail.Core.Reservations.Routes;
using static Mail.Tests.Core.Reservations.Routes.RouteScene;

namespace Mail.Tests.Core.Reservations.Routes;

/// <summary>CAR-9, without OSRM: order and times along great circles.</summary>
public sealed class GreatCircleTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(48.8566, 2.3522, 45.7640, 4.8357, 392_000)] // Paris, Lyon
    [InlineData(0, 179.9, 0, -179.9, 22_239)] // across the date line
    [InlineData(0, 0, 0, 180, 20_015_115)] // antipodes
    [InlineData(90, 0, 90, 123, 0)] // a pole has one place
    public void Distances_are_those_of_a_globe(double latitude, double longitude, double toLatitude, double toLongitude, double metres) =>
        Assert.Equal(metres, new GeoPoint(latitude, longitude).MetresTo(new GeoPoint(toLatitude, toLongitude)), Math.Max(1, metres * 0.002));

    [Theory]
    [InlineData(90.01, 0, "from.latitude"), InlineData(-91, 0, "from.latitude"), InlineData(double.NaN, 0, "from.latitude"), InlineData(double.PositiveInfinity, 0, "from.latitude")]
    [InlineData(0, 180.5, "from.longitude"), InlineData(0, double.NaN, "from.longitude")]
    public void What_is_off_the_globe_is_refused_by_the_name_of_its_field(double latitude, double longitude, string field) =>
        Assert.Contains($"`{field}`", GeoPoint.Read(latitude, longitude, "from").Failure!.Detail, StringComparison.Ordinal);

    [Fact]
    public async Task Stops_come_in_the_order_of_the_way_whatever_order_they_were_asked_in()
    {
        RouteStop[] stops = [Stop(1, Voiron), Stop(2, Perrache), Stop(3, Bourgoin)];

        PlannedWay plan = await Planner().PlanAsync(new(Lyon, Grenoble, stops), Ct), again = await Planner().PlanAsync(new(Lyon, Grenoble, [stops[2], stops[0], stops[1]]), Ct);

        Assert.Equal((RouteSource.GreatCircle, null), (plan.Source, plan.Problem));
        Assert.Equal([Id(2), Id(3), Id(1)], plan.Order());
        Assert.Equal(plan.Stops, again.Stops);
    }

    [Fact]
    public async Task Times_follow_speed_road_factor_and_minutes_for_each_stop()
    {
        PlannedWay plan = await Planner(routes: options => (options.Speed, options.RoadFactor, options.PerStop) = (90, 1.5, TimeSpan.FromMinutes(3))).PlanAsync(new(Lyon, Grenoble, [Stop(1, Bourgoin)]), Ct);

        double first = Lyon.MetresTo(Bourgoin) * 1.5 / 25, second = Bourgoin.MetresTo(Grenoble) * 1.5 / 25;
        Assert.Equal(TimeSpan.FromSeconds(Math.Round(first)), plan.Stops.Single().After);
        Assert.Equal(TimeSpan.FromSeconds(Math.Round(first + second)) + TimeSpan.FromMinutes(3), plan.Duration);
    }

    /// <summary>Against every order there is: random places within some 50 km.</summary>
    [Fact]
    public async Task The_way_is_never_much_longer_than_the_shortest_one_and_calls_at_each_stop_once()
    {
        Random random = new(20261121);
        RoutePlanner planner = Planner();
        for (int round = 0; round < 200; round++)
        {
            GeoPoint[] places = [.. Enumerable.Range(0, 7).Select(_ => new GeoPoint(45 + random.NextDouble() / 2, 5 + random.NextDouble() / 2))];

            PlannedWay plan = await planner.PlanAsync(new(places[0], places[6], [.. Enumerable.Range(1, 5).Select(i => Stop(i, places[i]))]), Ct);

            Assert.Equal([1, 2, 3, 4, 5], plan.Order().Select(id => Array.FindIndex(places, place => Id(Array.IndexOf(places, place)) == id)).Order());
            double shortest = Orders([1, 2, 3, 4, 5]).Min(order => ((int[])[0, .. order, 6]).Zip([.. order, 6], (a, b) => places[a].MetresTo(places[b])).Sum()) * 1.3;
            Assert.InRange(plan.Metres, shortest * 0.999, shortest * 1.5);
        }
    }

    [Fact]
    public async Task A_hundred_stops_have_a_way() // the most that a bus has
    {
        Random random = new(1);

        PlannedWay plan = await Planner().PlanAsync(new(Lyon, Grenoble, [.. Enumerable.Range(1, 100).Select(i => Stop(i, new(45 + random.NextDouble(), 5 + random.NextDouble())))]), Ct);

        Assert.Equal(100, plan.Order().Distinct().Count());
        Assert.Equal(plan.Stops.OrderBy(stop => stop.After), plan.Stops);
    }

    private static IEnumerable<int[]> Orders(int[] items) =>
        items.Length == 0 ? [[]] : items.SelectMany(first => Orders([.. items.Where(item => item != first)]), (first, rest) => (int[])[first, .. rest]);
}
