using Mail.Core.Common;
using Mail.Core.Messaging;
using Mail.Core.Reservations;

namespace Mail.Tests.Core.Reservations;

/// <summary>The aggregate alone: no order of commands leads to an impossible state, and the table of mails contradicts none.</summary>
public sealed class OfferTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo _paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
    private static readonly ReservationPolicy _policy = new();

    [Fact]
    public void Whatever_is_done_in_whatever_order_the_state_is_possible_and_the_mails_say_what_is()
    {
        for (int seed = 0; seed < 400; seed++)
        {
            Random random = new(seed);
            Offer offer = New(random.Next(1, 4));
            DateTimeOffset now = _now;
            for (int step = 0; step < 60; step++)
            {
                now += TimeSpan.FromMinutes(random.Next(0, 300));
                Result<OfferChange> result = Random(offer, random, now);
                if (!result.IsSuccess)
                {
                    Assert.NotEqual("", result.Failure.Code);
                    continue;
                }

                OfferChange change = result.Value;
                AssertPossible(change, now);
                AssertMails(change);
                offer = change.After;
            }
        }
    }

    [Fact]
    public void A_route_that_a_service_corrects_is_told_once_and_only_to_those_whose_time_moved_by_more_than_five_minutes()
    {
        Offer offer = Accepted(Accepted(New(3), "a"), "b");
        Reservation[] riders = [.. offer.Accepted];
        RoutePlan plan = new([new(riders[0].Id, offer.DepartureAt.AddMinutes(5)), new(riders[1].Id, offer.DepartureAt.AddMinutes(6))], IsFinal: true);

        OfferChange change = offer.Route(plan, offer.Generation, _now).Value;

        Assert.Equal(["b@example.com"], TripMails.Of(change, _policy).Where(mail => mail.Template == "route-updated").Select(mail => mail.RecipientIn(offer).Email));
        Assert.Equal("void", change.After.Route(plan with { Pickups = [plan.Pickups[0]] }, offer.Generation, _now).Failure!.Code);
        Assert.Equal("void", offer.Route(plan, offer.Generation + 1, _now).Failure!.Code);
    }

    /// <summary>Of a guess nobody hears but who is new: the service's answer follows.</summary>
    [Fact]
    public void A_guess_gives_a_time_to_the_new_one_and_moves_nobody()
    {
        Offer offer = Accepted(New(3), "a");
        Reservation first = offer.Accepted[0], wish = Wish("b");
        offer = offer.Request(wish, _policy, _now).Value.After;

        OfferChange change = offer.Accept(wish.Id, _now, after => new RoutePlan([.. after.Accepted.Select(one => new RoutePickup(one.Id, after.DepartureAt.AddMinutes(40)))], IsFinal: false)).Value;

        Assert.Equal((first.PickupAt, offer.DepartureAt.AddMinutes(40)), (change.After.Find(first.Id)!.PickupAt, change.After.Find(wish.Id)!.PickupAt));
        Assert.DoesNotContain(TripMails.Of(change, _policy), mail => mail.Template == "route-updated");
    }

    [Fact]
    public void An_earlier_departure_shortens_the_time_for_an_answer()
    {
        Offer offer = New(3, "2026-11-23T20:00");
        Reservation wish = Wish("a");
        offer = offer.Request(wish, _policy, _now).Value.After;
        Assert.Equal(offer.DepartureAt, offer.Find(wish.Id)!.ExpiresAt);

        Offer moved = offer.Change(new OfferWish { Departure = At("2026-11-23T18:00") }, _policy, _now, Plan).Value.After;

        Assert.Equal((moved.DepartureAt, offer.Generation + 1), (moved.Find(wish.Id)!.ExpiresAt, moved.Generation));
        Assert.Equal("departure_at", offer.Change(new OfferWish { Departure = At("2026-11-22T18:00") }, _policy, _now, Plan).Failure!.Detail.Split('`')[1]);
    }

    [Fact]
    public void One_passenger_asks_once_and_the_driver_not_at_all()
    {
        Offer offer = New(3);
        offer = offer.Request(Wish("a"), _policy, _now).Value.After;

        Assert.Equal("already_requested", offer.Request(Wish("a"), _policy, _now).Failure!.Code);
        Assert.Equal(FailureKind.Invalid, offer.Request(Wish("driver"), _policy, _now).Failure!.Kind);
        Assert.Equal("no_seats", offer.Request(Wish("b", 4), _policy, _now).Failure!.Code);
        Assert.True(offer.Request(Wish("a"), _policy, _now.AddHours(24)).IsSuccess); // the first is over, even if nobody was told yet
    }

    private static void AssertPossible(OfferChange change, DateTimeOffset now)
    {
        Offer after = change.After;
        Assert.InRange(after.SeatsLeft, 0, after.Seats);
        foreach (Reservation one in after.Reservations)
        {
            Reservation? before = change.Before.Find(one.Id);
            if (before is { IsLive: false }) Assert.Equal(before, one); // what is over stays as it is
            if (one.State is ReservationState.Accepted) Assert.True(one.PickupAt is not null && one.AnsweredAt < one.ExpiresAt);
            if (one.State is ReservationState.Expired && before?.State is ReservationState.Pending) Assert.True(now >= one.ExpiresAt);
            if (before?.State is ReservationState.Pending && one.State is ReservationState.Accepted or ReservationState.Refused && before.State != one.State) Assert.True(now < one.ExpiresAt);
            Assert.True(one.ExpiresAt <= one.CreatedAt + _policy.AnswerTime);
        }

        if (after.State is OfferState.Cancelled) Assert.DoesNotContain(after.Reservations, one => one.State is ReservationState.Accepted);
        Assert.True(after.Generation >= change.Before.Generation);
    }

    /// <summary>Nobody twice, nobody who has no part in it, and each passenger's mail is the one of their state.</summary>
    private static void AssertMails(OfferChange change)
    {
        IReadOnlyList<TripMail> mails = TripMails.Of(change, _policy);
        Assert.Equal(mails.Count, mails.Select(mail => mail.RecipientIn(change.After).Email).Distinct().Count());
        foreach (TripMail mail in mails.Where(mail => !mail.ToDriver))
        {
            ReservationState state = change.After.Find(mail.Reservation!.Id)!.State, expected = mail.Template switch
            {
                "reservation-request-sent" => ReservationState.Pending,
                "reservation-confirmed" or "route-updated" or "reminder-passenger" => ReservationState.Accepted,
                "reservation-refused" => ReservationState.Refused,
                "passenger-removed" => ReservationState.Removed,
                "request-expired-passenger" => ReservationState.Expired,
                "offer-cancelled" => ReservationState.OfferCancelled,
                _ => throw new InvalidOperationException(mail.Template),
            };
            Assert.Equal(expected, state);
        }
    }

    private static Result<OfferChange> Random(Offer offer, Random random, DateTimeOffset now)
    {
        Guid one = offer.Reservations.Count == 0 || random.Next(10) == 0 ? Guid.NewGuid() : offer.Reservations[random.Next(offer.Reservations.Count)].Id;
        return random.Next(12) switch
        {
            0 or 1 or 2 => offer.Request(Wish($"p{random.Next(6)}", random.Next(1, 3), now), _policy, now),
            3 or 4 => offer.Accept(one, now, Plan),
            5 => offer.Refuse(one, now),
            6 => offer.Cancel(one, now, Plan),
            7 => offer.Remove(one, now, Plan),
            8 => offer.Expire(one, now),
            9 => offer.Change(new OfferWish { Seats = random.Next(1, 5), Departure = random.Next(2) == 0 ? new WallTime(offer.Departure.Local.AddHours(random.Next(-30, 60)), _paris) : null }, _policy, now, Plan),
            10 => offer.Remind(offer.Generation - random.Next(2), _policy, now),
            _ => random.Next(8) == 0 ? offer.CancelOffer(now) : offer.Expire(one, now),
        };
    }

    /// <summary>Everybody gets in at the departure.</summary>
    private static RoutePlan Plan(Offer offer) => new([.. offer.Accepted.Select(one => new RoutePickup(one.Id, offer.DepartureAt))], IsFinal: true);

    private static WallTime At(string local) => new(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), _paris);

    private static Offer New(int seats, string departure = "2026-11-28T07:30") => new(
        new ProjectId(Guid.NewGuid()), Guid.NewGuid(), false, new Traveller("Driver", "driver@example.com"), new Place("Lyon", 45.76, 4.86), new Place("Grenoble", 45.19, 5.72), At(departure), seats, _now);

    private static Reservation Wish(string who, int seats = 1, DateTimeOffset? at = null) => new(UuidV7.New(at ?? _now), new Traveller(who, $"{who}@example.com"), seats, new Place("Lyon", 45.75, 4.83), null, at ?? _now);

    private static Offer Accepted(Offer offer, string who)
    {
        Reservation wish = Wish(who);
        return offer.Request(wish, _policy, _now).Value.After.Accept(wish.Id, _now, Plan).Value.After;
    }
}
