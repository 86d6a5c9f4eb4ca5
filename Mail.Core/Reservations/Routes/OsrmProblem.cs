namespace Mail.Core.Reservations.Routes;

/// <summary>Why OSRM gave no way.</summary>
/// <param name="Kind">Which sort.</param>
/// <param name="Detail">For the operator. No coordinates, and no word of the server's but its code.</param>
public sealed record OsrmProblem(OsrmProblemKind Kind, string Detail)
{
    /// <summary>Whether the same question may be answered a little later.</summary>
    public bool IsTemporary => Kind is OsrmProblemKind.Unreachable or OsrmProblemKind.Late or OsrmProblemKind.Busy or OsrmProblemKind.Broken;

    /// <summary>When it wants to be asked again; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

public enum OsrmProblemKind
{
    /// <summary>No connection, or one that broke.</summary>
    Unreachable,

    /// <summary>No whole answer in time.</summary>
    Late,

    /// <summary>429, or 503: it has too much to do.</summary>
    Busy,

    /// <summary>5xx.</summary>
    Broken,

    /// <summary>There is no way between the points (NoRoute, NoTrips).</summary>
    NoWay,

    /// <summary>A point is on no road (NoSegment), or too far from one.</summary>
    NoRoad,

    /// <summary>More points than it takes (TooBig), or than we ask about.</summary>
    TooBig,

    /// <summary>It does not understand us: another profile or version, or no OSRM at all.</summary>
    Refused,

    /// <summary>An answer that cannot be true: other counts, numbers that are none, an order that is none.</summary>
    Nonsense,
}
