using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Flows;
using Mail.Core.Projects;
using Mail.Core.Requests;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Requests;

/// <summary>GET /requests/{id}: with its history.</summary>
public static class GetRequest
{
    public static void Map(IEndpointRouteBuilder requests) => requests.MapGet("/{id}", Handle).RequireScope(Scopes.ReadRequests).ProducesApiError(404).WithSummary("See what became of a request");

    public static async Task<Results<Ok<RequestResponse>, ApiError>> Handle(string id, CurrentProject project, RequestStore requests, FlowHistory history, CancellationToken ct) =>
        Guid.TryParse(id, out Guid value) && await requests.FindAsync(project.Id, value, ct) is { } request && request.IsTest == project.IsTest
            ? TypedResults.Ok(RequestResponse.Of(request, await history.ListAsync(project.Id, value, ct))) : Failure.NotFound("Request").ToApiError();
}
