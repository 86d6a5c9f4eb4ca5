using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Webhooks;

/// <summary>POST /webhooks/{id}/rotate-secret: a new signing secret. The old one signs beside it for a day, so that the receiver can change over without losing anything.</summary>
public static class RotateWebhookSecret
{
    public static void Map(IEndpointRouteBuilder webhooks) => webhooks.MapPost("/{id}/rotate-secret", Handle).RequireScope(Scopes.WriteWebhooks).ProducesApiError(404);

    /// <param name="SigningSecret">Shown here and nowhere else.</param>
    /// <param name="OldSecretExpiresAt">Until then each request bears two signatures.</param>
    public sealed record Response(string Object, string Id, string SigningSecret, DateTimeOffset? OldSecretExpiresAt);

    public static async Task<Results<Ok<Response>, ApiError>> Handle(string id, CurrentProject project, WebhookSetup setup, CancellationToken ct)
    {
        Result<WebhookWithSecret> rotated = await setup.RotateAsync(project.Id, WebhookRequest.Id(id), ct);
        if (!rotated.IsSuccess) return rotated.Failure.ToApiError();
        return TypedResults.Ok(new Response("webhook", rotated.Value.Webhook.Id.ToString(), rotated.Value.Secret, rotated.Value.Webhook.OldSecretUntil));
    }
}
