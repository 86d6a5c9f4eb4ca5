using Mail.Core.Common;
using Mail.Core.Messaging;

namespace Mail.Core.Reservations;

/// <summary>What of an offer is to be other; null for what stays.</summary>
public sealed record OfferWish
{
    public WallTime? Departure { get; init; }

    public int? Seats { get; init; }

    public decimal? Price { get; init; }

    public string? Currency { get; init; }
}

/// <summary>What happens to the trip as a whole.</summary>
public sealed partial record Offer
{
    /// <summary>Another time, number of seats or price. Whoever rides along does so still, at another time perhaps.</summary>
    /// <param name="plan">When who gets in, by the new time.</param>
    public Result<OfferChange> Change(OfferWish wish, ReservationPolicy policy, DateTimeOffset now, Func<Offer, RoutePlan> plan)
    {
        ArgumentNullException.ThrowIfNull(wish);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(plan);
        if (Closed(now) is { } closed) return closed;
        if (wish.Departure is { } to && to.At <= now) return Failure.Field("departure_at", "must be ahead.");
        if (wish.Departure is { } far && far.At > now + policy.FarthestDeparture) return Failure.Field("departure_at", $"must be at most {policy.FarthestDeparture.TotalDays:0} days ahead.");
        if (wish.Seats is { } seats && seats < Seats - SeatsLeft) return Conflict("seats_taken", $"{Seats - SeatsLeft} seats are taken. Remove passengers first.");
        Offer after = this with { Departure = wish.Departure ?? Departure, Seats = wish.Seats ?? Seats, Price = wish.Price ?? Price, Currency = wish.Currency ?? Currency };
        if (after.DepartureAt != DepartureAt || after.Departure.Zone.Id != Departure.Zone.Id)
        {
            after = after with { Generation = Generation + 1 };
            after = after.With([.. after.Reservations.Where(one => one.State is ReservationState.Pending && !one.IsOverdue(now)).Select(one => one with { ExpiresAt = after.ExpiryOf(one.CreatedAt, policy) })]);
            // By as much as the trip; then what the route says.
            after = after.With([.. after.Accepted.Select(one => one with { PickupAt = one.PickupAt + (after.DepartureAt - DepartureAt), Revision = one.Revision + 1 })]);
            after = after.Routed(plan(after), null).WithReminderAhead(policy, now);
        }

        return new OfferChange(OfferEvent.OfferChanged, this, after);
    }

    /// <summary>The trip does not take place. All who still expect something are told.</summary>
    public Result<OfferChange> CancelOffer(DateTimeOffset now)
    {
        if (Closed(now) is { } closed) return closed;
        Reservation[] ended =
        [
            .. Reservations.Where(one => one.IsLive && !one.IsOverdue(now)) // whose time is up is told so by the timer
                .Select(one => one with { State = ReservationState.OfferCancelled, ChangedAt = now, Revision = one.State is ReservationState.Accepted ? one.Revision + 1 : one.Revision }),
        ];
        return new OfferChange(OfferEvent.OfferCancelled, this, (this with { State = OfferState.Cancelled, Generation = Generation + 1 }).With(ended), ended);
    }

    /// <summary>When people are reminded.</summary>
    public WallTime ReminderAt(ReservationPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new WallTime(Departure.Local.Date.AddDays(-1) + policy.ReminderTime, Departure.Zone);
    }

    /// <summary>An offer that is made or moved after the reminder's time gets none: whoever rides along has just been told when.</summary>
    public Offer WithReminderAhead(ReservationPolicy policy, DateTimeOffset now) => ReminderAt(policy).At > now ? this : this with { Reminded = Generation };

    /// <summary>The day before has come.</summary>
    /// <param name="generation">That of the timer.</param>
    /// <returns>A failure when there is nobody to remind, when the trip was moved or cancelled, and when a late reminder would say `tomorrow` on the day itself.</returns>
    public Result<OfferChange> Remind(int generation, ReservationPolicy policy, DateTimeOffset now)
    {
        if (generation != Generation || State is OfferState.Cancelled) return Conflict("void", "The trip was moved or cancelled.");
        if (Reminded == Generation) return Conflict("reminded", "They have been reminded already.");
        if (now < ReminderAt(policy).At) return Conflict("too_early", "It is not the day before yet.");
        if (TimeZoneInfo.ConvertTime(now, Departure.Zone).Date >= Departure.Local.Date) return Conflict("too_late", "It is the day of the trip.");
        return Accepted is { Count: > 0 } riders ? new OfferChange(OfferEvent.Reminded, this, this with { Reminded = Generation }, riders) : Conflict("nobody", "Nobody rides along.");
    }

    /// <summary>The route service has answered.</summary>
    /// <param name="plan">For all who ride along, and only them; of others it says nothing.</param>
    /// <param name="generation">Of the offer that it was made for.</param>
    /// <returns>A failure when others ride along by now, or at another time: whoever changed it has asked anew.</returns>
    public Result<OfferChange> Route(RoutePlan plan, int generation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (generation != Generation || State is OfferState.Cancelled || now >= DepartureAt || !plan.Pickups.Select(pickup => pickup.Reservation).ToHashSet().SetEquals(Accepted.Select(one => one.Id)))
            return Conflict("void", "The trip has changed since.");
        return new OfferChange(OfferEvent.RouteUpdated, this, Routed(plan with { IsFinal = true }, null));
    }

    /// <param name="joined">Who is new: gets a time in any case.</param>
    private Offer Routed(RoutePlan plan, Guid? joined)
    {
        Dictionary<Guid, DateTimeOffset> times = plan.Pickups.ToDictionary(pickup => pickup.Reservation, pickup => pickup.At);
        Offer routed = With([
            .. Accepted.Where(one => plan.IsFinal || one.Id == joined || one.PickupAt is null).Where(one => times.ContainsKey(one.Id))
                .Select(one => one.PickupAt == times[one.Id] ? one : one with { PickupAt = times[one.Id], Revision = one.Id == joined ? one.Revision : one.Revision + 1 }),
        ]);
        return plan.IsFinal ? routed with { Polyline = plan.Polyline, Duration = plan.Duration } : routed;
    }
}
