using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Domains;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Domains;

/// <summary>POST /domains/{id}/verify: looks into DNS now. The answer says what stands at each record.</summary>
public static class VerifyDomain
{
    public static void Map(IEndpointRouteBuilder domains) => domains.MapPost("/{id}/verify", Handle).RequireScope(Scopes.WriteDomains).ProducesApiError(404).ProducesApiError(429);

    public static async Task<Results<Ok<DomainResponse>, ApiError>> Handle(string id, HttpRequest http, CurrentProject project, DomainVerification verification, CancellationToken ct)
    {
        Result<DomainInSetup> verified = await verification.VerifyAsync(project.Id, DomainRequest.Id(id), ct);
        return verified.IsSuccess ? TypedResults.Ok(DomainResponse.Of(verified.Value, RequestLanguage.Of(http))) : verified.Failure.ToApiError();
    }
}
