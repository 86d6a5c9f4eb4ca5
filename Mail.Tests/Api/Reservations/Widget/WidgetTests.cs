using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Reservations.Widget;

/// <summary>CAR-12: what the widget on other sites may call, from where, and what it can do before a mailbox is proven: nothing.</summary>
public sealed partial class WidgetTests(PostgresFixture postgres)
{
    private const string Site = "https://carpool.example";

    [Fact]
    public async Task An_offer_and_a_request_are_stored_once_the_code_from_the_mail_is_given_and_not_before()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres);
        string widget = await SetUpAsync(scene);
        string offer = $$"""{"code":"CODE","offer":{{TripScene.OfferBody()}}}""";

        foreach (string code in (string[])["123456", "", " "])
        {
            using HttpResponseMessage refused = await CallAsync(scene, HttpMethod.Post, $"/widget/{widget}/offers", offer.Replace("CODE", code, StringComparison.Ordinal));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        }

        Assert.Equal(0, await scene.Api.CountAsync("offers"));
        Assert.Equal(0, await scene.Api.CountAsync("messages"));
        await CallOkAsync(scene, $"/widget/{widget}/codes", """{"email":"Ines@example.com","locale":"fr"}""", HttpStatusCode.Accepted);
        string right = CodeIn((await scene.MailsAsync(1))[0]);
        using (HttpResponseMessage past = await CallAsync(scene, HttpMethod.Post, $"/widget/{widget}/offers", $$"""{"code":"{{right}}","offer":{{TripScene.OfferBody(departure: "2026-11-01T07:30")}}}"""))
        {
            Assert.Contains("departure_at", await past.Content.ReadAsStringAsync(), StringComparison.Ordinal); // and the code still works
        }

        string id = (await CallOkAsync(scene, $"/widget/{widget}/offers", offer.Replace("CODE", right, StringComparison.Ordinal), HttpStatusCode.Created)).GetProperty("id").GetString()!;
        using (HttpResponseMessage again = await CallAsync(scene, HttpMethod.Post, $"/widget/{widget}/offers", offer.Replace("CODE", right, StringComparison.Ordinal)))
        {
            Assert.Contains("used_code", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        JsonElement shown = Assert.Single((await CallOkAsync(scene, $"/widget/{widget}/offers", null, HttpStatusCode.OK)).GetProperty("data").EnumerateArray());
        Assert.Equal((id, "Inès", "2026-11-28T07:30", 3), (shown.GetProperty("id").GetString(), shown.GetProperty("driver").GetString(), shown.GetProperty("departure_at").GetString(), shown.GetProperty("seats_left").GetInt32()));
        foreach (string secret in (string[])["Lambert", "@", "+33", "45.7"]) Assert.DoesNotContain(secret, shown.GetRawText(), StringComparison.Ordinal);

        string request = $$"""{"code":"CODE","request":{{TripScene.RequestBody()}}}""";
        await CallOkAsync(scene, $"/widget/{widget}/offers/{id}/requests", request.Replace("CODE", right, StringComparison.Ordinal), HttpStatusCode.UnprocessableEntity); // somebody else's code
        await CallOkAsync(scene, $"/widget/{widget}/codes", """{"email":"camille@example.com"}""", HttpStatusCode.Accepted);
        string theirs = CodeIn((await scene.MailsAsync(2))[1]);
        await CallOkAsync(scene, $"/widget/{widget}/offers/{id}/requests", request.Replace("CODE", theirs, StringComparison.Ordinal), HttpStatusCode.Created);

        Assert.Contains((await scene.MailsAsync(4)).Skip(2), mail => mail.To == "ines@example.com" && mail.Links.Count == 2);
        Assert.Equal("requested page", (await scene.App.GetAsync($"/offers/{id}/history", HttpStatusCode.OK)).GetProperty("data").EnumerateArray().Select(one => $"{one.GetProperty("event").GetString()} {one.GetProperty("how").GetString()}").Last());
    }

    [Fact]
    public async Task Only_the_origins_that_the_project_has_named_may_call()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres, works: false);
        string widget = await SetUpAsync(scene);

        using HttpResponseMessage allowed = await CallAsync(scene, HttpMethod.Get, $"/widget/{widget}/offers", null), preflight = await CallAsync(scene, HttpMethod.Options, $"/widget/{widget}/offers/x/requests", null);
        Assert.Equal((Site, "Origin"), (allowed.Headers.GetValues("Access-Control-Allow-Origin").Single(), string.Join(',', allowed.Headers.Vary)));
        Assert.Equal((HttpStatusCode.NoContent, Site, "GET, POST", "Content-Type"), (preflight.StatusCode, preflight.Headers.GetValues("Access-Control-Allow-Origin").Single(), preflight.Headers.GetValues("Access-Control-Allow-Methods").Single(), preflight.Headers.GetValues("Access-Control-Allow-Headers").Single()));
        Assert.False(allowed.Headers.Contains("Access-Control-Allow-Credentials"));
        foreach (string? origin in (string?[])["https://evil.example", "https://carpool.example.evil.example", "https://sub.carpool.example", "http://carpool.example", "https://carpool.example:444", "null", null])
        {
            foreach (HttpMethod method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post, HttpMethod.Options])
            {
                using HttpResponseMessage refused = await CallAsync(scene, method, $"/widget/{widget}/offers", method == HttpMethod.Post ? "{}" : null, origin);
                Assert.False(refused.IsSuccessStatusCode, $"{method} {origin}");
                Assert.False(refused.Headers.Contains("Access-Control-Allow-Origin"), $"{method} {origin}");
            }
        }

        foreach (string name in (string[])["wid_nobody", "x", new string('a', 5000), "%ED%A0%80"])
        {
            using HttpResponseMessage unknown = await CallAsync(scene, HttpMethod.Get, $"/widget/{name}/offers", null);
            Assert.True(unknown.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{name[..1]}: {unknown.StatusCode}");
        }

        await scene.App.PutAsync("/reservation-settings", $$"""{"enabled":false,"allowed_origins":["{{Site}}"]}""", HttpStatusCode.OK);
        using HttpResponseMessage off = await CallAsync(scene, HttpMethod.Get, $"/widget/{widget}/offers", null);
        Assert.Equal(HttpStatusCode.NotFound, off.StatusCode);
    }

    [Fact]
    public async Task Settings_keep_the_widgets_name_and_name_the_field_that_cannot_be_taken()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres, works: false);
        Assert.Equal(JsonValueKind.Null, (await scene.App.GetAsync("/reservation-settings", HttpStatusCode.OK)).GetProperty("widget_id").ValueKind);
        string widget = await SetUpAsync(scene);
        Assert.Equal(widget, await SetUpAsync(scene));
        Assert.Contains($"data-widget=\"{widget}\"", (await scene.App.GetAsync("/reservation-settings", HttpStatusCode.OK)).GetProperty("embed").GetString(), StringComparison.Ordinal);

        foreach ((string body, string field) in ((string, string)[])
        [
            ("""{"allowed_origins":["https://a.example/path"]}""", "allowed_origins.0"), ("""{"allowed_origins":["https://a.example","*"]}""", "allowed_origins.1"), ("""{"allowed_origins":["ftp://a.example"]}""", "allowed_origins.0"),
            ("""{"allowed_origins":["https://A.example"]}""", "allowed_origins.0"), ("""{"allowed_origins":[null]}""", "allowed_origins.0"), ("""{"allowed_origins":["https://a.example:443"]}""", "allowed_origins.0"),
            ("""{"places":[{"label":"x","latitude":91,"longitude":0}]}""", "places.0.latitude"), ("""{"places":[{"label":"\u0000","latitude":1,"longitude":0}]}""", "places.0.label"), ("""{"places":[null]}""", "places.0"),
            ("""{"time_zone":"Mars/Base"}""", "time_zone"), ($$"""{"allowed_origins":[{{string.Join(',', Enumerable.Repeat("\"https://a.example\"", 21))}}]}""", "allowed_origins"),
        ])
            Assert.Contains($"`{field}`", (await scene.App.PutAsync("/reservation-settings", body, HttpStatusCode.UnprocessableEntity)).GetProperty("message").GetString(), StringComparison.Ordinal);

        Assert.Equal([Site], (await scene.App.GetAsync("/reservation-settings", HttpStatusCode.OK)).GetProperty("allowed_origins").EnumerateArray().Select(one => one.GetString()));
    }

    [Fact]
    public async Task The_script_is_small_cacheable_and_told_apart_by_its_tag()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres, works: false);
        using HttpResponseMessage script = await scene.Reader.GetAsync(new Uri("/widget/reservations.js", UriKind.Relative));
        byte[] bytes = await script.Content.ReadAsByteArrayAsync();
        using HttpRequestMessage again = new(HttpMethod.Get, "/widget/reservations.js");
        again.Headers.IfNoneMatch.Add(script.Headers.ETag!);
        using HttpResponseMessage known = await scene.Reader.SendAsync(again);

        Assert.InRange(bytes.Length, 5_000, 20_000);
        Assert.Equal(("text/javascript", "cross-origin", true, TimeSpan.FromHours(1)), (script.Content.Headers.ContentType!.MediaType, script.Headers.GetValues("Cross-Origin-Resource-Policy").Single(), script.Headers.CacheControl!.Public, script.Headers.CacheControl.MaxAge));
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
    }

    [Fact]
    public async Task A_test_keys_widget_shows_test_trips_only()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres, works: false);
        string live = await SetUpAsync(scene);
        await scene.OfferAsync();
        using HttpClient test = scene.Api.ClientWith(await scene.Api.AddProjectAsync("mk_test_"));
        string widget = (await test.PutAsync("/reservation-settings", $$"""{"allowed_origins":["{{Site}}"]}""", HttpStatusCode.OK)).GetProperty("widget_id").GetString()!;

        Assert.Single((await CallOkAsync(scene, $"/widget/{live}/offers", null, HttpStatusCode.OK)).GetProperty("data").EnumerateArray());
        Assert.Empty((await CallOkAsync(scene, $"/widget/{widget}/offers", null, HttpStatusCode.OK)).GetProperty("data").EnumerateArray());
    }

    private static async Task<string> SetUpAsync(TripScene scene) =>
        (await scene.App.PutAsync("/reservation-settings", $$"""{"allowed_origins":["{{Site}}"],"places":[{"label":"Lyon","latitude":45.76,"longitude":4.86}],"time_zone":"Europe/Paris"}""", HttpStatusCode.OK)).GetProperty("widget_id").GetString()!;

    private static string CodeIn(TripMailSeen mail) => string.Concat(Code().Match(mail.Text).Value.Where(char.IsAsciiDigit));

    private static async Task<JsonElement> CallOkAsync(TripScene scene, string path, string? body, HttpStatusCode expected)
    {
        using HttpResponseMessage response = await CallAsync(scene, body is null ? HttpMethod.Get : HttpMethod.Post, path, body);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{response.StatusCode}: {text}");
        return JsonElement.Parse(text);
    }

    private static async Task<HttpResponseMessage> CallAsync(TripScene scene, HttpMethod method, string path, string? body, string? origin = Site)
    {
        using HttpRequestMessage request = new(method, path) { Content = body is null ? null : ApiFixture.Json(body) };
        if (origin is not null) request.Headers.Add("Origin", origin);
        return await scene.Reader.SendAsync(request);
    }

    [GeneratedRegex(@"\b\d{3}\s?\d{3}\b")]
    private static partial Regex Code();
}
