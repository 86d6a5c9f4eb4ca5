using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Core.Projects;
using Mail.Core.Relays.Setup;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Relays;

/// <summary>DELETE /relays/{id}: what waits for it goes over the project's other relays, or over the default one when it was the last.</summary>
public static class RemoveRelay
{
    public static void Map(IEndpointRouteBuilder relays) => relays.MapDelete("/{id}", Handle).RequireScope(Scopes.WriteRelays).ProducesApiError(404);

    public sealed record Response(string Object, string Id, bool Deleted);

    public static async Task<Results<Ok<Response>, ApiError>> Handle(string id, CurrentProject project, RelaySetup setup, WaitingDeliveries waiting, CancellationToken ct)
    {
        RelayId relay = RelayRequest.Id(id);
        if (await setup.RemoveAsync(project.Id, relay, ct) is { } failure) return failure.ToApiError();
        await waiting.TryReconsiderAsync(project.Id);
        return TypedResults.Ok(new Response("relay", relay.ToString(), Deleted: true));
    }
}
