using Mail.Core.Reservations;

namespace Mail.Api.Reservations;

/// <summary>A trip that somebody drives.</summary>
/// <param name="State">`open` or `cancelled`.</param>
/// <param name="DepartureAt">The moment.</param>
/// <param name="DepartureLocal">By the clock where it begins.</param>
/// <param name="Price">Of one seat.</param>
/// <param name="Polyline">The way, encoded with precision 5; null without a route service.</param>
/// <param name="DurationSeconds">With all pickups; null while unknown.</param>
/// <param name="Pending">Requests without an answer.</param>
public sealed record OfferResponse(
    string Object, string Id, string State, TravellerResponse Driver, Place From, Place To, DateTimeOffset DepartureAt, string DepartureLocal, string TimeZone, int Seats, int SeatsLeft, decimal? Price, string Currency,
    string? Polyline, int? DurationSeconds, int Pending, IReadOnlyList<string> Accepted, DateTimeOffset CreatedAt)
{
    public static OfferResponse Of(Offer offer)
    {
        ArgumentNullException.ThrowIfNull(offer);
        return new OfferResponse(
            "offer", offer.Id.ToString(), StateNames.Of(offer.State), TravellerResponse.Of(offer.Driver), offer.From, offer.To, offer.DepartureAt,
            offer.Departure.Local.ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture), offer.Departure.Zone.Id, offer.Seats, offer.SeatsLeft, offer.Price, offer.Currency, offer.Polyline,
            offer.Duration is { } duration ? (int)duration.TotalSeconds : null, offer.Reservations.Count(one => one.State is ReservationState.Pending), [.. offer.Accepted.Select(one => one.Id.ToString())], offer.CreatedAt);
    }
}

public sealed record TravellerResponse(string Name, string Email, string? Phone, string? Locale)
{
    public static TravellerResponse Of(Traveller person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return new TravellerResponse(person.Name, person.Email, person.Phone, person.Locale);
    }
}

/// <summary>A passenger's request for seats, and what became of it.</summary>
/// <param name="State">`pending`, `accepted`, `refused`, `cancelled`, `removed`, `expired` or `offer_cancelled`.</param>
/// <param name="PickupAt">When the driver is there; null while it is not accepted.</param>
/// <param name="ExpiresAt">Until when the driver can answer.</param>
/// <param name="AnsweredAt">When the driver answered, or the time was up.</param>
/// <param name="ChangedAt">When it got into its state.</param>
public sealed record ReservationResponse(
    string Object, string Id, string OfferId, string State, TravellerResponse Passenger, int Seats, Place Pickup, DateTimeOffset? PickupAt, string? Message, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt,
    DateTimeOffset? AnsweredAt, DateTimeOffset ChangedAt)
{
    public static ReservationResponse Of(Offer offer, Reservation one)
    {
        ArgumentNullException.ThrowIfNull(offer);
        ArgumentNullException.ThrowIfNull(one);
        return new ReservationResponse(
            "reservation", one.Id.ToString(), offer.Id.ToString(), StateNames.Of(one.State), TravellerResponse.Of(one.Passenger), one.Seats, one.Pickup, one.PickupAt, one.Message, one.CreatedAt, one.ExpiresAt,
            one.AnsweredAt, one.ChangedAt);
    }
}
