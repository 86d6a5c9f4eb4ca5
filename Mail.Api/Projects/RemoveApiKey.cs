using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Projects;

/// <summary>DELETE /api-keys/{id}: ends it here at once, and in other processes within ten seconds.</summary>
public static class RemoveApiKey
{
    public static void Map(IEndpointRouteBuilder keys) => keys.MapDelete("/{id}", Handle).RequireScope(Scopes.WriteApiKeys).ProducesApiError(404);

    public sealed record Response(string Object, string Id, bool Deleted);

    public static async Task<Results<Ok<Response>, ApiError>> Handle(string id, CurrentProject project, ApiKeySetup setup, CancellationToken ct)
    {
        Result<ApiKey> ended = await setup.RevokeAsync(project.Id, ApiKeyRequest.Id(id), project.Actor, ct);
        return ended.IsSuccess ? TypedResults.Ok(new Response("api_key", ended.Value.Id.ToString(), Deleted: true)) : ended.Failure.ToApiError();
    }
}
