using System.Text.Json;

namespace Mail.Core.Reservations.Routes;

/// <summary>Reads an answer of OSRM, and believes none that cannot be true.</summary>
internal static class OsrmAnswer
{
    private const double MostSeconds = 7 * 24 * 3600, MostMetres = 20_000_000, FastestMetresPerSecond = 400 / 3.6;

    private const int LongestPolyline = 64 * 1024;

    private const double SnapTolerance = 2000; // metres that both ends of a leg may be moved by, which the great circle between them does not know

    /// <param name="points">As they were asked about: the first one, those between, the last one.</param>
    public static (Way?, OsrmProblem?) Read(ReadOnlyMemory<byte> body, IReadOnlyList<GeoPoint> points, bool isTrip, double maxMetresToRoad)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement root = document.RootElement;
            return Code(root) switch
            {
                "Ok" => ReadWay(root, points, isTrip, maxMetresToRoad),
                "NoRoute" or "NoTrips" or "NoTrip" => No(OsrmProblemKind.NoWay, "it knows no way between the points"),
                "NoSegment" => No(OsrmProblemKind.NoRoad, "it knows no road near one of the points"),
                "TooBig" => No(OsrmProblemKind.TooBig, "it takes fewer points at once; set Osrm:MaxPoints to what its --max-trip-size says"),
                "InvalidUrl" or "InvalidService" or "InvalidVersion" or "InvalidOptions" or "InvalidQuery" or "InvalidValue" or "NotImplemented" =>
                    No(OsrmProblemKind.Refused, $"it answered {Code(root)}; is its version 5 or later, and Osrm:Profile right?"),
                _ => Nonsense("it has no code that OSRM has"),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or IndexOutOfRangeException)
        {
            return Nonsense("it is not the JSON that OSRM answers"); // cut off, or with other types than documented
        }
    }

    private static string? Code(JsonElement root) => root.GetProperty("code").GetString();

    private static (Way?, OsrmProblem?) ReadWay(JsonElement root, IReadOnlyList<GeoPoint> points, bool isTrip, double maxMetresToRoad)
    {
        JsonElement ways = root.GetProperty(isTrip ? "trips" : "routes"), waypoints = root.GetProperty("waypoints");
        if (isTrip ? ways.GetArrayLength() != 1 : ways.GetArrayLength() == 0) return isTrip && ways.GetArrayLength() > 1 ? No(OsrmProblemKind.NoWay, "its trip is in parts") : Nonsense("it has no way in it");
        JsonElement legs = ways[0].GetProperty("legs");
        if (waypoints.GetArrayLength() != points.Count || legs.GetArrayLength() != points.Count - 1) return Nonsense("it is about another number of points");

        int[] at = new int[points.Count]; // by its place on the way: which of the points
        Array.Fill(at, -1);
        for (int i = 0; i < points.Count; i++)
        {
            JsonElement waypoint = waypoints[i];
            if (waypoint.TryGetProperty("distance", out JsonElement distance) && !(distance.GetDouble() <= maxMetresToRoad)) return No(OsrmProblemKind.NoRoad, "the next road is too far from one of the points");
            int place = isTrip ? waypoint.GetProperty("waypoint_index").GetInt32() : i;
            if (place < 0 || place >= at.Length || at[place] >= 0) return Nonsense("its order is none");
            at[place] = i;
        }

        if (at[0] != 0 || at[^1] != points.Count - 1) return Nonsense("its way does not begin and end where it was asked to");
        (double Seconds, double Metres)[] read = new (double, double)[points.Count - 1];
        for (int i = 0; i < read.Length; i++)
        {
            double seconds = legs[i].GetProperty("duration").GetDouble(), metres = legs[i].GetProperty("distance").GetDouble();
            if (!(seconds is >= 0 and <= MostSeconds) || !(metres is >= 0 and <= MostMetres)) return Nonsense("a leg of it has no possible duration or distance"); // NaN too
            double straight = points[at[i]].MetresTo(points[at[i + 1]]) - 2 * Math.Min(maxMetresToRoad, SnapTolerance);
            if (straight > seconds * FastestMetresPerSecond) return Nonsense("a leg of it is faster than any car");
            read[i] = (seconds, metres);
        }

        return (new Way([.. at.Skip(1).SkipLast(1).Select(i => i - 1)], read, Polyline(ways[0])), null);
    }

    /// <summary>Nothing hangs on the line: without a possible one the way is good all the same.</summary>
    private static string? Polyline(JsonElement way) =>
        way.TryGetProperty("geometry", out JsonElement line) && line.ValueKind is JsonValueKind.String && line.GetString() is { Length: > 0 and <= LongestPolyline } text && text.All(c => c is >= '?' and <= '~') ? text : null;

    private static (Way?, OsrmProblem?) Nonsense(string why) => No(OsrmProblemKind.Nonsense, why);

    private static (Way?, OsrmProblem?) No(OsrmProblemKind kind, string why) => (null, new OsrmProblem(kind, why));
}
