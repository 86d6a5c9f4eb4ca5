using System.Buffers;
using System.Globalization;
using System.Text;
using Mail.Protocol.Mime;

namespace Mail.Protocol.Calendar;

/// <summary>Writes a <see cref="CalendarMessage"/>: VCALENDAR, the zones its times need, and the event.</summary>
internal static class CalendarMessageWriter
{
    private const string ProductId = "-//Mail//Mail.Protocol//EN"; // RFC 5545 §3.7.3

    // Characters that a mailto URL takes as they are (RFC 6068 §2); the others are percent-encoded.
    private static readonly SearchValues<byte> _mailtoText = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!$'*+,-.:_~@"u8);

    public static void Write(CalendarMessage message, IBufferWriter<byte> output)
    {
        CalendarLines lines = new(output);
        lines.Write("BEGIN", "VCALENDAR");
        lines.Write("PRODID", ProductId);
        lines.Write("VERSION", "2.0");
        lines.Write("CALSCALE", "GREGORIAN");
        lines.Write("METHOD", CalendarNames.Of(message.Method));
        WriteZones(lines, message.Event);
        WriteEvent(lines, message);
        lines.Write("END", "VCALENDAR");
    }

    private static void WriteEvent(CalendarLines lines, CalendarMessage message)
    {
        CalendarEvent e = message.Event;
        lines.Write("BEGIN", "VEVENT");
        lines.Text("UID", e.Uid);
        lines.Write("DTSTAMP", CalendarTime.At(e.Stamp).ToString());
        lines.Write("SEQUENCE", e.Sequence.ToString(CultureInfo.InvariantCulture));
        lines.Time("DTSTART", e.Start);
        if (e.End is { } end) lines.Time("DTEND", end);
        if (e.RecurrenceId is { } id) lines.Time("RECURRENCE-ID", id);
        else if (e.Recurrence is { } rule) lines.Write("RRULE", rule.ToString());
        foreach (CalendarTime exception in e.Exceptions) lines.Time("EXDATE", exception);
        lines.Text("SUMMARY", e.Summary);
        WriteOrganizer(lines, e.Organizer);
        if (message.Answerer is { } answerer)
        {
            WriteAttendee(lines, answerer);
            if (message.Comment is { } comment) lines.Text("COMMENT", comment);
        }
        else
        {
            foreach (CalendarAttendee attendee in e.Attendees) WriteAttendee(lines, attendee);
            WriteDetails(lines, message);
        }
        lines.Write("END", "VEVENT");
    }

    private static void WriteDetails(CalendarLines lines, CalendarMessage message)
    {
        CalendarEvent e = message.Event;
        bool isCancelled = message.Method is CalendarMethod.Cancel;
        if (e.Description is { } description) lines.Text("DESCRIPTION", description);
        if (e.Location is { } location) lines.Text("LOCATION", location);
        if (e.Url is { } url) lines.Write("URL", url.AbsoluteUri);
        if (e.Conference is { } conference) lines.Begin("CONFERENCE").Parameter("VALUE", "URI").Parameter("FEATURE", "VIDEO").Value(conference.AbsoluteUri);
        lines.Write("STATUS", isCancelled ? "CANCELLED" : e.Status is EventStatus.Tentative ? "TENTATIVE" : "CONFIRMED");
        lines.Write("TRANSP", e.IsFree || isCancelled ? "TRANSPARENT" : "OPAQUE");
        if (e.IsPrivate) lines.Write("CLASS", "PRIVATE");
        if (isCancelled) return;
        foreach (CalendarAlarm alarm in e.Alarms)
        {
            lines.Write("BEGIN", "VALARM");
            lines.Write("ACTION", "DISPLAY");
            lines.Text("DESCRIPTION", e.Summary.Length == 0 ? "Reminder" : e.Summary);
            lines.Write("TRIGGER", Trigger(alarm.Before));
            lines.Write("END", "VALARM");
        }
    }

    private static void WriteOrganizer(CalendarLines lines, EmailAddress organizer)
    {
        lines.Begin("ORGANIZER");
        if (organizer.DisplayName is { } name) lines.Parameter("CN", name);
        lines.Value(Mailto(organizer));
    }

    private static void WriteAttendee(CalendarLines lines, CalendarAttendee attendee)
    {
        lines.Begin("ATTENDEE").Parameter("CUTYPE", "INDIVIDUAL").Parameter("ROLE", CalendarNames.Of(attendee.Role)).Parameter("PARTSTAT", CalendarNames.Of(attendee.Status));
        if (attendee.WantsReply) lines.Parameter("RSVP", "TRUE");
        if (attendee.Address.DisplayName is { } name) lines.Parameter("CN", name);
        lines.Value(Mailto(attendee.Address));
    }

    // All times of one zone share one VTIMEZONE, which covers the earliest and the latest of them.
    private static void WriteZones(CalendarLines lines, CalendarEvent e)
    {
        List<CalendarTime> times = [e.Start, .. e.Exceptions];
        if (e.End is { } end) times.Add(end);
        if (e.RecurrenceId is { } id) times.Add(id);
        DateTime repeatsUntil = e.Recurrence is not { } rule || e.RecurrenceId is not null ? DateTime.MinValue : rule.Until?.Utc.AddDays(1) ?? DateTime.MaxValue;
        foreach (IGrouping<string, CalendarTime> zone in times.Where(t => t.Zone is not null).GroupBy(t => CalendarZone.IdOf(t.Zone!), StringComparer.Ordinal))
        {
            DateTime last = zone.Max(t => t.Utc);
            CalendarZone.Write(lines, zone.First().Zone!, zone.Min(t => t.Utc), last > repeatsUntil ? last : repeatsUntil);
        }
    }

    private static string Mailto(EmailAddress address)
    {
        StringBuilder url = new("mailto:");
        foreach (byte octet in Encoding.UTF8.GetBytes($"{address.LocalPart}@{address.AsciiDomain}"))
        {
            if (_mailtoText.Contains(octet)) url.Append((char)octet);
            else url.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
        }
        return url.ToString();
    }

    private static string Trigger(TimeSpan before)
    {
        if (before == TimeSpan.Zero) return "PT0S";
        StringBuilder text = new("-P");
        if (before.Days > 0) text.Append(CultureInfo.InvariantCulture, $"{before.Days}D");
        if (before.Hours + before.Minutes + before.Seconds == 0) return text.ToString();
        text.Append('T');
        if (before.Hours > 0) text.Append(CultureInfo.InvariantCulture, $"{before.Hours}H");
        // RFC 5545 §3.3.6 has no seconds behind hours without minutes between.
        if (before.Minutes > 0 || (before.Hours > 0 && before.Seconds > 0)) text.Append(CultureInfo.InvariantCulture, $"{before.Minutes}M");
        if (before.Seconds > 0) text.Append(CultureInfo.InvariantCulture, $"{before.Seconds}S");
        return text.ToString();
    }
}
