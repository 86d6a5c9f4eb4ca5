namespace Mail.Protocol.Calendar;

/// <summary>Whether an event takes place (RFC 5545 §3.8.1.11). A cancelled one is written by <see cref="CalendarMessage.Cancel"/>.</summary>
public enum EventStatus
{
    /// <summary>It takes place (CONFIRMED).</summary>
    Confirmed,

    /// <summary>It is not certain yet (TENTATIVE).</summary>
    Tentative,
}
