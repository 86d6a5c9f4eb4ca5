using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Messaging;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Messaging;

/// <summary>DELETE /dead-letters/{id}: it will never be handled.</summary>
public static class DiscardDeadLetter
{
    public static void Map(IEndpointRouteBuilder letters) => letters.MapDelete("/{id}", Handle).RequireScope(Scopes.WriteDeadLetters).ProducesApiError(404);

    public sealed record Response(string Object, string Id, bool Deleted);

    public static async Task<Results<Ok<Response>, ApiError>> Handle(string id, CurrentProject project, DeadLetters letters, CancellationToken ct) =>
        Guid.TryParse(id, out Guid letter) && await letters.DiscardAsync(project.Id, letter, ct)
            ? TypedResults.Ok(new Response("dead_letter", letter.ToString(), Deleted: true))
            : Failure.NotFound("Dead letter").ToApiError();
}
