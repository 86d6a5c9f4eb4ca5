using Mail.Protocol.Reports.Reasons;
using Mail.Protocol.Smtp;

namespace Mail.Protocol.Reports;

/// <summary>What a report says about one recipient of one message.</summary>
public sealed record BounceReport
{
    /// <summary>The address that the sender used: the Original-Recipient where the report has one, else the final one. As it stands there, not
    /// validated; may lack a domain.</summary>
    public required string Recipient { get; init; }

    /// <summary>The address at which delivery ended, behind forwards and aliases; <see cref="Recipient"/> where the report knows no other.</summary>
    public required string FinalRecipient { get; init; }

    /// <summary>What happened. Only <see cref="BounceAction.Failed"/> is a bounce.</summary>
    public required BounceAction Action { get; init; }

    /// <summary>Why.</summary>
    public required BounceReason Reason { get; init; }

    /// <summary>The enhanced status code that counts: the remote server's own where the report only says x.0.0, as Exim always does.
    /// <see langword="null"/> without one.</summary>
    public EnhancedStatusCode? Status { get; init; }

    /// <summary>The remote server's reply code, 200 to 599, or <see langword="null"/>.</summary>
    public int? SmtpCode { get; init; }

    /// <summary>The command that was refused, where the report tells.</summary>
    public SmtpStage? Stage { get; init; }

    /// <summary>What the server or the reporter wrote, on one line, at most 2,000 characters; <see langword="null"/> when there is nothing.</summary>
    public string? Diagnostic { get; init; }

    /// <summary>The server that refused, as the report names it, or <see langword="null"/>.</summary>
    public string? RemoteMta { get; init; }

    /// <summary>The server that wrote the report, or <see langword="null"/>.</summary>
    public string? ReportingMta { get; init; }

    /// <summary>The envelope id (ENVID of RFC 3461) that the sender gave, decoded, or <see langword="null"/>.</summary>
    public string? EnvelopeId { get; init; }

    /// <summary>The Message-ID of the message without angle brackets, or <see langword="null"/>.</summary>
    public string? OriginalMessageId { get; init; }

    /// <summary>When a delayed message will be given up, or <see langword="null"/>.</summary>
    public DateTimeOffset? WillRetryUntil { get; init; }

    /// <summary>
    /// Whether the refusal was for good: the delivery failed, with a 5yz where there is a code, and the cause is none that passes by itself (a full
    /// mailbox, a queue that gave up). It may lie with the message or the sender: see <see cref="IsHard"/> for the address.
    /// </summary>
    public bool IsPermanent => Action is BounceAction.Failed && !Reason.PassesByItself() && Class is (ReplyClass.Permanent or ReplyClass.None);

    /// <summary>Whether the address itself is dead (sisimai's "hard bounce"): the user or domain does not exist, has moved or takes no mail.
    /// Stop sending to it.</summary>
    public bool IsHard => Action is BounceAction.Failed && Reason.IsHard(Class);

    private ReplyClass Class => Status is { } status ? (ReplyClass)status.Class : SmtpCode is { } code ? (ReplyClass)(code / 100) : ReplyClass.None;

    internal static BounceReport Of(in Evidence evidence, BounceReason reason, string recipient) => new()
    {
        Recipient = recipient,
        FinalRecipient = recipient,
        Action = evidence.Action,
        Reason = reason,
        Status = evidence.Status,
        SmtpCode = evidence.Code,
        Stage = evidence.Stage,
    };
}
