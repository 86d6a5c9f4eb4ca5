using System.Text.Json;
using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Invitations;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Invitations;

/// <summary>/interviews/campaign-links/: paths and bodies of the system that this one takes the place of.</summary>
public static class CampaignLinks
{
    private static readonly string[] _fields = ["application_id", "candidate_email", "candidate_name", "title", "target_url", "locale", "time_zone", "campaign_id"];
    private static readonly (string, string, string, string, string) _names = ("application_id", "candidate_email", "candidate_name", "locale", "time_zone");

    public static void Map(IEndpointRouteBuilder links)
    {
        links.MapPost("/", LinkAsync).RequireScope(Scopes.WriteInvitations).Accepts<Request>("application/json").Produces<Response>().Produces<Response>(201).ProducesApiError(409).ProducesApiError(413).ProducesApiError(503)
            .WithSummary("Get a candidate's link").WithDescription("Made by the first call (201, `created: true`); asked again, the same link as long as it works (200, `created: false`). No mail is sent.");
        links.MapPost("/{id}/send_invite", SendAsync).RequireScope(Scopes.WriteInvitations).ProducesApiError(404).ProducesApiError(409).ProducesApiError(429).ProducesApiError(503)
            .WithSummary("Mail a candidate's link").WithDescription("Again, too: once a minute and five times a day (429 with Retry-After).");
    }

    /// <param name="ApplicationId">Your own name of the application, a text or a number. Alone where the candidate is known.</param>
    /// <param name="Title">Of the campaign, which is made where the project has none of this title and target.</param>
    /// <param name="TargetUrl">Where the start page leads, with a ticket: https.</param>
    /// <param name="CampaignId">A campaign of /campaigns, in place of title and target.</param>
    public sealed record Request(JsonElement? ApplicationId, string? CandidateEmail, string? CandidateName, string? Title, string? TargetUrl, string? Locale, string? TimeZone, string? CampaignId);

    /// <param name="Id">For send_invite; the candidate's.</param>
    /// <param name="StartUrl">For the candidate.</param>
    /// <param name="Created">Whether this very call made it.</param>
    public sealed record Response(string Id, string Token, string StartUrl, DateTimeOffset ExpiresAt, bool Created);

    /// <param name="State">How far the invitation is.</param>
    /// <param name="EmailId">The mail's, for GET /emails.</param>
    public sealed record SentResponse(string Id, string State, string EmailId, DateTimeOffset ExpiresAt, int Sends);

    public static async Task<Results<JsonHttpResult<Response>, ApiError>> LinkAsync(HttpRequest http, CurrentProject project, InvitationFlow flow, IHostEnvironment environment, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(http, ct);
        Result<Request> parsed = JsonBody.Parse(body, ApiJson.Default.CampaignLinkRequest);
        if (!parsed.IsSuccess) return parsed.Failure.ToApiError();
        if (CampaignRequest.Unknown(body, _fields, "this call") is { } unknown) return unknown.ToApiError();
        Result<CandidateWish> wish = Wish(parsed.Value, project, environment.IsDevelopment());
        if (!wish.IsSuccess) return wish.Failure.ToApiError();
        Result<InvitationLink> link = await flow.LinkAsync(wish.Value, InvitationPages.Cause(project), ct);
        if (!link.IsSuccess) return link.Failure.ToApiError();
        Response response = new(link.Value.Invitation.Id.ToString(), link.Value.Token, link.Value.StartUrl, link.Value.Invitation.ExpiresAt!.Value.ToUniversalTime(), link.Value.Created);
        return TypedResults.Json(response, statusCode: response.Created ? 201 : 200);
    }

    public static async Task<Results<Ok<SentResponse>, ApiError>> SendAsync(string id, CurrentProject project, InvitationStore store, InvitationFlow flow, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out Guid candidate) || await store.FindAsync(project.Id, project.IsTest, candidate, ct) is not { } found) return Failure.NotFound("Invitation").ToApiError();
        if (await store.FindCampaignAsync(project.Id, project.IsTest, found.CampaignId, null, ct) is { } campaign && CampaignRequest.SenderProblem(project, campaign.Sender) is { } problem) return problem.ToApiError();
        Result<Invitation> sent = await flow.SendAsync(project.Id, project.IsTest, candidate, makesLink: false, InvitationPages.Cause(project), ct);
        if (!sent.IsSuccess) return sent.Failure.ToApiError();
        Invitation one = sent.Value;
        return TypedResults.Ok(new SentResponse(one.Id.ToString(), InvitationStates.Names[(int)one.State], one.MessageId!.Value.ToString(), one.ExpiresAt!.Value.ToUniversalTime(), one.Sends));
    }

    private static Result<CandidateWish> Wish(Request request, CurrentProject project, bool isDevelopment)
    {
        string? application;
        try
        {
            application = request.ApplicationId is not { } given ? null : given.ValueKind switch
            {
                JsonValueKind.String => given.GetString(),
                JsonValueKind.Number => given.GetRawText(),
                JsonValueKind.Null => null,
                _ => "\n", // refused below
            };
        }
        catch (InvalidOperationException)
        {
            application = "\n"; // half of a surrogate pair
        }

        if (application is null) return Failure.Missing("application_id");
        if (CandidateWish.ProblemWith(application, request.CandidateEmail, request.CandidateName, request.Locale, request.TimeZone, _names) is { } problem) return Failure.Field(problem.Field, problem.Problem);
        if (CampaignRequest.Line("title", request.Title) is { } title) return title;
        if (request.TargetUrl is { } url && CampaignRequest.TargetProblem(url, isDevelopment) is { } target) return Failure.Field("target_url", target);
        Guid campaign = default;
        if (request.CampaignId is not null && !Guid.TryParse(request.CampaignId, out campaign)) return Failure.Field("campaign_id", "must be the id of a campaign.");
        return new CandidateWish(
            project.Id, project.IsTest, application, request.CandidateEmail, request.CandidateName, request.Locale, request.TimeZone, request.CampaignId is null ? null : campaign, request.Title?.Trim(),
            request.TargetUrl is null ? null : CampaignRequest.Wire(request.TargetUrl));
    }
}
