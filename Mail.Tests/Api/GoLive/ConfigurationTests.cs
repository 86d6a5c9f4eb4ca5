using System.Net;
using System.Text.Json;
using Mail.Tests.Support;

namespace Mail.Tests.Api.GoLive;

/// <summary>/configuration: out without secrets, and in again (JOB-13).</summary>
public sealed class ConfigurationTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_configuration_goes_out_without_secrets_and_into_another_project()
    {
        await using ApiFixture api = new(postgres) { Settings = { ["BASE_URL"] = "https://mail.example.org/" } };
        await api.InitializeAsync();
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey), other = api.ClientWith(await api.AddProjectAsync());
        List<string> secrets = await SetUpAsync(client);

        string export = (await client.GetAsync("/configuration/export", HttpStatusCode.OK)).GetRawText();
        Assert.DoesNotContain(secrets, secret => export.Contains(secret, StringComparison.Ordinal));
        Assert.Contains("\"left_out\":[{\"what\":\"secrets\"", export, StringComparison.Ordinal);
        Assert.Equal("project same, domain same, relay same, relay same, webhook same, account_settings same", Course(await client.PostAsync("/configuration/import", export, HttpStatusCode.OK)));

        JsonElement plan = await other.PostAsync("/configuration/import?dry_run=true", export, HttpStatusCode.OK);
        Assert.Equal((false, true, "project change, domain create, relay create, relay skip, webhook create, account_settings create"), (plan.GetProperty("applied").GetBoolean(), plan.GetProperty("ok").GetBoolean(), Course(plan)));
        Assert.Equal("Other", (await other.GetAsync("/project", HttpStatusCode.OK)).GetProperty("name").GetString());
        Assert.Equal(0, (await other.GetAsync("/webhooks", HttpStatusCode.OK)).GetProperty("data").GetArrayLength());

        JsonElement done = await other.PostAsync("/configuration/import", export, HttpStatusCode.OK);
        Assert.Equal(Course(plan), Course(done));
        Assert.Equal(["webhook", "account_settings"], Steps(done).Where(step => step.GetProperty("signing_secret").ValueKind is JsonValueKind.String).Select(step => step.GetProperty("kind").GetString()));
        Assert.Contains("password", Steps(done).Single(step => step.GetProperty("action").GetString() == "skip").GetProperty("detail").GetString(), StringComparison.Ordinal);
        JsonElement again = await other.PostAsync("/configuration/import", export, HttpStatusCode.OK);
        Assert.Equal("project same, domain same, relay same, relay skip, webhook same, account_settings same", Course(again));
        Assert.Equal("Lyon", (await other.GetAsync("/project", HttpStatusCode.OK)).GetProperty("postal_address").GetString());
        string audit = (await other.GetAsync("/audit-log", HttpStatusCode.OK)).GetRawText();
        Assert.Contains("configuration.import", audit, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_", audit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_part_is_changed_a_wrong_one_refused_and_secrets_stay()
    {
        await using ApiFixture api = new(postgres) { Settings = { ["BASE_URL"] = "https://mail.example.org/" } };
        await api.InitializeAsync();
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        await SetUpAsync(client);
        string export = (await client.GetAsync("/configuration", HttpStatusCode.OK)).GetRawText();

        string changed = export.Replace("\"priority\":100", "\"priority\":7", StringComparison.Ordinal).Replace("\"email.sent\"", "\"email.bounced\"", StringComparison.Ordinal).Replace("Lyon", "Nice", StringComparison.Ordinal);
        JsonElement done = await client.PostAsync("/configuration/import", changed, HttpStatusCode.OK);
        Assert.Equal("project change, domain same, relay change, relay change, webhook change, account_settings same", Course(done));
        JsonElement relay = (await client.GetAsync("/relays", HttpStatusCode.OK)).GetProperty("data").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "main");
        Assert.Equal((7, true), (relay.GetProperty("priority").GetInt32(), relay.GetProperty("settings").GetProperty("password").GetProperty("set").GetBoolean()));

        string wrong = changed.Replace("smtp.example.org", "evil.example.org", StringComparison.Ordinal).Replace("\"email.bounced\"", "\"email.nothing\"", StringComparison.Ordinal).Replace("\"fr\"", "\"!!\"", StringComparison.Ordinal);
        foreach (string query in (string[])["?dry_run=true", ""])
        {
            JsonElement refused = await client.PostAsync($"/configuration/import{query}", wrong, HttpStatusCode.OK);
            Assert.False(refused.GetProperty("ok").GetBoolean());
            Assert.Equal("project refused, domain same, relay same, relay refused, webhook refused, account_settings same", Course(refused));
            Assert.Contains("must be given again", Steps(refused).Single(step => step.GetProperty("name").GetString() == "main").GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("nothing", 400, "JSON")]
    [InlineData("[]", 400, "object")]
    [InlineData("{}", 422, "`object`")]
    [InlineData("""{"object":"configuration"}""", 422, "`version`")]
    [InlineData("""{"object":"configuration","version":2}""", 422, "`version`")]
    [InlineData("""{"object":"configuration","version":1,"relay":[]}""", 422, "`relay`")]
    [InlineData("""{"object":"configuration","version":1,"relays":{}}""", 422, "`relays`")]
    [InlineData("""{"object":"configuration","version":1,"relays":[7]}""", 422, "`relays.0`")]
    [InlineData("""{"object":"configuration","version":1,"project":[]}""", 422, "`project`")]
    [InlineData("""{"object":"configuration","version":1,"project":{"name":"a\u0000"}}""", 422, "`project.name`")]
    [InlineData("""{"object":"configuration","version":1,"webhooks":[{"endpoint":"\ud800"}]}""", 422, "`webhooks.0.endpoint`")]
    public async Task A_wrong_document_is_refused_by_its_field_and_nothing_is_changed(string body, int status, string named)
    {
        await using ApiFixture api = new(postgres);
        await api.InitializeAsync();
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);

        Assert.Contains(named, (await client.PostAsync("/configuration/import", body, (HttpStatusCode)status)).GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("`dry_run`", (await client.PostAsync("/configuration/import?dry_run=x", body, HttpStatusCode.UnprocessableEntity)).GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await api.CountAsync("relays"));
    }

    private static async Task<List<string>> SetUpAsync(HttpClient client)
    {
        await client.PatchAsync("/project", """{"name":"Northwind","default_locale":"fr","company_name":"Northwind","postal_address":"Lyon","retention":{"content_days":10}}""", HttpStatusCode.OK);
        await client.PostAsync("/domains", """{"name":"example.org"}""", HttpStatusCode.Created);
        await client.PostAsync("/relays", """{"name":"main","kind":"smtp","settings":{"host":"smtp.example.org","port":587,"tls":"starttls","username":"u","password":"kept-secret-password"}}""", HttpStatusCode.Created);
        await client.PostAsync("/relays", """{"name":"inner","kind":"smtp","lanes":["bulk"],"settings":{"host":"10.0.0.7","port":25,"tls":"starttls"}}""", HttpStatusCode.Created);
        JsonElement webhook = await client.PostAsync("/webhooks", """{"endpoint":"https://hooks.example.org/","events":["email.sent"]}""", HttpStatusCode.Created);
        using HttpRequestMessage put = new(HttpMethod.Put, "/account-settings") { Content = ApiFixture.Json("""{"callback_url":"https://app.example.org/x","app_name":"Northwind","lookup":true}""") };
        using HttpResponseMessage accounts = await client.SendAsync(put);
        string secret = JsonDocument.Parse(await accounts.Content.ReadAsStringAsync()).RootElement.GetProperty("signing_secret").GetString()!;
        return ["kept-secret-password", secret, webhook.GetProperty("signing_secret").GetString()!, "whsec_"];
    }

    private static JsonElement.ArrayEnumerator Steps(JsonElement answer) => answer.GetProperty("steps").EnumerateArray();

    private static string Course(JsonElement answer) => string.Join(", ", Steps(answer).Select(step => $"{step.GetProperty("kind").GetString()} {step.GetProperty("action").GetString()}"));
}
