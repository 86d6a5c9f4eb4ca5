using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Webhooks;

/// <summary>POST /webhooks: another endpoint that hears of events. The answer holds the signing secret, this once.</summary>
public static class CreateWebhook
{
    public static void Map(IEndpointRouteBuilder webhooks) =>
        webhooks.MapPost("/", Handle).RequireScope(Scopes.WriteWebhooks).Accepts<WebhookRequest>("application/json").ProducesApiError(409).ProducesApiError(413);

    /// <param name="SigningSecret">`whsec_` and base64: shown here and nowhere else. Keep it where the receiver can read it.</param>
    public sealed record Response(string Object, string Id, string SigningSecret);

    public static async Task<Results<Created<Response>, ApiError>> Handle(HttpRequest http, CurrentProject project, WebhookSetup setup, CancellationToken ct)
    {
        Result<WebhookWish> wish = await WebhookRequest.ReadAsync(http, isNew: true, ct);
        if (!wish.IsSuccess) return wish.Failure.ToApiError();
        Result<WebhookWithSecret> added = await setup.AddAsync(project.Id, wish.Value, ct);
        if (!added.IsSuccess) return added.Failure.ToApiError();
        string id = added.Value.Webhook.Id.ToString();
        return TypedResults.Created($"/webhooks/{id}", new Response("webhook", id, added.Value.Secret));
    }
}
