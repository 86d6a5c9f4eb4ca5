using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Domains;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Domains;

/// <summary>DELETE /domains/{id}: its mail is refused from now on, and its keys are gone.</summary>
public static class RemoveDomain
{
    public static void Map(IEndpointRouteBuilder domains) => domains.MapDelete("/{id}", Handle).RequireScope(Scopes.WriteDomains).ProducesApiError(404);

    public sealed record Response(string Object, string Id, bool Deleted);

    public static async Task<Results<Ok<Response>, ApiError>> Handle(string id, CurrentProject project, DomainSetup setup, CancellationToken ct)
    {
        DomainId domain = DomainRequest.Id(id);
        return await setup.RemoveAsync(project.Id, domain, ct) is { } failure ? failure.ToApiError() : TypedResults.Ok(new Response("domain", domain.ToString(), Deleted: true));
    }
}
