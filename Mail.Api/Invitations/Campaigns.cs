using System.Text.Json;
using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Api.Messages;
using Mail.Core.Common;
using Mail.Core.Invitations;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Mail.Api.Invitations;

/// <summary>/campaigns: interviews that candidates are invited to. A test key sees and makes its own, apart from the live ones.</summary>
public static class Campaigns
{
    public static void Map(IEndpointRouteBuilder campaigns)
    {
        campaigns.MapGet("/", ListAsync).RequireScope(Scopes.ReadInvitations).WithSummary("List campaigns");
        campaigns.MapPost("/", AddAsync).RequireScope(Scopes.WriteInvitations).Accepts<CampaignRequest>("application/json").Produces<CampaignResponse>(201).ProducesApiError(409).ProducesApiError(413)
            .WithSummary("Make a campaign").WithDescription("Takes an Idempotency-Key.");
        campaigns.MapGet("/{id}", GetAsync).RequireScope(Scopes.ReadInvitations).ProducesApiError(404).WithSummary("See a campaign");
        campaigns.MapPatch("/{id}", ChangeAsync).RequireScope(Scopes.WriteInvitations).Accepts<CampaignRequest>("application/json").ProducesApiError(404).ProducesApiError(413)
            .WithSummary("Change a campaign").WithDescription("Links that are out keep their end; mails from now on say what is new.");
        campaigns.MapDelete("/{id}", RemoveAsync).RequireScope(Scopes.WriteInvitations).ProducesApiError(404).WithSummary("Remove a campaign").WithDescription("With its candidates and their timelines; links that are out are unknown from then on.");
        campaigns.MapGet("/{id}/metrics", MetricsAsync).RequireScope(Scopes.ReadInvitations).ProducesApiError(404).WithSummary("See a campaign's metrics");
    }

    public sealed record ListResponse(string Object, bool HasMore, IReadOnlyList<CampaignResponse> Data);

    public sealed record RemovedResponse(string Object, string Id, bool Deleted);

    /// <param name="limit">1 to 100; 20 without it.</param>
    /// <param name="after">The last id of this page: the next page holds older ones.</param>
    public static async Task<Results<Ok<ListResponse>, ApiError>> ListAsync(CurrentProject project, CampaignStore campaigns, CancellationToken ct, string? limit = null, string? after = null)
    {
        Result<(int Limit, Guid? After)> page = InvitationPages.Read(limit, after);
        if (!page.IsSuccess) return page.Failure.ToApiError();
        (IReadOnlyList<Campaign> found, bool hasMore) = await campaigns.ListAsync(project.Id, project.IsTest, page.Value.Limit, page.Value.After, ct);
        return TypedResults.Ok(new ListResponse("list", hasMore, [.. found.Select(one => CampaignResponse.Of(one))]));
    }

    public static async Task<Results<ContentHttpResult, ApiError>> AddAsync(
        HttpRequest http, CurrentProject project, CampaignStore campaigns, IdempotentAnswers answers, NpgsqlDataSource dataSource, IHostEnvironment environment, TimeProvider clock, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(http, ct);
        Result<IdempotencyRecord?> key = IdempotencyKey.Read(http, body);
        if (!key.IsSuccess) return key.Failure.ToApiError();
        Result<CampaignRequest> request = CampaignRequest.Read(body);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        DateTimeOffset now = clock.GetUtcNow();
        Result<Campaign> campaign = request.Value.On(new Campaign { ProjectId = project.Id.Value, Id = UuidV7.New(now), IsTest = project.IsTest, Title = "", TargetUrl = "", CreatedAt = now, UpdatedAt = now }, environment.IsDevelopment(), now);
        if (!campaign.IsSuccess) return campaign.Failure.ToApiError();
        if (CampaignRequest.SenderProblem(project, campaign.Value.Sender) is { } problem) return problem.ToApiError();
        string response = JsonSerializer.Serialize(CampaignResponse.Of(campaign.Value, 0), ApiJson.Default.CampaignResponse);
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using (NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct))
        {
            if (await answers.TakeAsync(connection, project.Id, key.Value, response, ct))
            {
                await campaigns.AddAsync(campaign.Value, connection, ct);
                await transaction.CommitAsync(ct);
                return TypedResults.Content(response, "application/json", statusCode: 201);
            }
        }

        Result<string> earlier = await answers.FindAsync(project.Id, key.Value, ct) ?? throw new InvalidOperationException("An Idempotency-Key was taken and is gone.");
        return earlier.IsSuccess ? TypedResults.Content(earlier.Value, "application/json", statusCode: 201) : earlier.Failure.ToApiError();
    }

    public static async Task<Results<Ok<CampaignResponse>, ApiError>> GetAsync(string id, CurrentProject project, InvitationStore store, CampaignReader reader, CancellationToken ct) =>
        await FindAsync(id, project, store, ct) is { } campaign ? TypedResults.Ok(CampaignResponse.Of(campaign, await reader.NotInvitedAsync(campaign, ct))) : NotFound;

    public static async Task<Results<Ok<CampaignResponse>, ApiError>> ChangeAsync(
        string id, HttpRequest http, CurrentProject project, InvitationStore store, CampaignStore campaigns, CampaignReader reader, IHostEnvironment environment, TimeProvider clock, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(http, ct);
        Result<CampaignRequest> given = CampaignRequest.Read(body);
        if (!given.IsSuccess) return given.Failure.ToApiError();
        if (await FindAsync(id, project, store, ct) is not { } campaign) return NotFound;
        Result<CampaignRequest> request = CampaignRequest.Over(campaign, body);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        Result<Campaign> changed = request.Value.On(campaign, environment.IsDevelopment(), clock.GetUtcNow());
        if (!changed.IsSuccess) return changed.Failure.ToApiError();
        if (CampaignRequest.SenderProblem(project, changed.Value.Sender) is { } problem) return problem.ToApiError();
        await campaigns.ChangeAsync(changed.Value, ct);
        return TypedResults.Ok(CampaignResponse.Of(changed.Value, await reader.NotInvitedAsync(changed.Value, ct)));
    }

    public static async Task<Results<Ok<RemovedResponse>, ApiError>> RemoveAsync(string id, CurrentProject project, CampaignStore campaigns, CancellationToken ct) =>
        Guid.TryParse(id, out Guid campaign) && await campaigns.RemoveAsync(project.Id, project.IsTest, campaign, ct) ? TypedResults.Ok(new RemovedResponse("campaign", id, true)) : NotFound;

    public static async Task<Results<Ok<CampaignMetricsResponse>, ApiError>> MetricsAsync(string id, CurrentProject project, InvitationStore store, CampaignReader reader, CancellationToken ct) =>
        await FindAsync(id, project, store, ct) is { } campaign ? TypedResults.Ok(CampaignMetricsResponse.Of(await reader.CountAsync(campaign, ct))) : NotFound;

    internal static ApiError NotFound => Failure.NotFound("Campaign").ToApiError();

    internal static async Task<Campaign?> FindAsync(string id, CurrentProject project, InvitationStore store, CancellationToken ct) =>
        Guid.TryParse(id, out Guid campaign) ? await store.FindCampaignAsync(project.Id, project.IsTest, campaign, null, ct) : null;
}

/// <summary>What all lists of this feature ask.</summary>
internal static class InvitationPages
{
    public static Result<(int Limit, Guid? After)> Read(string? limit, string? after)
    {
        int count = 20;
        if (limit is not null && (!int.TryParse(limit, out count) || count is < 1 or > 100)) return Failure.Field("limit", "must be a number from 1 to 100.");
        Guid id = default;
        if (after is not null && !Guid.TryParse(after, out id)) return Failure.Field("after", "must be the last id of the page before.");
        return (count, after is null ? null : id);
    }

    public static InvitationCause Cause(CurrentProject project) => new("api", project.Actor.Id, project.Actor.Client?.ToString());
}
