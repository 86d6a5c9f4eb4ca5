using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Invitations;

/// <summary>A candidate's link as an app gets it.</summary>
/// <param name="Created">Made by this very call.</param>
public sealed record InvitationLink(Invitation Invitation, string Token, string StartUrl, bool Created);

/// <summary>What apps and people do with single invitations: each is one transaction.</summary>
public sealed class InvitationFlow(NpgsqlDataSource dataSource, InvitationStore store, InvitationWriter writer, InvitationLinks links, CampaignStore campaigns, TimeProvider clock)
{
    /// <summary>The link of an application that is known, or becomes known by what the wish says; the same one as long as it works, however many ask at once.</summary>
    public async Task<Result<InvitationLink>> LinkAsync(CandidateWish wish, InvitationCause cause, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(wish);
        if (links.Objection is { } objection) return objection;
        DateTimeOffset now = clock.GetUtcNow();
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        Invitation? known = await store.LockByApplicationAsync(wish.Project, wish.IsTest, wish.ApplicationId, connection, ct);
        List<InvitationStep> steps = [];
        Campaign campaign;
        if (known is null)
        {
            if (wish.Email is null) return Failure.Field("application_id", "names no candidate that is known. Name the candidate here too: `candidate_email`, and `title` with `target_url`, or `campaign_id`.");
            Result<Campaign> found = await campaigns.OfWishAsync(wish, connection, ct);
            if (!found.IsSuccess) return found.Failure;
            campaign = found.Value;
            Invitation made = wish.ToCandidate(campaign, now);
            if (!(await InvitationStore.AddAsync([made], connection, ct)).Contains(made.Id)) // another call was faster, and has committed by now
                known = await store.LockByApplicationAsync(wish.Project, wish.IsTest, wish.ApplicationId, connection, ct) ?? throw new InvalidOperationException("The candidate was removed while it was made.");
            else
            {
                await writer.TellAsync(connection, campaign, [new InvitationStep(made, InvitationEvents.Added)], cause, now, ct);
                known = made;
            }
        }

        campaign = await store.CampaignAsync(wish.Project, known.CampaignId, connection, ct);
        if (wish.Contradiction(campaign) is { } contradiction) return contradiction;
        if (wish.ChangeOf(known, now) is { } change)
        {
            steps.Add(change);
            known = change.After;
        }

        InvitationStep? link = known.Link(campaign, now);
        if (link is not null) steps.Add(link);
        IReadOnlyList<InvitationStep> stored = await writer.WriteAsync(connection, campaign, steps, cause, ct);
        await transaction.CommitAsync(ct);
        writer.Wake();
        Invitation after = stored.Count > 0 ? stored[^1].After : known;
        string token = await links.TokenAsync(after, ct);
        return new InvitationLink(after, token, links.UrlOf(token), Created: link is not null);
    }

    /// <summary>A candidate who is not invited yet.</summary>
    public async Task<Result<Invitation>> AddAsync(Campaign campaign, CandidateWish wish, InvitationCause cause, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(wish);
        DateTimeOffset now = clock.GetUtcNow();
        Invitation made = wish.ToCandidate(campaign, now);
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        if ((await InvitationStore.AddAsync([made], connection, ct)).Count == 0) return new Failure(FailureKind.Conflict, "application_exists", "`application_id` has a candidate already. Change it by PATCH.");
        await writer.TellAsync(connection, campaign, [new InvitationStep(made, InvitationEvents.Added)], cause, now, ct);
        await transaction.CommitAsync(ct);
        return made;
    }

    /// <summary>Mails the link, the first time or again; makes one where there is none that works and <paramref name="makesLink"/> says so.</summary>
    public Task<Result<Invitation>> SendAsync(ProjectId project, bool isTest, Guid id, bool makesLink, InvitationCause cause, CancellationToken ct) => ChangeAsync(project, isTest, id, cause, (invitation, campaign, now) =>
    {
        if (links.Objection is { } objection) return objection;
        InvitationStep? link = makesLink ? invitation.Link(campaign, now) : null;
        Result<InvitationStep> sent = (link?.After ?? invitation).Send(campaign, now);
        if (!sent.IsSuccess) return sent.Failure;
        return link is null ? new[] { sent.Value } : new[] { link, sent.Value };
    }, ct);

    /// <summary>More time for the same link.</summary>
    public Task<Result<Invitation>> ExtendAsync(ProjectId project, bool isTest, Guid id, DateTimeOffset until, InvitationCause cause, CancellationToken ct) =>
        ChangeAsync(project, isTest, id, cause, (invitation, campaign, now) => One(invitation.Extend(campaign, until, now)), ct);

    /// <summary>Takes the link back.</summary>
    /// <param name="tell">Whether the candidate gets a mail, if one was sent before.</param>
    public Task<Result<Invitation>> RevokeAsync(ProjectId project, bool isTest, Guid id, string? reason, bool tell, InvitationCause cause, CancellationToken ct) =>
        ChangeAsync(project, isTest, id, cause, (invitation, campaign, now) => One(invitation.Revoke(reason, tell, now)), ct);

    /// <summary>Another address, name, language or time zone.</summary>
    public Task<Result<Invitation>> ChangeAsync(ProjectId project, bool isTest, Guid id, CandidateWish wish, InvitationCause cause, CancellationToken ct) =>
        ChangeAsync(project, isTest, id, cause, (invitation, _, now) => wish.ChangeOf(invitation, now) is { } change ? new[] { change } : Array.Empty<InvitationStep>(), ct);

    private async Task<Result<Invitation>> ChangeAsync(
        ProjectId project, bool isTest, Guid id, InvitationCause cause, Func<Invitation, Campaign, DateTimeOffset, Result<InvitationStep[]>> decide, CancellationToken ct)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        if (await store.LockAsync(project, isTest, id, connection, ct) is not { } invitation) return InvitationProblems.NotFound;
        Campaign campaign = await store.CampaignAsync(project, invitation.CampaignId, connection, ct);
        Result<InvitationStep[]> steps = decide(invitation, campaign, clock.GetUtcNow());
        if (!steps.IsSuccess) return steps.Failure;
        IReadOnlyList<InvitationStep> stored = await writer.WriteAsync(connection, campaign, steps.Value, cause, ct);
        Failure? problem = stored.FirstOrDefault(step => step.Problem is not null)?.Problem;
        if (problem?.Kind is FailureKind.Unavailable) return problem; // rolled back: that is about us, and not about the candidate
        await transaction.CommitAsync(ct);
        writer.Wake();
        if (problem is not null) return problem; // who asked hears why, and the candidate says it too
        return stored.Count > 0 ? stored[^1].After : invitation;
    }

    private static Result<InvitationStep[]> One(Result<InvitationStep> step) => step.IsSuccess ? new[] { step.Value } : step.Failure;
}
