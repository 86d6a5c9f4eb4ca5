namespace Mail.Protocol.Reports;

/// <summary>What a message turned out to be.</summary>
public enum ReportKind
{
    /// <summary>No report and no automatic answer: a message of a person, or one that nothing here knows.</summary>
    None = 0,

    /// <summary>About the delivery of a message: failed, delayed or delivered, for machines (RFC 3464) or in prose.</summary>
    Delivery,

    /// <summary>A message was displayed, deleted or processed (RFC 8098): never a bounce.</summary>
    Disposition,

    /// <summary>A complaint or another report of a feedback loop (RFC 5965, RFC 6591).</summary>
    Feedback,

    /// <summary>An automatic answer: never a bounce.</summary>
    AutoReply,
}

/// <summary>Which automatic answer (RFC 3834).</summary>
public enum AutoReplyKind
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Somebody is away.</summary>
    Vacation,

    /// <summary>A program answers: a ticket was opened, a message was received.</summary>
    Response,

    /// <summary>The recipient's system asks for a proof that a person sent the message; the message waits.</summary>
    Challenge,
}

/// <summary>What <see cref="ReportReader"/> has read.</summary>
public sealed record MailReport
{
    internal static MailReport None { get; } = new() { Kind = ReportKind.None };

    /// <summary>What the message is.</summary>
    public required ReportKind Kind { get; init; }

    /// <summary>What became of each recipient, in the order of the report; only for <see cref="ReportKind.Delivery"/>, and empty where the report names nobody.
    /// A delayed delivery is here and no bounce.</summary>
    public IReadOnlyList<BounceReport> Recipients { get; init; } = [];

    /// <summary>The deliveries that failed.</summary>
    public IEnumerable<BounceReport> Bounces => Recipients.Where(recipient => recipient.Action is BounceAction.Failed);

    /// <summary>The reports of a feedback loop; only for <see cref="ReportKind.Feedback"/>.</summary>
    public IReadOnlyList<FeedbackReport> Feedback { get; init; } = [];

    /// <summary>What was done with the message; only for <see cref="ReportKind.Disposition"/>.</summary>
    public DispositionReport? Disposition { get; init; }

    /// <summary>Which automatic answer; other than <see cref="AutoReplyKind.None"/> only for <see cref="ReportKind.AutoReply"/>.</summary>
    public AutoReplyKind AutoReply { get; init; }

    /// <summary>The Message-ID of the message that this one is about, without angle brackets, or <see langword="null"/>.</summary>
    public string? OriginalMessageId { get; init; }

    /// <summary>The recipients that stand in the To field of the message that this one is about, where that is enclosed.</summary>
    public IReadOnlyList<string> OriginalTo { get; init; } = [];

    /// <summary>The subject of the message that this one is about, decoded, or <see langword="null"/>.</summary>
    public string? OriginalSubject { get; init; }
}
