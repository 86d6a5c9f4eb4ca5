namespace Mail.Core.Reservations.Routes;

/// <summary>A way from one point to another by those between.</summary>
/// <param name="Order">Indexes into the points between, in the order of the way.</param>
/// <param name="Legs">One more than points between.</param>
/// <param name="Polyline">The line on a map, encoded with precision 5; null when nobody knows it.</param>
internal sealed record Way(IReadOnlyList<int> Order, IReadOnlyList<(double Seconds, double Metres)> Legs, string? Polyline = null);
