using Mail.Api.Access;
using Mail.Api.Audit;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Core.Projects;
using Mail.Core.Relays.Setup;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Relays;

/// <summary>PUT /relays/order: all relays in the order in which they shall be used, at once.</summary>
public static class OrderRelays
{
    public static void Map(IEndpointRouteBuilder relays) =>
        relays.MapPut("/order", Handle).RequireScope(Scopes.WriteRelays).Audited("relay", "/relays/order").WithMetadata(RelayRequest.SizeLimit).Accepts<Request>("application/json")
            .ProducesApiError(409).ProducesApiError(413);

    /// <param name="Order">Groups of relays' ids, the first group first. Relays of a group share the mail by their weights. Every relay of the project, each once.</param>
    public sealed record Request(IReadOnlyList<IReadOnlyList<string?>?>? Order);

    /// <param name="Data">Groups, the first one first.</param>
    public sealed record Response(string Object, IReadOnlyList<IReadOnlyList<Response.Place>> Data)
    {
        /// <param name="Priority">What the relay has of the order: 0 to 1000, lower is earlier.</param>
        public sealed record Place(string Id, string Name, int Priority, int Weight);

        internal static Response Of(RelayGroups order) =>
            new("relay_order", [.. order.Groups.Select(group => (IReadOnlyList<Place>)[.. group.Select(relay => new Place(relay.Id.ToString(), relay.Name, relay.Priority, relay.Weight))])]);
    }

    public static async Task<Results<Ok<Response>, ApiError>> Handle(HttpRequest http, CurrentProject project, RelayOrder order, WaitingDeliveries waiting, CancellationToken ct)
    {
        Result<Request> request = JsonBody.Parse(await JsonBody.ReadBytesAsync(http, ct), ApiJson.Default.OrderRelaysRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        if (request.Value.Order is not { } wish) return Failure.Missing("order").ToApiError();
        Result<RelayGroups> written = await order.WriteAsync(project.Id, [.. wish.Select(group => (IReadOnlyList<RelayId>)[.. (group ?? []).Select(id => RelayRequest.Id(id ?? ""))])], ct);
        if (!written.IsSuccess) return written.Failure.ToApiError();
        await waiting.TryReconsiderAsync(project.Id);
        return TypedResults.Ok(Response.Of(written.Value));
    }
}

/// <summary>GET /relays/order: in which order the relays are used.</summary>
public static class GetRelayOrder
{
    public static void Map(IEndpointRouteBuilder relays) => relays.MapGet("/order", Handle).RequireScope(Scopes.ReadRelays);

    public static async Task<Ok<OrderRelays.Response>> Handle(CurrentProject project, RelayOrder order, CancellationToken ct) => TypedResults.Ok(OrderRelays.Response.Of(await order.ReadAsync(project.Id, ct)));
}
