using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Mail.Core.Relays;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Messages;

/// <summary>GET /emails/{id}/events/{eventId}/transcript: what was said in an attempt that did not end well. Passwords and tokens are masked, the message is its size, other recipients are left out.</summary>
public static class GetTranscript
{
    public static void Map(IEndpointRouteBuilder messages) => messages.MapGet("/{id}/events/{eventId}/transcript", Handle).RequireScope(Scopes.ReadMessages).ProducesApiError(404);

    /// <param name="Id">The event's, as in `GET /emails/{id}/events`.</param>
    /// <param name="Type">What the attempt came to, such as `email.bounced`.</param>
    /// <param name="Attempt">Which one, from 1; null where the relay could not be used, which counts as none.</param>
    /// <param name="Lines">In order; about 4 KB at most, of a long one the beginning and the end.</param>
    public sealed record Response(string Object, string Id, string Type, DateTimeOffset CreatedAt, string? Recipient, string? Relay, int? Attempt, IReadOnlyList<Line> Lines);

    /// <param name="At">Seconds since the connection was begun (SMTP), or the request (an HTTP API). A connection may have carried messages before.</param>
    /// <param name="By">`client` is us, `server` the relay, `note` tells what happened to the connection or what is left out.</param>
    public sealed record Line(double At, string By, string Text);

    public static async Task<Results<Ok<Response>, ApiError>> Handle(string id, string eventId, CurrentProject project, MessageReader messages, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out Guid message) || !Guid.TryParse(eventId, out Guid happened) || await messages.TranscriptAsync(project.Id, new MessageId(message), happened, ct) is not ({ } found, { } transcript))
            return Failure.NotFound("Transcript").ToApiError();
        return TypedResults.Ok(new Response(
            "transcript", found.Id.ToString(), found.Type, found.CreatedAt, found.Recipient, found.Relay, found.Attempt is 0 ? null : found.Attempt,
            [.. AttemptTranscript.Parse(transcript).Select(line => new Line(line.At.TotalSeconds, line.Speaker switch { AttemptSpeaker.Client => "client", AttemptSpeaker.Server => "server", _ => "note" }, line.Text))]));
    }
}
