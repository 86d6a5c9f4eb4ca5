using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Suppressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mail.Api.Suppressions;

/// <summary>GET /suppressions: what came last first, by pages.</summary>
public static class ListSuppressions
{
    public static void Map(IEndpointRouteBuilder suppressions) => suppressions.MapGet("/", Handle).RequireScope(Scopes.ReadSuppressions);

    public sealed record Response(string Object, bool HasMore, IReadOnlyList<SuppressionResponse> Data);

    /// <param name="limit">1 to 100; 20 without it.</param>
    /// <param name="after">The last id of this page: the next page holds older ones.</param>
    /// <param name="before">The first id of this page: the page before holds newer ones.</param>
    /// <param name="email">Part of the address.</param>
    /// <param name="reason">Such as `hard_bounce`.</param>
    /// <param name="topicId">Entries about this topic.</param>
    public static async Task<Results<Ok<Response>, ApiError>> Handle(
        CurrentProject project, SuppressionList list, CancellationToken ct,
        string? limit = null, string? after = null, string? before = null, string? email = null, string? reason = null, [FromQuery(Name = "topic_id")] string? topicId = null)
    {
        Result<SuppressionFilter> filter = Filter(limit, after, before, email, reason, topicId);
        if (!filter.IsSuccess) return filter.Failure.ToApiError();
        (IReadOnlyList<Suppression> page, bool hasMore) = await list.ListAsync(project.Id, filter.Value, ct);
        return TypedResults.Ok(new Response("list", hasMore, [.. page.Select(SuppressionResponse.Of)]));
    }

    internal static Result<SuppressionFilter> Filter(string? limit, string? after, string? before, string? email, string? reason, string? topic)
    {
        int count = 20;
        if (limit is not null && (!int.TryParse(limit, out count) || count is < 1 or > 100)) return Failure.Field("limit", "must be a number from 1 to 100.");
        Guid afterId = default, beforeId = default;
        if (after is not null && !Guid.TryParse(after, out afterId)) return Failure.Field("after", "must be the id of an entry.");
        if (before is not null && !Guid.TryParse(before, out beforeId)) return Failure.Field("before", "must be the id of an entry.");
        if (after is not null && before is not null) return Failure.Field("before", "cannot be used together with `after`.");
        if (email?.Contains('\0', StringComparison.Ordinal) == true) return Failure.Field("email", "must not contain NUL.");
        SuppressionReason why = default;
        if (!string.IsNullOrEmpty(reason) && !SuppressionReasons.TryParse(reason, out why)) return Failure.Field("reason", SuppressionRequest.ReasonProblem);
        if (!string.IsNullOrEmpty(topic) && Topics.Problem(topic) is { } problem) return Failure.Field("topic_id", problem);
        return new SuppressionFilter(
            count, after is null ? null : afterId, before is null ? null : beforeId, string.IsNullOrEmpty(email) ? null : email,
            string.IsNullOrEmpty(reason) ? null : why, string.IsNullOrEmpty(topic) ? null : topic);
    }
}
