using Mail.Protocol.Smtp;

namespace Mail.Protocol.Reports.Reasons;

/// <summary>What enhanced status codes (RFC 3463, RFC 7372, RFC 7505 and the IANA registry, and Microsoft's own three-digit details) say about the reason.</summary>
internal static class StatusReasons
{
    /// <summary>Codes that mean one thing, whatever words stand beside them.</summary>
    public static BounceReason? Certain(EnhancedStatusCode? status, int? code) => status switch
    {
        { Subject: 1, Detail: 6 } => BounceReason.HasMoved,
        { Subject: 1, Detail: 7 or 8 } => BounceReason.Rejected,
        { Subject: 2, Detail: 2 } => BounceReason.MailboxFull,
        { Subject: 2, Detail: 3 } => BounceReason.ExceedLimit,
        { Subject: 3, Detail: 4 } => BounceReason.MessageTooBig,
        { Subject: 7, Detail: 17 or 18 } when code is not 550 => BounceReason.HasMoved,
        { Subject: 7, Detail: 25 } => BounceReason.RequirePtr,
        { Subject: 7, Detail: 20 or 21 or 22 or 23 or 24 or 26 or 29 or 509 or 515 } => BounceReason.AuthFailure,
        { Subject: 7, Detail: 51 or (>= 606 and <= 649) } => BounceReason.Blocked,
        { Subject: 7, Detail: 57 } => BounceReason.SecurityError,
        { Subject: 7, Detail: 504 or 505 } => BounceReason.Suspend,
        _ => code == 525 ? BounceReason.Suspend : null,
    };

    /// <summary>What a code usually means, where the words say nothing that is known.</summary>
    public static BounceReason? Usual(EnhancedStatusCode? status) => status switch
    {
        { Subject: 1, Detail: 0 or 1 or 3 or 351 } => BounceReason.UserUnknown,
        { Subject: 1, Detail: 2 } => BounceReason.HostUnknown,
        { Subject: 1, Detail: 4 } => BounceReason.Filtered,
        { Subject: 1, Detail: 9 } => BounceReason.SystemError,
        { Subject: 1, Detail: 10 } => BounceReason.NotAccept,
        { Class: 4, Subject: 2, Detail: 1 } => BounceReason.Suspend,
        { Subject: 2, Detail: 0 or 1 or 4 } => BounceReason.Filtered,
        { Class: 5, Subject: 3, Detail: 0 } or { Subject: 3, Detail: 3 or 5 } => BounceReason.SystemError,
        { Subject: 3, Detail: 1 } => BounceReason.SystemFull,
        { Subject: 3, Detail: 2 } => BounceReason.NotAccept,
        { Class: 5, Subject: 4, Detail: 0 } => BounceReason.NetworkError,
        { Class: 4, Subject: 4, Detail: 0 or 1 } => BounceReason.Expired,
        { Subject: 4, Detail: 7 or 300 or 316 } => BounceReason.Expired,
        { Subject: 4, Detail: 2 or 6 or 8 or 14 or 310 or 311 or 312 } => BounceReason.NetworkError,
        { Subject: 4, Detail: 3 } => BounceReason.SystemError,
        { Subject: 4, Detail: 4 } => status.Value.Class == 5 ? BounceReason.HostUnknown : BounceReason.NetworkError,
        { Subject: 4, Detail: 5 } => BounceReason.SystemFull,
        { Subject: 5, Detail: 2 or 6 } => BounceReason.SyntaxError,
        { Subject: 5, Detail: 3 } => BounceReason.TooManyConnections,
        { Subject: 5, Detail: 4 or 5 } => BounceReason.SystemError,
        { Subject: 6 } => BounceReason.ContentError,
        { Subject: 7, Detail: 13 } => BounceReason.Suspend,
        { Subject: 7, Detail: 16 } => BounceReason.MessageTooBig,
        { Subject: 7, Detail: 27 } => BounceReason.NotAccept,
        { Subject: 7, Detail: 28 } => BounceReason.SpamDetected,
        { Subject: 7, Detail: 501 or 502 or 503 or 511 or 512 or 750 } => BounceReason.Rejected,
        { Subject: 7, Detail: 506 or 507 or 510 or 513 } => BounceReason.Blocked,
        { Subject: 7, Detail: >= 650 and <= 659 } => BounceReason.BadReputation,
        { Subject: 7, Detail: >= 900 and <= 999 } => BounceReason.PolicyViolation,
        { Class: 4, Subject: 7, Detail: (>= 500 and <= 699) or (>= 850 and <= 899) } => BounceReason.Blocked,
        _ => null,
    };

    /// <summary>The last resort before giving up: security for 7, and the reply codes that name a failure of their own (RFC 5321 §4.2.2, RFC 7504).</summary>
    public static BounceReason? Vague(EnhancedStatusCode? status, int? code)
    {
        if (status is { Class: 4, Subject: 7, Detail: 1 or 2 }) return BounceReason.Blocked;
        if (status is { Subject: 7 }) return BounceReason.SecurityError;
        return code switch
        {
            521 or 556 => BounceReason.NotAccept,
            >= 500 and <= 507 => BounceReason.SyntaxError,
            530 or 534 or 535 or 538 => BounceReason.SecurityError,
            _ => null,
        };
    }
}
