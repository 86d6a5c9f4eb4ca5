namespace Mail.Core.Reservations;

/// <summary>What can happen to an offer and its reservations. The names are those of history and webhooks, in snake_case.</summary>
public enum OfferEvent
{
    OfferCreated,
    Requested,
    Accepted,
    Refused,

    /// <summary>By the passenger.</summary>
    Cancelled,
    Removed,
    Expired,

    /// <summary>The departure, the seats or the price.</summary>
    OfferChanged,
    OfferCancelled,

    /// <summary>The day before.</summary>
    Reminded,

    /// <summary>A route service told better times.</summary>
    RouteUpdated,
}

/// <summary>A transition.</summary>
/// <param name="About">The reservations whose state it changed, as they are after it; of a reminder those who are reminded.</param>
public sealed record OfferChange(OfferEvent Event, Offer Before, Offer After, params IReadOnlyList<Reservation> About)
{
    /// <summary>The one reservation that it is about.</summary>
    public Reservation One => About.Single();

    /// <summary>Whether other people ride along than before, or at other times: the route is to be planned anew.</summary>
    public bool ChangesRoute => Event is OfferEvent.Accepted or OfferEvent.Removed || (Event is OfferEvent.Cancelled && Before.Find(One.Id)?.State is ReservationState.Accepted)
        || (Event is OfferEvent.OfferChanged && Before.DepartureAt != After.DepartureAt);

    /// <summary>Those who rode along before and after it, and whose pickup time is by more than the policy bears in silence another one than they were last told.</summary>
    public IReadOnlyList<(Reservation Reservation, DateTimeOffset Old, DateTimeOffset New)> Moved(ReservationPolicy policy) =>
    [
        .. from now in After.Accepted
           let before = Before.Find(now.Id)
           where before?.State is ReservationState.Accepted
           let old = before.ToldPickupAt ?? before.PickupAt ?? now.PickupAt ?? default
           let at = now.PickupAt ?? old
           where (at - old).Duration() > policy.SilentMove
           select (now, old, at),
    ];

    /// <summary>With what its mails tell of pickup times: of who is new, who is reminded, and whose time has moved.</summary>
    public OfferChange Told(ReservationPolicy policy)
    {
        HashSet<Guid> told = [.. Moved(policy).Select(move => move.Reservation.Id)];
        if (Event is OfferEvent.Accepted or OfferEvent.Reminded) told.UnionWith(About.Select(one => one.Id));
        if (told.Count == 0) return this;
        Offer after = After with { Reservations = [.. After.Reservations.Select(one => told.Contains(one.Id) ? one with { ToldPickupAt = one.PickupAt } : one)] };
        return this with { After = after, About = [.. About.Select(one => after.Find(one.Id) ?? one)] };
    }
}
