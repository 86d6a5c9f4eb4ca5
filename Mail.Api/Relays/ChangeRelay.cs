using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Core.Projects;
using Mail.Core.Relays.Setup;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Relays;

/// <summary>PATCH /relays/{id}: what is given changes, everything else stays.</summary>
public static class ChangeRelay
{
    public static void Map(IEndpointRouteBuilder relays) =>
        relays.MapPatch("/{id}", Handle).RequireScope(Scopes.WriteRelays).WithMetadata(RelayRequest.SizeLimit).Accepts<RelayRequest>("application/json")
            .ProducesApiError(404).ProducesApiError(409).ProducesApiError(413);

    public static async Task<Results<Ok<RelayResponse>, ApiError>> Handle(string id, HttpRequest http, CurrentProject project, RelaySetup setup, WaitingDeliveries waiting, PublicUrl site, CancellationToken ct)
    {
        Result<RelayWish> wish = await RelayRequest.ReadAsync(http, ct);
        if (!wish.IsSuccess) return wish.Failure.ToApiError();
        Result<RelayInSetup> changed = await setup.ChangeAsync(project.Id, RelayRequest.Id(id), wish.Value, ct);
        if (!changed.IsSuccess) return changed.Failure.ToApiError();
        await waiting.TryReconsiderAsync(project.Id);
        return TypedResults.Ok(RelayResponse.Of(changed.Value, site));
    }
}
