using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Tracking;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Tracking;

/// <summary>GET /tracking/objections: what came last first, by pages.</summary>
public static class ListObjections
{
    public static void Map(IEndpointRouteBuilder objections) => objections.MapGet("/", Handle).RequireScope(Scopes.ReadTracking);

    public sealed record Response(string Object, bool HasMore, IReadOnlyList<ObjectionResponse> Data);

    /// <param name="limit">1 to 100; 20 without it.</param>
    /// <param name="after">The last id of this page: the next page holds older ones.</param>
    /// <param name="before">The first id of this page: the page before holds newer ones.</param>
    public static async Task<Results<Ok<Response>, ApiError>> Handle(
        CurrentProject project, TrackingObjections objections, CancellationToken ct, string? limit = null, string? after = null, string? before = null)
    {
        int count = 20;
        if (limit is not null && (!int.TryParse(limit, out count) || count is < 1 or > 100)) return Failure.Field("limit", "must be a number from 1 to 100.").ToApiError();
        Guid afterId = default, beforeId = default;
        if (after is not null && !Guid.TryParse(after, out afterId)) return Failure.Field("after", "must be the id of an objection.").ToApiError();
        if (before is not null && !Guid.TryParse(before, out beforeId)) return Failure.Field("before", "must be the id of an objection.").ToApiError();
        if (after is not null && before is not null) return Failure.Field("before", "cannot be used together with `after`.").ToApiError();
        (IReadOnlyList<TrackingObjection> page, bool hasMore) = await objections.ListAsync(project.Id, count, after is null ? null : afterId, before is null ? null : beforeId, ct);
        return TypedResults.Ok(new Response("list", hasMore, [.. page.Select(ObjectionResponse.Of)]));
    }
}
