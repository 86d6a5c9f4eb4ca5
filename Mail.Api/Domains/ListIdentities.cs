using Mail.Api.Access;
using Mail.Core.Domains.Identities;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Domains;

/// <summary>GET /sender-identities: the project's sender identities, by address.</summary>
public static class ListIdentities
{
    public static void Map(IEndpointRouteBuilder identities) => identities.MapGet("/", Handle).RequireScope(Scopes.ReadDomains);

    public sealed record Response(string Object, bool HasMore, IReadOnlyList<IdentityResponse> Data);

    public static async Task<Ok<Response>> Handle(CurrentProject project, IdentitySetup setup, CancellationToken ct) =>
        TypedResults.Ok(new Response("list", HasMore: false, [.. (await setup.ListAsync(project.Id, ct)).Select(IdentityResponse.Of)]));
}
