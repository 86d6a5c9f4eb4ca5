using System.Net;
using System.Text.Json;

namespace Mail.Tests.Api.Projects;

public sealed class ProjectTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_project_says_where_its_mail_is_processed()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync()), other = api.ClientWith(await api.AddProjectAsync());

        JsonElement before = await client.GetAsync("/project", HttpStatusCode.OK);
        JsonElement changed = await client.PatchAsync("/project", """{"region":"eu","default_locale":"fr-CA","name":" Ours "}""", HttpStatusCode.OK);
        JsonElement part = await client.PatchAsync("/project", """{"default_locale":"en"}""", HttpStatusCode.OK);
        JsonElement cleared = await client.PatchAsync("/project", """{"region":null}""", HttpStatusCode.OK);

        Assert.Equal(("project", JsonValueKind.Null), (before.GetProperty("object").GetString(), before.GetProperty("region").ValueKind));
        Assert.Equal(("eu", "fr-CA", "Ours"), (changed.GetProperty("region").GetString(), changed.GetProperty("default_locale").GetString(), changed.GetProperty("name").GetString()));
        Assert.Equal("eu", part.GetProperty("region").GetString());
        Assert.Equal(JsonValueKind.Null, cleared.GetProperty("region").ValueKind);
        Assert.Equal("Other", (await other.GetAsync("/project", HttpStatusCode.OK)).GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_project_names_who_is_told_of_alerts()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());

        JsonElement set = await client.PatchAsync("/project", """{"alert_emails":["ops@example.org"," On call <oncall@example.org>"]}""", HttpStatusCode.OK);
        JsonElement kept = await client.PatchAsync("/project", """{"name":"Renamed"}""", HttpStatusCode.OK);
        JsonElement cleared = await client.PatchAsync("/project", """{"alert_emails":null}""", HttpStatusCode.OK);

        Assert.Equal(["ops@example.org", "On call <oncall@example.org>"], set.GetProperty("alert_emails").EnumerateArray().Select(address => address.GetString()));
        Assert.Equal(2, kept.GetProperty("alert_emails").GetArrayLength());
        Assert.Equal(0, cleared.GetProperty("alert_emails").GetArrayLength());
    }

    [Fact]
    public async Task A_project_says_how_long_its_messages_are_kept()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());

        JsonElement usual = await client.GetAsync("/project", HttpStatusCode.OK);
        JsonElement set = await client.PatchAsync("/project", """{"retention":{"content_days":7,"history_days":400}}""", HttpStatusCode.OK);
        JsonElement part = await client.PatchAsync("/project", """{"retention":{"history_days":8}}""", HttpStatusCode.OK);

        Assert.Equal([(30, 90), (7, 400), (7, 8)], new[] { usual, set, part }.Select(project => project.GetProperty("retention")).Select(days => (days.GetProperty("content_days").GetInt32(), days.GetProperty("history_days").GetInt32())));
    }

    [Fact]
    public async Task A_project_says_who_stands_in_the_footer()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync()), other = api.ClientWith(await api.AddProjectAsync());
        const string Mail = """{"from":"a@example.com","to":"b@example.com","template":{"id":"password-reset","variables":{"code":"123456"}}}""";

        JsonElement set = await client.PatchAsync("/project", """{"company_name":" Acme & Co ","postal_address":"1 Street\r\nTown","legal_footer":"Register: HRB 1\nDirector: Ann"}""", HttpStatusCode.OK);
        JsonElement kept = await client.PatchAsync("/project", """{"name":"Renamed"}""", HttpStatusCode.OK);
        string html = await HtmlAsync(client, Mail), own = await HtmlAsync(client, Mail.Replace("\"code\"", "\"postal_address\":\"Own\",\"code\"", StringComparison.Ordinal)), foreign = await HtmlAsync(other, Mail);
        JsonElement cleared = await client.PatchAsync("/project", """{"company_name":null,"postal_address":" "}""", HttpStatusCode.OK);

        Assert.Equal(("Acme & Co", "1 Street\nTown", "Register: HRB 1\nDirector: Ann"), (set.GetProperty("company_name").GetString(), set.GetProperty("postal_address").GetString(), kept.GetProperty("legal_footer").GetString()));
        Assert.Contains("Acme &amp; Co<br>1 Street, Town · Register: HRB 1 Director: Ann", html, StringComparison.Ordinal);
        Assert.Contains("Acme &amp; Co<br>Own<", own, StringComparison.Ordinal);
        Assert.DoesNotContain("HRB", foreign, StringComparison.Ordinal);
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (cleared.GetProperty("company_name").ValueKind, cleared.GetProperty("postal_address").ValueKind));
        Assert.DoesNotContain("Street", await HtmlAsync(client, Mail), StringComparison.Ordinal);

        static async Task<string> HtmlAsync(HttpClient client, string mail)
        {
            string id = (await client.PostAsync("/emails", mail, HttpStatusCode.OK)).GetProperty("id").GetString()!;
            return await client.GetStringAsync(new Uri($"/emails/{id}/html", UriKind.Relative));
        }
    }

    [Theory]
    [InlineData("""{"company_name":"a\nb"}""", "company_name")]
    [InlineData("""{"company_name":5}""", "company_name")]
    [InlineData("""{"postal_address":"a\u0000b"}""", "postal_address")]
    [InlineData("""{"legal_footer":"\ud800"}""", "legal_footer")]
    [InlineData("""{"region":"Europe!"}""", "region")]
    [InlineData("""{"retention":{"content_days":0}}""", "retention.content_days")]
    [InlineData("""{"retention":{"history_days":4000}}""", "retention.history_days")]
    [InlineData("""{"retention":{"content_days":91}}""", "retention.content_days")]
    [InlineData("""{"retention":{"content_days":"x"}}""", "retention.content_days")]
    [InlineData("""{"region":""}""", "region")]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{"name":null}""", "name")]
    [InlineData("""{"name":"a\u0000b"}""", "name")]
    [InlineData("""{"default_locale":"not a tag"}""", "default_locale")]
    [InlineData("""{"default_locale":null}""", "default_locale")]
    [InlineData("""{"id":"x"}""", "id")]
    [InlineData("""{"name":5}""", "name")]
    [InlineData("""{"alert_emails":["a@example.org","nobody"]}""", "alert_emails.1")]
    [InlineData("""{"alert_emails":[null]}""", "alert_emails.0")]
    [InlineData("""{"alert_emails":["a@b.example\u0000"]}""", "alert_emails.0")]
    [InlineData("""{"alert_emails":["1@a.example","2@a.example","3@a.example","4@a.example","5@a.example","6@a.example","7@a.example","8@a.example","9@a.example","10@a.example","11@a.example","12@a.example","13@a.example","14@a.example","15@a.example","16@a.example","17@a.example","18@a.example","19@a.example","20@a.example","21@a.example"]}""", "alert_emails")]
    public async Task A_wrong_value_is_refused_with_its_field(string body, string field)
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        JsonElement before = await client.GetAsync("/project", HttpStatusCode.OK);

        JsonElement error = await client.PatchAsync("/project", body, HttpStatusCode.UnprocessableEntity);

        Assert.StartsWith($"`{field}` ", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(before.GetRawText(), (await client.GetAsync("/project", HttpStatusCode.OK)).GetRawText());
    }
}
