using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Projects;

/// <summary>PATCH /api-keys/{id}: what a key may do. Other processes follow within ten seconds.</summary>
public static class ChangeApiKey
{
    public static void Map(IEndpointRouteBuilder keys) =>
        keys.MapPatch("/{id}", Handle).RequireScope(Scopes.WriteApiKeys).WithMetadata(ApiKeyRequest.SizeLimit).Accepts<ApiKeyRequest>("application/json").ProducesApiError(404).ProducesApiError(413);

    public static async Task<Results<Ok<ApiKeyResponse>, ApiError>> Handle(string id, HttpRequest http, CurrentProject project, ApiKeySetup setup, LeaverKeys leavers, MailDbContext db, CancellationToken ct)
    {
        Result<(ApiKeyWish Wish, bool? IsTest)> request = await ApiKeyRequest.ReadAsync(http, project.Id, db, ct);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        if (request.Value.IsTest is not null) return Failure.Field("test", "cannot be changed. Make another key.").ToApiError();
        Result<ApiKey> changed = await setup.ChangeAsync(project.Id, ApiKeyRequest.Id(id), project.Actor, request.Value.Wish, ct);
        return changed.IsSuccess ? TypedResults.Ok(ApiKeyResponse.Of(changed.Value, await leavers.FindAsync(project.Id, ct))) : changed.Failure.ToApiError();
    }
}
