using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Tracking;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Tracking;

/// <summary>DELETE /tracking/objections/{id}: the person agrees again. By its id or by the address.</summary>
public static class RemoveObjection
{
    public static void Map(IEndpointRouteBuilder objections) => objections.MapDelete("/{id}", Handle).RequireScope(Scopes.WriteTracking).ProducesApiError(404);

    public sealed record Response(string Object, string Id, bool Deleted);

    public static async Task<Results<Ok<Response>, ApiError>> Handle(string id, CurrentProject project, TrackingObjections objections, CancellationToken ct) =>
        GetObjection.Key(id) is { } key && await objections.RemoveAsync(project.Id, key, ct) is not null
            ? TypedResults.Ok(new Response("tracking_objection", id, Deleted: true))
            : Failure.NotFound("Objection").ToApiError();
}
