using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Reservations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Reservations;

/// <summary>GET /reservations and GET /offers/{id}/reservations: what came last first, by pages.</summary>
public static class ListReservations
{
    public static void Map(IEndpointRouteBuilder reservations, IEndpointRouteBuilder offers)
    {
        reservations.MapGet("/", AllAsync).RequireScope(Scopes.ReadReservations).WithSummary("List reservations");
        offers.MapGet("/{id}/reservations", OfOfferAsync).RequireScope(Scopes.ReadReservations).ProducesApiError(404).WithSummary("List an offer's reservations");
    }

    public sealed record Response(string Object, bool HasMore, IReadOnlyList<ReservationResponse> Data);

    /// <param name="limit">1 to 100; 20 without it.</param>
    /// <param name="after">The last id of this page: the next page holds older ones.</param>
    /// <param name="state">`pending`, `accepted` and so on.</param>
    /// <param name="passenger">The passenger's address.</param>
    public static Task<Results<Ok<Response>, ApiError>> AllAsync(CurrentProject project, OfferStore offers, CancellationToken ct, string? limit = null, string? after = null, string? state = null, string? passenger = null) =>
        ListAsync(project, offers, null, limit, after, state, passenger, ct);

    /// <param name="limit">1 to 100; 20 without it.</param>
    /// <param name="after">The last id of this page: the next page holds older ones.</param>
    /// <param name="state">`pending`, `accepted` and so on.</param>
    public static async Task<Results<Ok<Response>, ApiError>> OfOfferAsync(string id, CurrentProject project, OfferStore offers, CancellationToken ct, string? limit = null, string? after = null, string? state = null) =>
        await GetOffer.FindAsync(id, project, offers, ct) is { } offer ? await ListAsync(project, offers, offer.Id, limit, after, state, null, ct) : Failure.NotFound("Offer").ToApiError();

    private static async Task<Results<Ok<Response>, ApiError>> ListAsync(CurrentProject project, OfferStore offers, Guid? offer, string? limit, string? after, string? state, string? passenger, CancellationToken ct)
    {
        Result<(int Limit, Guid? After)> page = OfferList.Page(limit, after, "a reservation");
        if (!page.IsSuccess) return page.Failure.ToApiError();
        Result<ReservationState?> wanted = OfferList.State<ReservationState>(state);
        if (!wanted.IsSuccess) return wanted.Failure.ToApiError();
        Result<string?> address = OfferList.Address(passenger, "passenger");
        if (!address.IsSuccess) return address.Failure.ToApiError();
        (IReadOnlyList<(Offer Offer, Reservation Reservation)> found, bool hasMore) = await offers.ListReservationsAsync(project.Id, project.IsTest, page.Value.Limit, page.Value.After, offer, wanted.Value, address.Value, ct);
        return TypedResults.Ok(new Response("list", hasMore, [.. found.Select(one => ReservationResponse.Of(one.Offer, one.Reservation))]));
    }
}
