using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Core.Relays;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Suppressions;

/// <summary>Unsubscribe links on their whole way: the real API, queue and worker, and the page (RFC 8058).</summary>
public sealed partial class UnsubscribeTests(ApiFixture api, PostgresFixture postgres) : IClassFixture<ApiFixture>
{
    private const string OneClick = "List-Unsubscribe=One-Click";

    [Fact]
    public async Task Bulk_mail_is_one_mail_for_each_recipient_with_a_signed_link_of_their_own()
    {
        using HttpClient client = await ClientAsync();
        using RSA rsa = RSA.Create(2048);
        Dictionary<string, string?> signing = new() { ["DKIM_DOMAIN"] = "example.com", ["DKIM_SELECTOR"] = "s1", ["DKIM_PRIVATE_KEY"] = rsa.ExportPkcs8PrivateKeyPem() };
        (string id, List<RelayMessage> mails) = await SendAsync(client, """{"from":"news@example.com","to":["a@example.net","b@example.net"],"cc":"c@example.net","subject":"s","lane":"bulk","html":"<a href=\"{{unsubscribe_url}}\">out</a><a href='{{{UNSUBSCRIBE_URL}}}'>","text":"{{{unsubscribe_url}}}"}""", signing);

        Assert.Equal(3, mails.Count);
        Assert.All(mails, mail => Assert.Single(mail.Recipients));
        string[] links = [.. mails.Select(LinkOf)];
        Assert.Equal(3, links.Distinct().Count());
        foreach ((RelayMessage mail, string link) in mails.Zip(links))
        {
            string raw = Text(mail);
            Assert.Contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", raw, StringComparison.Ordinal);
            Assert.Contains("To: a@example.net, b@example.net", raw, StringComparison.Ordinal);
            Match signature = SignedFields().Match(raw);
            Assert.Contains(":list-unsubscribe:", $":{signature.Groups[1].Value.Replace("\r\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).Replace("\t", "", StringComparison.Ordinal)}:", StringComparison.OrdinalIgnoreCase);
            Assert.Contains(":list-unsubscribe-post:", $":{signature.Groups[1].Value.Replace("\r\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).Replace("\t", "", StringComparison.Ordinal)}:", StringComparison.OrdinalIgnoreCase);
            Assert.Equal(3, Regex.Count(raw.Replace("=\r\n", "", StringComparison.Ordinal), Regex.Escape(link.Split('/')[^1])) - 1); // twice in html and once in text, beside the header
        }

        string preview = await client.GetStringAsync(new Uri($"/emails/{id}/raw", UriKind.Relative));
        Assert.Contains("<http://localhost:5101/unsubscribe/preview>", preview, StringComparison.Ordinal); // who looks at a copy unsubscribes nobody
    }

    [Fact]
    public async Task One_click_needs_no_cookie_no_login_and_no_question_and_stops_bulk_mail_and_no_code()
    {
        using HttpClient client = await ClientAsync(), stranger = api.ClientWith(null);
        (_, List<RelayMessage> mails) = await SendAsync(client, """{"from":"a@example.com","to":"One.Click@example.net","subject":"s","text":"t","lane":"bulk"}""");
        Uri link = Path(mails[0]);

        using HttpResponseMessage answer = await stranger.PostAsync(link, new StringContent(OneClick, Encoding.UTF8, "application/x-www-form-urlencoded"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        JsonElement entry = await client.GetAsync("/suppressions/one.click@example.net", HttpStatusCode.OK);
        Assert.Equal(("unsubscribe", mails[0].Id.ToString()), (entry.GetProperty("reason").GetString(), entry.GetProperty("email_id").GetString()));
        foreach ((string fields, HttpStatusCode expected) in ((string, HttpStatusCode)[])[
            ("\"lane\":\"bulk\"", HttpStatusCode.UnprocessableEntity), ("\"unsubscribe\":true", HttpStatusCode.UnprocessableEntity), ("\"topic_id\":\"news\"", HttpStatusCode.UnprocessableEntity),
            ("\"lane\":\"critical\"", HttpStatusCode.OK), ("\"lane\":\"normal\"", HttpStatusCode.OK)])
            await client.PostAsync("/emails", $$"""{"from":"a@example.com","to":"one.click@example.net","subject":"s","text":"t",{{fields}}}""", expected);
        using HttpResponseMessage again = await stranger.PostAsync(link, new StringContent(OneClick, Encoding.UTF8, "application/x-www-form-urlencoded"));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(1, await api.CountAsync("suppressions WHERE address = 'one.click@example.net'"));
    }

    [Fact]
    public async Task One_click_as_a_multipart_form_works_too()
    {
        using HttpClient client = await ClientAsync(), stranger = api.ClientWith(null);
        (_, List<RelayMessage> mails) = await SendAsync(client, """{"from":"a@example.com","to":"multi@example.net","subject":"s","text":"t","lane":"bulk"}""");
        using MultipartFormDataContent form = new() { { new StringContent("One-Click"), "List-Unsubscribe" } };

        using HttpResponseMessage answer = await stranger.PostAsync(Path(mails[0]), form);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await client.GetAsync("/suppressions/multi@example.net", HttpStatusCode.OK);
    }

    /// <summary>What scanners, prefetchers and curious people do.</summary>
    [Fact]
    public async Task Looking_changes_nothing()
    {
        using HttpClient client = await ClientAsync(), stranger = api.ClientWith(null);
        (_, List<RelayMessage> mails) = await SendAsync(client, """{"from":"a@example.com","to":"scanned@example.net","subject":"s","text":"t","lane":"bulk"}""");
        Uri link = Path(mails[0]);

        foreach (HttpRequestMessage request in (HttpRequestMessage[])[
            new(HttpMethod.Get, link), new(HttpMethod.Head, link), new(HttpMethod.Get, $"{link}?action=unsubscribe&List-Unsubscribe=One-Click"), new(HttpMethod.Options, link), new(HttpMethod.Put, link),
            new(HttpMethod.Post, link), new(HttpMethod.Post, link) { Content = new StringContent("List-Unsubscribe=Maybe", Encoding.UTF8, "application/x-www-form-urlencoded") },
            new(HttpMethod.Post, link) { Content = ApiFixture.Json("""{"List-Unsubscribe":"One-Click"}""") }, new(HttpMethod.Post, $"{link}?List-Unsubscribe=One-Click") { Content = new StringContent("") }])
        {
            using HttpResponseMessage answer = await stranger.SendAsync(request);
            Assert.True(request.Method == HttpMethod.Get || request.Method == HttpMethod.Head ? answer.StatusCode == HttpStatusCode.OK : (int)answer.StatusCode is 400 or 405, $"{request.Method}: {answer.StatusCode}");
            request.Dispose();
        }

        Assert.Equal(0, await api.CountAsync("suppressions WHERE address = 'scanned@example.net'"));
    }

    [Fact]
    public async Task The_page_asks_acts_and_takes_back_in_the_readers_language()
    {
        using HttpClient client = await ClientAsync(), reader = api.ClientWith(null);
        reader.DefaultRequestHeaders.Add("Accept-Language", "fr-CA,fr;q=0.9,en;q=0.5");
        (_, List<RelayMessage> mails) = await SendAsync(client, """{"from":"a@example.com","to":"reader@example.net","subject":"s","text":"t","unsubscribe":true,"topic_id":"weekly-news"}""");
        Uri link = Path(mails[0]);

        using HttpResponseMessage page = await reader.GetAsync(link);
        string html = await page.Content.ReadAsStringAsync();
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Contains("<html lang=\"fr\">", html, StringComparison.Ordinal);
        Assert.Contains("r***@example.net", html, StringComparison.Ordinal);
        Assert.Contains("weekly-news", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("no-store no-referrer", $"{page.Headers.CacheControl} {page.Headers.GetValues("Referrer-Policy").Single()}");

        Assert.Contains("Vous êtes désabonné", await PressAsync(reader, link, "unsubscribe"), StringComparison.Ordinal);
        Assert.Equal("weekly-news", (await client.GetAsync("/suppressions/reader@example.net", HttpStatusCode.OK)).GetProperty("topic_id").GetString());
        Assert.Contains("Vous êtes désabonné", await reader.GetStringAsync(link), StringComparison.Ordinal);
        Assert.Contains("de nouveau abonné", await PressAsync(reader, link, "resubscribe"), StringComparison.Ordinal);
        await client.GetAsync("/suppressions/reader@example.net", HttpStatusCode.NotFound);
        await PressAsync(reader, link, "unsubscribe_all");
        Assert.Equal(JsonValueKind.Null, (await client.GetAsync("/suppressions/reader@example.net", HttpStatusCode.OK)).GetProperty("topic_id").ValueKind);
    }

    [Fact]
    public async Task Who_subscribes_again_has_bounced_all_the_same()
    {
        using HttpClient client = await ClientAsync(), reader = api.ClientWith(null);
        (_, List<RelayMessage> mails) = await SendAsync(client, """{"from":"a@example.com","to":"both@example.net","subject":"s","text":"t","lane":"bulk"}""");
        await client.PostAsync("/suppressions", """{"email":"both@example.net","reason":"hard_bounce"}""", HttpStatusCode.Created);
        await PressAsync(reader, Path(mails[0]), "unsubscribe");
        await PressAsync(reader, Path(mails[0]), "resubscribe");

        Assert.Equal("hard_bounce", (await client.GetAsync("/suppressions/both@example.net", HttpStatusCode.OK)).GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("AAAA"), InlineData("forged-token-of-somebody"), InlineData("%01"), InlineData("..%2F..%2Fetc")]
    public async Task A_forged_link_gets_a_page_that_says_so(string token)
    {
        using HttpClient stranger = api.ClientWith(null);
        foreach (HttpMethod method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post])
        {
            using HttpRequestMessage request = new(method, $"/unsubscribe/{token}") { Content = method == HttpMethod.Post ? new StringContent(OneClick, Encoding.UTF8, "application/x-www-form-urlencoded") : null };
            using HttpResponseMessage answer = await stranger.SendAsync(request);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Contains("This link does not work", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_link_of_a_test_message_changes_nothing()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync("mk_test_")), reader = api.ClientWith(null);
        string id = (await client.PostAsync("/emails", """{"from":"a@example.com","to":"real@example.net","subject":"s","text":"t","lane":"bulk"}""", HttpStatusCode.OK)).GetProperty("id").GetString()!;
        await using TestWorker worker = await TestWorker.StartAsync(api.ConnectionString, new FakeRelay());
        await Eventually.TrueAsync(async () => await api.CountAsync($"captured_messages WHERE message_id = '{id}'") == 1);
        await using Npgsql.NpgsqlCommand command = api.Database.CreateCommand($"SELECT mime FROM captured_messages WHERE message_id = '{id}'");
        Uri link = Path(Encoding.UTF8.GetString((byte[])(await command.ExecuteScalarAsync())!));

        Assert.Contains("nothing was changed", await PressAsync(reader, link, "unsubscribe"), StringComparison.Ordinal);
        Assert.Equal(0, await api.CountAsync("suppressions WHERE address = 'real@example.net'"));
    }

    [Fact]
    public async Task Other_mail_carries_no_link_and_stays_one_mail()
    {
        using HttpClient client = await ClientAsync();
        (_, List<RelayMessage> plain) = await SendAsync(client, """{"from":"a@example.com","to":["x@example.net","y@example.net"],"subject":"s","text":"see {{unsubscribe_url}}"}""");
        (_, List<RelayMessage> own) = await SendAsync(client, """{"from":"a@example.com","to":["x@example.net","y@example.net"],"subject":"s","text":"t","lane":"bulk","headers":{"List-Unsubscribe":"<https://example.com/own>"}}""");

        Assert.Equal(2, Assert.Single(plain).Recipients.Count);
        Assert.DoesNotContain("List-Unsubscribe", Text(plain[0]), StringComparison.Ordinal);
        Assert.Contains("see {{unsubscribe_url}}", Text(plain[0]), StringComparison.Ordinal);
        Assert.Equal("<https://example.com/own>", Regex.Match(Text(Assert.Single(own)), "List-Unsubscribe: (\\S+)\r\n").Groups[1].Value);
        Assert.DoesNotContain("List-Unsubscribe-Post", Text(own[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_templates_own_wish_for_a_link_counts_unless_the_message_says_otherwise()
    {
        using HttpClient client = await ClientAsync();
        const string Template = """{"key":"KEY","name":"N","html":"<p>{{#if unsubscribe_url}}<a href=\"{{unsubscribe_url}}\">leave</a>{{/if}}</p>","subject":"s","unsubscribe":WISH,"variables":{"unsubscribe_url":{"type":"url"}},"sample":{}}""";
        foreach ((string key, string wish) in ((string, string)[])[("with", "true"), ("without", "false")])
        {
            await client.PostAsync("/templates", Template.Replace("KEY", key, StringComparison.Ordinal).Replace("WISH", wish, StringComparison.Ordinal), HttpStatusCode.Created);
            await client.PostAsync($"/templates/{key}/publish", "", HttpStatusCode.OK);
        }

        string[] mails =
        [
            await OneAsync("with", ""), await OneAsync("with", ""","unsubscribe":null"""), await OneAsync("without", ""","unsubscribe":true"""),
            await OneAsync("with", ""","unsubscribe":false"""), await OneAsync("without", ""), await OneAsync("with", ""","lane":"critical" """),
        ];

        Assert.All(mails[..3], mail => Assert.Contains($"<a href=\"{LinkOf(mail)}\">leave</a>", mail.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.All(mails[3..], mail => Assert.DoesNotMatch("List-Unsubscribe|leave", mail));

        async Task<string> OneAsync(string key, string more) =>
            Text(Assert.Single((await SendAsync(client, $$"""{"from":"a@example.com","to":"x@example.net","template":{"id":"{{key}}"}{{more}}}""")).Mails));
    }

    [Fact]
    public async Task Links_lead_where_the_setting_says_whatever_host_a_request_names()
    {
        await using ApiFixture production = await StartAsync(("environment", "Staging"), ("Domains:RequireVerifiedSenders", "false"), ("BASE_URL", "https://mail.example.org/in/"));
        using HttpClient client = production.ClientWith(await production.AddProjectAsync());
        client.DefaultRequestHeaders.Host = "evil.example";
        client.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.example");
        string id = (await client.PostAsync("/emails", """{"from":"a@example.com","to":"x@example.net","subject":"s","text":"t","lane":"bulk"}""", HttpStatusCode.OK)).GetProperty("id").GetString()!;
        FakeRelay relay = new();
        await using TestWorker worker = await TestWorker.StartAsync(production.ConnectionString, relay);
        await Eventually.TrueAsync(() => !relay.Offered.IsEmpty);

        Assert.StartsWith("https://mail.example.org/in/unsubscribe/", LinkOf(relay.Offered.Single()), StringComparison.Ordinal);
        using HttpRequestMessage raw = new(HttpMethod.Get, $"/emails/{id}/raw");
        using HttpResponseMessage answer = await client.SendAsync(raw);
        Assert.DoesNotContain("evil.example", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_setting_bulk_mail_is_refused_outside_Development_and_the_refusal_names_it()
    {
        await using ApiFixture production = await StartAsync(("environment", "Staging"), ("Domains:RequireVerifiedSenders", "false"));
        using HttpClient client = production.ClientWith(await production.AddProjectAsync());

        JsonElement refusal = await client.PostAsync("/emails", """{"from":"a@example.com","to":"x@example.net","subject":"s","text":"t","lane":"bulk"}""", HttpStatusCode.UnprocessableEntity);

        Assert.Matches("^`lane` .*BASE_URL", refusal.GetProperty("message").GetString()!);
        await client.PostAsync("/emails", """{"from":"a@example.com","to":"x@example.net","subject":"s","text":"t"}""", HttpStatusCode.OK);
    }

    private async Task<ApiFixture> StartAsync(params (string Name, string Value)[] settings)
    {
        ApiFixture other = new(postgres);
        foreach ((string name, string value) in settings) other.Settings[name] = value;
        await other.InitializeAsync();
        return other;
    }

    private async Task<HttpClient> ClientAsync() => api.ClientWith(await api.AddProjectAsync());

    private async Task<(string Id, List<RelayMessage> Mails)> SendAsync(HttpClient client, string body, Dictionary<string, string?>? settings = null)
    {
        string id = (await client.PostAsync("/emails", body, HttpStatusCode.OK)).GetProperty("id").GetString()!;
        FakeRelay relay = new();
        await using TestWorker worker = await TestWorker.StartAsync(api.ConnectionString, relay, settings);
        await Eventually.TrueAsync(async () => await api.CountAsync($"deliveries WHERE message_id = '{id}'") == 0);
        return (id, [.. relay.Offered.Where(offer => offer.Id.ToString() == id)]);
    }

    private static async Task<string> PressAsync(HttpClient reader, Uri link, string action)
    {
        using FormUrlEncodedContent form = new([new("action", action)]);
        using HttpResponseMessage answer = await reader.PostAsync(link, form);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private static string Text(RelayMessage mail) => Encoding.UTF8.GetString(mail.Mime.Span);

    private static string LinkOf(RelayMessage mail) => LinkOf(Text(mail));

    private static string LinkOf(string raw) => Link().Match(raw.Replace("\r\n ", "", StringComparison.Ordinal)).Groups[1].Value;

    private static Uri Path(RelayMessage mail) => Path(Text(mail));

    private static Uri Path(string raw) => new(new Uri(LinkOf(raw)).AbsolutePath, UriKind.Relative);

    [GeneratedRegex("List-Unsubscribe: ?<([^>]+)>")]
    private static partial Regex Link();

    [GeneratedRegex("""DKIM-Signature:.*?\sh=([^;]+);""", RegexOptions.Singleline)]
    private static partial Regex SignedFields();
}
