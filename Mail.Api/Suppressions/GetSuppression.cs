using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Suppressions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Suppressions;

/// <summary>GET /suppressions/{id}: one entry, by its id or by its address; of several of an address the strongest.</summary>
public static class GetSuppression
{
    public static void Map(IEndpointRouteBuilder suppressions) => suppressions.MapGet("/{id}", Handle).RequireScope(Scopes.ReadSuppressions).ProducesApiError(404);

    public static async Task<Results<Ok<SuppressionResponse>, ApiError>> Handle(string id, CurrentProject project, SuppressionList list, CancellationToken ct) =>
        await list.FindAsync(project.Id, id, ct) is { } entry ? TypedResults.Ok(SuppressionResponse.Of(entry)) : Failure.NotFound("Suppression").ToApiError();
}
