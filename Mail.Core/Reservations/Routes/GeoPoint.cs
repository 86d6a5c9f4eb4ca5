using System.Globalization;
using Mail.Core.Common;

namespace Mail.Core.Reservations.Routes;

/// <summary>A place on the globe, in degrees (WGS 84).</summary>
public readonly record struct GeoPoint(double Latitude, double Longitude)
{
    private const double EarthRadius = 6_371_008.8; // metres, the mean one

    /// <param name="path">The field that holds both, such as `from`.</param>
    /// <returns>The place, or a failure that names the field.</returns>
    public static Result<GeoPoint> Read(double latitude, double longitude, string path)
    {
        if (!(latitude is >= -90 and <= 90)) return Failure.Field($"{path}.latitude", "must be from -90 to 90 degrees."); // NaN too
        if (!(longitude is >= -180 and <= 180)) return Failure.Field($"{path}.longitude", "must be from -180 to 180 degrees.");
        return new GeoPoint(latitude, longitude);
    }

    /// <summary>Along the great circle, by the haversine formula.</summary>
    /// <returns>Metres.</returns>
    public double MetresTo(GeoPoint other)
    {
        double latitudes = double.DegreesToRadians(other.Latitude - Latitude) / 2, longitudes = double.DegreesToRadians(other.Longitude - Longitude) / 2;
        double chord = Math.Pow(Math.Sin(latitudes), 2)
            + Math.Cos(double.DegreesToRadians(Latitude)) * Math.Cos(double.DegreesToRadians(other.Latitude)) * Math.Pow(Math.Sin(longitudes), 2);
        return 2 * EarthRadius * Math.Asin(Math.Min(1, Math.Sqrt(chord))); // by rounding it may be a little over 1 between antipodes
    }

    /// <summary>To a metre: what is nearer is the same place, for a route and for a cache.</summary>
    internal GeoPoint Rounded() => new(Math.Round(Latitude, 5) + 0.0, Math.Round(Longitude, 5) + 0.0); // + 0.0: there is no -0

    /// <summary>As OSRM takes it: the longitude first.</summary>
    internal string ToOsrm() => string.Create(CultureInfo.InvariantCulture, $"{Longitude:0.#####},{Latitude:0.#####}");

    /// <summary>Where somebody is picked up is no business of a log.</summary>
    public override string ToString() => "place";
}
