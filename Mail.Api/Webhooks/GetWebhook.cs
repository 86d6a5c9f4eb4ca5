using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Webhooks;

/// <summary>GET /webhooks/{id}: one webhook. Its secret is not shown again; rotate it if it is lost.</summary>
public static class GetWebhook
{
    public static void Map(IEndpointRouteBuilder webhooks) => webhooks.MapGet("/{id}", Handle).RequireScope(Scopes.ReadWebhooks).ProducesApiError(404);

    public static async Task<Results<Ok<WebhookResponse>, ApiError>> Handle(string id, CurrentProject project, WebhookSetup setup, CancellationToken ct)
    {
        Result<Webhook> found = await setup.FindAsync(project.Id, WebhookRequest.Id(id), ct);
        return found.IsSuccess ? TypedResults.Ok(WebhookResponse.Of(found.Value)) : found.Failure.ToApiError();
    }
}
