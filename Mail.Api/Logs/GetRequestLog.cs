using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Logs;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Logs;

/// <summary>GET /logs/{id}: one call.</summary>
public static class GetRequestLog
{
    public static void Map(IEndpointRouteBuilder logs) => logs.MapGet("/{id}", Handle).RequireScope(Scopes.ReadLogs).ProducesApiError(404).WithSummary("Get request log");

    /// <param name="id">As in the header X-Request-Id of the answer.</param>
    public static async Task<Results<Ok<RequestLogResponse>, ApiError>> Handle(string id, CurrentProject project, RequestLogReader logs, CancellationToken ct)
    {
        ReadRequest? found = Guid.TryParse(id, out Guid known) ? await logs.FindAsync(project.Id, known, ct) : null;
        return found is null ? Failure.NotFound("Log").ToApiError() : TypedResults.Ok(RequestLogResponse.Of(found));
    }
}
