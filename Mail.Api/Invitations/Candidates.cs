using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Invitations;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mail.Api.Invitations;

/// <summary>/campaigns/{id}/candidates: who is invited, one by one. Many at once come by a file.</summary>
public static class Candidates
{
    private static readonly string[] _fields = ["application_id", "email", "name", "locale", "time_zone"];
    private static readonly (string, string, string, string, string) _names = ("application_id", "email", "name", "locale", "time_zone");

    public static void Map(IEndpointRouteBuilder candidates)
    {
        candidates.MapGet("/", ListAsync).RequireScope(Scopes.ReadInvitations).ProducesApiError(404).WithSummary("List candidates");
        candidates.MapPost("/", AddAsync).RequireScope(Scopes.WriteInvitations).Accepts<Request>("application/json").ProducesApiError(404).ProducesApiError(409).ProducesApiError(413)
            .WithSummary("Add a candidate").WithDescription("No mail is sent. 409 where the application is known.");
        candidates.MapGet("/{candidate}", GetAsync).RequireScope(Scopes.ReadInvitations).ProducesApiError(404).WithSummary("See a candidate with the timeline");
        candidates.MapPatch("/{candidate}", ChangeAsync).RequireScope(Scopes.WriteInvitations).Accepts<Request>("application/json").ProducesApiError(404).ProducesApiError(413).WithSummary("Change a candidate");
        candidates.MapDelete("/{candidate}", RemoveAsync).RequireScope(Scopes.WriteInvitations).ProducesApiError(404).WithSummary("Remove a candidate").WithDescription("With the timeline; the link is unknown from then on.");
    }

    /// <param name="ApplicationId">Your own name of the application, unique in the project; cannot be changed.</param>
    /// <param name="Locale">BCP 47.</param>
    /// <param name="TimeZone">IANA; in which the mails say when the link ends.</param>
    public sealed record Request(string? ApplicationId, string? Email, string? Name, string? Locale, string? TimeZone);

    public sealed record ListResponse(string Object, bool HasMore, IReadOnlyList<CandidateResponse> Data);

    public sealed record RemovedResponse(string Object, string Id, bool Deleted);

    /// <param name="limit">1 to 100; 20 without it.</param>
    /// <param name="after">The last id of this page: the next page holds older ones.</param>
    /// <param name="state">How far the invitation is.</param>
    /// <param name="email">A part of the address.</param>
    /// <param name="applicationId">Exactly this application.</param>
    public static async Task<Results<Ok<ListResponse>, ApiError>> ListAsync(
        string id, CurrentProject project, InvitationStore store, CampaignReader reader, CancellationToken ct, string? limit = null, string? after = null, string? state = null, string? email = null,
        [FromQuery(Name = "application_id")] string? applicationId = null)
    {
        Result<(int Limit, Guid? After)> page = InvitationPages.Read(limit, after);
        if (!page.IsSuccess) return page.Failure.ToApiError();
        if (state is not null && !InvitationStates.Names.Contains(state)) return Failure.Field("state", $"must be one of {string.Join(", ", InvitationStates.Names)}.").ToApiError();
        foreach ((string field, string? text) in new[] { ("email", email), ("application_id", applicationId) })
            if (text is not null && !TextRules.IsStorable(text)) return Failure.Field(field, "must not contain NUL or half of a surrogate pair.").ToApiError();
        if (await Campaigns.FindAsync(id, project, store, ct) is not { } campaign) return Campaigns.NotFound;
        (IReadOnlyList<Invitation> found, bool hasMore) = await reader.CandidatesAsync(campaign, page.Value.Limit, page.Value.After, state, email, applicationId, ct);
        return TypedResults.Ok(new ListResponse("list", hasMore, [.. found.Select(one => CandidateResponse.Of(one))]));
    }

    public static async Task<Results<Created<CandidateResponse>, ApiError>> AddAsync(string id, HttpRequest http, CurrentProject project, InvitationStore store, InvitationFlow flow, CancellationToken ct)
    {
        Result<Request> read = Read(await JsonBody.ReadBytesAsync(http, ct));
        if (!read.IsSuccess) return read.Failure.ToApiError();
        Request request = read.Value;
        if (request.ApplicationId is null) return Failure.Missing("application_id").ToApiError();
        if (request.Email is null) return Failure.Missing("email").ToApiError();
        if (await Campaigns.FindAsync(id, project, store, ct) is not { } campaign) return Campaigns.NotFound;
        Result<Invitation> added = await flow.AddAsync(campaign, new CandidateWish(project.Id, project.IsTest, request.ApplicationId, request.Email, request.Name, request.Locale, request.TimeZone, campaign.Id), InvitationPages.Cause(project), ct);
        return added.IsSuccess ? TypedResults.Created($"/campaigns/{campaign.Id}/candidates/{added.Value.Id}", CandidateResponse.Of(added.Value)) : added.Failure.ToApiError();
    }

    public static async Task<Results<Ok<CandidateResponse>, ApiError>> GetAsync(string id, string candidate, CurrentProject project, InvitationStore store, CancellationToken ct) =>
        await FindAsync(id, candidate, project, store, ct) is { } found ? TypedResults.Ok(CandidateResponse.Of(found, await store.TimelineAsync(project.Id, found.Id, ct))) : NotFound;

    public static async Task<Results<Ok<CandidateResponse>, ApiError>> ChangeAsync(string id, string candidate, HttpRequest http, CurrentProject project, InvitationStore store, InvitationFlow flow, CancellationToken ct)
    {
        Result<Request> read = Read(await JsonBody.ReadBytesAsync(http, ct));
        if (!read.IsSuccess) return read.Failure.ToApiError();
        if (await FindAsync(id, candidate, project, store, ct) is not { } found) return NotFound;
        Request request = read.Value;
        if (request.ApplicationId is { } application && application != found.ApplicationId) return Failure.Field("application_id", "cannot be changed: another application is another candidate.").ToApiError();
        CandidateWish wish = new(project.Id, project.IsTest, found.ApplicationId, request.Email, request.Name, request.Locale, request.TimeZone);
        Result<Invitation> changed = await flow.ChangeAsync(project.Id, project.IsTest, found.Id, wish, InvitationPages.Cause(project), ct);
        return changed.IsSuccess ? TypedResults.Ok(CandidateResponse.Of(changed.Value)) : changed.Failure.ToApiError();
    }

    public static async Task<Results<Ok<RemovedResponse>, ApiError>> RemoveAsync(string id, string candidate, CurrentProject project, InvitationStore store, CancellationToken ct) =>
        await FindAsync(id, candidate, project, store, ct) is { } found && await store.RemoveAsync(project.Id, found.Id, ct) ? TypedResults.Ok(new RemovedResponse("candidate", candidate, true)) : NotFound;

    internal static ApiError NotFound => Failure.NotFound("Candidate").ToApiError();

    internal static async Task<Invitation?> FindAsync(string id, string candidate, CurrentProject project, InvitationStore store, CancellationToken ct) =>
        Guid.TryParse(id, out Guid campaign) && Guid.TryParse(candidate, out Guid known) && await store.FindAsync(project.Id, project.IsTest, known, ct) is { } found && found.CampaignId == campaign ? found : null;

    private static Result<Request> Read(byte[] body)
    {
        Result<Request> request = JsonBody.Parse(body, ApiJson.Default.CandidateRequest);
        if (!request.IsSuccess) return request;
        if (CampaignRequest.Unknown(body, _fields, "a candidate") is { } unknown) return unknown;
        Request one = request.Value;
        return CandidateWish.ProblemWith(one.ApplicationId, one.Email, one.Name, one.Locale, one.TimeZone, _names) is { } problem ? Failure.Field(problem.Field, problem.Problem) : request;
    }
}
