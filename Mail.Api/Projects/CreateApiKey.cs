using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Projects;

/// <summary>POST /api-keys: another key, with no more rights than one has oneself. The answer holds the key, this once.</summary>
public static class CreateApiKey
{
    public static void Map(IEndpointRouteBuilder keys) =>
        keys.MapPost("/", Handle).RequireScope(Scopes.WriteApiKeys).WithMetadata(ApiKeyRequest.SizeLimit).Accepts<ApiKeyRequest>("application/json").ProducesApiError(409).ProducesApiError(413);

    public static async Task<Results<Created<NewApiKeyResponse>, ApiError>> Handle(HttpRequest http, CurrentProject project, ApiKeySetup setup, MailDbContext db, CancellationToken ct)
    {
        Result<(ApiKeyWish Wish, bool? IsTest)> request = await ApiKeyRequest.ReadAsync(http, project.Id, db, ct);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        Result<ApiKeyWithText> made = await setup.AddAsync(project.Id, project.Actor, request.Value.Wish, request.Value.IsTest ?? false, ct);
        if (!made.IsSuccess) return made.Failure.ToApiError();
        string id = made.Value.Key.Id.ToString();
        return TypedResults.Created($"/api-keys/{id}", new NewApiKeyResponse("api_key", id, made.Value.Text));
    }
}
