namespace Mail.Core.Messaging;

/// <summary>A time as the clock on a wall shows it: 10:00 stays 10:00 when the clocks change.</summary>
/// <remarks>
/// As RFC 5545 §3.3.5 has it: a time that the clocks skip in spring is read with the offset before the gap (02:30 becomes 03:30); of a time that comes twice in autumn the first one counts.
/// </remarks>
public sealed record WallTime
{
    private static readonly TimeSpan _longestGap = TimeSpan.FromHours(25); // Samoa left out a whole day
    private static readonly TimeSpan _step = TimeSpan.FromMinutes(15);     // no clock was ever changed at another point of the hour

    /// <param name="local">The date and the time on the wall; its kind does not count.</param>
    /// <param name="zone">By its IANA name, as this machine has it.</param>
    /// <exception cref="ArgumentException">The zone has no IANA name: another machine might not know it.</exception>
    public WallTime(DateTime local, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        if (!zone.HasIanaId) throw new ArgumentException($"'{zone.Id}' is not a zone's IANA name, such as Europe/Paris.", nameof(zone));
        (Local, Zone) = (DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone);
    }

    public DateTime Local { get; }

    public TimeZoneInfo Zone { get; }

    /// <summary>The moment, by the rules of the zone that this machine knows now.</summary>
    public DateTimeOffset At
    {
        get
        {
            if (Zone.IsAmbiguousTime(Local)) return new DateTimeOffset(Local, Zone.GetAmbiguousTimeOffsets(Local).Max());
            DateTime before = Local;
            while (Zone.IsInvalidTime(before) && Local - before < _longestGap) before -= _step;
            return new DateTimeOffset(Local, Zone.GetUtcOffset(before)).ToUniversalTime();
        }
    }

    /// <returns>Null when this machine knows no such zone.</returns>
    internal static WallTime? Of(DateTime local, string zone) => TimeZoneInfo.TryFindSystemTimeZoneById(zone, out TimeZoneInfo? found) && found.HasIanaId ? new WallTime(local, found) : null;
}
