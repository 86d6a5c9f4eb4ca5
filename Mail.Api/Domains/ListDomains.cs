using Mail.Api.Access;
using Mail.Core.Domains;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Domains;

/// <summary>GET /domains: the project's domains, by name, without their records.</summary>
public static class ListDomains
{
    public static void Map(IEndpointRouteBuilder domains) => domains.MapGet("/", Handle).RequireScope(Scopes.ReadDomains);

    public sealed record Response(string Object, bool HasMore, IReadOnlyList<DomainResponse> Data);

    public static async Task<Ok<Response>> Handle(CurrentProject project, DomainSetup setup, CancellationToken ct) =>
        TypedResults.Ok(new Response("list", HasMore: false, [.. (await setup.ListAsync(project.Id, ct)).Select(DomainResponse.Of)]));
}
