namespace Mail.Protocol.Calendar;

/// <summary>What an attendee has answered (RFC 5545 §3.2.12).</summary>
public enum AttendeeStatus
{
    /// <summary>Nothing yet (NEEDS-ACTION).</summary>
    NeedsAction,

    /// <summary>Will come (ACCEPTED).</summary>
    Accepted,

    /// <summary>Will not come (DECLINED).</summary>
    Declined,

    /// <summary>Will perhaps come (TENTATIVE).</summary>
    Tentative,

    /// <summary>Sends somebody else (DELEGATED).</summary>
    Delegated,
}
