using System.Text.Json.Nodes;
using Mail.Core.Reservations.Routes;
using Mail.Tests.Support;
using Microsoft.AspNetCore.Http;
using static Mail.Tests.Core.Reservations.Routes.RouteScene;

namespace Mail.Tests.Core.Reservations.Routes;

/// <summary>CAR-9: routes by OSRM's HTTP API, and without it when it is late, broken or lying.</summary>
public sealed class OsrmClientTests
{
    private static readonly RouteQuestion _three = new(Lyon, Grenoble, [Stop(1, Voiron), Stop(2, Perrache), Stop(3, Bourgoin)]);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Several_stops_are_a_trip_whose_order_OSRM_finds_and_each_stop_takes_its_minutes()
    {
        await using FakeOsrm osrm = await FakeOsrm.StartAsync();

        PlannedWay plan = await Planner(osrm.Url).PlanAsync(_three, Ct);

        Assert.Equal((RouteSource.Osrm, null), (plan.Source, plan.Problem));
        Assert.Equal([Id(2), Id(3), Id(1)], plan.Order());
        double[] legs = [.. ((GeoPoint[])[Lyon, Perrache, Bourgoin, Voiron, Grenoble]).Zip([Perrache, Bourgoin, Voiron, Grenoble], (a, b) => Math.Round(a.MetresTo(b) / 20, 1))];
        TimeSpan twoMinutes = TimeSpan.FromMinutes(2);
        Assert.Equal(TimeSpan.FromSeconds(Math.Round(legs[0])), plan.Stops[0].After);
        Assert.Equal(TimeSpan.FromSeconds(Math.Round(legs[0] + legs[1])) + twoMinutes, plan.Stops[1].After);
        Assert.Equal(TimeSpan.FromSeconds(Math.Round(legs.Sum())) + 3 * twoMinutes, plan.Duration);
        Assert.All(plan.Stops, stop => Assert.Equal(plan.Duration, stop.After + stop.BeforeArrival));
        Assert.Equal("/trip/v1/driving/4.8597,45.7606;5.7145,45.1915".Split(';')[0], osrm.Asked.Single().Split(';')[0]);
        Assert.EndsWith("5.7145,45.1915?source=first&destination=last&roundtrip=false&overview=simplified&geometries=polyline&steps=false", osrm.Asked.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_stop_or_none_is_a_route()
    {
        await using FakeOsrm osrm = await FakeOsrm.StartAsync();
        RoutePlanner planner = Planner(osrm.Url);

        Assert.Equal([Id(3)], (await planner.PlanAsync(new(Lyon, Grenoble, [Stop(3, Bourgoin)]), Ct)).Order());
        Assert.Empty((await planner.PlanAsync(new(Lyon, Grenoble, []), Ct)).Stops);

        Assert.All(osrm.Asked, asked => Assert.StartsWith("/route/v1/driving/4.8597,45.7606;", asked, StringComparison.Ordinal));
        Assert.Equal(2, osrm.Asked.Count);
    }

    [Fact]
    public async Task Whoever_gets_in_at_the_same_place_is_one_stop_and_at_the_start_none()
    {
        await using FakeOsrm osrm = await FakeOsrm.StartAsync();

        PlannedWay plan = await Planner(osrm.Url).PlanAsync(new(Lyon, Grenoble, [Stop(1, Bourgoin), Stop(2, Lyon), Stop(3, new(Bourgoin.Latitude + 0.000001, Bourgoin.Longitude))]), Ct);

        Assert.Equal([Id(2), Id(1), Id(3)], plan.Order());
        Assert.Equal(TimeSpan.Zero, plan.Stops[0].After);
        Assert.Equal(plan.Stops[1].After, plan.Stops[2].After);
        Assert.StartsWith("/route/", osrm.Asked.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_is_used_again_for_the_same_places_in_any_order_until_it_is_old()
    {
        await using FakeOsrm osrm = await FakeOsrm.StartAsync();
        ManualClock clock = new(DateTimeOffset.UnixEpoch);
        RoutePlanner planner = Planner(osrm.Url, clock, options => options.KeptAnswers = 2);

        PlannedWay first = await planner.PlanAsync(_three, Ct), second = await planner.PlanAsync(_three with { Stops = [.. _three.Stops.Reverse()] }, Ct);
        Assert.Equal(first.Stops, second.Stops);
        Assert.Single(osrm.Asked);

        clock.Advance(TimeSpan.FromHours(24));
        await planner.PlanAsync(_three, Ct);
        Assert.Equal(2, osrm.Asked.Count);

        foreach (GeoPoint place in (GeoPoint[])[Perrache, Bourgoin]) await planner.PlanAsync(new(Lyon, Grenoble, [Stop(1, place)]), Ct);
        await planner.PlanAsync(_three, Ct); // two are kept: this one was the first to go
        Assert.Equal(5, osrm.Asked.Count);
    }

    [Theory]
    [InlineData("NoRoute", OsrmProblemKind.NoWay), InlineData("NoTrips", OsrmProblemKind.NoWay), InlineData("NoSegment", OsrmProblemKind.NoRoad), InlineData("TooBig", OsrmProblemKind.TooBig)]
    [InlineData("InvalidQuery", OsrmProblemKind.Refused), InlineData("NotImplemented", OsrmProblemKind.Refused), InlineData("Hm", OsrmProblemKind.Nonsense)]
    public async Task A_code_of_refusal_leads_to_great_circles_and_is_asked_about_again_a_minute_later(string code, OsrmProblemKind kind)
    {
        await using FakeOsrm osrm = await FakeOsrm.StartAsync();
        osrm.Answer = (http, _) =>
        {
            http.Response.StatusCode = 400;
            return http.Response.WriteAsync($$"""{"code":"{{code}}","message":"no"}""");
        };
        ManualClock clock = new(DateTimeOffset.UnixEpoch);
        RoutePlanner planner = Planner(osrm.Url, clock);

        PlannedWay plan = await planner.PlanAsync(_three, Ct);
        await planner.PlanAsync(_three, Ct);
        Assert.Single(osrm.Asked); // the same answer would come again
        clock.Advance(TimeSpan.FromMinutes(1));
        await planner.PlanAsync(_three, Ct);

        Assert.Equal((RouteSource.GreatCircle, kind, false), (plan.Source, plan.Problem!.Kind, plan.IsProvisional));
        Assert.Equal([Id(2), Id(3), Id(1)], plan.Order());
        Assert.Equal(2, osrm.Asked.Count);
    }

    [Theory, InlineData(429, OsrmProblemKind.Busy), InlineData(503, OsrmProblemKind.Busy), InlineData(500, OsrmProblemKind.Broken)]
    public async Task A_server_that_is_busy_or_broken_is_left_alone_as_long_as_it_says(int status, OsrmProblemKind kind)
    {
        await using FakeOsrm osrm = await FakeOsrm.StartAsync();
        osrm.Answer = (http, _) =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.RetryAfter = "60";
            return Task.CompletedTask;
        };
        ManualClock clock = new(DateTimeOffset.UnixEpoch);
        RoutePlanner planner = Planner(osrm.Url, clock);

        PlannedWay plan = await planner.PlanAsync(_three, Ct);
        Assert.Equal((RouteSource.GreatCircle, kind, true), (plan.Source, plan.Problem!.Kind, plan.IsProvisional));
        Assert.True((await planner.PlanAsync(_three, Ct)).IsProvisional);
        Assert.Single(osrm.Asked);

        osrm.Answer = null;
        clock.Advance(TimeSpan.FromSeconds(kind is OsrmProblemKind.Busy ? 60 : 10));
        Assert.Equal(RouteSource.Osrm, (await planner.PlanAsync(_three, Ct)).Source);
    }

    [Fact]
    public async Task A_late_answer_and_a_server_that_is_not_there_lead_to_great_circles()
    {
        await using FakeOsrm osrm = await FakeOsrm.StartAsync();
        osrm.Answer = async (http, answer) =>
        {
            await http.Response.WriteAsync("{\"code\":", Ct);
            await http.Response.Body.FlushAsync(Ct);
            await Task.Delay(TimeSpan.FromSeconds(30), http.RequestAborted);
        };

        PlannedWay late = await Planner(osrm.Url, set: options => options.Timeout = TimeSpan.FromMilliseconds(300)).PlanAsync(_three, Ct);
        PlannedWay away = await Planner(new Uri("http://127.0.0.1:1")).PlanAsync(_three, Ct);

        Assert.Equal((OsrmProblemKind.Late, true), (late.Problem!.Kind, late.IsProvisional));
        Assert.Equal((OsrmProblemKind.Unreachable, true), (away.Problem!.Kind, away.IsProvisional));
    }

    public static TheoryData<string> Lies => ["text", "cut", "array", "endless", "nan", "infinite", "negative", "huge", "string", "fast", "no legs", "fewer legs", "fewer waypoints", "more waypoints", "twice", "beyond", "fraction", "last first", "two trips", "no trip", "far"];

    [Theory, MemberData(nameof(Lies))]
    public async Task What_cannot_be_true_is_not_believed(string lie)
    {
        await using FakeOsrm osrm = await FakeOsrm.StartAsync();
        osrm.Answer = (http, answer) => http.Response.WriteAsync(Spoilt(answer, lie), http.RequestAborted);

        PlannedWay plan = await Planner(osrm.Url).PlanAsync(_three, Ct);

        Assert.Equal(RouteSource.GreatCircle, plan.Source);
        Assert.Equal(lie switch { "far" => OsrmProblemKind.NoRoad, "two trips" => OsrmProblemKind.NoWay, _ => OsrmProblemKind.Nonsense }, plan.Problem!.Kind);
        Assert.Equal([Id(2), Id(3), Id(1)], plan.Order());
        Assert.DoesNotContain("4.8", plan.Problem.Detail, StringComparison.Ordinal); // no place in what is logged
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_another_server_is_told_from_OSRM()
    {
        await using FakeOsrm osrm = await FakeOsrm.StartAsync();
        osrm.Answer = (http, _) =>
        {
            http.Response.Redirect("http://127.0.0.1:1/");
            return Task.CompletedTask;
        };

        Assert.Equal(OsrmProblemKind.Refused, (await Planner(osrm.Url).PlanAsync(_three, Ct)).Problem!.Kind);

        osrm.Answer = (http, _) =>
        {
            http.Response.StatusCode = 404;
            return Task.CompletedTask;
        };
        Assert.Equal(OsrmProblemKind.Refused, (await Planner(osrm.Url).PlanAsync(_three, Ct)).Problem!.Kind);
    }

    [Fact]
    public async Task More_points_than_it_takes_are_not_asked_about()
    {
        await using FakeOsrm osrm = await FakeOsrm.StartAsync();

        PlannedWay plan = await Planner(osrm.Url, set: options => options.MaxPoints = 4).PlanAsync(_three, Ct);

        Assert.Equal(OsrmProblemKind.TooBig, plan.Problem!.Kind);
        Assert.Empty(osrm.Asked);
    }

    private static string Spoilt(JsonObject answer, string lie)
    {
        JsonObject trip = answer["trips"]![0]!.AsObject(), leg = trip["legs"]![1]!.AsObject(), waypoint = answer["waypoints"]![1]!.AsObject();
        JsonArray legs = trip["legs"]!.AsArray(), waypoints = answer["waypoints"]!.AsArray();
        switch (lie)
        {
            case "text": return "<html>welcome</html>";
            case "cut": return answer.ToJsonString()[..^20];
            case "array": return "[1]";
            case "endless": return new string(' ', 2 * 1024 * 1024) + answer.ToJsonString();
            case "nan": return answer.ToJsonString().Replace("\"duration\":", "\"duration\":NaN,\"was\":", StringComparison.Ordinal);
            case "infinite": return answer.ToJsonString().Replace("\"duration\":", "\"duration\":1e999,\"was\":", StringComparison.Ordinal);
            case "negative": leg["duration"] = -1; break;
            case "huge": leg["duration"] = 1e12; break;
            case "string": leg["duration"] = "12"; break;
            case "fast": leg["duration"] = 1; break;
            case "no legs": trip.Remove("legs"); break;
            case "fewer legs": legs.RemoveAt(0); break;
            case "fewer waypoints": waypoints.RemoveAt(1); break;
            case "more waypoints": waypoints.Add(waypoint.DeepClone()); break;
            case "twice": waypoint["waypoint_index"] = waypoints[2]!["waypoint_index"]!.GetValue<int>(); break;
            case "beyond": waypoint["waypoint_index"] = 5; break;
            case "fraction": waypoint["waypoint_index"] = 1.5; break;
            case "last first": (waypoints[0]!["waypoint_index"], waypoints[4]!["waypoint_index"]) = (4, 0); break;
            case "two trips": answer["trips"]!.AsArray().Add(trip.DeepClone()); break;
            case "no trip": answer["trips"]!.AsArray().Clear(); break;
            case "far": waypoint["distance"] = 20_000; break;
            default: throw new ArgumentOutOfRangeException(nameof(lie), lie, null);
        }

        return answer.ToJsonString();
    }
}
