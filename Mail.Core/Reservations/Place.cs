namespace Mail.Core.Reservations;

/// <summary>A point on the map that people have a name for.</summary>
/// <param name="Label">As people say it: `Lyon Part-Dieu`.</param>
/// <param name="Latitude">Degrees north, -90 to 90.</param>
/// <param name="Longitude">Degrees east, -180 to 180.</param>
public sealed record Place(string Label, double Latitude, double Longitude);

/// <summary>Somebody who drives or rides along.</summary>
/// <param name="Name">As the others know them.</param>
/// <param name="Email">In its normal form (<see cref="Suppressions.NormalAddress"/>).</param>
/// <param name="Phone">Shown to the other side of a trip once it is agreed.</param>
/// <param name="Locale">BCP 47; null for what the project knows of the address, else its own language.</param>
public sealed record Traveller(string Name, string Email, string? Phone = null, string? Locale = null)
{
    /// <summary>Not in a log or a trace.</summary>
    public override string ToString() => "a traveller";
}
