using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Projects;
using Mail.Core.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Webhooks;

/// <summary>DELETE /webhooks/{id}: what waits for it goes with it, and so does the log of what was sent.</summary>
public static class RemoveWebhook
{
    public static void Map(IEndpointRouteBuilder webhooks) => webhooks.MapDelete("/{id}", Handle).RequireScope(Scopes.WriteWebhooks).ProducesApiError(404);

    public sealed record Response(string Object, string Id, bool Deleted);

    public static async Task<Results<Ok<Response>, ApiError>> Handle(string id, CurrentProject project, WebhookSetup setup, CancellationToken ct)
    {
        Guid webhook = WebhookRequest.Id(id);
        return await setup.RemoveAsync(project.Id, webhook, ct) is { } failure ? failure.ToApiError() : TypedResults.Ok(new Response("webhook", webhook.ToString(), Deleted: true));
    }
}
