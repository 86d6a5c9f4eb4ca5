using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Suppressions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Suppressions;

/// <summary>DELETE /suppressions/{id}: one entry by its id, or all entries of an address, also what was kept by a hash when it was erased.</summary>
public static class RemoveSuppression
{
    public static void Map(IEndpointRouteBuilder suppressions) => suppressions.MapDelete("/{id}", Handle).RequireScope(Scopes.WriteSuppressions).ProducesApiError(404);

    public sealed record Response(string Object, string Id, bool Deleted);

    public static async Task<Results<Ok<Response>, ApiError>> Handle(string id, CurrentProject project, SuppressionList list, CancellationToken ct)
    {
        if (SuppressionRequest.Refusal(project) is { } refusal) return refusal.ToApiError();
        (IReadOnlyList<Suppression> removed, int kept) = await list.RemoveAsync(project.Id, [id], ct);
        return removed.Count > 0 || kept > 0 ? TypedResults.Ok(new Response("suppression", id, Deleted: true)) : Failure.NotFound("Suppression").ToApiError();
    }
}
