using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Projects;

/// <summary>POST /api-keys/{id}/rotate: a new key of the same kind. The old one goes on for a day, or as long as one says, so that apps can change over.</summary>
public static class RotateApiKey
{
    private const int UsualGrace = 24;

    public static void Map(IEndpointRouteBuilder keys) =>
        keys.MapPost("/{id}/rotate", Handle).RequireScope(Scopes.WriteApiKeys).WithMetadata(ApiKeyRequest.SizeLimit).Accepts<Request>(isOptional: true, "application/json").ProducesApiError(404).ProducesApiError(413);

    /// <param name="GraceHours">For how long the old key still works: 0 to 720; 24 without it.</param>
    public sealed record Request(int? GraceHours);

    public static async Task<Results<Created<NewApiKeyResponse>, ApiError>> Handle(string id, HttpRequest http, CurrentProject project, ApiKeySetup setup, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(http, ct);
        Result<Request> request = body.Length == 0 ? new Request(null) : JsonBody.Parse(body, ApiJson.Default.RotateApiKeyRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        int hours = request.Value.GraceHours ?? UsualGrace;
        if (hours < 0 || hours > ApiKeySetup.LongestGrace.TotalHours) return Failure.Field("grace_hours", $"must be from 0 to {ApiKeySetup.LongestGrace.TotalHours}.").ToApiError();
        Result<ApiKeyWithText> made = await setup.RotateAsync(project.Id, ApiKeyRequest.Id(id), project.Actor, TimeSpan.FromHours(hours), ct);
        if (!made.IsSuccess) return made.Failure.ToApiError();
        string newId = made.Value.Key.Id.ToString();
        return TypedResults.Created($"/api-keys/{newId}", new NewApiKeyResponse("api_key", newId, made.Value.Text));
    }
}
