using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Invitations;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Invitations;

/// <summary>POST /campaigns/{id}/invite: all who have never been invited, or a list, in the background; GET says how far it is.</summary>
public static class InviteCandidates
{
    public static void Map(IEndpointRouteBuilder campaigns)
    {
        campaigns.MapPost("/{id}/invite", BeginAsync).RequireScope(Scopes.WriteInvitations).Accepts<Request>("application/json").ProducesApiError(403).ProducesApiError(404).ProducesApiError(409).ProducesApiError(413).ProducesApiError(503)
            .WithSummary("Invite many candidates").WithDescription("All who have never been invited, or those that are named. Nobody is written to twice: while one call is under way another one is 409, and who was invited is not new any more.");
        campaigns.MapGet("/{id}/invite", ShowAsync).RequireScope(Scopes.ReadInvitations).ProducesApiError(404).WithSummary("See how far inviting many is");
    }

    /// <param name="Candidates">Ids.</param>
    /// <param name="ApplicationIds">Or your own names of the applications.</param>
    public sealed record Request(string?[]? Candidates, string?[]? ApplicationIds);

    public static async Task<Results<Accepted<InviteResponse>, ApiError>> BeginAsync(string id, HttpRequest http, CurrentProject project, InvitationStore store, BulkInvite invite, CampaignReader reader, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(http, ct);
        Request request = new(null, null);
        if (body.Length > 0)
        {
            Result<Request> parsed = JsonBody.Parse(body, ApiJson.Default.InviteCandidatesRequest);
            if (!parsed.IsSuccess) return parsed.Failure.ToApiError();
            if (CampaignRequest.Unknown(body, ["candidates", "application_ids"], "this call") is { } unknown) return unknown.ToApiError();
            request = parsed.Value;
        }

        Result<Guid[]?> ids = Ids(request.Candidates);
        if (!ids.IsSuccess) return ids.Failure.ToApiError();
        if (request.ApplicationIds?.Length > BulkInvite.MostNamed) return Failure.Field("application_ids", $"are more than {BulkInvite.MostNamed}.").ToApiError();
        int wrong = Array.FindIndex(request.ApplicationIds ?? [], one => one is null || !TextRules.IsStorable(one));
        if (wrong >= 0) return Failure.Field($"application_ids.{wrong}", "must be the name of an application.").ToApiError();
        if (await Campaigns.FindAsync(id, project, store, ct) is not { } campaign) return Campaigns.NotFound;
        if (CampaignRequest.SenderProblem(project, campaign.Sender) is { } problem) return problem.ToApiError();
        Result<int> begun = await invite.BeginAsync(campaign, ids.Value, request.ApplicationIds is null ? null : [.. request.ApplicationIds.Select(one => one!)], ct);
        if (!begun.IsSuccess) return begun.Failure.ToApiError();
        Campaign now = await store.FindCampaignAsync(project.Id, project.IsTest, campaign.Id, null, ct) ?? campaign;
        return TypedResults.Accepted($"/campaigns/{campaign.Id}/invite", InviteResponse.Of(now, await reader.CountAsync(now, ct)));
    }

    public static async Task<Results<Ok<InviteResponse>, ApiError>> ShowAsync(string id, CurrentProject project, InvitationStore store, CampaignReader reader, CancellationToken ct) =>
        await Campaigns.FindAsync(id, project, store, ct) is { } campaign ? TypedResults.Ok(InviteResponse.Of(campaign, await reader.CountAsync(campaign, ct))) : Campaigns.NotFound;

    private static Result<Guid[]?> Ids(string?[]? texts)
    {
        if (texts is null) return (Guid[]?)null;
        if (texts.Length > BulkInvite.MostNamed) return Failure.Field("candidates", $"are more than {BulkInvite.MostNamed}.");
        Guid[] ids = new Guid[texts.Length];
        for (int i = 0; i < texts.Length; i++)
            if (!Guid.TryParse(texts[i], out ids[i])) return Failure.Field($"candidates.{i}", "must be the id of a candidate.");
        return ids;
    }
}
