using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Reservations.Pages;

/// <summary>CAR-8: the driver's dashboard and the offer's page, by a magic link; the passenger's seats on the same page.</summary>
public sealed partial class TripPageTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_driver_gets_the_link_by_mail_and_accepts_removes_and_cancels_by_the_pages_buttons()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres);
        string offer = await scene.OfferAsync(), first = await scene.RequestAsync(offer, "camille"), second = await scene.RequestAsync(offer, "noe");
        await scene.MailsAsync(4);
        string page = await LinkAsync(scene, "Ines@example.com", 5);

        (HttpStatusCode status, string html) = await scene.OpenAsync(page);
        Assert.Equal((HttpStatusCode.OK, "pending"), (status, await scene.StateAsync(first)));
        foreach (string text in (string[])["Your trips", "Lyon Part-Dieu → Grenoble", "3 of 3 seats free", "camille Martin", "noe Martin", "One bag.", "Lyon Perrache"]) Assert.Contains(text, html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);

        using (HttpResponseMessage done = await PostAsync(scene, page, $"do=accept&id={first}"))
        {
            Assert.Equal((HttpStatusCode.SeeOther, "?done=accept"), (done.StatusCode, done.Headers.Location!.OriginalString));
        }

        Assert.Contains("Accepted. We have told them.", (await scene.OpenAsync($"{page}?done=accept")).Page, StringComparison.Ordinal);
        Assert.Equal(("accepted", 2), (await scene.StateAsync(first), await scene.SeatsLeftAsync(offer)));
        using (HttpResponseMessage again = await PostAsync(scene, page, $"do=accept&id={first}")) Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);

        using (HttpResponseMessage removed = await PostAsync(scene, $"{page}/{offer}", $"do=remove&id={first}&note=Sorry%0D%0Anot+now")) Assert.Equal(HttpStatusCode.SeeOther, removed.StatusCode);
        Assert.Equal("removed", await scene.StateAsync(first));
        using (HttpResponseMessage cancelled = await PostAsync(scene, $"{page}/{offer}", $"do=cancel_offer&id={offer}")) Assert.Equal(HttpStatusCode.SeeOther, cancelled.StatusCode);
        Assert.Equal("offer_cancelled", await scene.StateAsync(second));
        Assert.Contains("This trip is cancelled.", (await scene.OpenAsync($"{page}/{offer}")).Page, StringComparison.Ordinal);
        Assert.Contains("Sorry", (await scene.MailsAsync(9)).Single(mail => mail.To == "camille@example.com" && mail.Raw.Contains("METHOD:CANCEL", StringComparison.Ordinal)).Text, StringComparison.Ordinal);
        string[] means = [.. (await scene.App.GetAsync($"/offers/{offer}/history", HttpStatusCode.OK)).GetProperty("data").EnumerateArray().Select(one => $"{one.GetProperty("event").GetString()} {one.GetProperty("how").GetString()}")];
        Assert.Equal(["accepted page", "removed page", "offer_cancelled page"], means.Where(one => one.EndsWith("page", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_passenger_sees_what_became_of_the_request_and_cancels()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres);
        string offer = await scene.OfferAsync(), reservation = await scene.RequestAsync(offer, "camille", locale: "fr");
        await scene.MailsAsync(2);
        string page = await LinkAsync(scene, "camille@example.com", 3);
        Assert.Contains("En attente d’une réponse", (await scene.OpenAsync(page)).Page, StringComparison.Ordinal); // in the passenger's language
        Assert.DoesNotContain("+33 6 12 34 56 78", (await scene.OpenAsync(page)).Page, StringComparison.Ordinal); // not before it is agreed
        await scene.ActAsync(reservation, "accept");
        await scene.MailsAsync(5);
        Assert.Contains("+33 6 12 34 56 78", (await scene.OpenAsync(page)).Page, StringComparison.Ordinal);

        foreach (string foreign in (string[])[$"do=remove&id={reservation}", $"do=accept&id={reservation}", $"do=cancel_offer&id={offer}", "do=cancel&id=x", "do=cancel", "", $"do=cancel&id={Guid.NewGuid()}", $"do=cancel&id={offer}"])
        {
            using HttpResponseMessage refused = await PostAsync(scene, page, foreign);
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        }

        Assert.Equal("accepted", await scene.StateAsync(reservation));
        Assert.Equal(HttpStatusCode.NotFound, (await scene.OpenAsync($"{page}/{offer}")).Status); // the driver's
        using HttpResponseMessage cancelled = await PostAsync(scene, page, $"do=cancel&id={reservation}");
        Assert.Equal((HttpStatusCode.SeeOther, "cancelled"), (cancelled.StatusCode, await scene.StateAsync(reservation)));
    }

    [Fact]
    public async Task Known_or_not_the_answer_is_the_same_and_only_who_has_trips_is_written_to_three_times_at_most()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres);
        await scene.OfferAsync();
        List<string> answers = [];
        foreach (string email in (string[])["ines@example.com", "nobody@example.com", "ines@example.com", "ines@example.com", "INES@example.com"])
            answers.Add((await scene.App.PostAsync("/offers/dashboard-link", $$"""{"email":"{{email}}"}""", HttpStatusCode.Accepted)).GetRawText());

        await scene.QuietAsync();
        Assert.Single(answers.Distinct());
        Assert.All(await scene.MailsAsync(3), mail => Assert.Equal("ines@example.com", mail.To));
        foreach ((string body, string field) in ((string, string)[])[("{}", "email"), ("""{"email":"x"}""", "email"), ("""{"email":"a@example.com","locale":"\u0000"}""", "locale"), ("""{"email":"a\u0000@example.com"}""", "email")])
            Assert.Contains($"`{field}`", (await scene.App.PostAsync("/offers/dashboard-link", body, HttpStatusCode.UnprocessableEntity)).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forged_expired_and_revoked_links_say_so_and_do_nothing()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres);
        string offer = await scene.OfferAsync(departure: "2026-12-20T07:30"), reservation = await scene.RequestAsync(offer);
        await scene.MailsAsync(2);
        string first = await LinkAsync(scene, "ines@example.com", 3), second = await LinkAsync(scene, "ines@example.com", 4);

        (HttpStatusCode status, string text) = await scene.OpenAsync(first[..^1] + (first[^1] == 'A' ? 'Q' : 'A'));
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("This link does not work", text, StringComparison.Ordinal);
        string accept = (await scene.MailsAsync(4)).First(mail => mail.Links.Count == 2).Links[0];
        Assert.Equal(HttpStatusCode.NotFound, (await scene.OpenAsync(accept.Replace("/a/", "/trips/", StringComparison.Ordinal))).Status); // a link for one thing opens no other
        Assert.Equal(HttpStatusCode.Gone, (await scene.OpenAsync(first.Replace("/trips/", "/a/", StringComparison.Ordinal))).Status);

        using (HttpResponseMessage ended = await PostAsync(scene, first, "do=end_links")) Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        foreach (string link in (string[])[first, second])
        {
            Assert.Equal(HttpStatusCode.Gone, (await scene.OpenAsync(link)).Status);
            using HttpResponseMessage refused = await PostAsync(scene, link, $"do=accept&id={reservation}");
            Assert.Equal(HttpStatusCode.Gone, refused.StatusCode);
        }

        string third = await LinkAsync(scene, "ines@example.com", 5);
        scene.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Contains("This link has expired", (await scene.OpenAsync(third)).Page, StringComparison.Ordinal);
        using HttpResponseMessage late = await PostAsync(scene, third, $"do=cancel_offer&id={offer}");
        Assert.Equal((HttpStatusCode.Gone, "open"), (late.StatusCode, (await scene.App.GetAsync($"/offers/{offer}", HttpStatusCode.OK)).GetProperty("state").GetString()));
    }

    [Fact]
    public async Task An_app_sees_an_offers_reservations_as_a_page_without_buttons_and_only_its_own()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres, works: false);
        string offer = await scene.OfferAsync();
        await scene.RequestAsync(offer);
        using HttpResponseMessage page = await scene.App.GetAsync(new Uri($"/api/offer/{offer}/reservations", UriKind.Relative));
        string html = WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync());

        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType!.MediaType));
        Assert.Contains("camille Martin", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", html, StringComparison.Ordinal);
        using HttpClient other = scene.Api.ClientWith(await scene.Api.AddProjectAsync());
        using HttpResponseMessage foreign = await other.GetAsync(new Uri($"/api/offer/{offer}/reservations", UriKind.Relative)), nobody = await scene.Reader.GetAsync(new Uri($"/api/offer/{offer}/reservations", UriKind.Relative));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Unauthorized), (foreign.StatusCode, nobody.StatusCode));
    }

    [Fact]
    public async Task What_people_typed_is_text_on_the_page()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres);
        string offer = await scene.OfferAsync();
        await scene.App.PostAsync($"/offers/{offer}/reservations", """{"passenger":{"name":"<b>x</b>\"'","email":"b@example.com"},"message":"<img src=x onerror=alert(1)>"}""", HttpStatusCode.Created);
        await scene.MailsAsync(2);
        using HttpResponseMessage page = await scene.Reader.GetAsync(new Uri(await LinkAsync(scene, "ines@example.com", 3), UriKind.Relative));
        string html = await page.Content.ReadAsStringAsync();

        Assert.DoesNotContain("<b>x", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(CacheControlHeaderValue.Parse("no-store"), page.Headers.CacheControl);
    }

    /// <returns>The path of the link in the mail that comes next.</returns>
    private static async Task<string> LinkAsync(TripScene scene, string email, int mails)
    {
        await scene.App.PostAsync("/offers/dashboard-link", $$"""{"email":"{{email}}"}""", HttpStatusCode.Accepted);
        return new Uri(WebUtility.HtmlDecode(Link().Match((await scene.MailsAsync(mails))[^1].Html).Groups[1].Value)).AbsolutePath;
    }

    private static Task<HttpResponseMessage> PostAsync(TripScene scene, string path, string form)
    {
        HttpClient reader = scene.Api.CreateClient(new() { AllowAutoRedirect = false });
        return reader.PostAsync(new Uri(path, UriKind.Relative), new StringContent(form, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded"));
    }

    [GeneratedRegex("href=\"([^\"]*/trips/[^\"]*)\"")]
    private static partial Regex Link();
}
