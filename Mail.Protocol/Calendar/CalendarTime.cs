using System.Globalization;

namespace Mail.Protocol.Calendar;

/// <summary>When something begins or ends (RFC 5545 §3.3.4, §3.3.5): a moment, a time on the clocks of a place, or a day. To the second. Immutable.</summary>
public sealed class CalendarTime : IEquatable<CalendarTime>
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmss";

    private CalendarTime(DateTime value, TimeZoneInfo? zone, bool isDate)
    {
        Value = value;
        Zone = zone;
        IsDate = isDate;
    }

    /// <summary>The zone in which the time is meant, or <see langword="null"/> for a moment in UTC and for a day. A time in a zone moves with the zone's law, as a meeting does.</summary>
    public TimeZoneInfo? Zone { get; }

    /// <summary>Whether it is a day without a time.</summary>
    public bool IsDate { get; }

    /// <summary>The clock's time in <see cref="Zone"/>, or in UTC; midnight for a day.</summary>
    internal DateTime Value { get; }

    /// <summary>The moment in UTC; for a day its midnight in UTC, for comparing only.</summary>
    internal DateTime Utc => Zone is null ? Value : DateTime.SpecifyKind(Value - OffsetIn(Zone, Value), DateTimeKind.Utc);

    /// <summary>A moment, written in UTC: the same everywhere, shown in each reader's own zone.</summary>
    /// <param name="moment">The moment; fractions of a second are dropped.</param>
    public static CalendarTime At(DateTimeOffset moment) => new(WholeSeconds(moment.UtcDateTime), null, isDate: false);

    /// <summary>A time on the clocks of a place. Use it for what repeats, so that 9:00 stays 9:00 in summer.</summary>
    /// <param name="local">The clock's time; its <see cref="DateTime.Kind"/> does not matter. Of a time that comes twice, the first one is meant (RFC 5545 §3.3.5).</param>
    /// <param name="zone">The place; UTC gives a moment.</param>
    /// <exception cref="ArgumentException">Clocks of this place skip that time, or the zone's name cannot stand in a calendar.</exception>
    public static CalendarTime In(DateTime local, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        local = DateTime.SpecifyKind(WholeSeconds(local), DateTimeKind.Unspecified);
        if (zone.Equals(TimeZoneInfo.Utc)) return new CalendarTime(DateTime.SpecifyKind(local, DateTimeKind.Utc), null, isDate: false);
        if (CalendarZone.IdError(zone) is { } error) throw new ArgumentException(error, nameof(zone));
        if (zone.IsInvalidTime(local)) throw new ArgumentException($"The clocks of {zone.Id} skip {local.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}.", nameof(local));
        return new CalendarTime(local, zone, isDate: false);
    }

    /// <summary>A whole day. As an end it is the first day after (RFC 5545 §3.6.1): one day lasts from the 5th to the 6th.</summary>
    /// <param name="day">The day.</param>
    public static CalendarTime On(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), null, isDate: true);

    /// <inheritdoc/>
    public bool Equals(CalendarTime? other) => other is not null && Value == other.Value && IsDate == other.IsDate && Equals(Zone?.Id, other.Zone?.Id);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CalendarTime);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Value, IsDate, Zone?.Id);

    /// <summary>As in a calendar: <c>20260305</c>, <c>20260305T120000Z</c> or, in a zone, <c>20260305T120000</c>.</summary>
    public override string ToString() =>
        IsDate ? Value.ToString("yyyyMMdd", CultureInfo.InvariantCulture) : Format(Value) + (Zone is null ? "Z" : "");

    internal static string Format(DateTime time) => time.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static DateTime WholeSeconds(DateTime time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), time.Kind);

    // .NET takes the standard offset for a time that comes twice; the calendar means the first, which is the one with the larger offset.
    private static TimeSpan OffsetIn(TimeZoneInfo zone, DateTime local) =>
        zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
}
