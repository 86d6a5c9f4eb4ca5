using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Webhooks;

/// <summary>PATCH /webhooks/{id}: what is given changes, everything else stays. Switched on again, or at another address, it gets at once what waited.</summary>
public static class ChangeWebhook
{
    public static void Map(IEndpointRouteBuilder webhooks) =>
        webhooks.MapPatch("/{id}", Handle).RequireScope(Scopes.WriteWebhooks).Accepts<WebhookRequest>("application/json").ProducesApiError(404).ProducesApiError(413);

    public static async Task<Results<Ok<WebhookResponse>, ApiError>> Handle(string id, HttpRequest http, CurrentProject project, WebhookSetup setup, CancellationToken ct)
    {
        Result<WebhookWish> wish = await WebhookRequest.ReadAsync(http, isNew: false, ct);
        if (!wish.IsSuccess) return wish.Failure.ToApiError();
        Result<Webhook> changed = await setup.ChangeAsync(project.Id, WebhookRequest.Id(id), wish.Value, ct);
        return changed.IsSuccess ? TypedResults.Ok(WebhookResponse.Of(changed.Value)) : changed.Failure.ToApiError();
    }
}
