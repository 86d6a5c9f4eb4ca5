using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Api.Messages;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Mail.Core.Reservations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Reservations;

/// <summary>POST /offers/{id}/cancel: the trip does not take place.</summary>
public static class CancelOffer
{
    public static void Map(IEndpointRouteBuilder offers) => offers.MapPost("/{id}/cancel", Handle).RequireScope(Scopes.WriteReservations).Accepts<NoteRequest>("application/json").ProducesApiError(404).ProducesApiError(409).ProducesApiError(413)
        .WithDescription("All who ride along or have asked to are told. Takes an Idempotency-Key; the body may be empty.");

    public static async Task<Results<Ok<OfferResponse>, ApiError>> Handle(string id, HttpRequest http, CurrentProject project, ReservationFlow flow, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(http, ct);
        Result<(IdempotencyRecord? Key, string? Note)> read = NoteRequest.Read(http, body);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        if (!Guid.TryParse(id, out Guid offer)) return Failure.NotFound("Offer").ToApiError();
        Result<Offer> cancelled = await flow.CancelOfferAsync(project.Id, project.IsTest, offer, read.Value.Note, project.Via(), read.Value.Key, ct);
        return cancelled.IsSuccess ? TypedResults.Ok(OfferResponse.Of(cancelled.Value)) : cancelled.Failure.ToApiError();
    }
}

/// <param name="Message">Words for the other side, in the mail.</param>
public sealed record NoteRequest(string? Message)
{
    /// <summary>The body may be empty.</summary>
    internal static Result<(IdempotencyRecord? Key, string? Note)> Read(HttpRequest http, byte[] body)
    {
        Result<IdempotencyRecord?> key = IdempotencyKey.Read(http, body);
        if (!key.IsSuccess) return key.Failure;
        if (body.Length == 0) return (key.Value, null);
        Result<NoteRequest> request = JsonBody.Parse(body, ApiJson.Default.NoteRequest);
        if (!request.IsSuccess) return request.Failure;
        return TripFields.MessageProblem("message", request.Value.Message) is { } bad ? bad : (key.Value, request.Value.Message);
    }
}
