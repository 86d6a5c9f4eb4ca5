using Mail.Protocol.Mime;

namespace Mail.Protocol.Calendar;

/// <summary>Somebody who is invited (RFC 5545 §3.8.4.1).</summary>
/// <param name="Address">The mailbox; its display name becomes the name in the calendar (CN).</param>
public sealed record CalendarAttendee(EmailAddress Address)
{
    /// <summary>What the attendee is there for.</summary>
    public AttendeeRole Role { get; init; }

    /// <summary>What the attendee has answered, as far as the organizer knows.</summary>
    public AttendeeStatus Status { get; init; }

    /// <summary>Whether an answer is asked for (RFC 5545 §3.2.17): without it most programs show no buttons to accept or decline.</summary>
    public bool WantsReply { get; init; } = true;
}
