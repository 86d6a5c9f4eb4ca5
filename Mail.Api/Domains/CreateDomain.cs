using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Domains;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Domains;

/// <summary>POST /domains: a domain to send from, with a key of its own. The answer names the records to set.</summary>
public static class CreateDomain
{
    public static void Map(IEndpointRouteBuilder domains) =>
        domains.MapPost("/", Handle).RequireScope(Scopes.WriteDomains).WithMetadata(DomainRequest.SizeLimit).Accepts<DomainRequest>("application/json").ProducesApiError(409).ProducesApiError(413).ProducesApiError(429);

    public static async Task<Results<Created<DomainResponse>, ApiError>> Handle(HttpRequest http, CurrentProject project, DomainSetup setup, CancellationToken ct)
    {
        Result<DomainRequest> request = await DomainRequest.ReadAsync(http, isNew: true, ct);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        Result<DomainInSetup> added = await setup.AddAsync(project.Id, request.Value.Name, request.Value.IncludeSubdomains, ct);
        return added.IsSuccess ? TypedResults.Created($"/domains/{added.Value.Domain.Id}", DomainResponse.Of(added.Value, RequestLanguage.Of(http))) : added.Failure.ToApiError();
    }
}
