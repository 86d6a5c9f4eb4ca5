using Mail.Core.Common;

namespace Mail.Core.Invitations;

/// <summary>What happened, by its name in the timeline and, behind `invitation.`, in webhooks.</summary>
public static class InvitationEvents
{
    public const string Added = "added", Changed = "changed", Created = "created", Queued = "queued", Sent = "sent", Delivered = "delivered", Opened = "opened", Used = "used", Reminded = "reminded",
        Extended = "extended", Expired = "expired", Bounced = "bounced", Refused = "refused", Complained = "complained", Revoked = "revoked", NotTold = "not_told";

    /// <summary>Those that apps hear of.</summary>
    public static bool IsTold(string type) => type is Created or Sent or Delivered or Opened or Used or Reminded or Extended or Expired or Bounced or Refused or Complained or Revoked;
}

/// <summary>One transition, not yet stored.</summary>
/// <param name="After">The invitation as it is then.</param>
/// <param name="What">Of <see cref="InvitationEvents"/>.</param>
/// <param name="Template">The mail that tells the candidate; null for none.</param>
/// <param name="Detail">For the timeline, in words.</param>
public sealed record InvitationStep(Invitation After, string What, string? Template = null, string? Detail = null)
{
    /// <summary>When it happened, where that is not now.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Which mail told of it.</summary>
    public Guid? MessageId { get; init; }

    /// <summary>Why there is no mail; for who asked for it.</summary>
    public Failure? Problem { get; init; }

    /// <summary>When the link would have ended.</summary>
    public DateTimeOffset? PreviousExpiry { get; init; }
}

/// <summary>Who brought a transition about.</summary>
/// <param name="Via">`api`, `import`, `page`, `timer` or `mail`.</param>
/// <param name="Actor">A member's or a key's id.</param>
public sealed record InvitationCause(string Via, Guid? Actor = null, string? Ip = null, string? UserAgent = null)
{
    public static InvitationCause Timer { get; } = new("timer");

    public static InvitationCause Mail { get; } = new("mail");
}

/// <summary>What every refusal of a transition is called.</summary>
internal static class InvitationProblems
{
    public static Failure NotFound => Failure.NotFound("Invitation");

    public static Failure NoLink => new(FailureKind.Conflict, "invitation_not_live", "This candidate has no link that works: it has expired, was revoked, or was never made. Make one with POST /interviews/campaign-links, or invite the candidate.");

    public static Failure Started => new(FailureKind.Conflict, "invitation_used", "The interview was started: there is nothing to invite to any more.");

    public static Failure TooSoon(TimeSpan wait) => new(FailureKind.TooMany, "invitation_rate_limited", $"This candidate was written to lately. The next mail may go in {Math.Ceiling(wait.TotalSeconds)} seconds.") { RetryAfter = wait };
}
