using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Domains.Identities;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Domains;

/// <summary>PATCH /sender-identities/{id}: everything but the address itself.</summary>
public static class ChangeIdentity
{
    public static void Map(IEndpointRouteBuilder identities) =>
        identities.MapPatch("/{id}", Handle).RequireScope(Scopes.WriteDomains).WithMetadata(DomainRequest.SizeLimit).Accepts<IdentityRequest>("application/json").ProducesApiError(404).ProducesApiError(413);

    public static async Task<Results<Ok<IdentityResponse>, ApiError>> Handle(string id, HttpRequest http, CurrentProject project, IdentitySetup setup, CancellationToken ct)
    {
        Result<IdentityWish> wish = await IdentityRequest.ReadAsync(http, ct);
        if (!wish.IsSuccess) return wish.Failure.ToApiError();
        Result<SenderIdentity> changed = await setup.ChangeAsync(project.Id, IdentityRequest.Id(id), wish.Value, ct);
        return changed.IsSuccess ? TypedResults.Ok(IdentityResponse.Of(changed.Value)) : changed.Failure.ToApiError();
    }
}
