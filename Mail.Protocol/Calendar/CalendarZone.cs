using System.Globalization;
using Mail.Protocol.Mime;

namespace Mail.Protocol.Calendar;

/// <summary>Writes a time zone (VTIMEZONE, RFC 5545 §3.6.5) as far as an event needs it. A yearly rule is written as one, since Outlook understands little else; a zone
/// whose changes follow no rule (Morocco) is written change by change.</summary>
internal static class CalendarZone
{
    private const int RuleYears = 28; // a full cycle of weekdays and leap years: a rule that holds so long is no coincidence

    /// <summary>The name in the calendar: that of the IANA database, also on Windows.</summary>
    public static string IdOf(TimeZoneInfo zone) => !zone.HasIanaId && TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out string? iana) ? iana : zone.Id;

    /// <summary>The refusal of a zone that a program made up with a name that no parameter can hold, or null.</summary>
    public static string? IdError(TimeZoneInfo zone)
    {
        string id = IdOf(zone);
        if (HeaderRules.TextError(id) is { } error) return $"The time zone's name {error}";
        return id.Length is 0 or > 100 || id.AsSpan().ContainsAny('"', '\t') ? "The time zone's name has 1 to 100 characters without quotes and tabs." : null;
    }

    /// <param name="lines">Gets the component.</param>
    /// <param name="zone">The zone.</param>
    /// <param name="from">The earliest moment that is named in this zone, in UTC.</param>
    /// <param name="to">The latest one; <see cref="DateTime.MaxValue"/> for an event that repeats without end.</param>
    public static void Write(CalendarLines lines, TimeZoneInfo zone, DateTime from, DateTime to)
    {
        lines.Write("BEGIN", "VTIMEZONE");
        lines.Begin("TZID").Value(CalendarText.Escape(IdOf(zone)));
        int firstYear = Math.Max(from.Year - 1, 2);
        List<ZoneChange> cycle = ZoneChange.Find(zone, Year(firstYear), Year(firstYear + RuleYears));
        if (YearlyRule.TryFind(cycle, firstYear, RuleYears, out YearlyRule? first, out YearlyRule? second))
        {
            WriteObservance(lines, cycle[0], first);
            WriteObservance(lines, cycle[1], second);
        }
        else WriteChanges(lines, zone, cycle, from, to);
        lines.Write("END", "VTIMEZONE");
    }

    private static void WriteChanges(CalendarLines lines, TimeZoneInfo zone, List<ZoneChange> cycle, DateTime from, DateTime to)
    {
        int current = cycle.FindLastIndex(change => change.Utc <= from);
        if (current < 0)
        {
            TimeSpan offset = zone.GetUtcOffset(from);
            WriteObservance(lines, new ZoneChange(DateTime.UnixEpoch - offset, offset, offset), null);
        }
        for (int i = Math.Max(current, 0); i < cycle.Count && (i == current || cycle[i].Utc <= to); i++) WriteObservance(lines, cycle[i], null);
    }

    private static void WriteObservance(CalendarLines lines, ZoneChange change, YearlyRule? rule)
    {
        string name = change.After > change.Before ? "DAYLIGHT" : "STANDARD";
        lines.Write("BEGIN", name);
        lines.Write("DTSTART", CalendarTime.Format(change.Local));
        lines.Write("TZOFFSETFROM", Offset(change.Before));
        lines.Write("TZOFFSETTO", Offset(change.After));
        if (rule is not null) lines.Write("RRULE", rule.ToString());
        lines.Write("END", name);
    }

    private static string Offset(TimeSpan offset) =>
        (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString(offset.Seconds == 0 ? "hhmm" : "hhmmss", CultureInfo.InvariantCulture);

    private static DateTime Year(int year) => new(Math.Min(year, 9998), 1, 1, 0, 0, 0, DateTimeKind.Utc);
}
