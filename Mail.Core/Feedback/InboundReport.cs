using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Protocol.Reports;

namespace Mail.Core.Feedback;

/// <summary>How a report came to us; also its label in metrics and logs.</summary>
public enum ReportSource
{
    /// <summary>To our own mail exchanger.</summary>
    Smtp,

    /// <summary>POST /inbound/report.</summary>
    Http,

    /// <summary>Fetched from a mailbox.</summary>
    Mailbox,
}

/// <summary>A report as it came: the one form in which <see cref="ReportIntake"/> takes it, from wherever.</summary>
/// <param name="Raw">The whole mail, from the first header on.</param>
public sealed record InboundReport(ReadOnlyMemory<byte> Raw, ReportSource Source)
{
    /// <summary>The project that handed it in, which may only learn of its own mail; null when it came by the installation's own ways.</summary>
    public ProjectId? Project { get; init; }

    /// <summary>The return paths of ours that it was sent to, as far as the way it came by knows. Those in its headers are found anyway.</summary>
    public IReadOnlyList<VerpAddress> ReturnPaths { get; init; } = [];
}

/// <summary>What came of one thing that a report says.</summary>
public enum ReportEffect
{
    /// <summary>The delivery's state has changed.</summary>
    Changed,

    /// <summary>It was known before, or something worse is.</summary>
    NothingNew,

    /// <summary>A delay: told as an event, the state stays.</summary>
    Told,

    /// <summary>The delivery is being sent just now, so that its outcome must be known first: hand it in again.</summary>
    TooEarly,

    /// <summary>It still waits for its next attempt, which decides.</summary>
    StillWaiting,

    /// <summary>It is about no message of ours that we could find.</summary>
    Unmatched,
}

/// <param name="Delivery">Which delivery; null for <see cref="ReportEffect.Unmatched"/>.</param>
/// <param name="Recipient">The address, as we sent to it or as the report names it; null when it names none.</param>
/// <param name="State">What is reported; null for a delay.</param>
public sealed record ReportedFate(FoundDelivery? Delivery, string? Recipient, DeliveryState? State, ReportEffect Effect, string? Reason, bool IsHard);

/// <summary>What a report turned out to be, and what came of it.</summary>
/// <param name="Fates">Empty for what says nothing about a delivery: an automatic answer, a read receipt, a letter.</param>
public sealed record ReportResult(MailReport Report, IReadOnlyList<ReportedFate> Fates)
{
    /// <summary>Whether something in it can only be recorded in a moment.</summary>
    public bool IsTooEarly => Fates.Any(fate => fate.Effect == ReportEffect.TooEarly);
}
