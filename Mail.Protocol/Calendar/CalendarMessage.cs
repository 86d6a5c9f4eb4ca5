using System.Buffers;
using System.Text;
using Mail.Protocol.Mime;

namespace Mail.Protocol.Calendar;

/// <summary>An invitation, a cancellation or an answer, as calendars exchange it by mail (RFC 5546, RFC 6047). Immutable; equal content is written as equal bytes.</summary>
public sealed class CalendarMessage
{
    private CalendarMessage(CalendarMethod method, CalendarEvent calendarEvent)
    {
        Method = method;
        Event = calendarEvent;
    }

    /// <summary>What it asks of its reader.</summary>
    public CalendarMethod Method { get; }

    /// <summary>Its name in the calendar and in the mail's header, such as <c>REQUEST</c>.</summary>
    public string MethodName => CalendarNames.Of(Method);

    /// <summary>What it is about.</summary>
    public CalendarEvent Event { get; }

    internal CalendarAttendee? Answerer { get; private init; }

    internal string? Comment { get; private init; }

    /// <summary>Invites, or tells of a change: the same event with a higher <see cref="CalendarEvent.Sequence"/>.</summary>
    /// <param name="calendarEvent">An event with at least one attendee.</param>
    /// <exception cref="ArgumentException">No attendee, an end before the start, or times of kinds that do not fit together.</exception>
    public static CalendarMessage Request(CalendarEvent calendarEvent)
    {
        Check(calendarEvent);
        if (calendarEvent.Attendees.Count == 0) throw new ArgumentException("An invitation has at least one attendee.", nameof(calendarEvent));
        return new CalendarMessage(CalendarMethod.Request, calendarEvent);
    }

    /// <summary>Calls an event off, for the attendees it names.</summary>
    /// <param name="calendarEvent">The event as it was invited to, with a higher <see cref="CalendarEvent.Sequence"/>: calendars ignore a cancellation of an older version.</param>
    /// <exception cref="ArgumentException">No attendee, an end before the start, or times of kinds that do not fit together.</exception>
    public static CalendarMessage Cancel(CalendarEvent calendarEvent)
    {
        Check(calendarEvent);
        if (calendarEvent.Attendees.Count == 0) throw new ArgumentException("A cancellation has at least one attendee.", nameof(calendarEvent));
        return new CalendarMessage(CalendarMethod.Cancel, calendarEvent);
    }

    /// <summary>Answers an invitation.</summary>
    /// <param name="calendarEvent">The event as it was invited to, with its <see cref="CalendarEvent.Sequence"/> unchanged.</param>
    /// <param name="attendee">Who answers, by the address that was invited.</param>
    /// <param name="status">The answer.</param>
    /// <param name="comment">A word to the organizer, or <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">No answer, a comment with control characters, or times of kinds that do not fit together.</exception>
    public static CalendarMessage Reply(CalendarEvent calendarEvent, EmailAddress attendee, AttendeeStatus status, string? comment = null)
    {
        Check(calendarEvent);
        ArgumentNullException.ThrowIfNull(attendee);
        if (status is AttendeeStatus.NeedsAction) throw new ArgumentException("A reply says whether the attendee comes.", nameof(status));
        return new CalendarMessage(CalendarMethod.Reply, calendarEvent)
        {
            Answerer = new CalendarAttendee(attendee) { Status = status, WantsReply = false },
            Comment = comment is null ? null : CalendarText.Lines(comment, "comment"),
        };
    }

    /// <summary>Puts it into a mail, so that Gmail, Outlook and Apple Mail offer their buttons: as the last form beside text and HTML, with its method in the content type
    /// (RFC 6047 §2.4), and as the file <c>invite.ics</c> for everybody else. The mail should go from the organizer, or to the organizer for an answer.</summary>
    /// <param name="message">The mail; give it a text, for readers without a calendar.</param>
    public void AddTo(MimeMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        AddTo(message, MethodName, Unfolded);
    }

    /// <summary>The same for a calendar that was written before.</summary>
    /// <param name="message">The mail.</param>
    /// <param name="method">What <see cref="MethodName"/> was.</param>
    /// <param name="calendar">What <see cref="Unfolded"/> was.</param>
    public static void AddTo(MimeMessage message, string method, string calendar)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(calendar);
        ArrayBufferWriter<byte> folded = new(256 + calendar.Length);
        foreach (Range line in calendar.AsSpan().Split("\r\n"))
            if (!calendar.AsSpan(line).IsEmpty) CalendarLines.WriteFolded(calendar.AsSpan(line), folded);
        message.Alternatives.Add(MimeAlternative.Create($"text/calendar; method={method}", Encoding.UTF8.GetString(folded.WrittenSpan)));

        // As text/calendar Outlook would show the file as a second invitation.
        message.Attachments.Add(MimeAttachment.Create("invite.ics", "application/ics", folded.WrittenMemory));
    }

    /// <summary>Writes the calendar in UTF-8 with CRLF line ends, in lines of at most 75 octets.</summary>
    /// <param name="output">Gets the bytes.</param>
    public void WriteTo(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        CalendarMessageWriter.Write(this, output);
    }

    /// <summary>The calendar as text with a line for each property, however long: as it is stored by who wants to find something in it.</summary>
    public string Unfolded => ToString().Replace("\r\n ", "", StringComparison.Ordinal);

    /// <summary>The calendar as text.</summary>
    public override string ToString()
    {
        ArrayBufferWriter<byte> output = new();
        WriteTo(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static void Check(CalendarEvent calendarEvent)
    {
        ArgumentNullException.ThrowIfNull(calendarEvent);
        CalendarTime start = calendarEvent.Start;
        if (calendarEvent.End is { } end && (end.IsDate != start.IsDate || (end.IsDate ? end.Utc <= start.Utc : end.Utc < start.Utc)))
            throw new ArgumentException("The event ends before it starts, or one of both is a day and the other a time.", nameof(calendarEvent));
        if (calendarEvent.Recurrence?.Until is { } until && until.IsDate != start.IsDate)
            throw new ArgumentException("UNTIL is a day when the start is one, and otherwise a moment in UTC (RFC 5545 §3.3.10).", nameof(calendarEvent));
        if (calendarEvent.RecurrenceId is { } id && id.IsDate != start.IsDate)
            throw new ArgumentException("The recurrence id is a day when the start is one, and otherwise a time.", nameof(calendarEvent));
        foreach (CalendarTime exception in calendarEvent.Exceptions)
            if (exception.IsDate != start.IsDate) throw new ArgumentException("An exception is a day when the start is one, and otherwise a time.", nameof(calendarEvent));
    }
}
