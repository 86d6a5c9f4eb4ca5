namespace Mail.Protocol.Calendar;

/// <summary>What a calendar message asks of its reader (RFC 5546 §3.2).</summary>
public enum CalendarMethod
{
    /// <summary>The organizer invites, or changes what was invited to (§3.2.2).</summary>
    Request,

    /// <summary>The organizer calls it off (§3.2.5).</summary>
    Cancel,

    /// <summary>An attendee answers (§3.2.3).</summary>
    Reply,
}
