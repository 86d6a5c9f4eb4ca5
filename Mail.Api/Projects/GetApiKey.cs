using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Projects;

/// <summary>GET /api-keys/{id}.</summary>
public static class GetApiKey
{
    public static void Map(IEndpointRouteBuilder keys) => keys.MapGet("/{id}", Handle).RequireScope(Scopes.ReadApiKeys).ProducesApiError(404);

    public static async Task<Results<Ok<ApiKeyResponse>, ApiError>> Handle(string id, CurrentProject project, ApiKeySetup setup, LeaverKeys leavers, CancellationToken ct)
    {
        Result<ApiKey> key = await setup.FindAsync(project.Id, ApiKeyRequest.Id(id), ct);
        return key.IsSuccess ? TypedResults.Ok(ApiKeyResponse.Of(key.Value, await leavers.FindAsync(project.Id, ct))) : key.Failure.ToApiError();
    }
}
