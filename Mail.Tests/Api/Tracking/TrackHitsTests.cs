using System.Net;
using System.Text.Json;
using Mail.Core.Relays;
using Mail.Tests.Core.Webhooks;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Tracking;

/// <summary>Pictures and links of tracked mail on their whole way: the real API, queue and worker, then a reader, then events and webhooks.</summary>
public sealed class TrackHitsTests(ApiFixture api, PostgresFixture postgres) : IClassFixture<ApiFixture>
{
    private const string Mail = """{"from":"a@example.org","to":"reader@example.net","subject":"s","tracking":{"opens":true,"clicks":true},"html":"<body><a href='https://shop.example/?a=1&amp;b=2'>x</a><a href='https://shop.example/two'>y</a></body>"}""";

    [Fact]
    public async Task An_open_and_a_click_are_events_that_the_app_hears_of()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        using HttpClient client = await ClientAsync(), reader = api.Reader();
        await client.PostAsync("/webhooks", $$"""{"endpoint":"{{receiver.Url}}/hook","events":["email.opened","email.clicked"]}""", HttpStatusCode.Created);
        (string id, List<RelayMessage> mails) = await api.SendTrackedAsync(client, Mail);

        using HttpResponseMessage picture = await reader.VisitAsync(mails.Single().Picture()!), page = await reader.VisitAsync(mails.Single().Links()[0]);

        Assert.Equal((HttpStatusCode.OK, "image/gif", "no-store"), (picture.StatusCode, picture.Content.Headers.ContentType?.MediaType, picture.Headers.CacheControl?.ToString()));
        Assert.StartsWith("GIF89a", System.Text.Encoding.ASCII.GetString(await picture.Content.ReadAsByteArrayAsync()), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Found, "https://shop.example/?a=1&b=2", "no-store", "no-referrer"),
            (page.StatusCode, page.Headers.GetValues("Location").Single(), page.Headers.CacheControl?.ToString(), page.Headers.GetValues("Referrer-Policy").Single()));
        Assert.False(page.Headers.Contains("Set-Cookie"));
        List<JsonElement> hits = await client.HitsAsync(id); // committed before the answer
        Assert.Equal(["email.opened", "email.clicked"], hits.Select(hit => hit.GetProperty("type").GetString()));
        Assert.All(hits, hit => Assert.Equal(("reader@example.net", false, "desktop"), (hit.GetProperty("recipient").GetString(), hit.GetProperty("detail").GetProperty("machine").GetBoolean(), hit.GetProperty("detail").GetProperty("device").GetString())));
        Assert.Equal("https://shop.example/?a=1&b=2", hits[1].GetProperty("detail").GetProperty("click").GetProperty("link").GetString());

        JsonElement recipient = (await client.GetAsync($"/emails/{id}", HttpStatusCode.OK)).GetProperty("recipients")[0];
        Assert.Equal(("sent", 1, 1, 0, 0), (recipient.GetProperty("state").GetString(), recipient.GetProperty("opens").GetInt32(), recipient.GetProperty("clicks").GetInt32(), recipient.GetProperty("machine_opens").GetInt32(), recipient.GetProperty("machine_clicks").GetInt32()));
        Assert.Equal(hits[0].GetProperty("created_at").GetDateTimeOffset(), recipient.GetProperty("opened_at").GetDateTimeOffset());

        await using WebhookWorkerHost telling = await WebhookWorkerHost.StartAsync(api.ConnectionString);
        await Eventually.TrueAsync(() => receiver.All.Count == 2);
        JsonElement data = receiver.All.Single(one => one.Type == "email.clicked").Json.GetProperty("data");
        Assert.Equal((id, "reader@example.net", "https://shop.example/?a=1&b=2", false), (data.GetProperty("email_id").GetString(), data.GetProperty("recipient").GetString(), data.GetProperty("click").GetProperty("link").GetString(), data.GetProperty("machine").GetBoolean()));
    }

    [Fact]
    public async Task Machines_are_told_apart_and_not_counted()
    {
        using HttpClient client = await ClientAsync(), reader = api.Reader(), apple = api.Reader("Mozilla/5.0"), gmail = api.Reader("Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)");
        (string id, List<RelayMessage> mails) = await api.SendTrackedAsync(client, Mail);

        (await apple.VisitAsync(mails[0].Picture()!)).Dispose();
        (await gmail.VisitAsync(mails[0].Picture()!)).Dispose();
        using HttpResponseMessage head = await reader.VisitAsync(mails[0].Links()[0], HttpMethod.Head);

        Assert.Equal(HttpStatusCode.Found, head.StatusCode);
        List<JsonElement> hits = await client.HitsAsync(id);
        Assert.Equal(["apple_privacy Apple Mail", "gmail", "head_request"], hits.Select(hit => hit.GetProperty("detail")).Select(detail => detail.TryGetProperty("proxy", out JsonElement proxy) ? proxy.GetString()
            : detail.TryGetProperty("machine_name", out JsonElement name) ? $"{detail.GetProperty("machine_reason").GetString()} {name.GetString()}" : detail.GetProperty("machine_reason").GetString()));
        JsonElement recipient = (await client.GetAsync($"/emails/{id}", HttpStatusCode.OK)).GetProperty("recipients")[0];
        Assert.Equal((1, 0, 1, 1), (recipient.GetProperty("opens").GetInt32(), recipient.GetProperty("clicks").GetInt32(), recipient.GetProperty("machine_opens").GetInt32(), recipient.GetProperty("machine_clicks").GetInt32()));
        Assert.Equal(JsonValueKind.Null, recipient.GetProperty("clicked_at").ValueKind);
    }

    /// <summary>With a browser's user agent, as most scanners come.</summary>
    [Fact]
    public async Task A_scanner_that_follows_every_link_unmasks_itself_also_for_the_app()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        using HttpClient client = await ClientAsync(), scanner = api.Reader();
        await client.PostAsync("/webhooks", $$"""{"endpoint":"{{receiver.Url}}/hook","events":["email.clicked"]}""", HttpStatusCode.Created);
        (string id, List<RelayMessage> mails) = await api.SendTrackedAsync(client, Mail);
        await using WebhookWorkerHost telling = await WebhookWorkerHost.StartAsync(api.ConnectionString);

        foreach (Uri link in mails[0].Links()) (await scanner.VisitAsync(link)).Dispose();

        Assert.Equal([true, true], (await client.HitsAsync(id)).Select(hit => hit.GetProperty("detail").GetProperty("machine").GetBoolean()));
        await Eventually.TrueAsync(() => receiver.All.Count == 2);
        Assert.All(receiver.All, one => Assert.Equal((true, "several_links"), (one.Json.GetProperty("data").GetProperty("machine").GetBoolean(), one.Json.GetProperty("data").GetProperty("machine_reason").GetString())));
    }

    [Fact]
    public async Task Who_comes_before_the_mail_can_have_been_read_is_a_machine()
    {
        using HttpClient client = await ClientAsync(), reader = api.Reader();
        (string id, List<RelayMessage> mails) = await api.SendTrackedAsync(client, Mail, sentBefore: TimeSpan.FromSeconds(-30)); // its clock is ahead: it is sure to be soon

        (await reader.VisitAsync(mails[0].Picture()!)).Dispose();

        Assert.Equal("too_fast", (await client.HitsAsync(id)).Single().GetProperty("detail").GetProperty("machine_reason").GetString());
    }

    [Theory, InlineData("DNT"), InlineData("Sec-GPC")]
    public async Task Who_says_by_their_browser_that_they_object_leaves_no_trace(string header)
    {
        using HttpClient client = await ClientAsync(), reader = api.Reader();
        (string id, List<RelayMessage> mails) = await api.SendTrackedAsync(client, Mail);

        using HttpResponseMessage picture = await reader.VisitAsync(mails[0].Picture()!, null, (header, "1")), page = await reader.VisitAsync(mails[0].Links()[0], null, (header, "1"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Found), (picture.StatusCode, page.StatusCode));
        Assert.Empty(await client.HitsAsync(id));
    }

    /// <summary>Many at once, of many recipients: each is written, none twice.</summary>
    [Fact]
    public async Task Hits_that_come_together_are_all_recorded()
    {
        using HttpClient client = await ClientAsync(), reader = api.Reader();
        string to = string.Join(',', Enumerable.Range(0, 40).Select(i => $"\"r{i}@example.net\""));
        (string id, List<RelayMessage> mails) = await api.SendTrackedAsync(client, $$"""{"from":"a@example.org","to":[{{to}}],"subject":"s","tracking":{"opens":true,"clicks":true},"html":"<a href='https://shop.example/'>x</a>"}""");
        Assert.Equal(40, mails.Count);

        await Task.WhenAll(mails.SelectMany(mail => (Uri[])[mail.Picture()!, mail.Picture()!, mail.Links()[0]]).Select(async link => (await reader.VisitAsync(link)).Dispose()));

        List<JsonElement> hits = await client.HitsAsync(id);
        Assert.Equal((40, 40), (hits.Count(hit => hit.GetProperty("type").GetString() == "email.opened"), hits.Count(hit => hit.GetProperty("type").GetString() == "email.clicked")));
        Assert.Equal(40, hits.Select(hit => hit.GetProperty("recipient").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task Nobody_fills_the_table_by_a_link()
    {
        using HttpClient client = await ClientAsync(), reader = api.Reader();
        (string id, List<RelayMessage> mails) = await api.SendTrackedAsync(client, Mail);

        await Task.WhenAll(Enumerable.Range(0, 300).Select(async _ => (await reader.VisitAsync(mails[0].Links()[0])).Dispose()));

        Assert.Equal(100, (await client.HitsAsync(id)).Count);
    }

    [Theory]
    [InlineData("/t/c/AAAA"), InlineData("/t/o/AAAA"), InlineData("/t/c/%0d%0aSet-Cookie:x"), InlineData("/t/c/https:%2F%2Fevil.example"), InlineData("/t/c/"), InlineData("/t/o/..%2f..%2fetc")]
    public async Task A_link_that_is_not_ours_leads_nowhere(string path)
    {
        using HttpClient reader = api.Reader();
        using HttpResponseMessage answer = await reader.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Location"));
    }

    [Fact]
    public async Task A_link_that_was_touched_leads_nowhere_and_tells_nothing()
    {
        using HttpClient client = await ClientAsync(), reader = api.Reader();
        (string id, List<RelayMessage> mails) = await api.SendTrackedAsync(client, Mail);
        string link = mails[0].Links()[0].ToString(), picture = mails[0].Picture()!.ToString();

        foreach (string other in (string[])[link[..^2], link + "A", link.Replace("/t/c/", "/t/o/", StringComparison.Ordinal), picture.Replace("/t/o/", "/t/c/", StringComparison.Ordinal), $"/t/c/{(link[5] == 'A' ? 'B' : 'A')}{link[6..]}", picture[..^5]])
        {
            using HttpResponseMessage answer = await reader.VisitAsync(new Uri(other, UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        foreach (HttpMethod method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete])
        {
            using HttpResponseMessage answer = await reader.VisitAsync(mails[0].Links()[0], method);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        }

        Assert.Empty(await client.HitsAsync(id));
    }

    /// <summary>As retention and an erasure leave it: the link works on, and nothing about the reader comes back.</summary>
    [Fact]
    public async Task The_link_of_a_message_that_is_gone_still_leads_on_and_stores_nothing()
    {
        using HttpClient client = await ClientAsync(), reader = api.Reader();
        (string id, List<RelayMessage> mails) = await api.SendTrackedAsync(client, Mail);
        foreach (string table in (string[])["events", "finished_deliveries", "messages"])
        {
            await using Npgsql.NpgsqlCommand remove = api.Database.CreateCommand($"DELETE FROM {table} WHERE {(table == "messages" ? "id" : "message_id")} = '{id}'");
            await remove.ExecuteNonQueryAsync();
        }

        using HttpResponseMessage page = await reader.VisitAsync(mails[0].Links()[0]);

        Assert.Equal(HttpStatusCode.Found, page.StatusCode);
        Assert.Equal(0, await api.CountAsync($"events WHERE message_id = '{id}'"));
    }

    [Fact]
    public async Task A_reader_reaches_the_page_while_the_database_is_away()
    {
        await using ApiFixture other = new(postgres);
        await other.InitializeAsync();
        using HttpClient client = other.ClientWith(await other.AddProjectAsync()), reader = other.Reader();
        (_, List<RelayMessage> mails) = await other.SendTrackedAsync(client, Mail);
        string database = new Npgsql.NpgsqlConnectionStringBuilder(other.ConnectionString).Database!;
        await using (Npgsql.NpgsqlDataSource admin = Npgsql.NpgsqlDataSource.Create(new Npgsql.NpgsqlConnectionStringBuilder(other.ConnectionString) { Database = "postgres" }.ConnectionString))
        {
            await using Npgsql.NpgsqlCommand close = admin.CreateCommand($"ALTER DATABASE \"{database}\" ALLOW_CONNECTIONS false");
            await close.ExecuteNonQueryAsync();
            await using Npgsql.NpgsqlCommand kill = admin.CreateCommand($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'");
            await kill.ExecuteNonQueryAsync();
        }

        using HttpResponseMessage page = await reader.VisitAsync(mails[0].Links()[0]), picture = await reader.VisitAsync(mails[0].Picture()!);

        Assert.Equal((HttpStatusCode.Found, "https://shop.example/?a=1&b=2"), (page.StatusCode, page.Headers.GetValues("Location").Single()));
        Assert.Equal(HttpStatusCode.OK, picture.StatusCode);
        Assert.Contains(other.Log, line => line.Contains("were answered and could not be recorded", StringComparison.Ordinal));
    }

    private async Task<HttpClient> ClientAsync() => api.ClientWith(await api.AddProjectAsync());
}
