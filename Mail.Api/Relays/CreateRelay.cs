using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Core.Projects;
using Mail.Core.Relays.Setup;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Relays;

/// <summary>POST /relays: another relay. From now on the project's mail goes over its own relays and no longer over the default one.</summary>
public static class CreateRelay
{
    public static void Map(IEndpointRouteBuilder relays) =>
        relays.MapPost("/", Handle).RequireScope(Scopes.WriteRelays).WithMetadata(RelayRequest.SizeLimit).Accepts<RelayRequest>("application/json").ProducesApiError(409).ProducesApiError(413);

    public static async Task<Results<Created<RelayResponse>, ApiError>> Handle(HttpRequest http, CurrentProject project, RelaySetup setup, WaitingDeliveries waiting, PublicUrl site, CancellationToken ct)
    {
        Result<RelayWish> wish = await RelayRequest.ReadAsync(http, ct);
        if (!wish.IsSuccess) return wish.Failure.ToApiError();
        if (wish.Value.Has("revision")) return Failure.Field("revision", "is for changes of a relay that is there.").ToApiError();
        Result<RelayInSetup> added = await setup.AddAsync(project.Id, wish.Value, ct);
        if (!added.IsSuccess) return added.Failure.ToApiError();
        await waiting.TryReconsiderAsync(project.Id);
        return TypedResults.Created($"/relays/{added.Value.Relay.Id}", RelayResponse.Of(added.Value, site));
    }
}
