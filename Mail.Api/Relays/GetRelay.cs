using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Relays.Setup;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Relays;

/// <summary>GET /relays/{id}: one relay.</summary>
public static class GetRelay
{
    public static void Map(IEndpointRouteBuilder relays) => relays.MapGet("/{id}", Handle).RequireScope(Scopes.ReadRelays).ProducesApiError(404);

    public static async Task<Results<Ok<RelayResponse>, ApiError>> Handle(string id, CurrentProject project, RelaySetup setup, RelayStates states, PublicUrl site, CancellationToken ct)
    {
        Result<RelayInSetup> found = await setup.FindAsync(project.Id, RelayRequest.Id(id), ct);
        return found.IsSuccess ? TypedResults.Ok((await states.AddAsync(project.Id, [RelayResponse.Of(found.Value, site)], ct))[0]) : found.Failure.ToApiError();
    }
}
