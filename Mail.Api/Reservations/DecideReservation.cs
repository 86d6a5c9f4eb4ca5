using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Mail.Core.Reservations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Reservations;

/// <summary>POST /reservations/{id}/accept, refuse, cancel and remove: what drivers and passengers do in the app itself. 409 says what stands in the way: `no_seats`, `expired`, `already_refused`...</summary>
public static class DecideReservation
{
    public static void Map(IEndpointRouteBuilder reservations)
    {
        Map(reservations, ReservationAct.Accept, "Accept a reservation", "The driver takes the passenger along. Of two for the last seat one is accepted, and the other told `no_seats`.");
        Map(reservations, ReservationAct.Refuse, "Refuse a reservation", "The driver does not take the passenger along.");
        Map(reservations, ReservationAct.Cancel, "Cancel a reservation", "The passenger does not come.");
        Map(reservations, ReservationAct.Remove, "Remove a passenger", "The driver does not take an accepted passenger along after all.");
    }

    public static async Task<Results<Ok<ReservationResponse>, ApiError>> HandleAsync(ReservationAct act, string id, HttpRequest http, CurrentProject project, ReservationFlow flow, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(http, ct);
        Result<(IdempotencyRecord? Key, string? Note)> read = NoteRequest.Read(http, body);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        if (!Guid.TryParse(id, out Guid reservation)) return Failure.NotFound("Reservation").ToApiError();
        Result<(Offer Offer, Reservation Reservation)> done = await flow.ActAsync(project.Id, project.IsTest, reservation, act, read.Value.Note, project.Via(), read.Value.Key, ct);
        return done.IsSuccess ? TypedResults.Ok(ReservationResponse.Of(done.Value.Offer, done.Value.Reservation)) : done.Failure.ToApiError();
    }

    private static void Map(IEndpointRouteBuilder reservations, ReservationAct act, string summary, string what) => reservations
        .MapPost($"/{{id}}/{StateNames.Of(act)}", (string id, HttpRequest http, CurrentProject project, ReservationFlow flow, CancellationToken ct) => HandleAsync(act, id, http, project, flow, ct))
        .RequireScope(Scopes.WriteReservations).Accepts<NoteRequest>("application/json").ProducesApiError(404).ProducesApiError(409).ProducesApiError(413)
        .WithSummary(summary).WithDescription($"{what} Takes an Idempotency-Key; the body may be empty.");
}
