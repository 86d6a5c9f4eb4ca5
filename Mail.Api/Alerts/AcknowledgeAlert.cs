using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Alerts;
using Mail.Core.Common;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Alerts;

/// <summary>POST /alerts/{id}/acknowledge: somebody knows. It stands on until it is over, and is not told again before that. Asking again changes nothing.</summary>
public static class AcknowledgeAlert
{
    public static void Map(IEndpointRouteBuilder alerts) => alerts.MapPost("/{id}/acknowledge", Handle).RequireScope(Scopes.WriteAlerts).ProducesApiError(404);

    public static async Task<Results<Ok<AlertResponse>, ApiError>> Handle(string id, HttpRequest http, CurrentProject project, AlertStore alerts, CancellationToken ct) =>
        Guid.TryParse(id, out Guid value) && await alerts.AcknowledgeAsync(project.Id, value, ct) is { } alert
            ? TypedResults.Ok(AlertResponse.Of(alert, RequestLanguage.Of(http)))
            : Failure.NotFound("Alert").ToApiError();
}
