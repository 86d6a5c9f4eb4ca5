using System.Net;
using System.Text.Json;
using Mail.Core.Relays;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Tracking;

/// <summary>What is tracked: by project, template and message, and never by stealth.</summary>
public sealed class TrackingSettingsTests(ApiFixture api, PostgresFixture postgres) : IClassFixture<ApiFixture>
{
    private const string Html = "\"from\":\"a@example.org\",\"subject\":\"s\",\"html\":\"<body><a href='https://shop.example/'>x</a></body>\"";

    [Fact]
    public async Task Nothing_is_tracked_by_default()
    {
        using HttpClient client = await ClientAsync();

        (_, List<RelayMessage> mails) = await api.SendTrackedAsync(client, $$"""{"to":["x@example.net","y@example.net"],{{Html}}}""");

        Assert.Equal((false, false), Tracking(await client.GetAsync("/project", HttpStatusCode.OK)));
        Assert.Equal(2, Assert.Single(mails).Recipients.Count);
        Assert.Equal("<body><a href='https://shop.example/'>x</a></body>", mails[0].Html());
    }

    [Fact]
    public async Task A_project_says_what_is_tracked_and_a_message_otherwise()
    {
        using HttpClient client = await ClientAsync();
        Assert.Equal((true, false), Tracking(await client.PatchAsync("/project", """{"tracking":{"opens":true}}""", HttpStatusCode.OK)));
        Assert.Equal((true, true), Tracking(await client.PatchAsync("/project", """{"tracking":{"clicks":true}}""", HttpStatusCode.OK)));
        Assert.Equal((true, true), Tracking(await client.PatchAsync("/project", """{"tracking":null}""", HttpStatusCode.OK)));

        foreach ((string fields, int links, bool picture) in ((string, int, bool)[])[
            ("", 1, true), (",\"tracking\":{\"opens\":false}", 1, false), (",\"tracking\":{\"clicks\":false,\"opens\":null}", 0, true), (",\"tracking\":{\"opens\":false,\"clicks\":false}", 0, false), (",\"tracking\":{}", 1, true), (",\"lane\":\"bulk\"", 1, true), (",\"lane\":\"critical\"", 0, false)])
        {
            (_, List<RelayMessage> mails) = await api.SendTrackedAsync(client, $$"""{"to":"x@example.net",{{Html}}{{fields}}}""");
            Assert.Equal((links, picture), (mails[0].Links().Count, mails[0].Picture() is not null));
        }
    }

    [Fact]
    public async Task Each_recipient_has_a_mail_of_their_own_and_a_copy_that_is_shown_has_no_links()
    {
        using HttpClient client = await ClientAsync();

        (string id, List<RelayMessage> mails) = await api.SendTrackedAsync(client, $$"""{"to":["x@example.net","y@example.net"],"bcc":"z@example.net","tracking":{"opens":true,"clicks":true},{{Html}}}""");

        Assert.Equal(3, mails.Count);
        Assert.Equal(3, mails.Select(mail => mail.Picture()).Distinct().Count());
        Assert.All(mails, mail => Assert.Contains("To: x@example.net, y@example.net", mail.Text(), StringComparison.Ordinal));
        Assert.DoesNotContain("/t/", await client.GetStringAsync(new Uri($"/emails/{id}/raw", UriKind.Relative)), StringComparison.Ordinal);
        Assert.DoesNotContain("/t/", (await client.GetAsync($"/emails/{id}", HttpStatusCode.OK)).GetProperty("html").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_unsubscribe_link_of_list_mail_is_left_alone()
    {
        using HttpClient client = await ClientAsync();

        (_, List<RelayMessage> mails) = await api.SendTrackedAsync(client, """{"from":"a@example.org","to":"x@example.net","subject":"s","lane":"bulk","tracking":{"clicks":true},"html":"<a href='{{unsubscribe_url}}'>out</a><a href='https://shop.example/'>in</a>"}""");

        Assert.Single(mails[0].Links());
        Assert.Contains("<a href='http://localhost:5101/unsubscribe/", mails[0].Html(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"lane\":\"critical\",\"tracking\":{\"opens\":true}", "`tracking.opens` must not be true: codes")]
    [InlineData("\"lane\":\"critical\",\"tracking\":{\"clicks\":true,\"opens\":false}", "`tracking.clicks` must not be true: codes")]
    [InlineData("\"tracking\":true", "`tracking`")]
    [InlineData("\"tracking\":{\"opens\":\"yes\"}", "`tracking.opens`")]
    [InlineData("\"tracking\":{\"clicks\":1}", "`tracking.clicks`")]
    [InlineData("\"tracking\":[]", "`tracking`")]
    public async Task A_wrong_wish_is_refused_by_its_field(string field, string message)
    {
        using HttpClient client = await ClientAsync();
        long before = await api.CountAsync("messages");

        JsonElement refusal = await client.PostAsync("/emails", $$"""{"to":"x@example.net",{{Html}},{{field}}}""", HttpStatusCode.UnprocessableEntity);

        Assert.StartsWith(message, refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, await api.CountAsync("messages"));
    }

    [Fact]
    public async Task A_template_for_codes_is_never_tracked()
    {
        using HttpClient client = await ClientAsync();
        await client.PatchAsync("/project", """{"tracking":{"opens":true,"clicks":true}}""", HttpStatusCode.OK);
        const string Code = """{"from":"a@example.org","to":"x@example.net","template":{"id":"password-reset","variables":{"code":"1"}},"lane":"normal""";

        (_, List<RelayMessage> mails) = await api.SendTrackedAsync(client, Code + "\"}");
        Assert.Empty(mails[0].Links());
        Assert.Null(mails[0].Picture());
        await client.PostAsync("/emails", Code + "\",\"tracking\":{\"opens\":true}}", HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Account_mail_is_tracked_only_where_a_message_asks_for_it()
    {
        using HttpClient client = await ClientAsync();
        await client.PatchAsync("/project", """{"tracking":{"opens":true}}""", HttpStatusCode.OK);
        string variables = await File.ReadAllTextAsync(Repository.Path("templates", "mailbox-quota", "sample.json"));
        string mail = $$"""{"from":"a@example.org","to":"x@example.net","template":{"id":"mailbox-quota","variables":{{variables}}""" + "}";

        (_, List<RelayMessage> silent) = await api.SendTrackedAsync(client, mail + "}");
        (_, List<RelayMessage> asked) = await api.SendTrackedAsync(client, mail + ",\"tracking\":{\"opens\":true}}");

        Assert.Null(silent[0].Picture());
        Assert.NotNull(asked[0].Picture());
    }

    [Theory]
    [InlineData("""{"tracking":true}""", "`tracking`"), InlineData("""{"tracking":{"opens":"on"}}""", "`tracking.opens`"), InlineData("""{"tracking":{"clicks":[]}}""", "`tracking.clicks`")]
    public async Task A_wrong_setting_is_refused_by_its_field(string body, string field)
    {
        using HttpClient client = await ClientAsync();
        Assert.StartsWith(field, (await client.PatchAsync("/project", body, HttpStatusCode.UnprocessableEntity)).GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal((false, false), Tracking(await client.GetAsync("/project", HttpStatusCode.OK)));
    }

    [Fact]
    public async Task Without_a_public_address_the_refusal_names_the_setting()
    {
        await using ApiFixture production = new(postgres);
        (production.Settings["environment"], production.Settings["Domains:RequireVerifiedSenders"]) = ("Staging", "false");
        await production.InitializeAsync();
        using HttpClient client = production.ClientWith(await production.AddProjectAsync());

        Assert.Matches("^`tracking` .*BASE_URL", (await client.PatchAsync("/project", """{"tracking":{"opens":true}}""", HttpStatusCode.UnprocessableEntity)).GetProperty("message").GetString()!);
        Assert.Matches("^`tracking` .*BASE_URL", (await client.PostAsync("/emails", $$"""{"to":"x@example.net","tracking":{"clicks":true},{{Html}}}""", HttpStatusCode.UnprocessableEntity)).GetProperty("message").GetString()!);
        await client.PostAsync("/emails", $$"""{"to":"x@example.net",{{Html}}}""", HttpStatusCode.OK);
    }

    [Fact]
    public async Task Links_lead_to_the_name_of_the_senders_domain_once_it_was_found_in_DNS()
    {
        await using ApiFixture own = new(postgres);
        own.Settings["Domains:TrackingHost"] = "track.mail.example";
        await own.InitializeAsync();
        using HttpClient client = own.ClientWith(await own.AddProjectAsync());
        await client.PostAsync("/domains", """{"name":"shop.example.org"}""", HttpStatusCode.Created);
        string body = $$"""{"to":"x@example.net","tracking":{"opens":true,"clicks":true},{{Html.Replace("a@example.org", "news@eu.shop.example.org", StringComparison.Ordinal)}}}""";

        (_, List<RelayMessage> before) = await own.SendTrackedAsync(client, body);
        await using (Npgsql.NpgsqlCommand verify = own.Database.CreateCommand("""
            UPDATE domains SET status = 'verified', records = '[{"record":"Tracking links.shop.example.org","status":"Verified","found":["track.mail.example"],"detail":null,"suggestion":null}]'
            """))
            await verify.ExecuteNonQueryAsync();
        await client.PatchAsync("/project", """{"name":"again"}""", HttpStatusCode.OK); // what is known is read again
        (_, List<RelayMessage> after) = await own.SendTrackedAsync(client, body);

        Assert.Contains("\"http://localhost:5101/t/c/", before[0].Html(), StringComparison.Ordinal);
        Assert.Contains("\"https://links.shop.example.org/t/c/", after[0].Html(), StringComparison.Ordinal);
        Assert.Contains("\"https://links.shop.example.org/t/o/", after[0].Html(), StringComparison.Ordinal);
        using HttpClient proxy = own.Reader(); // which asks before it gets a certificate
        foreach ((string name, HttpStatusCode expected) in ((string, HttpStatusCode)[])[
            ("links.shop.example.org", HttpStatusCode.OK), ("LINKS.shop.example.org", HttpStatusCode.OK), ("links.example.org", HttpStatusCode.NotFound), ("shop.example.org", HttpStatusCode.NotFound), ("", HttpStatusCode.NotFound),
            ("links.", HttpStatusCode.NotFound), ("links.%00", HttpStatusCode.NotFound), (new string('a', 5000), HttpStatusCode.NotFound)])
            await proxy.GetAsync($"/t/host?domain={name}", expected);
    }

    /// <summary>A name that people trust leads nobody away for the sake of another project.</summary>
    [Fact]
    public async Task A_link_of_one_project_does_not_work_under_the_name_of_anothers_domain()
    {
        await using ApiFixture own = new(postgres);
        own.Settings["Domains:TrackingHost"] = "track.mail.example";
        await own.InitializeAsync();
        using HttpClient bank = own.ClientWith(await own.AddProjectAsync()), hostile = own.ClientWith(await own.AddProjectAsync()), reader = own.Reader();
        string body = $$"""{"to":"x@example.net","tracking":{"opens":true,"clicks":true},{{Html}}}""";
        (_, List<RelayMessage> theirs) = await own.SendTrackedAsync(hostile, body);
        (string id, List<RelayMessage> banks) = await own.SendTrackedAsync(bank, body);
        await bank.PostAsync("/domains", """{"name":"bank.example"}""", HttpStatusCode.Created);
        await using (Npgsql.NpgsqlCommand verify = own.Database.CreateCommand("""
            UPDATE domains SET status = 'verified', records = '[{"record":"Tracking links.bank.example","status":"Verified","found":["track.mail.example"],"detail":null,"suggestion":null}]'
            """))
            await verify.ExecuteNonQueryAsync();

        async Task<HttpStatusCode> At(string host, Uri link)
        {
            using HttpResponseMessage answer = await reader.VisitAsync(link, headers: ("Host", host));
            return answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.NotFound, await At("links.bank.example", theirs[0].Links()[0]));
        Assert.Equal(HttpStatusCode.NotFound, await At("LINKS.Bank.Example:443", theirs[0].Links()[0]));
        Assert.Equal(HttpStatusCode.Found, await At("localhost", theirs[0].Links()[0]));
        Assert.Equal(HttpStatusCode.Found, await At("links.gone.example", theirs[0].Links()[0])); // of nobody
        Assert.Equal(HttpStatusCode.Found, await At("links.bank.example", banks[0].Links()[0]));
        Assert.NotEmpty(await bank.HitsAsync(id));
    }

    private static (bool Opens, bool Clicks) Tracking(JsonElement project) => (project.GetProperty("tracking").GetProperty("opens").GetBoolean(), project.GetProperty("tracking").GetProperty("clicks").GetBoolean());

    private async Task<HttpClient> ClientAsync() => api.ClientWith(await api.AddProjectAsync());
}
