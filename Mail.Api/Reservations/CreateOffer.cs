using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Api.Messages;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Mail.Core.Reservations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Reservations;

/// <summary>POST /offers: somebody drives and has seats to give.</summary>
public static class CreateOffer
{
    public static void Map(IEndpointRouteBuilder offers) => offers.MapPost("/", Handle).RequireScope(Scopes.WriteReservations).Accepts<OfferRequest>("application/json").ProducesApiError(409).ProducesApiError(413).ProducesApiError(503)
        .WithSummary("Offer a trip").WithDescription("Takes an Idempotency-Key.");

    public static async Task<Results<Created<OfferResponse>, ApiError>> Handle(HttpRequest http, CurrentProject project, ReservationFlow flow, TimeProvider clock, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(http, ct);
        Result<IdempotencyRecord?> key = IdempotencyKey.Read(http, body);
        if (!key.IsSuccess) return key.Failure.ToApiError();
        Result<OfferRequest> request = JsonBody.Parse(body, ApiJson.Default.OfferRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        Result<Offer> offer = TripFields.Offer(request.Value, project.Id, project.IsTest, clock.GetUtcNow());
        if (!offer.IsSuccess) return offer.Failure.ToApiError();
        Result<Offer> made = await flow.CreateAsync(offer.Value, project.Via(), key.Value, ct);
        return made.IsSuccess ? TypedResults.Created($"/offers/{made.Value.Id}", OfferResponse.Of(made.Value)) : made.Failure.ToApiError();
    }

    internal static Via Via(this CurrentProject project) => Mail.Core.Reservations.Via.Api(project.Actor.Id?.ToString(), project.Actor.Client);
}
