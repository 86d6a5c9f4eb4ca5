using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Domains;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Domains;

/// <summary>PATCH /domains/{id}.</summary>
public static class ChangeDomain
{
    public static void Map(IEndpointRouteBuilder domains) =>
        domains.MapPatch("/{id}", Handle).RequireScope(Scopes.WriteDomains).WithMetadata(DomainRequest.SizeLimit).Accepts<DomainRequest>("application/json").ProducesApiError(404).ProducesApiError(413);

    public static async Task<Results<Ok<DomainResponse>, ApiError>> Handle(string id, HttpRequest http, CurrentProject project, DomainSetup setup, CancellationToken ct)
    {
        Result<DomainRequest> request = await DomainRequest.ReadAsync(http, isNew: false, ct);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        Result<DomainInSetup> changed = await setup.ChangeAsync(project.Id, DomainRequest.Id(id), request.Value.IncludeSubdomains, ct);
        return changed.IsSuccess ? TypedResults.Ok(DomainResponse.Of(changed.Value, RequestLanguage.Of(http))) : changed.Failure.ToApiError();
    }
}
