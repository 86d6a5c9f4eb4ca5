using System.Diagnostics;

namespace Mail.Protocol.Calendar;

/// <summary>The names of our values in a calendar.</summary>
internal static class CalendarNames
{
    public static string Of(CalendarMethod method) => method switch
    {
        CalendarMethod.Request => "REQUEST",
        CalendarMethod.Cancel => "CANCEL",
        CalendarMethod.Reply => "REPLY",
        _ => throw new UnreachableException($"{method}"),
    };

    public static string Of(AttendeeRole role) => role switch
    {
        AttendeeRole.Required => "REQ-PARTICIPANT",
        AttendeeRole.Optional => "OPT-PARTICIPANT",
        AttendeeRole.Chair => "CHAIR",
        AttendeeRole.Informed => "NON-PARTICIPANT",
        _ => throw new UnreachableException($"{role}"),
    };

    public static string Of(AttendeeStatus status) => status switch
    {
        AttendeeStatus.NeedsAction => "NEEDS-ACTION",
        AttendeeStatus.Accepted => "ACCEPTED",
        AttendeeStatus.Declined => "DECLINED",
        AttendeeStatus.Tentative => "TENTATIVE",
        AttendeeStatus.Delegated => "DELEGATED",
        _ => throw new UnreachableException($"{status}"),
    };

    /// <summary>The status that a calendar names; an unknown one counts as no answer (RFC 5545 §3.2.12).</summary>
    public static AttendeeStatus Status(string? name) => name?.ToUpperInvariant() switch
    {
        "ACCEPTED" => AttendeeStatus.Accepted,
        "DECLINED" => AttendeeStatus.Declined,
        "TENTATIVE" => AttendeeStatus.Tentative,
        "DELEGATED" => AttendeeStatus.Delegated,
        _ => AttendeeStatus.NeedsAction,
    };
}
