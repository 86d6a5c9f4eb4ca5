using System.Text.Json.Serialization;
using Mail.Core.Common;

namespace Mail.Core.Invitations;

/// <summary>
/// A candidate and the link that leads to the interview: the aggregate of this flow. Transitions are pure: they say what happened or why it cannot. A row of `candidates`, whose columns bear these
/// names in snake case. One link at a time: another one has the next generation, and the tokens of those before are void.
/// </summary>
public sealed record Invitation
{
    /// <summary>Mails to one candidate that people ask for: at most so many a day, and not within this time.</summary>
    public const int SendsPerDay = 5;

    public static readonly TimeSpan BetweenSends = TimeSpan.FromMinutes(1), LongestExpiry = TimeSpan.FromDays(366), ShortestExpiry = TimeSpan.FromMinutes(1);

    public required Guid ProjectId { get; init; }

    public required Guid Id { get; init; }

    public required Guid CampaignId { get; init; }

    public required bool IsTest { get; init; }

    /// <summary>The app's name of the application, unique in the project.</summary>
    public required string ApplicationId { get; init; }

    public required string Email { get; init; }

    public string? Name { get; init; }

    public string? Locale { get; init; }

    public string? TimeZone { get; init; }

    public InvitationState State { get; init; }

    /// <summary>Of the row; each transition makes the next one.</summary>
    public int Version { get; init; }

    public int Generation { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When the next thing happens by itself.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public Guid? RunId { get; init; }

    public Guid? MessageId { get; init; }

    public int Sends { get; init; }

    public int SendsToday { get; init; }

    public DateTimeOffset? TodaySince { get; init; }

    public DateTimeOffset? LastSentAt { get; init; }

    public DateTimeOffset? RemindedAt { get; init; }

    public DateTimeOffset? LinkedAt { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }

    public DateTimeOffset? OpenedAt { get; init; }

    public DateTimeOffset? UsedAt { get; init; }

    public int Starts { get; init; }

    public DateTimeOffset? BouncedAt { get; init; }

    public DateTimeOffset? ComplainedAt { get; init; }

    public DateTimeOffset? ExpiredAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public string? Note { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonIgnore] public ProjectId Project => new(ProjectId);

    /// <summary>Whether the link works, for whoever may still use it.</summary>
    public bool IsLiveAt(DateTimeOffset now) =>
        State is InvitationState.Created or InvitationState.Sent or InvitationState.Delivered or InvitationState.Opened or InvitationState.Used or InvitationState.Bounced && ExpiresAt > now;

    /// <summary>A link where there is none that works. Asked again, there is nothing to do.</summary>
    /// <returns>Null when the link that there is works.</returns>
    public InvitationStep? Link(Campaign campaign, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        if (IsLiveAt(now)) return null;
        DateTimeOffset expiresAt = now.AddMinutes(campaign.ExpiresInMinutes);
        return new InvitationStep(Next(now) with
        {
            State = InvitationState.Created,
            Generation = Generation + 1,
            ExpiresAt = expiresAt,
            DueAt = expiresAt,
            LinkedAt = now,
            MessageId = null,
            Sends = 0,
            RemindedAt = null,
            SentAt = null,
            DeliveredAt = null,
            OpenedAt = null,
            UsedAt = null,
            Starts = 0,
            BouncedAt = null,
            ExpiredAt = null,
            RevokedAt = null,
            Note = null,
        }, InvitationEvents.Created);
    }

    /// <summary>Somebody asks for the mail, the first time or again.</summary>
    public Result<InvitationStep> Send(Campaign campaign, DateTimeOffset now)
    {
        if (!IsLiveAt(now)) return InvitationProblems.NoLink;
        if (State is InvitationState.Used) return InvitationProblems.Started;
        bool isNewDay = TodaySince is null || TodaySince <= now.AddDays(-1);
        if (LastSentAt is { } last && now - last < BetweenSends) return InvitationProblems.TooSoon(last + BetweenSends - now);
        if (!isNewDay && SendsToday >= SendsPerDay) return InvitationProblems.TooSoon(TodaySince!.Value.AddDays(1) - now);
        Invitation after = Next(now) with
        {
            State = State is InvitationState.Bounced ? InvitationState.Created : State,
            Sends = Sends + 1,
            LastSentAt = now,
            SendsToday = isNewDay ? 1 : SendsToday + 1,
            TodaySince = isNewDay ? now : TodaySince,
            BouncedAt = null,
            Note = null,
            RunId = null,
        };
        return new InvitationStep(after with { DueAt = after.NextDue(campaign, now) }, InvitationEvents.Queued, InvitationMail.Invite);
    }

    /// <summary>What the clock brings: the reminder, or the end. One that was due while nobody worked is not made up for once the link has ended.</summary>
    /// <returns>Null when nothing is due.</returns>
    public InvitationStep? Due(Campaign campaign, DateTimeOffset now)
    {
        if (DueAt is null || DueAt > now || !IsOpen) return null;
        if (ExpiresAt <= now) return new InvitationStep(Next(now) with { State = InvitationState.Expired, ExpiredAt = now, DueAt = null }, InvitationEvents.Expired);
        if (!MayBeReminded) return new InvitationStep(Next(now) with { DueAt = ExpiresAt }, "");
        Invitation after = Next(now) with { RemindedAt = now };
        return new InvitationStep(after with { DueAt = after.NextDue(campaign, now) }, InvitationEvents.Reminded, InvitationMail.Remind);
    }

    /// <summary>More time, also for a link that has expired: it is the same one.</summary>
    public Result<InvitationStep> Extend(Campaign campaign, DateTimeOffset until, DateTimeOffset now)
    {
        if (State is InvitationState.New or InvitationState.Revoked) return InvitationProblems.NoLink;
        if (State is InvitationState.Used) return InvitationProblems.Started;
        if (until <= now || until <= ExpiresAt) return Failure.Field("expires_at", "must be ahead of now, and of the time at which the link ends already.");
        if (until > now + LongestExpiry) return Failure.Field("expires_at", "must be at most 366 days ahead.");
        InvitationState state = State is not InvitationState.Expired ? State : OpenedAt is not null ? InvitationState.Opened : DeliveredAt is not null ? InvitationState.Delivered : SentAt is not null ? InvitationState.Sent : InvitationState.Created;
        Invitation after = Next(now) with { State = state, ExpiresAt = until, ExpiredAt = null, RemindedAt = null };
        return new InvitationStep(after with { DueAt = after.NextDue(campaign, now) }, InvitationEvents.Extended, Sends > 0 ? InvitationMail.Extend : null) { PreviousExpiry = ExpiresAt };
    }

    /// <param name="reason">In the company's words, for the mail.</param>
    public Result<InvitationStep> Revoke(string? reason, bool tell, DateTimeOffset now)
    {
        if (!IsLiveAt(now)) return InvitationProblems.NoLink;
        return new InvitationStep(
            Next(now) with { State = InvitationState.Revoked, RevokedAt = now, DueAt = null, Note = reason }, InvitationEvents.Revoked, tell && Sends > 0 ? InvitationMail.Revoke : null, reason);
    }

    /// <summary>The button of the start page.</summary>
    /// <returns>Null when the link does not lead on: the page says why.</returns>
    public InvitationStep? Start(Campaign campaign, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        if (!IsLiveAt(now) || (State is InvitationState.Used && !campaign.MayRestart)) return null;
        return new InvitationStep(Next(now) with { State = InvitationState.Used, UsedAt = UsedAt ?? now, Starts = Starts + 1, DueAt = null }, InvitationEvents.Used, Detail: Starts > 0 ? $"start {Starts + 1}" : null);
    }

    /// <summary>The mail cannot be taken: the address is on the suppression list, say. It was none, and counts for none: with another address the next may go at once.</summary>
    public InvitationStep Refuse(string why, DateTimeOffset now) =>
        new(Next(now) with { State = InvitationState.Bounced, BouncedAt = now, Note = why, RunId = null, LastSentAt = null, SendsToday = Math.Max(0, SendsToday - 1) }, InvitationEvents.Refused, Detail: why);

    /// <summary>What became of a mail. A state goes on and never back; what tells of an earlier mail than the last stands in the timeline alone.</summary>
    /// <param name="type">The event of the message.</param>
    /// <returns>Null when it is no news.</returns>
    public InvitationStep? Report(string type, Guid messageId, string? reason, DateTimeOffset at, DateTimeOffset now)
    {
        bool isLast = messageId == MessageId;
        Invitation next = Next(now);
        InvitationStep? step = type switch
        {
            "email.sent" when SentAt is null => new(next with { SentAt = at, State = Ahead(InvitationState.Sent, isLast) }, InvitationEvents.Sent),
            "email.delivered" when DeliveredAt is null => new(next with { DeliveredAt = at, SentAt = SentAt ?? at, State = Ahead(InvitationState.Delivered, isLast) }, InvitationEvents.Delivered),
            "email.opened" or "email.clicked" when OpenedAt is null => new(next with { OpenedAt = at, State = Ahead(InvitationState.Opened, isLast) }, InvitationEvents.Opened),
            "email.complained" when ComplainedAt is null => new(next with { ComplainedAt = at }, InvitationEvents.Complained),
            "email.bounced" or "email.failed" or "email.suppressed" => new(
                isLast && IsOpen && State is not InvitationState.Opened ? next with { State = InvitationState.Bounced, BouncedAt = at, Note = reason } : next, InvitationEvents.Bounced, Detail: reason),
            _ => null,
        };
        return step is null ? null : step with { At = at, MessageId = messageId };
    }

    [JsonIgnore] private bool IsOpen => State is InvitationState.Created or InvitationState.Sent or InvitationState.Delivered or InvitationState.Opened or InvitationState.Bounced;

    [JsonIgnore] private bool MayBeReminded => Sends > 0 && RemindedAt is null && State is not InvitationState.Bounced;

    private InvitationState Ahead(InvitationState reached, bool isLast) => isLast && State is InvitationState.Created or InvitationState.Sent or InvitationState.Delivered && reached > State ? reached : State;

    private DateTimeOffset? NextDue(Campaign campaign, DateTimeOffset now) =>
        MayBeReminded && campaign.RemindBeforeMinutes is { } minutes && ExpiresAt!.Value.AddMinutes(-minutes) is var at && at > now ? at : ExpiresAt;

    private Invitation Next(DateTimeOffset now) => this with { Version = Version + 1, UpdatedAt = now };
}
