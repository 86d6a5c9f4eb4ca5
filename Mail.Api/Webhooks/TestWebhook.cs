using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Webhooks;

/// <summary>POST /webhooks/{id}/test: sends an event of a made-up message, the way every event goes. What came of it stands in the attempts.</summary>
public static class TestWebhook
{
    public static void Map(IEndpointRouteBuilder webhooks) =>
        webhooks.MapPost("/{id}/test", Handle).RequireScope(Scopes.WriteWebhooks).Accepts<Request>(isOptional: true, "application/json").ProducesApiError(404).ProducesApiError(409).ProducesApiError(413);

    /// <param name="Type">Which event; without it the first that the webhook asks for.</param>
    public sealed record Request(string? Type);

    /// <param name="Id">The event's, as in the header webhook-id.</param>
    public sealed record Response(string Object, string Id, string Type);

    public static async Task<Results<Accepted<Response>, ApiError>> Handle(string id, HttpRequest http, CurrentProject project, WebhookSetup setup, WebhookLog log, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(http, ct);
        Result<Request> request = body.Length == 0 ? new Request(null) : JsonBody.Parse(body, ApiJson.Default.TestWebhookRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        if (request.Value.Type is { } asked && !WebhookEvents.IsKnown(asked)) return Failure.Field("type", $"must be one of: {string.Join(", ", WebhookEvents.All)}.").ToApiError();
        Result<Webhook> found = await setup.FindAsync(project.Id, WebhookRequest.Id(id), ct);
        if (!found.IsSuccess) return found.Failure.ToApiError();
        if (!found.Value.IsEnabled) return new Failure(FailureKind.Conflict, "webhook_disabled", "This webhook is switched off. Switch it on to test it.").ToApiError();
        string type = request.Value.Type ?? found.Value.Events[0];
        Guid eventId = await log.TestAsync(found.Value, type, ct);
        return TypedResults.Accepted((string?)null, new Response("webhook_event", WebhookEventId.Shown(eventId), type));
    }
}
