namespace Mail.Protocol.Calendar;

/// <summary>A change of the clocks.</summary>
/// <param name="Utc">When.</param>
/// <param name="Before">The offset from UTC before.</param>
/// <param name="After">The offset from UTC from then on.</param>
internal readonly record struct ZoneChange(DateTime Utc, TimeSpan Before, TimeSpan After)
{
    // No two changes lie nearer than this: the shortest pauses of summer time, in Ramadan, last a month.
    private static readonly TimeSpan _step = TimeSpan.FromDays(7);

    /// <summary>What the clocks showed when it came: by the offset before (RFC 5545 §3.6.5).</summary>
    public DateTime Local => Utc + Before;

    /// <summary>All changes from one moment to before another, in UTC. .NET's own rules differ between systems, so the zone is asked for its offset instead.</summary>
    public static List<ZoneChange> Find(TimeZoneInfo zone, DateTime from, DateTime to)
    {
        List<ZoneChange> changes = [];
        if (!zone.SupportsDaylightSavingTime && zone.GetUtcOffset(from) == zone.GetUtcOffset(to)) return changes;
        TimeSpan before = zone.GetUtcOffset(from);
        for (DateTime at = from; at < to;)
        {
            DateTime next = to - at > _step ? at + _step : to;
            TimeSpan after = zone.GetUtcOffset(next);
            if (after != before) changes.Add(new ZoneChange(Locate(zone, at, next, before), before, after));
            (at, before) = (next, after);
        }
        return changes;
    }

    // The first second that no longer has the offset before.
    private static DateTime Locate(TimeZoneInfo zone, DateTime from, DateTime to, TimeSpan before)
    {
        long low = from.Ticks / TimeSpan.TicksPerSecond, high = to.Ticks / TimeSpan.TicksPerSecond;
        while (high - low > 1)
        {
            long middle = low + ((high - low) / 2);
            if (zone.GetUtcOffset(new DateTime(middle * TimeSpan.TicksPerSecond, DateTimeKind.Utc)) == before) low = middle;
            else high = middle;
        }
        return new DateTime(high * TimeSpan.TicksPerSecond, DateTimeKind.Utc);
    }
}
