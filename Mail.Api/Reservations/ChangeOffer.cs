using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Messaging;
using Mail.Core.Projects;
using Mail.Core.Reservations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Reservations;

/// <summary>PATCH /offers/{id}: another time, number of seats or price.</summary>
public static class ChangeOffer
{
    public static void Map(IEndpointRouteBuilder offers) => offers.MapPatch("/{id}", Handle).RequireScope(Scopes.WriteReservations).Accepts<Request>("application/json").ProducesApiError(404).ProducesApiError(409).ProducesApiError(413)
        .WithDescription("Whoever rides along is told of another pickup time. There are never fewer seats than are taken (409).");

    /// <param name="DepartureAt">By the clock where the trip begins.</param>
    /// <param name="Seats">Not below what is taken.</param>
    public sealed record Request(string? DepartureAt, string? TimeZone, int? Seats, decimal? Price, string? Currency);

    public static async Task<Results<Ok<OfferResponse>, ApiError>> Handle(string id, HttpRequest http, CurrentProject project, OfferStore offers, ReservationFlow flow, CancellationToken ct)
    {
        Result<Request> request = JsonBody.Parse(await JsonBody.ReadBytesAsync(http, ct), ApiJson.Default.ChangeOfferRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        if (await GetOffer.FindAsync(id, project, offers, ct) is not { } offer) return Failure.NotFound("Offer").ToApiError();
        Result<OfferWish> wish = WishOf(request.Value, offer);
        if (!wish.IsSuccess) return wish.Failure.ToApiError();
        Result<Offer> changed = await flow.ChangeAsync(project.Id, project.IsTest, offer.Id, wish.Value, project.Via(), null, ct);
        return changed.IsSuccess ? TypedResults.Ok(OfferResponse.Of(changed.Value)) : changed.Failure.ToApiError();
    }

    private static Result<OfferWish> WishOf(Request request, Offer offer)
    {
        if ((request.Seats is { } seats ? TripFields.SeatsProblem(seats) : null) is { } few) return few;
        if (TripFields.PriceProblem(request.Price, request.Currency) is { } dear) return dear;
        if (request.DepartureAt is null && request.TimeZone is null) return new OfferWish { Seats = request.Seats, Price = request.Price, Currency = request.Currency };
        Result<TimeZoneInfo> zone = request.TimeZone is null ? offer.Departure.Zone : TripFields.Zone(request.TimeZone);
        if (!zone.IsSuccess) return zone.Failure;
        Result<WallTime> departure = request.DepartureAt is null ? new WallTime(offer.Departure.Local, zone.Value) : TripFields.Departure(request.DepartureAt, zone.Value);
        return departure.IsSuccess ? new OfferWish { Departure = departure.Value, Seats = request.Seats, Price = request.Price, Currency = request.Currency } : departure.Failure;
    }
}
