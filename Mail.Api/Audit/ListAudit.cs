using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Audit;
using Mail.Core.Common;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mail.Api.Audit;

/// <summary>GET /audit-log: who changed what, the newest first, by pages.</summary>
public static class ListAudit
{
    public static void Map(IEndpointRouteBuilder audit) => audit.MapGet("/", Handle).RequireScope(Scopes.ReadAudit);

    public sealed record Response(string Object, bool HasMore, IReadOnlyList<AuditResponse> Data);

    /// <param name="limit">1 to 100; 20 without it.</param>
    /// <param name="after">The last id of this page: the next page holds older lines.</param>
    /// <param name="action">An action (`relay.change`), or all of a kind (`relay`).</param>
    /// <param name="actorId">A member's or a key's id.</param>
    /// <param name="subjectId">The id of what was changed.</param>
    /// <param name="since">From this time on.</param>
    /// <param name="until">Before this time.</param>
    public static async Task<Results<Ok<Response>, ApiError>> Handle(
        CurrentProject project, AuditLog log, CancellationToken ct, string? limit = null, string? after = null, string? action = null,
        [FromQuery(Name = "actor_id")] string? actorId = null, [FromQuery(Name = "subject_id")] string? subjectId = null, string? since = null, string? until = null)
    {
        int count = 20;
        if (limit is not null && (!int.TryParse(limit, out count) || count is < 1 or > 100)) return Failure.Field("limit", "must be a number from 1 to 100.").ToApiError();
        Result<AuditFilter> filter = AuditRequests.Filter(action, actorId, subjectId, since, until, after);
        if (!filter.IsSuccess) return filter.Failure.ToApiError();
        List<AuditResponse> lines = [];
        await foreach (AuditEntry entry in log.ReadAsync(project.Id, filter.Value, count + 1, ct)) lines.Add(AuditResponse.Of(entry));
        return TypedResults.Ok(new Response("list", lines.Count > count, [.. lines.Take(count)]));
    }
}
