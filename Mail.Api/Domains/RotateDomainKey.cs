using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Domains;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Domains;

/// <summary>POST /domains/{id}/rotate: makes the next key. It signs as soon as its record is seen in DNS; the one that signs now goes on until then.</summary>
public static class RotateDomainKey
{
    public static void Map(IEndpointRouteBuilder domains) => domains.MapPost("/{id}/rotate", Handle).RequireScope(Scopes.WriteDomains).ProducesApiError(404).ProducesApiError(409).ProducesApiError(429);

    public static async Task<Results<Ok<DomainResponse>, ApiError>> Handle(string id, HttpRequest http, CurrentProject project, DomainSetup setup, CancellationToken ct)
    {
        Result<DomainInSetup> rotated = await setup.RotateAsync(project.Id, DomainRequest.Id(id), ct);
        return rotated.IsSuccess ? TypedResults.Ok(DomainResponse.Of(rotated.Value, RequestLanguage.Of(http))) : rotated.Failure.ToApiError();
    }
}
