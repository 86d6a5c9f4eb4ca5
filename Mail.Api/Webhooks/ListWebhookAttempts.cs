using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Webhooks;

/// <summary>GET /webhooks/{id}/attempts: the requests that were made to it, newest first, by pages.</summary>
public static class ListWebhookAttempts
{
    public static void Map(IEndpointRouteBuilder webhooks) => webhooks.MapGet("/{id}/attempts", Handle).RequireScope(Scopes.ReadWebhooks).ProducesApiError(404);

    public sealed record Response(string Object, bool HasMore, IReadOnlyList<Item> Data);

    /// <param name="EventId">As in the header webhook-id; the same at every attempt.</param>
    /// <param name="EmailId">The message that it is about; null for what is about none.</param>
    /// <param name="Attempt">From 1; begins anew with a replay.</param>
    /// <param name="Succeeded">Whether the answer was 2xx.</param>
    /// <param name="Status">Of the answer; null without one.</param>
    /// <param name="Problem">What went wrong, in words.</param>
    /// <param name="Answer">The answer's first KB.</param>
    /// <param name="NextAttemptAt">Null when it was taken, or given up.</param>
    public sealed record Item(
        string Object, string Id, string EventId, string Type, string? EmailId, DateTimeOffset EventCreatedAt, int Attempt, DateTimeOffset CreatedAt, long DurationMs, bool Succeeded, int? Status, string? Problem,
        string? Answer, DateTimeOffset? NextAttemptAt);

    /// <param name="limit">1 to 100; 20 without it.</param>
    /// <param name="after">The last id of this page: the next page holds older ones.</param>
    /// <param name="status">`succeeded` or `failed`; both without it.</param>
    public static async Task<Results<Ok<Response>, ApiError>> Handle(
        string id, CurrentProject project, WebhookSetup setup, WebhookLog log, CancellationToken ct, string? limit = null, string? after = null, string? status = null)
    {
        int count = 20;
        if (limit is not null && (!int.TryParse(limit, out count) || count is < 1 or > 100)) return Failure.Field("limit", "must be a number from 1 to 100.").ToApiError();
        Guid afterId = default;
        if (after is not null && !Guid.TryParse(after, out afterId)) return Failure.Field("after", "must be the id of an attempt.").ToApiError();
        if (!string.IsNullOrEmpty(status) && status is not ("succeeded" or "failed")) return Failure.Field("status", "must be `succeeded` or `failed`.").ToApiError();
        Result<Webhook> found = await setup.FindAsync(project.Id, WebhookRequest.Id(id), ct);
        if (!found.IsSuccess) return found.Failure.ToApiError();
        (IReadOnlyList<WebhookAttempt> page, bool hasMore) =
            await log.ListAsync(project.Id, found.Value.Id, after is null ? null : afterId, string.IsNullOrEmpty(status) ? null : status == "succeeded", count, ct);
        return TypedResults.Ok(new Response("list", hasMore, [.. page.Select(ItemOf)]));
    }

    private static Item ItemOf(WebhookAttempt attempt) => new(
        "webhook_attempt", attempt.Id.ToString(), WebhookEventId.Shown(attempt.EventId), attempt.Type, attempt.MessageId?.ToString(),
        attempt.HappenedAt, attempt.Number, attempt.At, (long)attempt.Took.TotalMilliseconds, attempt.IsTaken, attempt.Status, attempt.Problem, attempt.Answer, attempt.NextAttemptAt);
}
