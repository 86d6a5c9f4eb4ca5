using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Reservations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Reservations;

/// <summary>GET /offers/{id}/history: what happened, by whom and how, and which mails told of it.</summary>
public static class ListOfferHistory
{
    public static void Map(IEndpointRouteBuilder offers) => offers.MapGet("/{id}/history", Handle).RequireScope(Scopes.ReadReservations).ProducesApiError(404);

    public sealed record Response(string Object, IReadOnlyList<Entry> Data);

    /// <param name="How">`api`, `link`, `page`, `timer` or `command`.</param>
    /// <param name="Actor">The key's or user's id; `driver` or `passenger` for one who came by a link.</param>
    public sealed record Entry(string Id, string Event, string? ReservationId, DateTimeOffset At, string How, string? Actor, string? Ip, IReadOnlyList<SentMail> Mails);

    /// <param name="To">`driver` or `passenger`.</param>
    /// <param name="EmailId">Of `/emails`; null when it could not be sent.</param>
    /// <param name="Problem">Why not: the error's name, such as `recipient_suppressed`.</param>
    public sealed record SentMail(string Template, string To, string? ReservationId, string? EmailId, string? Problem);

    public static async Task<Results<Ok<Response>, ApiError>> Handle(string id, CurrentProject project, OfferStore offers, TripHistory history, CancellationToken ct)
    {
        if (await GetOffer.FindAsync(id, project, offers, ct) is not { } offer) return Failure.NotFound("Offer").ToApiError();
        IReadOnlyList<HistoryEntry> entries = await history.ReadAsync(project.Id, offer.Id, ct);
        return TypedResults.Ok(new Response("list",
        [
            .. entries.Select(one => new Entry(
                one.Id.ToString(), one.Event, one.Reservation?.ToString(), one.At, one.How, one.Actor, one.Ip,
                [.. one.Mails.Select(mail => new SentMail(mail.Template, mail.To, mail.Reservation?.ToString(), mail.MessageId, mail.Problem))])),
        ]));
    }
}
