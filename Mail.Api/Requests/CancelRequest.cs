using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Requests;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Requests;

/// <summary>POST /requests/{id}/cancel: takes it back; its links say so from then on.</summary>
public static class CancelRequest
{
    public static void Map(IEndpointRouteBuilder requests) => requests.MapPost("/{id}/cancel", Handle).RequireScope(Scopes.WriteRequests).ProducesApiError(404).ProducesApiError(409)
        .WithSummary("Take a request back").WithDescription("409 when it is decided or over.");

    public static async Task<Results<Ok<RequestResponse>, ApiError>> Handle(string id, HttpContext http, CurrentProject project, RequestFlow flow, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out Guid value)) return Failure.NotFound("Request").ToApiError();
        Result<DecisionRequest> changed = await flow.CancelAsync(project.Id, project.IsTest, value, FlowFields.ActorOf(project, http), ct);
        return changed.IsSuccess ? TypedResults.Ok(RequestResponse.Of(changed.Value)) : changed.Failure.ToApiError();
    }
}
