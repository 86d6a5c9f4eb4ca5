using Mail.Api.Access;
using Mail.Core.Privacy;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Privacy;

/// <summary>GET /privacy/erasures: the last ones, newest first.</summary>
public static class ListErasures
{
    private const int Limit = 50;

    public static void Map(IEndpointRouteBuilder privacy) => privacy.MapGet("/erasures", Handle).RequireScope(Scopes.WritePrivacy);

    public sealed record Response(string Object, IReadOnlyList<ErasureResponse> Data);

    public static async Task<Ok<Response>> Handle(CurrentProject project, Erasures erasures, CancellationToken ct) =>
        TypedResults.Ok(new Response("list", [.. (await erasures.ListAsync(project.Id, Limit, ct)).Select(ErasureResponse.Of)]));
}
