using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mail.Core.Reservations.Routes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mail.Tests.Core.Reservations.Routes;

/// <summary>
/// An OSRM server of straight roads on a free loopback port: 72 km/h, the shortest order of up to seven points. It takes only what the documented HTTP API takes (services `route` and
/// `trip`, version 1), and remembers what else it was asked.
/// </summary>
internal sealed partial class FakeOsrm : IAsyncDisposable
{
    private const double MetresPerSecond = 20;

    private static readonly Dictionary<string, string[]> _shared = new() { ["overview"] = ["simplified", "full", "false"], ["steps"] = ["true", "false"], ["geometries"] = ["polyline", "polyline6", "geojson"], ["annotations"] = ["true", "false"] };
    private static readonly Dictionary<string, string[]> _route = new(_shared) { ["alternatives"] = ["true", "false"], ["continue_straight"] = ["default", "true", "false"] };
    private static readonly Dictionary<string, string[]> _trip = new(_shared) { ["source"] = ["any", "first"], ["destination"] = ["any", "last"], ["roundtrip"] = ["true", "false"] };

    private readonly WebApplication _app;

    private FakeOsrm(WebApplication app) => _app = app;

    /// <summary>Path and query of each request.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Requests that are not as documented, and why.</summary>
    public ConcurrentQueue<string> Wrong { get; } = new();

    /// <summary>Instead of the true answer; gets it to spoil it.</summary>
    public Func<HttpContext, JsonObject, Task>? Answer { get; set; }

    public Uri Url => new(_app.Urls.Single());

    public static async Task<FakeOsrm> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        FakeOsrm osrm = new(app);
        app.Run(osrm.TakeAsync);
        await app.StartAsync();
        return osrm;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Assert.Empty(Wrong); // whatever a test asks, it asks as documented
    }

    private async Task TakeAsync(HttpContext http)
    {
        string asked = http.Request.Path + http.Request.QueryString;
        Asked.Enqueue(asked);
        (JsonObject answer, string? wrong) = Examine(http.Request);
        if (wrong is not null)
        {
            Wrong.Enqueue($"{asked}: {wrong}");
            http.Response.StatusCode = 400;
        }

        if (Answer is not null) await Answer(http, answer);
        else await http.Response.WriteAsync(answer.ToJsonString());
    }

    private static (JsonObject, string? Wrong) Examine(HttpRequest request)
    {
        if (request.Method != "GET" || request.ContentLength > 0) return (Error("InvalidUrl"), "GET without a body");
        if (Form().Match(request.Path) is not { Success: true } match) return (Error("InvalidUrl"), "not /{service}/v1/{profile}/{coordinates}");
        bool isTrip = match.Groups["service"].Value == "trip";
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in request.Query)
            if (values.Count != 1 || !(isTrip ? _trip : _route).TryGetValue(name, out string[]? known) || !known.Contains(values[0])) return (Error("InvalidOptions"), $"{name}={values}");
        List<GeoPoint> points = [];
        foreach (string pair in match.Groups["coordinates"].Value.Split(';'))
        {
            double[] numbers = [.. pair.Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
            if (!GeoPoint.Read(numbers[1], numbers[0], "x").IsSuccess) return (Error("InvalidValue"), "off the globe");
            points.Add(new GeoPoint(numbers[1], numbers[0]));
        }

        if (!isTrip) return (Way("routes", points, [.. Enumerable.Range(0, points.Count)], isTrip), null);
        if (request.Query["source"] != "first" || request.Query["destination"] != "last" || request.Query["roundtrip"] != "false") return (Error("NotImplemented"), "a round trip, or another one than from the first to the last point");
        int[] between = [.. Enumerable.Range(1, points.Count - 2)];
        int[] best = points.Count > 9 ? between : Orders(between).MinBy(order => Length(points, [0, .. order, points.Count - 1]))!;
        return (Way("trips", points, [0, .. best, points.Count - 1], isTrip), null);
    }

    private static JsonObject Error(string code) => new() { ["code"] = code, ["message"] = "no" };

    private static JsonObject Way(string name, List<GeoPoint> points, int[] order, bool isTrip)
    {
        JsonArray legs = [.. order.Zip(order.Skip(1), (a, b) => (JsonNode)Leg(points[a].MetresTo(points[b])))];
        JsonArray waypoints = [.. points.Select((point, i) =>
        {
            JsonObject waypoint = new() { ["name"] = "", ["hint"] = "aGludA", ["distance"] = 3.5, ["location"] = new JsonArray(point.Longitude, point.Latitude) };
            if (isTrip) (waypoint["waypoint_index"], waypoint["trips_index"]) = (Array.IndexOf(order, i), 0);
            return (JsonNode)waypoint;
        })];
        JsonObject way = Leg(Length(points, order));
        (way["legs"], way["weight_name"]) = (legs, "routability");
        return new JsonObject { ["code"] = "Ok", [name] = new JsonArray(way), ["waypoints"] = waypoints };
    }

    private static JsonObject Leg(double metres) => new() { ["distance"] = Math.Round(metres, 1), ["duration"] = Math.Round(metres / MetresPerSecond, 1), ["weight"] = 1.0, ["summary"] = "", ["steps"] = new JsonArray() };

    private static double Length(List<GeoPoint> points, int[] order) => order.Zip(order.Skip(1), (a, b) => points[a].MetresTo(points[b])).Sum();

    private static IEnumerable<int[]> Orders(int[] items) =>
        items.Length == 0 ? [[]] : items.SelectMany(first => Orders([.. items.Where(item => item != first)]), (first, rest) => (int[])[first, .. rest]);

    [GeneratedRegex(@"^/(?<service>route|trip)/v1/driving/(?<coordinates>-?\d{1,3}(\.\d{1,6})?,-?\d{1,2}(\.\d{1,6})?(;-?\d{1,3}(\.\d{1,6})?,-?\d{1,2}(\.\d{1,6})?)+)$")]
    private static partial Regex Form();
}
