using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Requests;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Requests;

/// <summary>POST /requests/{id}/resend: mails it again, with links of its own.</summary>
public static class ResendRequest
{
    public static void Map(IEndpointRouteBuilder requests) => requests.MapPost("/{id}/resend", Handle).RequireScope(Scopes.WriteRequests).ProducesApiError(404).ProducesApiError(409)
        .WithSummary("Mail a request again").WithDescription("409 when it is decided or over; 429 within a minute of the last one, and after ten.");

    public static async Task<Results<Ok<RequestResponse>, ApiError>> Handle(string id, HttpContext http, CurrentProject project, RequestFlow flow, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out Guid value)) return Failure.NotFound("Request").ToApiError();
        Result<DecisionRequest> changed = await flow.ResendAsync(project.Id, project.IsTest, value, FlowFields.ActorOf(project, http), ct);
        return changed.IsSuccess ? TypedResults.Ok(RequestResponse.Of(changed.Value)) : changed.Failure.ToApiError();
    }
}
