using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Domains.Identities;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Domains;

/// <summary>POST /sender-identities/{id}/resend: mails another link; those before it do nothing any more.</summary>
public static class ResendIdentityLink
{
    public static void Map(IEndpointRouteBuilder identities) =>
        identities.MapPost("/{id}/resend", Handle).RequireScope(Scopes.WriteDomains).ProducesApiError(404).ProducesApiError(409).ProducesApiError(429).ProducesApiError(503);

    public static async Task<Results<Ok<IdentityResponse>, ApiError>> Handle(string id, CurrentProject project, IdentitySetup setup, CancellationToken ct)
    {
        Result<SenderIdentity> mailed = await setup.ResendAsync(project.Id, IdentityRequest.Id(id), ct);
        return mailed.IsSuccess ? TypedResults.Ok(IdentityResponse.Of(mailed.Value)) : mailed.Failure.ToApiError();
    }
}
