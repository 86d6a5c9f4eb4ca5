using System.Net;
using System.Text.Json;
using Mail.Tests.Core.Privacy;
using Mail.Tests.Support;

namespace Mail.Tests.Api.ActionLinks;

/// <summary>Action links of apps: made by the API, used on the page (CAR-2).</summary>
public sealed class ActionLinkTests(PostgresFixture postgres)
{
    private const string Decision = """{"purpose":"approve-order","subject":"Ada@Example.com","title":"Order 17 <b>","text":"Two chairs & a table","choices":[{"key":"accept","label":"Accept"},{"key":"refuse","label":"Refuse"}],"metadata":{"order":17}}""";

    [Fact]
    public async Task Opening_a_link_changes_nothing_and_its_button_acts_once()
    {
        await using LinkScene scene = await LinkScene.StartAsync(postgres);
        JsonElement made = await scene.MakeAsync(Decision);
        string path = LinkScene.PathOf(made);

        for (int i = 0; i < 3; i++)
        {
            (HttpResponseMessage response, string page) = await scene.OpenAsync(path);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Contains("<h1>Order 17 &lt;b&gt;</h1>", page, StringComparison.Ordinal);
            Assert.Contains("Two chairs &amp; a table", page, StringComparison.Ordinal);
            Assert.Contains("value=\"accept\"", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
            Assert.Equal("no-store no-referrer noindex, nofollow", $"{response.Headers.CacheControl} {response.Headers.GetValues("Referrer-Policy").Single()} {response.Headers.GetValues("X-Robots-Tag").Single()}");
            Assert.Equal("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single().Split(';')[0]);
            Assert.DoesNotContain("script-src", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await scene.SendAsync(HttpMethod.Head, path)).Response.StatusCode);
        }

        Assert.Equal("open", (await scene.GetAsync(made)).GetProperty("state").GetString());
        (HttpResponseMessage done, string answer) = await scene.PostAsync(path, "choice=refuse");
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Contains("Refuse", answer, StringComparison.Ordinal);
        JsonElement after = await scene.GetAsync(made);
        Assert.Equal(("used", "refuse", "ada@example.com", 1), (after.GetProperty("state").GetString(), after.GetProperty("decision").GetProperty("choice").GetString(), after.GetProperty("subject").GetString(), after.GetProperty("uses").GetInt32()));
        Assert.Equal("Test/1.0", after.GetProperty("decision").GetProperty("user_agent").GetString());
        Assert.InRange(after.GetProperty("decision").GetProperty("at").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow);

        foreach (HttpMethod method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post])
        {
            (HttpResponseMessage used, string page) = await scene.SendAsync(method, path, "choice=accept");
            Assert.Equal(HttpStatusCode.Gone, used.StatusCode);
            Assert.Contains("“Refuse” was chosen on", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<form", page, StringComparison.Ordinal);
        }

        Assert.Equal("refuse", (await scene.GetAsync(made)).GetProperty("decision").GetProperty("choice").GetString());
    }

    [Fact]
    public async Task Of_thirty_people_who_press_at_once_one_acts_and_one_event_is_told()
    {
        await using LinkScene scene = await LinkScene.StartAsync(postgres);
        await scene.Client.PostAsync("/webhooks", """{"endpoint":"http://127.0.0.1:9/","events":["action_link.used"]}""", HttpStatusCode.Created);
        JsonElement made = await scene.MakeAsync(Decision);

        (HttpResponseMessage Response, string Page)[] all = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => scene.PostAsync(LinkScene.PathOf(made), i % 2 == 0 ? "choice=accept" : "choice=refuse")));

        Assert.Single(all, one => one.Response.StatusCode == HttpStatusCode.OK);
        Assert.Equal(29, all.Count(one => one.Response.StatusCode == HttpStatusCode.Gone));
        Assert.Equal(1, await scene.Api.CountAsync("webhook_queue WHERE type = 'action_link.used' AND payload ->> 'purpose' = 'approve-order' AND payload -> 'metadata' ->> 'order' = '17'"));
        JsonElement after = await scene.GetAsync(made);
        Assert.Equal(1, after.GetProperty("uses").GetInt32());
        Assert.Equal(1, await scene.Api.CountAsync($"webhook_queue WHERE payload ->> 'choice' = '{after.GetProperty("decision").GetProperty("choice").GetString()}' AND payload ->> 'id' = '{made.GetProperty("id").GetString()}'"));
    }

    [Fact]
    public async Task Of_two_links_of_one_decision_using_one_settles_the_other_also_at_once()
    {
        await using LinkScene scene = await LinkScene.StartAsync(postgres);
        for (int round = 0; round < 5; round++)
        {
            JsonElement first = await scene.MakeAsync(LinkScene.With(Decision, $"\"group\":\"order-{round}\"")), second = await scene.MakeAsync(LinkScene.With(Decision, $"\"group\":\"order-{round}\"").Replace("Ada@", "bob@", StringComparison.Ordinal));
            JsonElement stranger = await scene.MakeAsync(LinkScene.With(Decision, "\"group\":\"order-x\""));

            (HttpResponseMessage Response, string Page)[] both = await Task.WhenAll(scene.PostAsync(LinkScene.PathOf(first), "choice=accept"), scene.PostAsync(LinkScene.PathOf(second), "choice=refuse"));

            Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Gone], both.Select(one => one.Response.StatusCode).Order());
            Assert.Contains("By another link of the same decision", both.Single(one => one.Response.StatusCode == HttpStatusCode.Gone).Page, StringComparison.Ordinal);
            Assert.Equal(("used", "used", "open"), (await scene.StateAsync(first), await scene.StateAsync(second), await scene.StateAsync(stranger)));
        }
    }

    [Fact]
    public async Task An_expired_a_revoked_a_forged_and_a_foreign_link_each_say_what_they_are_and_do_nothing()
    {
        await using LinkScene scene = await LinkScene.StartAsync(postgres);
        JsonElement expired = await scene.MakeAsync(Decision), revoked = await scene.MakeAsync(Decision), good = await scene.MakeAsync(Decision);
        await scene.ExecuteAsync($"UPDATE action_links SET expires_at = now() WHERE id = '{expired.GetProperty("id").GetString()}'");
        await scene.Client.PostAsync($"/action-links/{revoked.GetProperty("id").GetString()}/revoke", "", HttpStatusCode.OK);

        await ExpectAsync(LinkScene.PathOf(expired), HttpStatusCode.Gone, "This link has expired");
        await ExpectAsync(LinkScene.PathOf(revoked), HttpStatusCode.Gone, "This link was taken back");
        string token = LinkScene.PathOf(good)[3..];
        using HttpClient other = scene.Api.ClientWith(await scene.Api.AddProjectAsync());
        JsonElement foreign = await other.PostAsync("/action-links", Decision, HttpStatusCode.Created);
        string otherToken = LinkScene.PathOf(foreign)[3..];
        foreach (string forged in (string[])[token[..^1] + (token[^1] == 'A' ? 'Q' : 'A'), "x", new string('A', 46), new string('A', 5000), otherToken[..21] + token[21..], token + "A", "ü€"])
            await ExpectAsync($"/a/{forged}", HttpStatusCode.NotFound, "This link does not work");
        Assert.Equal(("expired", "revoked", "open"), (await scene.StateAsync(expired), await scene.StateAsync(revoked), await scene.StateAsync(good)));
        string id = good.GetProperty("id").GetString()!;
        await other.GetAsync($"/action-links/{id}", HttpStatusCode.NotFound);
        await other.PostAsync($"/action-links/{id}/revoke", "", HttpStatusCode.NotFound);
        foreach (string unknown in (string[])["no-id", Guid.NewGuid().ToString(), new string('a', 400)]) await scene.Client.GetAsync($"/action-links/{unknown}", HttpStatusCode.NotFound);
        await scene.PostAsync(LinkScene.PathOf(good), "choice=accept");
        await scene.Client.PostAsync($"/action-links/{id}/revoke", "", HttpStatusCode.Conflict);

        async Task ExpectAsync(string path, HttpStatusCode status, string title)
        {
            foreach (HttpMethod method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post])
            {
                (HttpResponseMessage response, string page) = await scene.SendAsync(method, path, "choice=accept");
                Assert.Equal((status, true), (response.StatusCode, page.Contains($"<h1>{title}</h1>", StringComparison.Ordinal)));
            }
        }
    }

    [Theory]
    [InlineData("choice=other")]
    [InlineData("choice=")]
    [InlineData("")]
    [InlineData("nothing=1")]
    public async Task A_choice_that_there_is_not_is_no_decision(string form)
    {
        await using LinkScene scene = await LinkScene.StartAsync(postgres);
        JsonElement made = await scene.MakeAsync(Decision);

        (HttpResponseMessage response, string page) = await scene.PostAsync(LinkScene.PathOf(made), form);

        Assert.Equal((HttpStatusCode.OK, true, "open"), (response.StatusCode, page.Contains("value=\"accept\"", StringComparison.Ordinal), await scene.StateAsync(made)));
    }

    [Fact]
    public async Task The_code_opens_the_link_and_decides_and_ten_wrong_ones_from_one_place_are_all()
    {
        await using LinkScene scene = await LinkScene.StartAsync(postgres);
        JsonElement made = await scene.MakeAsync(Decision), other = await scene.MakeAsync(Decision);
        string code = made.GetProperty("code").GetString()!;
        Assert.Matches("^[2-9A-HJKMNP-TV-Z]{5}-[2-9A-HJKMNP-TV-Z]{5}$", code);
        Assert.EndsWith("/a", made.GetProperty("code_url").GetString(), StringComparison.Ordinal);
        Assert.Contains("name=\"code\"", (await scene.OpenAsync("/a")).Page, StringComparison.Ordinal);

        (HttpResponseMessage shown, string page) = await scene.PostAsync("/a", $"code={code.ToLowerInvariant().Replace("-", "+", StringComparison.Ordinal)}");
        Assert.Equal((HttpStatusCode.OK, true, "open"), (shown.StatusCode, page.Contains("Order 17", StringComparison.Ordinal), await scene.StateAsync(made)));
        for (int i = 0; i < 9; i++) Assert.Equal(HttpStatusCode.NotFound, (await scene.PostAsync("/a", "code=AAAAA-AAAAA&choice=accept")).Response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await scene.PostAsync("/a", $"code={code}&choice=accept")).Response.StatusCode);
        Assert.Equal(("used", "open"), (await scene.StateAsync(made), await scene.StateAsync(other)));
        Assert.Equal(HttpStatusCode.NotFound, (await scene.PostAsync("/a", "code=x")).Response.StatusCode);

        (HttpResponseMessage refused, string words) = await scene.PostAsync("/a", $"code={other.GetProperty("code").GetString()}&choice=accept");

        Assert.Equal(((HttpStatusCode)429, true, "open"), (refused.StatusCode, words.Contains("Too many wrong codes", StringComparison.Ordinal), await scene.StateAsync(other)));
        Assert.Equal(HttpStatusCode.OK, (await scene.OpenAsync(LinkScene.PathOf(other))).Response.StatusCode);
    }

    [Fact]
    public async Task The_page_speaks_the_links_language_else_its_readers()
    {
        await using LinkScene scene = await LinkScene.StartAsync(postgres);
        JsonElement french = await scene.MakeAsync(LinkScene.With(Decision, "\"locale\":\"fr-CA\"")), any = await scene.MakeAsync(Decision);
        foreach (JsonElement link in (JsonElement[])[french, any]) await scene.PostAsync(LinkScene.PathOf(link), "choice=accept");

        Assert.Contains("<html lang=\"fr\">", (await scene.OpenAsync(LinkScene.PathOf(french))).Page, StringComparison.Ordinal);
        Assert.Contains("a été choisi le", (await scene.OpenAsync(LinkScene.PathOf(french), "en")).Page, StringComparison.Ordinal);
        Assert.Contains("was chosen on", (await scene.OpenAsync(LinkScene.PathOf(any), "en")).Page, StringComparison.Ordinal);
        Assert.Contains("a été choisi le", (await scene.OpenAsync(LinkScene.PathOf(any), "fr")).Page, StringComparison.Ordinal);
        Assert.Contains("Ce lien ne fonctionne pas", (await scene.OpenAsync("/a/x", "fr")).Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_of_a_choice_puts_it_first_and_the_app_alone_says_where_the_reader_goes_on()
    {
        await using LinkScene scene = await LinkScene.StartAsync(postgres);
        JsonElement made = await scene.MakeAsync(LinkScene.With(Decision, "\"redirect_url\":\"https://shop.example/done?x=1&y=2\""));
        string refuse = new Uri(made.GetProperty("choices")[1].GetProperty("url").GetString()!).PathAndQuery;

        string page = (await scene.OpenAsync(refuse + "&redirect_url=https://evil.example")).Page;
        Assert.True(page.IndexOf("value=\"refuse\"", StringComparison.Ordinal) < page.IndexOf("value=\"accept\"", StringComparison.Ordinal));
        string done = (await scene.PostAsync(refuse + "&redirect_url=https://evil.example", "choice=refuse&redirect_url=https://evil.example")).Page;

        Assert.Contains("href=\"https://shop.example/done?x=1&amp;y=2\"", done, StringComparison.Ordinal);
        Assert.Contains("Continue to shop.example", done, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", page + done, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_for_several_uses_acts_each_time_until_it_is_revoked()
    {
        await using LinkScene scene = await LinkScene.StartAsync(postgres);
        JsonElement made = await scene.MakeAsync(LinkScene.With(Decision, "\"single_use\":false"));
        for (int i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.OK, (await scene.PostAsync(LinkScene.PathOf(made), "choice=accept")).Response.StatusCode);
        Assert.Equal(("open", 3), (await scene.StateAsync(made), (await scene.GetAsync(made)).GetProperty("uses").GetInt32()));

        await scene.Client.PostAsync($"/action-links/{made.GetProperty("id").GetString()}/revoke", "", HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.Gone, (await scene.PostAsync(LinkScene.PathOf(made), "choice=accept")).Response.StatusCode);
    }

    [Fact]
    public async Task Neither_the_token_nor_the_code_is_stored_or_logged_and_old_links_are_forgotten()
    {
        await using LinkScene scene = await LinkScene.StartAsync(postgres);
        JsonElement made = await scene.MakeAsync(Decision);
        string token = LinkScene.PathOf(made)[3..], code = made.GetProperty("code").GetString()!;
        await scene.OpenAsync(LinkScene.PathOf(made));
        await scene.PostAsync("/a", $"code={code}&choice=accept");

        Assert.Empty(await Traces.FindAsync(scene.Api.Database, token, token[22..], code, code.Replace("-", "", StringComparison.Ordinal)));
        Assert.DoesNotContain(scene.Api.Log, line => line.Contains(code, StringComparison.Ordinal) || line.Contains(token, StringComparison.Ordinal));

        await scene.ExecuteAsync("UPDATE action_links SET forget_at = now() - interval '1 second'");
        JsonElement next = await scene.MakeAsync(Decision);
        Assert.Equal(1, await scene.Api.CountAsync("action_links"));
        Assert.Equal(HttpStatusCode.NotFound, (await scene.OpenAsync(LinkScene.PathOf(made))).Response.StatusCode);
        Assert.Equal("open", await scene.StateAsync(next));
    }

    [Fact]
    public async Task A_test_keys_link_says_so_and_is_not_seen_by_live_keys()
    {
        await using LinkScene scene = await LinkScene.StartAsync(postgres);
        using HttpClient test = scene.Api.ClientWith(await scene.Api.AddProjectAsync("mk_test_"));
        JsonElement made = await test.PostAsync("/action-links", Decision, HttpStatusCode.Created);

        Assert.Contains("This is a link of a test.", (await scene.OpenAsync(LinkScene.PathOf(made))).Page, StringComparison.Ordinal);
        await scene.ExecuteAsync("UPDATE action_links SET is_test = false");
        await test.GetAsync($"/action-links/{made.GetProperty("id").GetString()}", HttpStatusCode.NotFound);
    }
}
