using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Messaging;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Messaging;

/// <summary>GET /dead-letters/{id}: one dead letter, with what it says.</summary>
public static class GetDeadLetter
{
    public static void Map(IEndpointRouteBuilder letters) => letters.MapGet("/{id}", Handle).RequireScope(Scopes.ReadDeadLetters).ProducesApiError(404);

    /// <param name="Body">The message's JSON, as text, with addresses and what looks secret masked; null when all of it is sensitive (codes, links), which nobody gets to see.</param>
    public sealed record Response(
        string Object, string Id, string MessageId, string Type, string Handler, string? Key, int Attempts, string Error, DateTimeOffset PublishedAt, DateTimeOffset DueAt, DateTimeOffset DiedAt, string? Body);

    public static async Task<Results<Ok<Response>, ApiError>> Handle(string id, CurrentProject project, DeadLetters letters, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out Guid letter) || await letters.FindAsync(project.Id, letter, ct) is not { } found) return Failure.NotFound("Dead letter").ToApiError();
        return TypedResults.Ok(new Response(
            "dead_letter", found.Id.ToString(), found.MessageId.ToString(), found.Name, found.Handler, found.Key, found.Attempts, found.Error, found.PublishedAt, found.DueAt, found.DiedAt, found.Body is { } body ? MaskedBody.Of(body) : null));
    }
}
