using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Domains.Identities;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Domains;

/// <summary>GET /sender-identities/{id}.</summary>
public static class GetIdentity
{
    public static void Map(IEndpointRouteBuilder identities) => identities.MapGet("/{id}", Handle).RequireScope(Scopes.ReadDomains).ProducesApiError(404);

    public static async Task<Results<Ok<IdentityResponse>, ApiError>> Handle(string id, CurrentProject project, IdentitySetup setup, CancellationToken ct)
    {
        Result<SenderIdentity> found = await setup.FindAsync(project.Id, IdentityRequest.Id(id), ct);
        return found.IsSuccess ? TypedResults.Ok(IdentityResponse.Of(found.Value)) : found.Failure.ToApiError();
    }
}
