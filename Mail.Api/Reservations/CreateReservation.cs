using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Api.Messages;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Mail.Core.Reservations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Reservations;

/// <summary>POST /offers/{id}/reservations: a passenger asks for seats. The driver gets a mail with the answers to choose from, the passenger one that it is on its way.</summary>
public static class CreateReservation
{
    public static void Map(IEndpointRouteBuilder offers) => offers.MapPost("/{id}/reservations", Handle).RequireScope(Scopes.WriteReservations).Accepts<ReservationRequest>("application/json")
        .ProducesApiError(404).ProducesApiError(409).ProducesApiError(413).ProducesApiError(503)
        .WithSummary("Ask for a seat").WithDescription("Without an answer it expires after 24 hours, or at the departure. Takes an Idempotency-Key.");

    public static async Task<Results<Created<ReservationResponse>, ApiError>> Handle(string id, HttpRequest http, CurrentProject project, OfferStore offers, ReservationFlow flow, TimeProvider clock, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(http, ct);
        Result<IdempotencyRecord?> key = IdempotencyKey.Read(http, body);
        if (!key.IsSuccess) return key.Failure.ToApiError();
        Result<ReservationRequest> request = JsonBody.Parse(body, ApiJson.Default.ReservationRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        if (await GetOffer.FindAsync(id, project, offers, ct) is not { } offer) return Failure.NotFound("Offer").ToApiError();
        Result<Reservation> wish = request.Value.ToReservation(offer, clock.GetUtcNow());
        if (!wish.IsSuccess) return wish.Failure.ToApiError();
        Result<(Offer Offer, Reservation Reservation)> made = await flow.RequestAsync(project.Id, project.IsTest, offer.Id, wish.Value, project.Via(), key.Value, ct);
        return made.IsSuccess ? TypedResults.Created($"/reservations/{made.Value.Reservation.Id}", ReservationResponse.Of(made.Value.Offer, made.Value.Reservation)) : made.Failure.ToApiError();
    }
}

/// <param name="Seats">1 without it.</param>
/// <param name="Pickup">Where the passenger would like to get in; the trip's first place without it.</param>
/// <param name="Message">Words for the driver, up to 2000 characters.</param>
public sealed record ReservationRequest(TravellerRequest? Passenger, int? Seats, PlaceRequest? Pickup, string? Message)
{
    internal Result<Reservation> ToReservation(Offer offer, DateTimeOffset now)
    {
        Result<Traveller> passenger = TripFields.Traveller(Passenger, "passenger");
        if (!passenger.IsSuccess) return passenger.Failure;
        if ((TripFields.SeatsProblem(Seats ?? 1) ?? TripFields.MessageProblem("message", Message)) is { } bad) return bad;
        Result<Place> pickup = Pickup is null ? offer.From : TripFields.Place(Pickup, "pickup");
        if (!pickup.IsSuccess) return pickup.Failure;
        return new Reservation(UuidV7.New(now), passenger.Value, Seats ?? 1, pickup.Value, string.IsNullOrWhiteSpace(Message) ? null : Message.Trim(), now);
    }
}
