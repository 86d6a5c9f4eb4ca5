using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Messaging;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Messaging;

/// <summary>POST /dead-letters/{id}/replay: has it handled again, with all of its attempts, under its old ids.</summary>
public static class ReplayDeadLetter
{
    public static void Map(IEndpointRouteBuilder letters) => letters.MapPost("/{id}/replay", Handle).RequireScope(Scopes.WriteDeadLetters).ProducesApiError(404);

    /// <param name="Queued">How many wait for a worker now.</param>
    public sealed record Response(string Object, int Queued);

    public static async Task<Results<Accepted<Response>, ApiError>> Handle(string id, CurrentProject project, DeadLetters letters, CancellationToken ct) =>
        Guid.TryParse(id, out Guid letter) && await letters.ReplayAsync(project.Id, letter, ct)
            ? TypedResults.Accepted((string?)null, new Response("dead_letter_replay", 1))
            : Failure.NotFound("Dead letter").ToApiError();
}
