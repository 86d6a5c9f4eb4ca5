using Mail.Core.Common;

namespace Mail.Core.Reservations;

/// <summary>What drivers and passengers do with one reservation.</summary>
public sealed partial record Offer
{
    /// <summary>Somebody asks for seats. A request holds no seat: the driver chooses among all.</summary>
    public Result<OfferChange> Request(Reservation wish, ReservationPolicy policy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(wish);
        ArgumentNullException.ThrowIfNull(policy);
        if (Closed(now) is { } closed) return closed;
        if (wish.Seats < 1) return Failure.Field("seats", "must be 1 or more.");
        if (wish.Passenger.Email == Driver.Email) return Failure.Field("passenger.email", "is the driver's own.");
        if (Reservations.Any(one => one.IsLive && !one.IsOverdue(now) && one.Passenger.Email == wish.Passenger.Email)) return Conflict("already_requested", "This passenger has a reservation of this offer already. It can be cancelled and made anew.");
        if (wish.Seats > SeatsLeft) return NoSeats(wish.Seats);
        Reservation made = wish with { State = ReservationState.Pending, ExpiresAt = ExpiryOf(wish.CreatedAt, policy), PickupAt = null, ChangedAt = now };
        return new OfferChange(OfferEvent.Requested, this, this with { Reservations = [.. Reservations, made] }, made);
    }

    /// <param name="plan">When who gets in, once this one does too.</param>
    public Result<OfferChange> Accept(Guid reservation, DateTimeOffset now, Func<Offer, RoutePlan> plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (Find(reservation) is not { } found) return Unknown;
        if (Closed(now) is { } closed) return closed;
        if (NotPending(found, now) is { } over) return over;
        if (found.Seats > SeatsLeft) return NoSeats(found.Seats);
        Offer after = With(found with { State = ReservationState.Accepted, AnsweredAt = now, ChangedAt = now, Revision = found.Revision + 1 });
        after = after.Routed(plan(after), reservation);
        return new OfferChange(OfferEvent.Accepted, this, after, after.Find(reservation)!);
    }

    public Result<OfferChange> Refuse(Guid reservation, DateTimeOffset now)
    {
        if (Find(reservation) is not { } found) return Unknown;
        if (NotPending(found, now) is { } over) return over;
        return Ended(OfferEvent.Refused, found with { State = ReservationState.Refused, AnsweredAt = now, ChangedAt = now });
    }

    /// <summary>The passenger does not come.</summary>
    /// <param name="plan">When who gets in, once this one does not.</param>
    public Result<OfferChange> Cancel(Guid reservation, DateTimeOffset now, Func<Offer, RoutePlan> plan) =>
        Find(reservation) is not { } found ? Unknown
        : !found.IsLive ? Over(found)
        : found.State is ReservationState.Pending && NotPending(found, now) is { } over ? over
        : now >= DepartureAt ? Departed
        : Left(OfferEvent.Cancelled, found with { State = ReservationState.Cancelled, ChangedAt = now }, plan);

    /// <summary>The driver does not take an accepted passenger along after all.</summary>
    /// <param name="plan">When who gets in, once this one does not.</param>
    public Result<OfferChange> Remove(Guid reservation, DateTimeOffset now, Func<Offer, RoutePlan> plan) =>
        Find(reservation) is not { } found ? Unknown
        : found.State is ReservationState.Pending ? Conflict("not_accepted", "This request has no answer yet: it can be refused, not removed.")
        : !found.IsLive ? Over(found)
        : now >= DepartureAt ? Departed
        : Left(OfferEvent.Removed, found with { State = ReservationState.Removed, ChangedAt = now }, plan);

    /// <summary>The time for an answer is up.</summary>
    /// <returns>A failure before that time, and for one that is not pending any more.</returns>
    public Result<OfferChange> Expire(Guid reservation, DateTimeOffset now)
    {
        if (Find(reservation) is not { } found) return Unknown;
        if (found.State is not ReservationState.Pending) return Over(found);
        if (now < found.ExpiresAt) return Conflict("not_expired", "The driver can still answer.");
        return Ended(OfferEvent.Expired, found with { State = ReservationState.Expired, AnsweredAt = found.ExpiresAt, ChangedAt = now });
    }

    private static Failure Unknown => Failure.NotFound("Reservation");

    private static Failure Departed => Conflict("departed", "The trip has begun already.");

    private static Failure Conflict(string code, string detail) => new(FailureKind.Conflict, code, detail);

    private Failure NoSeats(int seats) => Conflict("no_seats", SeatsLeft <= 0 ? "All seats are taken." : $"There are {SeatsLeft} seats left, not {seats}.");

    /// <returns>Why nobody can ask or be accepted any more.</returns>
    private Failure? Closed(DateTimeOffset now) => State is OfferState.Cancelled ? Conflict("offer_cancelled", "The driver has cancelled this offer.") : now >= DepartureAt ? Departed : null;

    // To the second, whether or not the timer has come: it only tells of it.
    private static Failure? NotPending(Reservation found, DateTimeOffset now) =>
        found.State is not ReservationState.Pending ? Over(found) : found.IsOverdue(now) ? Over(found with { State = ReservationState.Expired }) : null;

    private static Failure Over(Reservation found) => found.State switch
    {
        ReservationState.Accepted => Conflict("already_accepted", "This reservation has been accepted already."),
        ReservationState.Refused => Conflict("already_refused", "This reservation has been refused already."),
        ReservationState.Cancelled => Conflict("already_cancelled", "The passenger has cancelled this reservation."),
        ReservationState.Removed => Conflict("already_removed", "The driver has withdrawn this reservation."),
        ReservationState.Expired => Conflict("expired", "There was no answer in time: this request has expired."),
        _ => Conflict("offer_cancelled", "The driver has cancelled this offer."),
    };

    private DateTimeOffset ExpiryOf(DateTimeOffset createdAt, ReservationPolicy policy) => createdAt + policy.AnswerTime < DepartureAt ? createdAt + policy.AnswerTime : DepartureAt;

    private OfferChange Ended(OfferEvent what, Reservation ended) => new(what, this, With(ended), ended);

    private OfferChange Left(OfferEvent what, Reservation left, Func<Offer, RoutePlan> plan)
    {
        bool rode = Find(left.Id)!.State is ReservationState.Accepted;
        Reservation ended = rode ? left with { Revision = left.Revision + 1 } : left;
        Offer after = With(ended);
        return new OfferChange(what, this, rode ? after.Routed(plan(after), null) : after, ended);
    }
}
