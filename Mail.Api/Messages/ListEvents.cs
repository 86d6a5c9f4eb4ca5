using System.Text.Json;
using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Delivery.Catalogue;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Messages;

/// <summary>GET /emails/{id}/events: what happened to a message, oldest first.</summary>
public static class ListEvents
{
    public static void Map(IEndpointRouteBuilder messages) => messages.MapGet("/{id}/events", Handle).RequireScope(Scopes.ReadMessages).ProducesApiError(404);

    public sealed record Response(string Object, bool HasMore, IReadOnlyList<Item> Data);

    /// <param name="Detail">What events of this type alone say, in the words of webhooks: where a clicked link leads, whether a machine did it.</param>
    /// <param name="HasTranscript">Whether what was said in this attempt is kept: `GET /emails/{id}/events/{eventId}/transcript`. Of an attempt that the relay accepted only its last reply is.</param>
    public sealed record Item(
        string Id, string Type, DateTimeOffset CreatedAt, string? Recipient, string? Relay, int? Code, string? EnhancedCode, string? Text, int? Attempt, DateTimeOffset? NextAttemptAt, string? Reason,
        CauseFacts? Cause, JsonElement? Detail, bool HasTranscript);

    public static async Task<Results<Ok<Response>, ApiError>> Handle(string id, HttpRequest http, CurrentProject project, MessageReader messages, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out Guid value) || await messages.FindAsync(project.Id, new MessageId(value), ct) is not { } message) return Failure.NotFound("Email").ToApiError();
        // Acceptance is the message's own row, not an event of its own.
        Item accepted = new(id, message.ScheduledAt is null ? "email.queued" : "email.scheduled", message.CreatedAt, null, null, null, null, null, null, message.ScheduledAt, null, null, null, false);
        string language = RequestLanguage.Of(http);
        IReadOnlyList<MessageEvent> events = await messages.EventsAsync(project.Id, message.Id, ct);
        return TypedResults.Ok(new Response("list", false, [accepted, .. events.Select(happened => ItemOf(happened, language))]));
    }

    private static Item ItemOf(MessageEvent happened, string language) => new(
        happened.Id.ToString(), happened.Type, happened.CreatedAt, happened.Recipient, happened.Relay, happened.Code, happened.EnhancedCode, happened.Text,
        happened.Attempt, happened.NextAttemptAt, happened.Reason, CauseFacts.Of(StoredCause.OfEvent(happened.Type, happened.Cause, happened.Reason), language),
        happened.Detail is { } detail ? JsonElement.Parse(detail) : null, happened.HasTranscript);
}
