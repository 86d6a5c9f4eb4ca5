using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Core.Relays;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Tracking;

/// <summary>Who objects is not tracked: neither in new mail nor in what is out.</summary>
public sealed class ObjectionTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Tracked = "\"from\":\"a@example.org\",\"subject\":\"s\",\"tracking\":{\"opens\":true,\"clicks\":true},\"html\":\"<body><a href='https://shop.example/'>x</a></body>\"";

    [Fact]
    public async Task New_mail_to_somebody_who_objects_carries_neither_links_nor_a_picture()
    {
        using HttpClient client = await ClientAsync();
        await client.PostAsync("/tracking/objections", """{"email":"Shy@Example.net"}""", HttpStatusCode.Created);

        (_, List<RelayMessage> mails) = await api.SendTrackedAsync(client, $$"""{"to":["shy@EXAMPLE.net","open@example.net"],{{Tracked}}}""");

        RelayMessage shy = mails.Single(mail => mail.Recipients.Single().Address.Address.StartsWith("shy", StringComparison.Ordinal)), open = mails.Single(mail => mail != shy);
        Assert.Equal("<body><a href='https://shop.example/'>x</a></body>", shy.Html());
        Assert.Single(open.Links());
    }

    [Fact]
    public async Task Those_who_object_share_a_mail_as_others_do()
    {
        using HttpClient client = await ClientAsync();
        foreach (string name in (string[])["one", "two"]) await client.PostAsync("/tracking/objections", $$"""{"email":"{{name}}@example.net"}""", HttpStatusCode.Created);

        (_, List<RelayMessage> mails) = await api.SendTrackedAsync(client, $$"""{"to":["one@example.net","two@example.net"],{{Tracked}}}""");

        Assert.Equal(2, Assert.Single(mails).Recipients.Count);
    }

    [Fact]
    public async Task Mail_that_is_out_tells_nothing_any_more()
    {
        using HttpClient client = await ClientAsync(), reader = api.Reader();
        (string id, List<RelayMessage> mails) = await api.SendTrackedAsync(client, $$"""{"to":"Later@example.net",{{Tracked}}}""");
        await client.PostAsync("/tracking/objections", """{"email":"later@example.net"}""", HttpStatusCode.Created);

        using HttpResponseMessage page = await reader.VisitAsync(mails[0].Links()[0]), picture = await reader.VisitAsync(mails[0].Picture()!);

        Assert.Equal((HttpStatusCode.Found, HttpStatusCode.OK), (page.StatusCode, picture.StatusCode));
        Assert.Empty(await client.HitsAsync(id));
        await client.DeleteAsync("/tracking/objections/later@example.net", HttpStatusCode.OK);
        (await reader.VisitAsync(mails[0].Picture()!)).Dispose();
        Assert.Single(await client.HitsAsync(id));
    }

    [Fact]
    public async Task An_objection_that_comes_while_a_message_waits_counts()
    {
        using HttpClient client = await ClientAsync();
        string id = (await client.PostAsync("/emails", $$"""{"to":"waits@example.net",{{Tracked}},"scheduled_at":"in 2 days"}""", HttpStatusCode.OK)).GetProperty("id").GetString()!;
        await client.PostAsync("/tracking/objections", """{"email":"waits@example.net"}""", HttpStatusCode.Created);
        FakeRelay relay = new();
        await using TestWorker worker = await TestWorker.StartAsync(api.ConnectionString, relay, clock: new ManualClock(DateTimeOffset.UtcNow.AddDays(3)));
        await Eventually.TrueAsync(() => relay.Offered.Any(offer => offer.Id.ToString() == id));

        Assert.Null(relay.Offered.Single(offer => offer.Id.ToString() == id).Picture());
    }

    [Fact]
    public async Task A_recipient_objects_on_the_page_and_takes_it_back()
    {
        using HttpClient client = await ClientAsync(), reader = api.ClientWith(null);
        (_, List<RelayMessage> mails) = await api.SendTrackedAsync(client, $$"""{"to":"Page@example.net","unsubscribe":true,{{Tracked}}}""");
        Uri page = new(new Uri(Regex.Match(mails[0].Text().Replace("\r\n ", "", StringComparison.Ordinal), "List-Unsubscribe: ?<([^>]+)>").Groups[1].Value).AbsolutePath, UriKind.Relative);

        Assert.Contains("Do not measure when I read", await reader.GetStringAsync(page), StringComparison.Ordinal);
        Assert.Contains("does not learn whether you open", await PressAsync(reader, page, "do_not_track"), StringComparison.Ordinal);
        JsonElement objection = await client.GetAsync("/tracking/objections/page@example.net", HttpStatusCode.OK);
        Assert.Equal(("recipient", "page@example.net"), (objection.GetProperty("how").GetString(), objection.GetProperty("email").GetString()));
        await client.GetAsync("/suppressions/page@example.net", HttpStatusCode.NotFound); // mail still comes
        Assert.Contains("Do not measure when I read", await PressAsync(reader, page, "track_again"), StringComparison.Ordinal);
        await client.GetAsync("/tracking/objections/page@example.net", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_page_of_mail_that_is_not_tracked_does_not_speak_of_it()
    {
        using HttpClient client = await ClientAsync(), reader = api.ClientWith(null);
        (_, List<RelayMessage> mails) = await api.SendTrackedAsync(client, """{"from":"a@example.org","to":"x@example.net","subject":"s","html":"<p>x</p>","unsubscribe":true}""");
        Uri page = new(new Uri(Regex.Match(mails[0].Text().Replace("\r\n ", "", StringComparison.Ordinal), "List-Unsubscribe: ?<([^>]+)>").Groups[1].Value).AbsolutePath, UriKind.Relative);

        Assert.DoesNotContain("measure", await reader.GetStringAsync(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Objections_are_added_listed_found_and_removed_within_one_project()
    {
        using HttpClient client = await ClientAsync(), stranger = await ClientAsync();
        JsonElement first = await client.PostAsync("/tracking/objections", """{"email":"Zoë@Bücher.example"}""", HttpStatusCode.Created);
        JsonElement again = await client.PostAsync("/tracking/objections", """{"email":"zoë@xn--bcher-kva.example"}""", HttpStatusCode.OK);
        await client.PostAsync("/tracking/objections", """{"email":"b@example.net"}""", HttpStatusCode.Created);
        string id = first.GetProperty("id").GetString()!;

        Assert.Equal((id, "zoë@xn--bcher-kva.example", "api", "tracking_objection"), (again.GetProperty("id").GetString(), first.GetProperty("email").GetString(), first.GetProperty("how").GetString(), first.GetProperty("object").GetString()));
        JsonElement page = await client.GetAsync("/tracking/objections?limit=1", HttpStatusCode.OK);
        Assert.Equal(("b@example.net", true), (page.GetProperty("data")[0].GetProperty("email").GetString(), page.GetProperty("has_more").GetBoolean()));
        JsonElement next = await client.GetAsync($"/tracking/objections?limit=1&after={page.GetProperty("data")[0].GetProperty("id").GetString()}", HttpStatusCode.OK);
        Assert.Equal((id, false), (next.GetProperty("data")[0].GetProperty("id").GetString(), next.GetProperty("has_more").GetBoolean()));
        Assert.Equal("b@example.net", (await client.GetAsync($"/tracking/objections?before={id}", HttpStatusCode.OK)).GetProperty("data")[0].GetProperty("email").GetString());

        foreach (string path in (string[])[$"/tracking/objections/{id}", "/tracking/objections/b@example.net"])
        {
            await stranger.GetAsync(path, HttpStatusCode.NotFound);
            await stranger.DeleteAsync(path, HttpStatusCode.NotFound);
            await client.GetAsync(path, HttpStatusCode.OK);
            await client.DeleteAsync(path, HttpStatusCode.OK);
            await client.DeleteAsync(path, HttpStatusCode.NotFound);
        }
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest), InlineData("x", HttpStatusCode.BadRequest), InlineData("[]", HttpStatusCode.BadRequest), InlineData("{}", null), InlineData("""{"email":null}""", null), InlineData("""{"email":""}""", null), InlineData("""{"email":7}""", null)]
    [InlineData("""{"email":"not an address"}""", null), InlineData("""{"email":"a@b@c"}""", null), InlineData("""{"email":"a\u0000@example.net"}""", null), InlineData("""{"email":"a\ud800@example.net"}""", null)]
    public async Task What_is_no_objection_is_refused_and_nothing_stored(string body, HttpStatusCode? status)
    {
        using HttpClient client = await ClientAsync();
        long before = await api.CountAsync("tracking_objections");

        JsonElement refusal = await client.PostAsync("/tracking/objections", body, status ?? HttpStatusCode.UnprocessableEntity);

        if (body.StartsWith('{')) Assert.Contains("`email`", refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, await api.CountAsync("tracking_objections"));
    }

    [Fact]
    public async Task What_is_too_long_is_refused_by_its_field()
    {
        using HttpClient client = await ClientAsync();
        await client.PostAsync("/tracking/objections", $$"""{"email":"{{new string('a', 10_000)}}@example.net"}""", HttpStatusCode.UnprocessableEntity);
        await client.PostAsync("/tracking/objections", $$"""{"email":"{{new string('a', 100_000)}}@example.net"}""", HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("limit=0", "limit"), InlineData("limit=101", "limit"), InlineData("limit=x", "limit"), InlineData("after=x", "after"), InlineData("before=x", "before")]
    [InlineData("after=0190b3f2-0000-7000-8000-000000000000&before=0190b3f2-0000-7000-8000-000000000000", "before")]
    public async Task A_wrong_page_is_refused_by_its_field(string query, string field)
    {
        using HttpClient client = await ClientAsync();
        Assert.StartsWith($"`{field}`", (await client.GetAsync($"/tracking/objections?{query}", HttpStatusCode.UnprocessableEntity)).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_without_a_key_sees_or_changes_them()
    {
        using HttpClient stranger = api.ClientWith(null);
        await stranger.GetAsync("/tracking/objections", HttpStatusCode.Unauthorized);
        await stranger.PostAsync("/tracking/objections", """{"email":"a@example.net"}""", HttpStatusCode.Unauthorized);
        await stranger.DeleteAsync("/tracking/objections/a@example.net", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_openapi_document_tells_the_paths_and_bodies()
    {
        using HttpClient client = api.ClientWith(null);
        JsonElement document = await client.GetAsync("/openapi/v1.json", HttpStatusCode.OK), paths = document.GetProperty("paths"), schemas = document.GetProperty("components").GetProperty("schemas");
        foreach ((string path, string method) in ((string, string)[])[
            ("/tracking/objections", "get"), ("/tracking/objections", "post"), ("/tracking/objections/{id}", "get"), ("/tracking/objections/{id}", "delete"), ("/t/o/{token}", "get"), ("/t/c/{token}", "get"), ("/t/c/{token}", "head"), ("/t/host", "get")])
            Assert.True(paths.GetProperty(path).TryGetProperty(method, out _), $"{method} {path}");
        Assert.True(paths.GetProperty("/t/c/{token}").GetProperty("get").GetProperty("responses").TryGetProperty("302", out _));
        Assert.Contains("tracking", schemas.GetProperty("EmailRequest").ToString(), StringComparison.Ordinal);
    }

    private async Task<HttpClient> ClientAsync() => api.ClientWith(await api.AddProjectAsync());

    private static async Task<string> PressAsync(HttpClient reader, Uri page, string action)
    {
        using FormUrlEncodedContent form = new([new("action", action)]);
        using HttpResponseMessage answer = await reader.PostAsync(page, form);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}
