using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Messaging;
using Mail.Core.Reservations;
using Mail.Core.Reservations.Routes;
using Mail.Protocol.Calendar;
using Mail.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;

namespace Mail.Tests.Core.Reservations.Routes;

/// <summary>CAR-9: what passengers are told of a time that moves, by mail and in their calendars.</summary>
public sealed class TripCalendarTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly ReservationPolicy _policy = new();
    private static readonly TripCalendar _calendar = new(
        Options.Create(new MessageOptions { DefaultFrom = "Rides <rides@example.org>" }), PublicUrl.Read(new ConfigurationBuilder().AddInMemoryCollection([new("BASE_URL", "https://mail.example.org/x")]).Build(), new HostingEnvironment { EnvironmentName = "Production" }), new ManualClock(_now));

    [Fact]
    public void A_confirmation_brings_the_trip_with_its_own_UID_from_the_pickup_to_the_arrival()
    {
        (OfferChange accepted, Reservation one) = Accepted(locale: "fr");

        string text = Assert.IsType<CalendarMessage>(_calendar.ForPassenger(accepted, one)).ToString().ReplaceLineEndings("\n").Replace("\n ", "", StringComparison.Ordinal);

        Assert.Contains("METHOD:REQUEST\n", text, StringComparison.Ordinal);
        Assert.Contains($"UID:reservation-{one.Id}@mail.example.org\n", text, StringComparison.Ordinal);
        Assert.Contains($"SEQUENCE:{one.Revision}\n", text, StringComparison.Ordinal);
        Assert.Contains("DTSTART:20261128T064000Z\n", text, StringComparison.Ordinal);
        Assert.Contains("DTEND:20261128T080000Z\n", text, StringComparison.Ordinal);
        Assert.Contains("SUMMARY:Lyon → Grenoble\n", text, StringComparison.Ordinal);
        Assert.Contains("LOCATION:Perrache\n", text, StringComparison.Ordinal);
        Assert.Contains("ORGANIZER;CN=Rides:mailto:rides@example.org", text, StringComparison.Ordinal);
        Assert.Contains("mailto:camille@example.com", text, StringComparison.Ordinal);
        Assert.Contains("Places\u00A0: 1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ines@example.com", text, StringComparison.Ordinal); // the driver's address is the driver's
    }

    [Fact]
    public void What_changes_raises_the_sequence_and_what_ends_it_cancels_the_same_entry()
    {
        (OfferChange accepted, Reservation one) = Accepted();
        OfferChange moved = accepted.After.Change(new OfferWish { Departure = new WallTime(new DateTime(2026, 11, 28, 9, 30, 0), accepted.After.Departure.Zone) }, _policy, _now, offer => Plan(offer, 10)).Value.Told(_policy);
        OfferChange[] ends = [moved.After.Remove(one.Id, _now, offer => Plan(offer, 10)).Value, moved.After.Cancel(one.Id, _now, offer => Plan(offer, 10)).Value, moved.After.CancelOffer(_now).Value];

        CalendarMessage again = _calendar.ForPassenger(moved, moved.After.Find(one.Id)!)!;
        Assert.Equal((CalendarMethod.Request, _calendar.ForPassenger(accepted, one)!.Event.Uid), (again.Method, again.Event.Uid));
        Assert.True(again.Event.Sequence > one.Revision);
        foreach (OfferChange end in ends)
        {
            CalendarMessage cancelled = _calendar.ForPassenger(end, end.After.Find(one.Id)!)!;
            Assert.Equal((CalendarMethod.Cancel, again.Event.Uid), (cancelled.Method, cancelled.Event.Uid));
            Assert.True(cancelled.Event.Sequence > again.Event.Sequence);
        }
    }

    [Fact]
    public void Who_never_had_a_seat_and_who_is_reminded_of_what_they_know_get_no_entry()
    {
        (OfferChange accepted, Reservation one) = Accepted();
        OfferChange refused = Requested(New(), "noe").After is { } offer ? offer.Refuse(offer.Reservations[0].Id, _now).Value : null!;
        OfferChange reminded = accepted.After.Remind(1, _policy, new(2026, 11, 27, 9, 0, 0, TimeSpan.Zero)).Value;

        Assert.Null(_calendar.ForPassenger(refused, refused.One));
        Assert.Null(_calendar.ForPassenger(reminded, one));
    }

    /// <summary>Four minutes and again four are eight: the second move is told, against what the passenger knows and not against the first.</summary>
    [Fact]
    public void Small_moves_add_up_until_they_are_told()
    {
        (OfferChange accepted, Reservation one) = Accepted();
        OfferChange first = accepted.After.Route(Plan(accepted.After, 14), accepted.After.Generation, _now).Value.Told(_policy);
        OfferChange second = first.After.Route(Plan(first.After, 18), first.After.Generation, _now).Value.Told(_policy);
        OfferChange third = second.After.Route(Plan(second.After, 15), second.After.Generation, _now).Value.Told(_policy);

        Assert.Empty(first.Moved(_policy));
        (Reservation moved, DateTimeOffset old, DateTimeOffset at) = Assert.Single(second.Moved(_policy));
        Assert.Equal((one.Id, one.PickupAt, one.PickupAt + TimeSpan.FromMinutes(8)), (moved.Id, old, at));
        Assert.Equal(at, second.After.Find(one.Id)!.ToldPickupAt);
        Assert.Empty(third.Moved(_policy)); // 3 minutes from what was told last
    }

    /// <summary>Exactly the limit is silent; a minute more is told.</summary>
    [Theory, InlineData(15, 0), InlineData(16, 1), InlineData(5, 0), InlineData(4, 1)]
    public void Five_minutes_are_borne_in_silence_in_both_directions(int minutes, int told)
    {
        OfferChange accepted = Accepted().Change;

        Assert.Equal(told, accepted.After.Route(Plan(accepted.After, minutes), accepted.After.Generation, _now).Value.Moved(_policy).Count);
    }

    private static (OfferChange Change, Reservation One) Accepted(string? locale = null)
    {
        OfferChange requested = Requested(New(), "camille", locale);
        OfferChange accepted = requested.After.Accept(requested.One.Id, _now, offer => Plan(offer, 10)).Value.Told(_policy);
        return (accepted, accepted.One);
    }

    private static OfferChange Requested(Offer offer, string who, string? locale = null) =>
        offer.Request(new Reservation(Guid.NewGuid(), new Traveller("Camille\tMartin", $"{who}@example.com", null, locale), 1, new Place("Perrache", 45.7486, 4.8259), null, _now), _policy, _now).Value;

    private static Offer New() => new(
        ProjectId.New(_now), Guid.NewGuid(), false, new Traveller("Inès", "ines@example.com", "+33 6"), new Place("Lyon", 45.76, 4.86), new Place("Grenoble", 45.19, 5.71),
        new WallTime(new DateTime(2026, 11, 28, 7, 30, 0), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris")), 3, _now);

    private static RoutePlan Plan(Offer offer, int minutes) =>
        new([.. offer.Accepted.Select(one => new RoutePickup(one.Id, offer.DepartureAt + TimeSpan.FromMinutes(minutes)))], IsFinal: true) { Duration = TimeSpan.FromMinutes(90) };
}
