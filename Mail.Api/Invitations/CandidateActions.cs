using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Invitations;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Invitations;

/// <summary>/campaigns/{id}/candidates/{candidate}/…: invite one (again), give more time, take the invitation back.</summary>
public static class CandidateActions
{
    public static void Map(IEndpointRouteBuilder candidates)
    {
        candidates.MapPost("/{candidate}/invite", InviteAsync).RequireScope(Scopes.WriteInvitations).ProducesApiError(404).ProducesApiError(409).ProducesApiError(429).ProducesApiError(503)
            .WithSummary("Invite a candidate, or again").WithDescription("Makes a link where there is none that works. Once a minute and five times a day (429 with Retry-After).");
        candidates.MapPost("/{candidate}/extend", ExtendAsync).RequireScope(Scopes.WriteInvitations).Accepts<ExtendRequest>("application/json").ProducesApiError(404).ProducesApiError(409).ProducesApiError(413)
            .WithSummary("Give a candidate more time").WithDescription("The same link, also when it has expired; the candidate is told if a mail was sent before.");
        candidates.MapPost("/{candidate}/revoke", RevokeAsync).RequireScope(Scopes.WriteInvitations).Accepts<RevokeRequest>("application/json").ProducesApiError(404).ProducesApiError(409).ProducesApiError(413)
            .WithSummary("Take an invitation back");
    }

    /// <param name="ExpiresAt">Later than now and than before, at most 366 days ahead.</param>
    public sealed record ExtendRequest(DateTimeOffset? ExpiresAt);

    /// <param name="Message">Why, in your words, for the candidate.</param>
    /// <param name="Notify">Whether the candidate is told, if a mail was sent before; true without it.</param>
    public sealed record RevokeRequest(string? Message, bool? Notify);

    public static Task<Results<Ok<CandidateResponse>, ApiError>> InviteAsync(string id, string candidate, CurrentProject project, InvitationStore store, InvitationFlow flow, CancellationToken ct) =>
        ActAsync(id, candidate, project, store, one => flow.SendAsync(project.Id, project.IsTest, one, makesLink: true, InvitationPages.Cause(project), ct), ct);

    public static async Task<Results<Ok<CandidateResponse>, ApiError>> ExtendAsync(string id, string candidate, HttpRequest http, CurrentProject project, InvitationStore store, InvitationFlow flow, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(http, ct);
        Result<ExtendRequest> request = JsonBody.Parse(body, ApiJson.Default.ExtendInvitationRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        if (CampaignRequest.Unknown(body, ["expires_at"], "this call") is { } unknown) return unknown.ToApiError();
        if (request.Value.ExpiresAt is not { } until) return Failure.Missing("expires_at").ToApiError();
        return await ActAsync(id, candidate, project, store, one => flow.ExtendAsync(project.Id, project.IsTest, one, until.ToUniversalTime(), InvitationPages.Cause(project), ct), ct);
    }

    public static async Task<Results<Ok<CandidateResponse>, ApiError>> RevokeAsync(string id, string candidate, HttpRequest http, CurrentProject project, InvitationStore store, InvitationFlow flow, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(http, ct);
        RevokeRequest request = new(null, null);
        if (body.Length > 0)
        {
            Result<RevokeRequest> parsed = JsonBody.Parse(body, ApiJson.Default.RevokeInvitationRequest);
            if (!parsed.IsSuccess) return parsed.Failure.ToApiError();
            if (CampaignRequest.Unknown(body, ["message", "notify"], "this call") is { } unknown) return unknown.ToApiError();
            request = parsed.Value;
        }

        if (CampaignRequest.Text("message", request.Message) is { } problem) return problem.ToApiError();
        return await ActAsync(id, candidate, project, store, one => flow.RevokeAsync(project.Id, project.IsTest, one, request.Message, request.Notify ?? true, InvitationPages.Cause(project), ct), ct);
    }

    private static async Task<Results<Ok<CandidateResponse>, ApiError>> ActAsync(
        string id, string candidate, CurrentProject project, InvitationStore store, Func<Guid, Task<Result<Invitation>>> act, CancellationToken ct)
    {
        if (await Candidates.FindAsync(id, candidate, project, store, ct) is not { } found) return Candidates.NotFound;
        if (await Campaigns.FindAsync(id, project, store, ct) is { } campaign && CampaignRequest.SenderProblem(project, campaign.Sender) is { } problem) return problem.ToApiError();
        Result<Invitation> done = await act(found.Id);
        return done.IsSuccess ? TypedResults.Ok(CandidateResponse.Of(done.Value)) : done.Failure.ToApiError();
    }
}
