using Mail.Api.Access;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Relays.Limits;
using Mail.Core.Relays.Setup;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Relays;

/// <summary>GET /relays: the project's relays, by name. Without any, the default relay of the installation serves it.</summary>
public static class ListRelays
{
    public static void Map(IEndpointRouteBuilder relays) => relays.MapGet("/", Handle).RequireScope(Scopes.ReadRelays);

    public sealed record Response(string Object, IReadOnlyList<RelayResponse> Data);

    public static async Task<Ok<Response>> Handle(CurrentProject project, RelaySetup setup, RelayUsageReader usage, CancellationToken ct)
    {
        IReadOnlyDictionary<RelayId, UsedQuota> used = await usage.ReadAsync(project.Id, ct);
        return TypedResults.Ok(new Response("list", [.. (await setup.ListAsync(project.Id, ct)).Select(relay => RelayResponse.Of(relay) with { Usage = used.GetValueOrDefault(relay.Relay.Id) })]));
    }
}
