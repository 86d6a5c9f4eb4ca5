using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Reservations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Reservations;

/// <summary>GET /reservations/{id}.</summary>
public static class GetReservation
{
    public static void Map(IEndpointRouteBuilder reservations) => reservations.MapGet("/{id}", Handle).RequireScope(Scopes.ReadReservations).ProducesApiError(404);

    public static async Task<Results<Ok<ReservationResponse>, ApiError>> Handle(string id, CurrentProject project, OfferStore offers, CancellationToken ct) =>
        Guid.TryParse(id, out Guid value) && await offers.OfferOfAsync(project.Id, value, null, ct) is { } offer
            && await offers.FindAsync(project.Id, offer, null, ct) is { } found && found.IsTest == project.IsTest && found.Find(value) is { } reservation
            ? TypedResults.Ok(ReservationResponse.Of(found, reservation))
            : Failure.NotFound("Reservation").ToApiError();
}
