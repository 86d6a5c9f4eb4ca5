using System.Globalization;
using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Webhooks;

/// <summary>POST /webhooks/{id}/replay: sends one event again, or all that were given up since a time. Under the same ids, so that a receiver that knows them does nothing twice.</summary>
public static class ReplayWebhook
{
    public static void Map(IEndpointRouteBuilder webhooks) =>
        webhooks.MapPost("/{id}/replay", Handle).RequireScope(Scopes.WriteWebhooks).Accepts<Request>("application/json").ProducesApiError(404).ProducesApiError(413);

    /// <param name="EventId">One event, taken or not, as in the header webhook-id.</param>
    /// <param name="Since">All events from then on that were given up: ISO 8601 with an offset.</param>
    public sealed record Request(string? EventId, string? Since);

    /// <param name="Queued">How many will be sent again.</param>
    public sealed record Response(string Object, int Queued);

    public static async Task<Results<Accepted<Response>, ApiError>> Handle(string id, HttpRequest http, CurrentProject project, WebhookSetup setup, WebhookLog log, CancellationToken ct)
    {
        Result<Request> request = JsonBody.Parse(await JsonBody.ReadBytesAsync(http, ct), ApiJson.Default.ReplayWebhookRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        if (request.Value is { EventId: null, Since: null }) return Failure.Missing("event_id").ToApiError();
        if (request.Value is { EventId: not null, Since: not null }) return Failure.Field("since", "cannot be used together with `event_id`.").ToApiError();
        DateTimeOffset since = default;
        Guid eventId = default;
        if (request.Value.Since is { } text && !TryParseTime(text, out since)) return Failure.Field("since", "must be a time such as `2026-03-01T12:00:00Z`.").ToApiError();
        if (request.Value.EventId is { } one && !WebhookEventId.TryParse(one, out eventId)) return Failure.Field("event_id", "must be the id of an event, as in the header webhook-id.").ToApiError();

        Result<Webhook> found = await setup.FindAsync(project.Id, WebhookRequest.Id(id), ct);
        if (!found.IsSuccess) return found.Failure.ToApiError();
        if (request.Value.Since is not null) return TypedResults.Accepted((string?)null, new Response("webhook_replay", await log.ReplaySinceAsync(project.Id, found.Value.Id, since, ct)));
        return await log.ReplayAsync(project.Id, found.Value.Id, eventId, ct)
            ? TypedResults.Accepted((string?)null, new Response("webhook_replay", 1))
            : Failure.NotFound("Event").ToApiError();
    }

    private static bool TryParseTime(string text, out DateTimeOffset at)
    {
        at = default;
        return text.Length <= 40 && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at);
    }
}
