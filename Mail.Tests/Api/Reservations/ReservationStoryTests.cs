using System.Net;
using System.Text.Json;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Reservations;

/// <summary>What drivers and passengers live through: CAR-1, CAR-2, CAR-3, CAR-8, CAR-10, end to end with the mails that arrive and the links in them.</summary>
public sealed class ReservationStoryTests(PostgresFixture postgres)
{
    /// <summary>CAR-1: the driver gets a mail with both answers, the passenger one that the request was sent. CAR-3: accepted, the passenger is told, and the driver gets the list.</summary>
    [Fact]
    public async Task A_request_sends_two_mails_and_the_link_in_the_drivers_mail_accepts_it()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres);
        string offer = await scene.OfferAsync(), reservation = await scene.RequestAsync(offer, seats: 2);
        IReadOnlyList<TripMailSeen> asked = await scene.MailsAsync(2);
        TripMailSeen toDriver = asked.Single(mail => mail.To == "ines@example.com"), toPassenger = asked.Single(mail => mail.To == "camille@example.com");
        Assert.Equal(("camille Martin asks for 2 seats on 28 November 2026", "Your request has gone to Inès Lambert"), (toDriver.Subject, toPassenger.Subject));
        Assert.Contains("One bag.", toDriver.Text, StringComparison.Ordinal);
        Assert.Equal((2, 1), (toDriver.Links.Count, toPassenger.Links.Count));

        (HttpStatusCode shown, string page) = await scene.OpenAsync(toDriver.Links[0]);
        Assert.Equal((HttpStatusCode.OK, "pending"), (shown, await scene.StateAsync(reservation))); // GET changes nothing
        Assert.Contains("Accept camille Martin?", page, StringComparison.Ordinal);
        (HttpStatusCode done, string answer) = await scene.PressAsync(toDriver.Links[0]);

        Assert.Equal((HttpStatusCode.OK, "accepted", 1), (done, await scene.StateAsync(reservation), await scene.SeatsLeftAsync(offer)));
        Assert.Contains("camille Martin rides along", answer, StringComparison.Ordinal);
        IReadOnlyList<TripMailSeen> told = [.. (await scene.MailsAsync(4)).Skip(2)];
        TripMailSeen confirmed = told.Single(mail => mail.To == "camille@example.com"), itinerary = told.Single(mail => mail.To == "ines@example.com");
        Assert.StartsWith("Confirmed: Lyon Part-Dieu → Grenoble", confirmed.Subject, StringComparison.Ordinal);
        Assert.Contains("+33 6 12 34 56 78", confirmed.Text, StringComparison.Ordinal); // the driver's, now that it is agreed
        Assert.DoesNotContain("+33 6 12 34 56 78", toPassenger.Text, StringComparison.Ordinal);
        Assert.Equal("Your trip to Grenoble: the new itinerary", itinerary.Subject);
        Assert.Contains("camille Martin", itinerary.Text, StringComparison.Ordinal);
        Assert.Contains("Lyon Perrache", itinerary.Text, StringComparison.Ordinal);
        JsonElement history = (await scene.App.GetAsync($"/offers/{offer}/history", HttpStatusCode.OK)).GetProperty("data");
        Assert.Equal(["offer_created api", "requested api", "accepted link"], history.EnumerateArray().Select(one => $"{one.GetProperty("event").GetString()} {one.GetProperty("how").GetString()}"));
        Assert.Equal("driver", history[2].GetProperty("actor").GetString());
        Assert.All(history[2].GetProperty("mails").EnumerateArray(), mail => Assert.NotNull(mail.GetProperty("email_id").GetString()));
    }

    /// <summary>CAR-2: single use, and one decision settles the other link; after the expiry, after a cancellation, and forged, a page says so in words.</summary>
    [Fact]
    public async Task A_link_acts_once_and_says_why_it_acts_no_more()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres);
        string offer = await scene.OfferAsync();
        string used = await scene.RequestAsync(offer, "used"), expired = await scene.RequestAsync(offer, "expired"), cancelled = await scene.RequestAsync(offer, "cancelled");
        IReadOnlyList<TripMailSeen> mails = await scene.MailsAsync(6);
        IReadOnlyList<string> Links(string who) => mails.Single(mail => mail.To == "ines@example.com" && mail.Subject.StartsWith(who, StringComparison.Ordinal)).Links;
        Assert.Equal(HttpStatusCode.OK, (await scene.PressAsync(Links("used")[0])).Status);
        await scene.MailsAsync(8);

        foreach (string link in Links("used"))
        {
            (HttpStatusCode status, string page) = await scene.PressAsync(link, "refuse");
            Assert.Equal(HttpStatusCode.Gone, status);
            Assert.Contains("already", page, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal("accepted", await scene.StateAsync(used));
        await scene.PressAsync(mails.Single(mail => mail.To == "cancelled@example.com").Links[0], "cancel");
        await scene.MailsAsync(9);
        (HttpStatusCode gone, string said) = await scene.PressAsync(Links("cancelled")[0], "accept");
        Assert.Equal((HttpStatusCode.Gone, "cancelled"), (gone, await scene.StateAsync(cancelled)));
        Assert.Contains("This reservation is cancelled", said, StringComparison.Ordinal);

        scene.Clock.Advance(TimeSpan.FromHours(24));
        await scene.MailsAsync(11);
        (gone, said) = await scene.PressAsync(Links("expired")[0], "accept");
        Assert.Equal((HttpStatusCode.Gone, "expired"), (gone, await scene.StateAsync(expired)));
        Assert.Contains("This request has expired", said, StringComparison.Ordinal);
        char last = Links("expired")[0][^1];
        (gone, said) = await scene.PressAsync(Links("expired")[0][..^1] + (last == 'A' ? 'B' : 'A'), "accept");
        Assert.Equal(HttpStatusCode.NotFound, gone);
        Assert.Contains("This link does not work", said, StringComparison.Ordinal);
        Assert.Equal(11, scene.Inbox.MessageCount); // nothing more was told
    }

    /// <summary>CAR-2: seven days, and not beyond the departure.</summary>
    [Fact]
    public async Task A_link_to_cancel_works_for_seven_days()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres);
        string offer = await scene.OfferAsync(departure: "2026-12-20T07:30"), reservation = await scene.RequestAsync(offer);
        await scene.ActAsync(reservation, "accept");
        string link = (await scene.MailsAsync(4)).Single(mail => mail.Subject.StartsWith("Confirmed", StringComparison.Ordinal)).Links[0];

        scene.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await scene.OpenAsync(link)).Status);
        scene.Clock.Advance(TimeSpan.FromSeconds(1));
        (HttpStatusCode status, string page) = await scene.PressAsync(link, "cancel");

        Assert.Equal((HttpStatusCode.Gone, "accepted"), (status, await scene.StateAsync(reservation)));
        Assert.Contains("This link has expired", page, StringComparison.Ordinal);
    }

    /// <summary>CAR-3 and CAR-8: who is told of a refusal, a cancellation, a removal and the end of the trip; each in their own language.</summary>
    [Fact]
    public async Task Each_end_of_a_reservation_is_told_to_the_other_side_once()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres);
        string offer = await scene.OfferAsync(4);
        string refused = await scene.RequestAsync(offer, "refused", locale: "fr"), leaves = await scene.RequestAsync(offer, "leaves"), removed = await scene.RequestAsync(offer, "removed"), stays = await scene.RequestAsync(offer, "stays", locale: "fr"), asks = await scene.RequestAsync(offer, "asks");
        await scene.App.PostAsync($"/reservations/{refused}/refuse", """{"message":"Désolée, le coffre est plein."}""", HttpStatusCode.OK);
        foreach (string one in (string[])[leaves, removed, stays]) await scene.ActAsync(one, "accept");
        await scene.ActAsync(leaves, "cancel");
        await scene.ActAsync(removed, "remove");
        await scene.App.PostAsync($"/offers/{offer}/cancel", "", HttpStatusCode.OK);

        IReadOnlyList<TripMailSeen> mails = await scene.MailsAsync(10 + 1 + 6 + 1 + 2 + 2);
        string[] OfPassenger(string who) => [.. mails.Where(mail => mail.To == $"{who}@example.com").Select(mail => mail.Subject)];
        Assert.Equal(2, OfPassenger("refused").Length);
        Assert.Contains("Inès Lambert", OfPassenger("refused")[1], StringComparison.Ordinal);
        Assert.Contains("le coffre est plein", mails.Last(mail => mail.To == "refused@example.com").Text, StringComparison.Ordinal);
        Assert.Equal(2, OfPassenger("leaves").Length); // sent, confirmed; who cancels knows
        Assert.StartsWith("Your seat on", OfPassenger("removed")[2], StringComparison.Ordinal);
        Assert.StartsWith("Annulé", OfPassenger("stays")[2], StringComparison.Ordinal);
        Assert.StartsWith("Cancelled: your trip", OfPassenger("asks")[1], StringComparison.Ordinal);
        Assert.Single(mails, mail => mail.To == "ines@example.com" && mail.Subject.StartsWith("leaves Martin cancels", StringComparison.Ordinal));
        Assert.Equal(["refused", "cancelled", "removed", "offer_cancelled", "offer_cancelled"], [await scene.StateAsync(refused), await scene.StateAsync(leaves), await scene.StateAsync(removed), await scene.StateAsync(stays), await scene.StateAsync(asks)]);
        Assert.Equal("offer_cancelled", (await scene.ActAsync(asks, "accept", HttpStatusCode.Conflict)).GetProperty("name").GetString());
    }

    /// <summary>CAR-9's part in a change: a later departure moves the pickup times, and those who ride along hear of it; a seat that is taken cannot be taken away.</summary>
    [Fact]
    public async Task A_changed_departure_is_told_to_those_who_ride_along()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres);
        string offer = await scene.OfferAsync(), rides = await scene.RequestAsync(offer, "rides", 2);
        await scene.RequestAsync(offer, "asks");
        await scene.ActAsync(rides, "accept");
        await scene.MailsAsync(6);

        JsonElement tooFew = await scene.App.PatchAsync($"/offers/{offer}", """{"seats":1}""", HttpStatusCode.Conflict);
        await scene.App.PatchAsync($"/offers/{offer}", """{"seats":2,"price":10}""", HttpStatusCode.OK); // of no interest to anybody
        JsonElement moved = await scene.App.PatchAsync($"/offers/{offer}", """{"departure_at":"2026-11-28T08:00"}""", HttpStatusCode.OK);

        Assert.Equal(("seats_taken", "2026-11-28T08:00:00"), (tooFew.GetProperty("name").GetString(), moved.GetProperty("departure_local").GetString()));
        IReadOnlyList<TripMailSeen> told = [.. (await scene.MailsAsync(8)).Skip(6)];
        Assert.StartsWith("New pick-up time", told.Single(mail => mail.To == "rides@example.com").Subject, StringComparison.Ordinal);
        Assert.Single(told, mail => mail.To == "ines@example.com");
    }
}
