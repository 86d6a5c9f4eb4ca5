using Mail.Api.Access;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Relays.Setup;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Relays;

/// <summary>GET /relays: the project's relays, by name. Without any, the default relay of the installation serves it.</summary>
public static class ListRelays
{
    public static void Map(IEndpointRouteBuilder relays) => relays.MapGet("/", Handle).RequireScope(Scopes.ReadRelays);

    public sealed record Response(string Object, IReadOnlyList<RelayResponse> Data);

    public static async Task<Ok<Response>> Handle(CurrentProject project, RelaySetup setup, RelayStates states, PublicUrl site, CancellationToken ct) =>
        TypedResults.Ok(new Response("list", await states.AddAsync(project.Id, (await setup.ListAsync(project.Id, ct)).Select(relay => RelayResponse.Of(relay, site)), ct)));
}
