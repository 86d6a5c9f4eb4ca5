using Mail.Protocol.Mime;

namespace Mail.Protocol.Calendar;

/// <summary>An appointment (VEVENT, RFC 5545 §3.6.1). Every value is checked when it is set, so that none can become another property.</summary>
public sealed class CalendarEvent
{
    /// <summary>What names the event for ever, such as <c>interview-42@example.com</c> (RFC 5545 §3.8.4.7). Changes, the cancellation and answers carry the same one.</summary>
    /// <exception cref="ArgumentException">Not 1 to 255 characters without control characters.</exception>
    public required string Uid
    {
        get;
        init => field = value is { Length: >= 1 and <= 255 } ? CalendarText.OneLine(value, "event UID") : throw new ArgumentException("The event UID has 1 to 255 characters.", nameof(value));
    }

    /// <summary>How often the organizer has changed it: 0 at first, more at each change of time or place and at the cancellation (RFC 5545 §3.8.7.4). A reader ignores what is older than it knows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int Sequence
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A sequence is not negative.");
    }

    /// <summary>When this version was written (DTSTAMP, RFC 5545 §3.8.7.2).</summary>
    public required DateTimeOffset Stamp { get; init; }

    /// <summary>When it begins.</summary>
    public required CalendarTime Start { get; init; }

    /// <summary>When it is over; a day is the first one after. <see langword="null"/>: at once, or with the day.</summary>
    public CalendarTime? End { get; init; }

    /// <summary>What it is, in one line.</summary>
    /// <exception cref="ArgumentException">A line break, another control character or half a surrogate pair.</exception>
    public required string Summary
    {
        get;
        init => field = CalendarText.OneLine(value, "summary");
    }

    /// <summary>What there is to know; line breaks are kept. <see langword="null"/> for nothing.</summary>
    /// <exception cref="ArgumentException">A control character other than line breaks and tabs, or half a surrogate pair.</exception>
    public string? Description
    {
        get;
        init => field = value is null ? null : CalendarText.Lines(value, "description");
    }

    /// <summary>Where it is, in one line, or <see langword="null"/>.</summary>
    /// <exception cref="ArgumentException">A line break, another control character or half a surrogate pair.</exception>
    public string? Location
    {
        get;
        init => field = value is null ? null : CalendarText.OneLine(value, "location");
    }

    /// <summary>A page about it, absolute, or <see langword="null"/>.</summary>
    /// <exception cref="ArgumentException">Not absolute, longer than 900 characters, or holding a control character.</exception>
    public Uri? Url
    {
        get;
        init => field = value is null ? null : new Uri(HeaderUrls.Write(value, "event URL"));
    }

    /// <summary>Where it takes place online (RFC 7986 §5.11), absolute, or <see langword="null"/>. Few calendars show it yet: name it in the location or the description too.</summary>
    /// <exception cref="ArgumentException">Not absolute, longer than 900 characters, or holding a control character.</exception>
    public Uri? Conference
    {
        get;
        init => field = value is null ? null : new Uri(HeaderUrls.Write(value, "conference URL"));
    }

    /// <summary>Who invites. Answers go to this address; programs trust an invitation more when it is also the mail's From.</summary>
    public required EmailAddress Organizer { get; init; }

    /// <summary>Who is invited; at least one in a request.</summary>
    public IList<CalendarAttendee> Attendees { get; } = [];

    /// <summary>Whether it takes place.</summary>
    public EventStatus Status { get; init; }

    /// <summary>How it repeats, or <see langword="null"/>.</summary>
    public RecurrenceRule? Recurrence { get; init; }

    /// <summary>Starts of repetitions that do not take place (RFC 5545 §3.8.5.1).</summary>
    public IList<CalendarTime> Exceptions { get; } = [];

    /// <summary>Which repetition this is about, by its original start (RFC 5545 §3.8.4.4); <see langword="null"/>: all of them.</summary>
    public CalendarTime? RecurrenceId { get; init; }

    /// <summary>Reminders.</summary>
    public IList<CalendarAlarm> Alarms { get; } = [];

    /// <summary>Whether others who see the calendar are told no more than that the time is taken (CLASS:PRIVATE).</summary>
    public bool IsPrivate { get; init; }

    /// <summary>Whether the time stays free for other appointments (TRANSP:TRANSPARENT).</summary>
    public bool IsFree { get; init; }
}
