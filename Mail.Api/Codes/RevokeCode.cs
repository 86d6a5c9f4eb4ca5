using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Codes;
using Mail.Core.Common;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Codes;

/// <summary>DELETE /codes/{id}: takes a code back.</summary>
public static class RevokeCode
{
    public static void Map(IEndpointRouteBuilder codes) => codes.MapDelete("/{id}", Handle).RequireScope(Scopes.VerifyCodes).ProducesApiError(404).ProducesApiError(409)
        .WithSummary("Take a code back").WithDescription("404 once another code took its place, or it was forgotten; 409 when it was used.");

    public sealed record Response(string Object, string Id, bool Revoked);

    public static async Task<Results<Ok<Response>, ApiError>> Handle(string id, CurrentProject project, CodeStore codes, CancellationToken ct) =>
        (Guid.TryParse(id, out Guid value) ? await codes.RevokeAsync(project.Id, value, project.IsTest, ct) : null) switch
        {
            true => TypedResults.Ok(new Response("code", value.ToString(), true)),
            false => new Failure(FailureKind.Conflict, "used_code", "This code was used before, and cannot be taken back.").ToApiError(),
            null => Failure.NotFound("Code").ToApiError(),
        };
}
