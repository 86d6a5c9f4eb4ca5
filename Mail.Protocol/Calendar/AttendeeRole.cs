namespace Mail.Protocol.Calendar;

/// <summary>What an attendee is there for (RFC 5545 §3.2.16).</summary>
public enum AttendeeRole
{
    /// <summary>Takes part (REQ-PARTICIPANT).</summary>
    Required,

    /// <summary>May take part (OPT-PARTICIPANT).</summary>
    Optional,

    /// <summary>Leads (CHAIR).</summary>
    Chair,

    /// <summary>Gets a copy for information only (NON-PARTICIPANT).</summary>
    Informed,
}
