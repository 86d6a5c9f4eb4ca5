using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Webhooks;
using Npgsql;

namespace Mail.Core.Reservations;

/// <summary>`data` of a webhook about a trip. Ids and states, and no person: who may know more asks the API.</summary>
/// <param name="State">Of the reservation, or of the offer for what happens to the whole of it.</param>
/// <param name="Reservations">Whom the change of a whole trip touched.</param>
internal sealed record TripEvent(string OfferId, string? ReservationId, string State, int? Seats, int SeatsLeft, DateTimeOffset DepartureAt, string How, DateTimeOffset At, bool Test, string[]? Reservations);

/// <summary>Tells the project's apps what happened, in its transaction.</summary>
public sealed class TripEvents(WebhookPublisher webhooks)
{
    /// <returns>The wire name; null for what apps are not told: it changes nothing that they know.</returns>
    public static string? NameOf(OfferEvent what) => what switch
    {
        OfferEvent.OfferCreated => "offer.created",
        OfferEvent.OfferChanged => "offer.changed",
        OfferEvent.OfferCancelled => "offer.cancelled",
        OfferEvent.Reminded or OfferEvent.RouteUpdated => null,
        _ => $"reservation.{StateNames.Of(what)}",
    };

    public async Task PublishAsync(OfferChange change, Via via, DateTimeOffset now, NpgsqlConnection within, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(via);
        if (NameOf(change.Event) is not { } name) return;
        bool isWhole = name.StartsWith("offer.", StringComparison.Ordinal);
        Reservation? one = isWhole ? null : change.One;
        TripEvent told = new(
            change.After.Id.ToString(), one?.Id.ToString(), one is null ? StateNames.Of(change.After.State) : StateNames.Of(one.State), one?.Seats, change.After.SeatsLeft, change.After.DepartureAt,
            StateNames.Of(via.How), now, change.After.IsTest, isWhole ? [.. change.About.Select(about => about.Id.ToString())] : null);
        await webhooks.PublishAsync(change.After.ProjectId, UuidV7.New(now), name, JsonSerializer.SerializeToElement(told, ReservationJson.Default.TripEvent), now, within, ct);
    }
}
