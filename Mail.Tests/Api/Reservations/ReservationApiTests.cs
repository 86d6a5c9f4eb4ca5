using System.Net;
using System.Text.Json;
using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.Api.Reservations;

/// <summary>The API's manners: lists, statistics (CAR-7), the carpool's own paths (CAR-13), keys that make a call safe to repeat, and what belongs to others.</summary>
public sealed class ReservationApiTests(PostgresFixture postgres)
{
    /// <summary>CAR-13: the same paths. With a token they are the link's page; GET changes nothing.</summary>
    [Fact]
    public async Task The_carpools_paths_show_a_links_page_and_take_an_apps_call()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres);
        string offer = await scene.OfferAsync(), first = await scene.RequestAsync(offer, "first"), second = await scene.RequestAsync(offer, "second");
        TripMailSeen mail = (await scene.MailsAsync(4)).Single(one => one.Subject.StartsWith("first Martin asks", StringComparison.Ordinal));
        string token = mail.Links[0]["/a/".Length..];

        (HttpStatusCode status, string page) = await scene.OpenAsync($"/api/reservation/accept?token={token}");
        Assert.Equal((HttpStatusCode.OK, "pending"), (status, await scene.StateAsync(first)));
        Assert.Contains("Accept first Martin?", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await scene.OpenAsync($"/api/reservation/refuse?token={token}")).Status); // a link for one thing
        Assert.Equal(HttpStatusCode.NotFound, (await scene.OpenAsync("/api/reservation/accept")).Status);
        Assert.Equal(HttpStatusCode.OK, (await scene.PressAsync($"/api/reservation/accept?token={token}", "accept")).Status);
        Assert.Equal("accepted", await scene.StateAsync(first));

        JsonElement refused = await scene.App.PostAsync("/api/reservation/refuse", $$"""{"reservation_id":"{{second}}"}""", HttpStatusCode.OK);
        Assert.Equal((true, "refused"), (refused.GetProperty("success").GetBoolean(), refused.GetProperty("reservation").GetProperty("state").GetString()));
        await scene.App.PostAsync("/api/reservation/remove", $$"""{"reservation_id":"{{first}}","message":"Sorry."}""", HttpStatusCode.OK);
        JsonElement over = await scene.App.PostAsync("/api/offer/cancel", $$"""{"offer_id":"{{offer}}"}""", HttpStatusCode.OK);
        Assert.Equal("cancelled", over.GetProperty("offer").GetProperty("state").GetString());
        await scene.App.PostAsync("/api/reservation/cancel", "{}", HttpStatusCode.UnprocessableEntity);
        using HttpResponseMessage stranger = await scene.Reader.PostAsync(new Uri("/api/reservation/accept", UriKind.Relative), ApiFixture.Json($$"""{"reservation_id":"{{first}}"}"""));
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        using HttpResponseMessage bare = await scene.Reader.PostAsync(new Uri("/api/reservation/accept", UriKind.Relative), null);
        Assert.InRange((int)bare.StatusCode, 400, 499);
        Assert.Equal("removed", await scene.StateAsync(first));
    }

    /// <summary>CAR-7.</summary>
    [Fact]
    public async Task The_statistics_count_what_waits_what_came_of_it_and_the_mails_of_today()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres);
        string offer = await scene.OfferAsync(4);
        string[] all = [await scene.RequestAsync(offer, "a"), await scene.RequestAsync(offer, "b"), await scene.RequestAsync(offer, "c"), await scene.RequestAsync(offer, "d")];
        await scene.ActAsync(all[0], "accept");
        await scene.ActAsync(all[0], "cancel"); // was accepted all the same
        await scene.ActAsync(all[1], "accept");
        await scene.ActAsync(all[2], "refuse");
        JsonElement today = await scene.App.GetAsync("/reservations/statistics", HttpStatusCode.OK);
        await scene.MailsAsync(8 + 5 + 1);
        scene.Clock.Advance(TimeSpan.FromHours(24));
        await scene.MailsAsync(16);
        JsonElement tomorrow = await scene.App.GetAsync("/reservations/statistics?days=30", HttpStatusCode.OK);

        Assert.Equal((1, 0, 4, 14), (Number(today, "pending"), Number(today, "overdue"), Number(today, "requested"), Number(today, "mails_sent_today")));
        Assert.Equal((0, 1, 2, 1, 1, 2), (Number(tomorrow, "pending"), Number(tomorrow, "expired"), Number(tomorrow, "accepted"), Number(tomorrow, "refused"), Number(tomorrow, "cancelled"), Number(tomorrow, "mails_sent_today")));
        Assert.Equal(0.5, tomorrow.GetProperty("acceptance_rate").GetDouble());
        Assert.Equal(0, Number(await scene.App.GetAsync("/reservations/statistics?days=1", HttpStatusCode.OK), "accepted") - 2);
    }

    [Fact]
    public async Task A_request_sent_again_under_its_key_does_nothing_again()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres);
        JsonElement[] offers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => scene.App.PostAsync("/offers", TripScene.OfferBody(), HttpStatusCode.Created, ("Idempotency-Key", "offer-1"))));
        string offer = Assert.Single(offers.Select(one => one.GetProperty("id").GetString()).Distinct())!;
        JsonElement first = await scene.App.PostAsync($"/offers/{offer}/reservations", TripScene.RequestBody(), HttpStatusCode.Created, ("Idempotency-Key", "ask-1"));
        JsonElement again = await scene.App.PostAsync($"/offers/{offer}/reservations", TripScene.RequestBody(), HttpStatusCode.Created, ("Idempotency-Key", "ask-1"));
        JsonElement other = await scene.App.PostAsync($"/offers/{offer}/reservations", TripScene.RequestBody("other"), HttpStatusCode.Conflict, ("Idempotency-Key", "ask-1"));
        string id = first.GetProperty("id").GetString()!;
        for (int i = 0; i < 2; i++) await scene.App.PostAsync($"/reservations/{id}/accept", "", HttpStatusCode.OK, ("Idempotency-Key", "accept-1"));
        JsonElement without = await scene.ActAsync(id, "accept", HttpStatusCode.Conflict);

        Assert.Equal(id, again.GetProperty("id").GetString());
        Assert.Equal(("invalid_idempotent_request", "already_accepted"), (other.GetProperty("name").GetString(), without.GetProperty("name").GetString()));
        Assert.Equal((1, 1), (await scene.Api.CountAsync("offers"), await scene.Api.CountAsync("reservations")));
        await scene.MailsAsync(4);
    }

    [Fact]
    public async Task Another_project_and_a_test_key_see_and_touch_nothing_of_it()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres, works: false);
        string offer = await scene.OfferAsync(), reservation = await scene.RequestAsync(offer);
        using HttpClient other = scene.Api.ClientWith(await scene.Api.AddProjectAsync()), test = scene.Api.ClientWith(await TestKeyAsync(scene));
        foreach (HttpClient stranger in (HttpClient[])[other, test])
        {
            foreach (string path in (string[])[$"/offers/{offer}", $"/offers/{offer}/reservations", $"/offers/{offer}/history", $"/reservations/{reservation}", "/offers/x", "/reservations/x"]) await stranger.GetAsync(path, HttpStatusCode.NotFound);
            foreach (string path in (string[])[$"/offers/{offer}/cancel", $"/reservations/{reservation}/accept", $"/reservations/{reservation}/refuse", $"/reservations/{reservation}/cancel", $"/reservations/{reservation}/remove", "/reservations/x/accept", "/offers/x/cancel"])
                await stranger.PostAsync(path, "", HttpStatusCode.NotFound);
            await stranger.PostAsync($"/offers/{offer}/reservations", TripScene.RequestBody(), HttpStatusCode.NotFound);
            await stranger.PatchAsync($"/offers/{offer}", """{"seats":2}""", HttpStatusCode.NotFound);
            Assert.Equal(0, (await stranger.GetAsync("/offers", HttpStatusCode.OK)).GetProperty("data").GetArrayLength());
            Assert.Equal(0, (await stranger.GetAsync("/reservations", HttpStatusCode.OK)).GetProperty("data").GetArrayLength());
            Assert.Equal(0, Number(await stranger.GetAsync("/reservations/statistics", HttpStatusCode.OK), "pending"));
        }

        string ofTest = await scene.OfferAsync(by: test);
        await scene.App.GetAsync($"/offers/{ofTest}", HttpStatusCode.NotFound);
        Assert.Equal(("pending", 3), (await scene.StateAsync(reservation), await scene.SeatsLeftAsync(offer)));
    }

    [Fact]
    public async Task Lists_come_by_pages_and_by_what_is_asked_for()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres, works: false);
        string[] offers = [await scene.OfferAsync(driver: "a@example.com"), await scene.OfferAsync(driver: "b@example.com", departure: "2026-12-28T07:30"), await scene.OfferAsync(driver: "a@example.com")];
        await scene.App.PostAsync($"/offers/{offers[2]}/cancel", "", HttpStatusCode.OK);
        string[] asked = [await scene.RequestAsync(offers[0], "p"), await scene.RequestAsync(offers[0], "q"), await scene.RequestAsync(offers[1], "p")];
        await scene.ActAsync(asked[1], "refuse");

        Assert.Equal([offers[2], offers[1]], await IdsAsync(scene, "/offers?limit=2"));
        Assert.Equal([offers[0]], await IdsAsync(scene, $"/offers?limit=2&after={offers[1]}"));
        Assert.Equal([offers[0]], await IdsAsync(scene, "/offers?driver=A@Example.com&state=open"));
        Assert.Equal([offers[1]], await IdsAsync(scene, "/offers?departing_after=2026-12-01T00:00:00Z"));
        Assert.Equal([asked[2], asked[0]], await IdsAsync(scene, "/reservations?passenger=p@example.com"));
        Assert.Equal([asked[2]], await IdsAsync(scene, "/reservations?state=pending&limit=1"));
        Assert.Equal([asked[1], asked[0]], await IdsAsync(scene, $"/offers/{offers[0]}/reservations"));
        Assert.Equal([asked[0]], await IdsAsync(scene, $"/offers/{offers[0]}/reservations?state=pending"));
        foreach (string bad in (string[])["/offers?limit=0", "/offers?after=x", "/offers?state=lost", "/offers?driver=x", "/offers?departing_after=soon", "/reservations?state=open", "/reservations?passenger=x", "/reservations?limit=101", "/reservations/statistics?days=0"])
            await scene.App.GetAsync(bad, HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Apps_hear_of_each_change_by_a_webhook_that_names_nobody()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres, works: false);
        await scene.App.PostAsync("/webhooks", """{"endpoint":"http://127.0.0.1:9/","events":["offer.created","reservation.requested","reservation.accepted","offer.cancelled"]}""", HttpStatusCode.Created);
        string offer = await scene.OfferAsync(), reservation = await scene.RequestAsync(offer);
        await scene.ActAsync(reservation, "accept");
        await scene.App.PostAsync($"/offers/{offer}/cancel", "", HttpStatusCode.OK);

        List<(string Type, JsonElement Data)> events = [];
        await using NpgsqlCommand command = scene.Api.Database.CreateCommand("SELECT type, payload::text FROM webhook_queue ORDER BY seq");
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) events.Add((reader.GetString(0), JsonElement.Parse(reader.GetString(1))));
        Assert.Equal(["offer.created", "reservation.requested", "reservation.accepted", "offer.cancelled"], events.Select(one => one.Type));
        Assert.Equal((reservation, "accepted", 2, "api"), (events[2].Data.GetProperty("reservation_id").GetString(), events[2].Data.GetProperty("state").GetString(), events[2].Data.GetProperty("seats_left").GetInt32(), events[2].Data.GetProperty("how").GetString()));
        Assert.Equal([reservation], events[3].Data.GetProperty("reservations").EnumerateArray().Select(one => one.GetString()));
        Assert.All(events, one => Assert.DoesNotContain("example.com", one.Data.GetRawText(), StringComparison.Ordinal));
    }

    private static int Number(JsonElement answer, string name) => answer.GetProperty(name).GetInt32();

    private static async Task<string[]> IdsAsync(TripScene scene, string path) =>
        [.. (await scene.App.GetAsync(path, HttpStatusCode.OK)).GetProperty("data").EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];

    private static async Task<string> TestKeyAsync(TripScene scene)
    {
        JsonElement made = await scene.App.PostAsync("/api-keys", """{"name":"test","test":true,"scopes":["reservations:read","reservations:write"]}""", HttpStatusCode.Created);
        return made.GetProperty("token").GetString()!;
    }
}
