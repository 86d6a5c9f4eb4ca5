using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Privacy;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Privacy;

/// <summary>GET /privacy/erasures/{id}: how far an erasure has come.</summary>
public static class GetErasure
{
    public static void Map(IEndpointRouteBuilder privacy) => privacy.MapGet("/erasures/{id}", Handle).RequireScope(Scopes.WritePrivacy).ProducesApiError(404);

    public static async Task<Results<Ok<ErasureResponse>, ApiError>> Handle(string id, CurrentProject project, Erasures erasures, CancellationToken ct) =>
        Guid.TryParse(id, out Guid known) && await erasures.FindAsync(project.Id, known, ct) is { } erasure ? TypedResults.Ok(ErasureResponse.Of(erasure)) : Failure.NotFound("Erasure").ToApiError();
}
