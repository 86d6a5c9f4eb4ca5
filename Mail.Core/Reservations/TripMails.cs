namespace Mail.Core.Reservations;

/// <summary>A mail that a transition sends.</summary>
/// <param name="Template">Its key.</param>
/// <param name="Reservation">Whom it goes to, or whom it is about when it goes to the driver; null for the driver about the whole trip.</param>
/// <param name="ToDriver">To the driver, or to the reservation's passenger.</param>
public sealed record TripMail(string Template, Reservation? Reservation, bool ToDriver)
{
    /// <summary>Until now, of a pickup time that moved.</summary>
    public DateTimeOffset? OldPickupAt { get; init; }

    public Traveller RecipientIn(Offer offer)
    {
        ArgumentNullException.ThrowIfNull(offer);
        return ToDriver ? offer.Driver : Reservation!.Passenger;
    }
}

/// <summary>The table transition -> mails: who is told what. Each person at most once for each transition.</summary>
public static class TripMails
{
    public static IReadOnlyList<TripMail> Of(OfferChange change, ReservationPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(change);
        TripMail[] own = change.Event switch
        {
            OfferEvent.OfferCreated => [],
            OfferEvent.Requested => [Driver("reservation-requested", change.One), Passenger("reservation-request-sent", change.One)],
            OfferEvent.Accepted => [Passenger("reservation-confirmed", change.One), Driver("itinerary-updated")],
            OfferEvent.Refused => [Passenger("reservation-refused", change.One)],
            OfferEvent.Cancelled => [Driver("reservation-cancelled", change.One)],
            OfferEvent.Removed => [Passenger("passenger-removed", change.One), .. Itinerary(change)],
            OfferEvent.Expired => [Driver("request-expired-driver", change.One), Passenger("request-expired-passenger", change.One)],
            OfferEvent.OfferChanged => change.ChangesRoute ? Itinerary(change) : [],
            OfferEvent.OfferCancelled => [.. change.About.Select(one => Passenger("offer-cancelled", one))],
            OfferEvent.Reminded => [Driver("reminder-driver"), .. change.About.Select(one => Passenger("reminder-passenger", one))],
            OfferEvent.RouteUpdated => change.Moved(policy).Count > 0 ? Itinerary(change) : [],
            _ => throw new ArgumentOutOfRangeException(nameof(change), change.Event, null),
        };
        return [.. own, .. change.Moved(policy).Where(move => !own.Any(mail => !mail.ToDriver && mail.Reservation?.Id == move.Reservation.Id)).Select(move => Passenger("route-updated", move.Reservation) with { OldPickupAt = move.Old })];
    }

    private static TripMail Driver(string template, Reservation? about = null) => new(template, about, ToDriver: true);

    private static TripMail Passenger(string template, Reservation to) => new(template, to, ToDriver: false);

    /// <summary>The list of passengers, while there are some.</summary>
    private static TripMail[] Itinerary(OfferChange change) => change.After.Accepted.Count > 0 ? [Driver("itinerary-updated")] : [];
}
