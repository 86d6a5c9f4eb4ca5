using System.Net;
using System.Text;
using System.Text.Json;
using Mail.Protocol.Mime.Parsing;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Reservations;

/// <summary>Trips in the hands of people who mean harm, and of many at once.</summary>
public sealed class TripAttackTests(PostgresFixture postgres)
{
    /// <summary>CAR-11: more at once than there are connections to the database, each of which holds one while it waits for the trip.</summary>
    [Fact]
    public async Task A_hundred_and_fifty_who_act_on_one_trip_at_once_are_all_answered()
    {
        const int Many = 150;
        await using TripScene scene = await TripScene.StartAsync(postgres, works: false);
        string offer = await scene.OfferAsync(50);
        string[] reservations = new string[Many];
        for (int i = 0; i < Many; i++) reservations[i] = await scene.RequestAsync(offer, $"p{i}");

        (HttpStatusCode Status, string Name)[] answers = await Task.WhenAll(reservations.Select(async reservation =>
        {
            using HttpResponseMessage response = await scene.App.PostAsync(new Uri($"/reservations/{reservation}/accept", UriKind.Relative), ApiFixture.Json("{}"));
            JsonElement body = JsonElement.Parse(await response.Content.ReadAsStringAsync());
            return (response.StatusCode, response.IsSuccessStatusCode ? "" : body.GetProperty("name").GetString()!);
        }));

        Assert.Equal("409 no_seats: 100, 200 : 50", string.Join(", ", answers.GroupBy(answer => $"{(int)answer.Status} {answer.Name}").Select(group => $"{group.Key}: {group.Count()}").OrderDescending()));
        Assert.Equal((0, 50), (await scene.SeatsLeftAsync(offer), await scene.Api.CountAsync("reservations WHERE state = 'accepted'")));
    }

    /// <summary>CAR-8: a link is its mailbox's alone.</summary>
    [Fact]
    public async Task A_drivers_link_does_nothing_to_another_drivers_trip_and_shows_nothing_of_it()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres);
        string mine = await scene.OfferAsync(), other = await scene.OfferAsync(driver: "bruno@example.com"), reservation = await scene.RequestAsync(other);
        await scene.App.PostAsync("/offers/dashboard-link", """{"email":"ines@example.com"}""", HttpStatusCode.Accepted);
        string trips = Dashboard((await scene.MailsAsync(3)).Single(mail => mail.To == "ines@example.com"));

        Assert.Equal(HttpStatusCode.OK, (await scene.OpenAsync($"{trips}/{mine}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await scene.OpenAsync($"{trips}/{other}")).Status);
        foreach ((string act, string id) in ((string, string)[])[("accept", reservation), ("refuse", reservation), ("remove", reservation), ("cancel", reservation), ("cancel_offer", other), ("cancel_offer", reservation), ("accept", "x"), ("drop", reservation)])
            Assert.Equal(HttpStatusCode.NotFound, await PostAsync(scene, trips, $"do={act}&id={id}"));
        Assert.Equal("pending", await scene.StateAsync(reservation));
        Assert.DoesNotContain("bruno", (await scene.OpenAsync(trips)).Page, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.NotFound, (await scene.OpenAsync($"{trips[..^1]}{(trips[^1] == 'A' ? 'B' : 'A')}")).Status);
    }

    /// <summary>Letters that turn the direction of text around would let a name rewrite the sentence that it stands in.</summary>
    [Fact]
    public async Task Script_and_letters_that_turn_text_around_stay_within_the_name_that_holds_them()
    {
        const string Evil = "\\u202Eevil\\u2066 <script>alert(1)</script>";
        await using TripScene scene = await TripScene.StartAsync(postgres);
        string body = TripScene.OfferBody().Replace("Lyon Part-Dieu", $"Lyon {Evil}", StringComparison.Ordinal).Replace("Inès Lambert", $"Ines {Evil}", StringComparison.Ordinal);
        string offer = (await scene.App.PostAsync("/offers", body, HttpStatusCode.Created)).GetProperty("id").GetString()!;
        await scene.App.PostAsync($"/offers/{offer}/reservations", TripScene.RequestBody().Replace("camille Martin", $"Camille {Evil}", StringComparison.Ordinal).Replace("One bag.", $"BEGIN:VEVENT {Evil}\\r\\nBcc: x@example.com", StringComparison.Ordinal), HttpStatusCode.Created);

        IReadOnlyList<TripMailSeen> mails = await scene.MailsAsync(2);
        foreach (TripMailSeen mail in mails)
        {
            Assert.DoesNotContain("<script", mail.Html, StringComparison.OrdinalIgnoreCase);
            foreach (string text in (string[])[mail.Subject, mail.Text, mail.Html]) Assert.DoesNotContain(text, c => c is '\u202E' or '\u2066');
            ParsedMessage parsed = ParsedMessage.Parse(Encoding.UTF8.GetBytes(mail.Raw));
            Assert.Empty(parsed.Headers.GetAll("Bcc"));
            Assert.DoesNotContain(parsed.To[0].DisplayName ?? "", c => c is '\u202E' or '\u2066');
        }
    }

    /// <summary>Unpaired surrogates and NUL in every field that a stranger may fill.</summary>
    [Theory]
    [InlineData("\\u0000@example.com"), InlineData("\\\"\\ud800\\\"@example.com"), InlineData("a@\\ud800.example"), InlineData("a@example.com\\r\\nBcc: b@example.com"), InlineData(""), InlineData("@"), InlineData("a@b@c")]
    public async Task A_link_asked_for_by_what_is_no_address_is_refused_by_the_field(string email)
    {
        await using TripScene scene = await TripScene.StartAsync(postgres, works: false);

        JsonElement refusal = await scene.App.PostAsync("/offers/dashboard-link", $$"""{"email":"{{email}}"}""", HttpStatusCode.UnprocessableEntity);

        Assert.Contains("`email`", refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await scene.Api.CountAsync("bus_messages"));
    }

    private static string Dashboard(TripMailSeen mail) => System.Text.RegularExpressions.Regex.Match(WebUtility.HtmlDecode(mail.Html), "/trips/[A-Za-z0-9_-]+").Value;

    private static async Task<HttpStatusCode> PostAsync(TripScene scene, string path, string form)
    {
        using StringContent content = new(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        using HttpResponseMessage response = await scene.Reader.PostAsync(new Uri(path, UriKind.Relative), content);
        return response.StatusCode;
    }
}
