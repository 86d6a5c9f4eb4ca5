using System.Net;
using System.Text.Json;
using Npgsql;

namespace Mail.Tests.Api.Relays;

/// <summary>Relays are made, changed and removed by the API; their secrets go in and never come out.</summary>
public sealed class RelayTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Secret = "hunter2-hunter2-hunter2";

    [Fact]
    public async Task A_relay_is_made_read_changed_and_removed()
    {
        using HttpClient client = await ClientAsync();

        JsonElement made = await client.PostAsync("/relays", Smtp("main", """, "lanes":["critical","normal"],"region":"eu","senders":["Example.com","a@b.example"],"priority":5,"weight":3,"max_connections":4,"rate_per_second":2.5,"day_quota":100,"month_quota":1000,"domain_limits":[{"domain":"Gmail.com","rate_per_second":2},{"domain":"*","max_concurrent":3}],"warm_up":{"starts_on":"2026-12-01","first_day":50,"growth":1.5,"ceiling":null}"""), HttpStatusCode.Created);
        string id = made.GetProperty("id").GetString()!;
        JsonElement read = await client.GetAsync($"/relays/{id}", HttpStatusCode.OK);
        JsonElement listed = (await client.GetAsync("/relays", HttpStatusCode.OK)).GetProperty("data")[0];
        JsonElement changed = await client.PatchAsync($"/relays/{id}", """{"enabled":false,"region":null,"lanes":[],"day_quota":null,"weight":7}""", HttpStatusCode.OK);
        JsonElement removed = await client.DeleteAsync($"/relays/{id}", HttpStatusCode.OK);

        Assert.Equal("relay", made.GetProperty("object").GetString());
        Assert.Equal(read.GetRawText(), listed.GetRawText());
        Assert.Equal("""["critical","normal"]""", read.GetProperty("lanes").GetRawText());
        Assert.Equal("a@b.example", read.GetProperty("senders")[1].GetString());
        Assert.Equal("""[{"domain":"gmail.com","rate_per_second":2,"max_concurrent":null},{"domain":"*","rate_per_second":null,"max_concurrent":3}]""", read.GetProperty("domain_limits").GetRawText());
        Assert.Equal("""{"starts_on":"2026-12-01","first_day":50,"growth":1.5,"ceiling":null}""", changed.GetProperty("warm_up").GetRawText());
        Assert.Equal((5, 3, 4, 2.5, 100, 1000), (Int(read, "priority"), Int(read, "weight"), Int(read, "max_connections"), read.GetProperty("rate_per_second").GetDouble(), Int(read, "day_quota"), Int(read, "month_quota")));
        Assert.Equal((1, 2), (Int(read, "revision"), Int(changed, "revision")));
        Assert.False(changed.GetProperty("enabled").GetBoolean());
        Assert.Equal(JsonValueKind.Null, changed.GetProperty("region").ValueKind);
        Assert.Equal(JsonValueKind.Null, changed.GetProperty("day_quota").ValueKind);
        Assert.Equal((7, 5, 1000), (Int(changed, "weight"), Int(changed, "priority"), Int(changed, "month_quota")));
        Assert.True(removed.GetProperty("deleted").GetBoolean());
        await client.GetAsync($"/relays/{id}", HttpStatusCode.NotFound);
        await client.DeleteAsync($"/relays/{id}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_secret_is_in_no_answer_no_log_line_and_not_readable_in_the_database()
    {
        using HttpClient client = await ClientAsync();

        JsonElement made = await client.PostAsync("/relays", Smtp("main"), HttpStatusCode.Created);
        string id = made.GetProperty("id").GetString()!;
        JsonElement changed = await client.PatchAsync($"/relays/{id}", """{"settings":{"port":2525}}""", HttpStatusCode.OK);
        JsonElement refused = await client.PatchAsync($"/relays/{id}", $$"""{"settings":{"password":"{{Secret}}","tls":"{{Secret}}"} }""", HttpStatusCode.UnprocessableEntity);
        JsonElement wrong = await client.PostAsync("/relays", $$"""{"name":"g","kind":"sendgrid","settings":{"api_key":"{{Secret}} with a space"} }""", HttpStatusCode.UnprocessableEntity);

        Assert.Equal("""{"host":"smtp.example.com","port":2525,"tls":"starttls","username":"alice","password":{"set":true}}""", changed.GetProperty("settings").GetRawText());
        foreach (JsonElement answer in new[] { made, changed, refused, wrong }) Assert.DoesNotContain(Secret, answer.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(api.Log, line => line.Contains(Secret, StringComparison.Ordinal));
        await using NpgsqlCommand command = api.Database.CreateCommand("SELECT settings FROM relays WHERE id = $1");
        command.Parameters.AddWithValue(Guid.Parse(id));
        string stored = (string)(await command.ExecuteScalarAsync())!;
        Assert.DoesNotContain("hunter2", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("smtp.example.com", stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_is_not_given_stays_and_null_takes_an_optional_one_out()
    {
        using HttpClient client = await ClientAsync();
        string id = (await client.PostAsync("/relays", Smtp("main"), HttpStatusCode.Created)).GetProperty("id").GetString()!;

        JsonElement shownAndSentBack = await client.PatchAsync($"/relays/{id}", """{"settings":{"username":"bob","password":{"set":true}}}""", HttpStatusCode.OK);
        JsonElement half = await client.PatchAsync($"/relays/{id}", """{"settings":{"password":null}}""", HttpStatusCode.UnprocessableEntity);
        JsonElement without = await client.PatchAsync($"/relays/{id}", """{"settings":{"username":null,"password":null}}""", HttpStatusCode.OK);

        Assert.True(shownAndSentBack.GetProperty("settings").GetProperty("password").GetProperty("set").GetBoolean());
        Assert.StartsWith("`settings.password` is needed", Message(half), StringComparison.Ordinal);
        Assert.False(without.GetProperty("settings").GetProperty("password").GetProperty("set").GetBoolean());
    }

    [Theory]
    [InlineData("""{"settings":{"host":"evil.example.net"}}""", "settings.host")]
    [InlineData("""{"settings":{"tls":"required"}}""", "settings.tls")]
    [InlineData("""{"preset":"mailgun"}""", "settings.host")]
    public async Task A_stored_secret_is_not_led_to_another_address(string change, string because)
    {
        using HttpClient client = await ClientAsync();
        string id = (await client.PostAsync("/relays", Smtp("main").Replace("alice", "alice@example.com", StringComparison.Ordinal), HttpStatusCode.Created)).GetProperty("id").GetString()!;

        JsonElement refused = await client.PatchAsync($"/relays/{id}", change, HttpStatusCode.UnprocessableEntity);
        JsonElement withSecret = await client.PatchAsync($"/relays/{id}", change.Replace("}}", ""","password":"again-again"}}""", StringComparison.Ordinal), change.Contains("preset", StringComparison.Ordinal) ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.OK);

        Assert.Equal($"`settings.password` must be given again when `{because}` changes: a stored secret goes to no other address than the one it was entered for.", Message(refused));
        Assert.DoesNotContain("again-again", withSecret.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_HTTP_relays_key_is_not_led_to_another_address()
    {
        using HttpClient client = await ClientAsync();
        string id = (await client.PostAsync("/relays", """{"name":"sg","kind":"sendgrid","settings":{"api_key":"SG.aaaaaaaa.bbbbbbbb"}}""", HttpStatusCode.Created)).GetProperty("id").GetString()!;

        JsonElement refused = await client.PatchAsync($"/relays/{id}", """{"settings":{"base_url":"https://evil.example.net"}}""", HttpStatusCode.UnprocessableEntity);

        Assert.StartsWith("`settings.api_key` must be given again", Message(refused), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_changes_from_the_same_revision_the_second_is_told()
    {
        using HttpClient client = await ClientAsync();
        string id = (await client.PostAsync("/relays", Smtp("main"), HttpStatusCode.Created)).GetProperty("id").GetString()!;

        await client.PatchAsync($"/relays/{id}", """{"priority":1,"revision":1}""", HttpStatusCode.OK);
        JsonElement second = await client.PatchAsync($"/relays/{id}", """{"priority":2,"revision":1}""", HttpStatusCode.Conflict);
        HttpStatusCode[] atOnce = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            using HttpRequestMessage request = new(HttpMethod.Patch, $"/relays/{id}") { Content = ApiFixture.Json($$"""{"priority":{{i}},"revision":2}""") };
            using HttpResponseMessage response = await client.SendAsync(request);
            return response.StatusCode;
        }));

        Assert.Equal("relay_changed", second.GetProperty("name").GetString());
        Assert.Single(atOnce, HttpStatusCode.OK);
        Assert.Equal(7, atOnce.Count(status => status == HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task A_name_is_taken_once_in_a_project_and_again_in_another()
    {
        using HttpClient client = await ClientAsync(), other = await ClientAsync();
        await client.PostAsync("/relays", Smtp("main"), HttpStatusCode.Created);
        string second = (await client.PostAsync("/relays", Smtp("second"), HttpStatusCode.Created)).GetProperty("id").GetString()!;

        Assert.Equal("name_taken", (await client.PostAsync("/relays", Smtp("main"), HttpStatusCode.Conflict)).GetProperty("name").GetString());
        Assert.Equal("name_taken", (await client.PatchAsync($"/relays/{second}", """{"name":"main"}""", HttpStatusCode.Conflict)).GetProperty("name").GetString());
        await other.PostAsync("/relays", Smtp("main"), HttpStatusCode.Created);
    }

    [Fact]
    public async Task Another_projects_relay_is_not_there()
    {
        using HttpClient client = await ClientAsync(), other = await ClientAsync();
        string id = (await client.PostAsync("/relays", Smtp("main"), HttpStatusCode.Created)).GetProperty("id").GetString()!;

        await other.GetAsync($"/relays/{id}", HttpStatusCode.NotFound);
        await other.PatchAsync($"/relays/{id}", """{"priority":1}""", HttpStatusCode.NotFound);
        await other.DeleteAsync($"/relays/{id}", HttpStatusCode.NotFound);
        Assert.Equal(0, (await other.GetAsync("/relays", HttpStatusCode.OK)).GetProperty("data").GetArrayLength());
        Assert.Equal(1, Int(await client.GetAsync($"/relays/{id}", HttpStatusCode.OK), "revision"));
    }

    [Theory, InlineData("emails:read"), InlineData("relays:read"), InlineData("relays:test")]
    public async Task Without_the_scope_nothing_is_changed(string scope)
    {
        string key = await api.AddProjectAsync();
        using HttpClient client = api.ClientWith(key), nobody = api.ClientWith(null);
        await using (NpgsqlCommand restrict = api.Database.CreateCommand("UPDATE api_keys SET scopes = ARRAY[$1] WHERE key_start = $2 AND key_hash = $3"))
        {
            restrict.Parameters.AddWithValue(scope);
            restrict.Parameters.AddWithValue(key[..12]);
            restrict.Parameters.AddWithValue(Mail.Core.Projects.ApiKeyLookup.HashOf(key));
            Assert.Equal(1, await restrict.ExecuteNonQueryAsync());
        }

        Assert.Equal("restricted_api_key", (await client.PostAsync("/relays", Smtp("main"), HttpStatusCode.Unauthorized)).GetProperty("name").GetString());
        await client.PatchAsync($"/relays/{Guid.NewGuid()}", "{}", HttpStatusCode.Unauthorized);
        await client.DeleteAsync($"/relays/{Guid.NewGuid()}", HttpStatusCode.Unauthorized);
        await client.GetAsync("/relays", scope == "relays:read" ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
        await nobody.GetAsync("/relays", HttpStatusCode.Unauthorized);
        await nobody.GetAsync("/relay-kinds", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_openapi_document_tells_the_paths_their_bodies_and_refusals()
    {
        using HttpClient client = api.ClientWith(null);

        JsonElement paths = (await client.GetAsync("/openapi/v1.json", HttpStatusCode.OK)).GetProperty("paths");

        foreach ((string path, string method, string success, bool hasBody) in new[]
        {
            ("/relays", "get", "200", false), ("/relays", "post", "201", true), ("/relays/{id}", "get", "200", false), ("/relays/{id}", "patch", "200", true), ("/relays/{id}", "delete", "200", false),
            ("/relay-kinds", "get", "200", false), ("/project", "get", "200", false), ("/project", "patch", "200", true), ("/relays/{id}/doctor", "post", "200", true), ("/doctor", "post", "200", true),
        })
        {
            JsonElement operation = paths.GetProperty(path).GetProperty(method);
            Assert.True(operation.GetProperty("responses").TryGetProperty(success, out JsonElement response), $"{method} {path}");
            Assert.True(response.GetProperty("content").TryGetProperty("application/json", out _), $"{method} {path}");
            Assert.Equal(hasBody, operation.TryGetProperty("requestBody", out JsonElement body) && body.GetProperty("content").TryGetProperty("application/json", out _));
            if (hasBody) Assert.True(operation.GetProperty("responses").TryGetProperty("422", out _), $"{method} {path}");
        }
    }

    internal static string Smtp(string name, string more = "") =>
        $$"""{"name":"{{name}}","kind":"smtp","settings":{"host":"smtp.example.com","port":587,"tls":"starttls","username":"alice","password":"{{Secret}}"}{{more}}}""";

    private static int Int(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private static string Message(JsonElement error) => error.GetProperty("message").GetString()!;

    private async Task<HttpClient> ClientAsync() => api.ClientWith(await api.AddProjectAsync());
}
