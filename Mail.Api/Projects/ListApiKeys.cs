using Mail.Api.Access;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Projects;

/// <summary>GET /api-keys: the project's keys, the newest first, without their text.</summary>
public static class ListApiKeys
{
    public static void Map(IEndpointRouteBuilder keys) => keys.MapGet("/", Handle).RequireScope(Scopes.ReadApiKeys);

    public sealed record Response(string Object, bool HasMore, IReadOnlyList<ApiKeyResponse> Data);

    public static async Task<Ok<Response>> Handle(CurrentProject project, ApiKeySetup setup, LeaverKeys leavers, CancellationToken ct)
    {
        HashSet<Guid> ofLeavers = await leavers.FindAsync(project.Id, ct);
        return TypedResults.Ok(new Response("list", false, [.. (await setup.ListAsync(project.Id, ct)).Select(key => ApiKeyResponse.Of(key, ofLeavers))]));
    }
}
