using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Domains;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Domains;

/// <summary>GET /domains/{id}: one domain with its records, as the last check found them.</summary>
public static class GetDomain
{
    public static void Map(IEndpointRouteBuilder domains) => domains.MapGet("/{id}", Handle).RequireScope(Scopes.ReadDomains).ProducesApiError(404);

    public static async Task<Results<Ok<DomainResponse>, ApiError>> Handle(string id, HttpRequest http, CurrentProject project, DomainSetup setup, CancellationToken ct)
    {
        Result<DomainInSetup> found = await setup.FindAsync(project.Id, DomainRequest.Id(id), ct);
        return found.IsSuccess ? TypedResults.Ok(DomainResponse.Of(found.Value, RequestLanguage.Of(http))) : found.Failure.ToApiError();
    }
}
