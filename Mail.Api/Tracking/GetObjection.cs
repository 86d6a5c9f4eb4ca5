using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Suppressions;
using Mail.Core.Tracking;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Tracking;

/// <summary>GET /tracking/objections/{id}: one objection, by its id or by the address.</summary>
public static class GetObjection
{
    public static void Map(IEndpointRouteBuilder objections) => objections.MapGet("/{id}", Handle).RequireScope(Scopes.ReadTracking).ProducesApiError(404);

    public static async Task<Results<Ok<ObjectionResponse>, ApiError>> Handle(string id, CurrentProject project, TrackingObjections objections, CancellationToken ct) =>
        Key(id) is { } key && await objections.FindAsync(project.Id, key, ct) is { } objection ? TypedResults.Ok(ObjectionResponse.Of(objection)) : Failure.NotFound("Objection").ToApiError();

    /// <returns>An id, or an address in its normal form; null for what is neither.</returns>
    internal static string? Key(string idOrEmail) => Guid.TryParse(idOrEmail, out _) ? idOrEmail : NormalAddress.TryParse(idOrEmail, out string? email, out _) ? email : null;
}
