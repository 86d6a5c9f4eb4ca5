using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Domains.Identities;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Domains;

/// <summary>POST /sender-identities: an address to send from without owning its domain. It gets a mail with a link that verifies it.</summary>
public static class CreateIdentity
{
    public static void Map(IEndpointRouteBuilder identities) =>
        identities.MapPost("/", Handle).RequireScope(Scopes.WriteDomains).WithMetadata(DomainRequest.SizeLimit).Accepts<IdentityRequest>("application/json")
            .ProducesApiError(409).ProducesApiError(413).ProducesApiError(429).ProducesApiError(503);

    public static async Task<Results<Created<IdentityResponse>, ApiError>> Handle(HttpRequest http, CurrentProject project, IdentitySetup setup, CancellationToken ct)
    {
        Result<IdentityWish> wish = await IdentityRequest.ReadAsync(http, ct);
        if (!wish.IsSuccess) return wish.Failure.ToApiError();
        Result<SenderIdentity> added = await setup.AddAsync(project.Id, wish.Value, ct);
        return added.IsSuccess ? TypedResults.Created($"/sender-identities/{added.Value.Id}", IdentityResponse.Of(added.Value)) : added.Failure.ToApiError();
    }
}
