using System.Net;
using System.Text.Json;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Projects;

public sealed class ApiKeyTests(ApiFixture api, PostgresFixture postgres) : IClassFixture<ApiFixture>
{
    private const string Mail = """{"from":"a@example.com","to":"b@example.net","subject":"s","text":"t"}""";

    private static async Task<(string Id, string Token)> MakeAsync(HttpClient client, string body)
    {
        JsonElement made = await client.PostAsync("/api-keys", body, HttpStatusCode.Created);
        return (made.GetProperty("id").GetString()!, made.GetProperty("token").GetString()!);
    }

    [Fact]
    public async Task A_key_is_made_shown_once_used_and_ended()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());

        (string id, string token) = await MakeAsync(client, """{"name":" Shop ","permission":"sending_access"}""");
        using HttpClient app = api.ClientWith(token);
        await app.PostAsync("/emails", Mail, HttpStatusCode.OK);
        await app.GetAsync("/emails", HttpStatusCode.Unauthorized);
        JsonElement shown = await client.GetAsync($"/api-keys/{id}", HttpStatusCode.OK);
        JsonElement list = await client.GetAsync("/api-keys", HttpStatusCode.OK);
        await client.DeleteAsync($"/api-keys/{id}", HttpStatusCode.OK);

        Assert.Equal(("Shop", "sending_access", token[..12]), (shown.GetProperty("name").GetString(), shown.GetProperty("permission").GetString(), shown.GetProperty("start").GetString()));
        Assert.NotEqual(JsonValueKind.Null, shown.GetProperty("last_used_at").ValueKind);
        Assert.DoesNotContain(token, list.GetRawText(), StringComparison.Ordinal);
        JsonElement refused = await app.PostAsync("/emails", Mail, HttpStatusCode.Forbidden);
        Assert.Equal("invalid_api_key", refused.GetProperty("name").GetString());
        await client.GetAsync($"/api-keys/{id}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Nobody_makes_a_key_that_may_do_more_than_they_may_themselves()
    {
        using HttpClient owner = api.ClientWith(await api.AddProjectAsync());
        (_, string token) = await MakeAsync(owner, """{"name":"keys","scopes":["api-keys:read","api-keys:write","emails:send"]}""");
        (string all, _) = await MakeAsync(owner, """{"name":"all"}""");
        using HttpClient client = api.ClientWith(token);

        JsonElement beyond = await client.PostAsync("/api-keys", """{"name":"x","scopes":["emails:send","relays:write"]}""", HttpStatusCode.UnprocessableEntity);
        (string same, _) = await MakeAsync(client, """{"name":"x","permission":"full_access"}""");
        JsonElement scopes = (await client.GetAsync($"/api-keys/{same}", HttpStatusCode.OK)).GetProperty("scopes");

        Assert.Contains("`scopes.1`", beyond.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(3, scopes.GetArrayLength());
        await client.PatchAsync($"/api-keys/{all}", """{"name":"mine"}""", HttpStatusCode.Forbidden);
        await client.DeleteAsync($"/api-keys/{all}", HttpStatusCode.Forbidden);
        await client.PostAsync($"/api-keys/{all}/rotate", "", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_test_key_makes_test_keys_alone()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync("mk_test_"));

        JsonElement refused = await client.PostAsync("/api-keys", """{"name":"x"}""", HttpStatusCode.UnprocessableEntity);
        (_, string token) = await MakeAsync(client, """{"name":"x","test":true}""");

        Assert.Contains("`test`", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("mk_test_", token, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_held_to_something_makes_no_keys()
    {
        using HttpClient owner = api.ClientWith(await api.AddProjectAsync());
        (_, string token) = await MakeAsync(owner, """{"name":"one domain","domains":["example.com"]}""");
        using HttpClient client = api.ClientWith(token);

        JsonElement refused = await client.PostAsync("/api-keys", """{"name":"free"}""", HttpStatusCode.Forbidden);

        Assert.Equal("restricted_api_key", refused.GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_key_of_one_domain_sends_from_it_alone()
    {
        using HttpClient owner = api.ClientWith(await api.AddProjectAsync());
        (_, string token) = await MakeAsync(owner, """{"name":"one domain","domains":["Example.COM"]}""");
        using HttpClient client = api.ClientWith(token);

        await client.PostAsync("/emails", Mail, HttpStatusCode.OK);
        JsonElement refused = await client.PostAsync("/emails", Mail.Replace("a@example.com", "a@shop.example.com", StringComparison.Ordinal), HttpStatusCode.Forbidden);
        JsonElement batch = await client.PostAsync("/emails/batch", $"[{Mail},{Mail.Replace("a@example.com", "a@example.org", StringComparison.Ordinal)}]", HttpStatusCode.Forbidden);

        Assert.Contains("`from` must be an address at example.com", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("`1.from`", batch.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    /// <summary>The test server's requests come from nowhere, which is in no network.</summary>
    [Fact]
    public async Task A_key_of_one_network_is_refused_elsewhere()
    {
        using HttpClient owner = api.ClientWith(await api.AddProjectAsync());
        (string id, string token) = await MakeAsync(owner, """{"name":"office","allowed_ips":["203.0.113.7","2001:db8::/32"]}""");
        using HttpClient client = api.ClientWith(token);

        JsonElement refused = await client.GetAsync("/emails", HttpStatusCode.Forbidden);
        JsonElement shown = await owner.GetAsync($"/api-keys/{id}", HttpStatusCode.OK);

        Assert.Equal("restricted_api_key", refused.GetProperty("name").GetString());
        Assert.Equal(["203.0.113.7/32", "2001:db8::/32"], shown.GetProperty("allowed_ips").EnumerateArray().Select(network => network.GetString()));
    }

    /// <summary>Behind our own web frontend, or an ingress.</summary>
    [Theory]
    [InlineData(true, HttpStatusCode.OK)]
    [InlineData(false, HttpStatusCode.Forbidden)]
    public async Task Who_the_client_is_says_a_trusted_proxy_and_nobody_else(bool isTrusted, HttpStatusCode expected)
    {
        await using ApiFixture behind = new(postgres);
        await behind.InitializeAsync();
        if (isTrusted) behind.Settings["TrustedProxies:0"] = "10.0.0.0/8";
        using HttpClient owner = behind.ClientWith(ApiFixture.LiveKey);
        (_, string token) = await MakeAsync(owner, """{"name":"office","allowed_ips":["203.0.113.0/24"]}""");
        using HttpClient client = behind.ClientWith(token);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");

        await client.GetAsync("/emails", expected);
    }

    [Fact]
    public async Task A_key_ends_when_it_said()
    {
        using HttpClient owner = api.ClientWith(await api.AddProjectAsync());
        DateTimeOffset end = DateTimeOffset.UtcNow.AddSeconds(8); // on a busy machine making it takes some of them
        (string id, string token) = await MakeAsync(owner, JsonSerializer.Serialize(new { name = "short", expires_at = end }));
        using HttpClient client = api.ClientWith(token);

        await client.GetAsync("/emails", HttpStatusCode.OK);
        TimeSpan left = end - DateTimeOffset.UtcNow + TimeSpan.FromMilliseconds(200);
        if (left > TimeSpan.Zero) await Task.Delay(left, TestContext.Current.CancellationToken);

        await client.GetAsync("/emails", HttpStatusCode.Forbidden);
        await owner.PatchAsync($"/api-keys/{id}", """{"expires_at":null}""", HttpStatusCode.OK);
        await client.GetAsync("/emails", HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_key_that_is_replaced_goes_on_for_as_long_as_was_said()
    {
        using HttpClient owner = api.ClientWith(await api.AddProjectAsync());
        (string id, string token) = await MakeAsync(owner, """{"name":"app","scopes":["emails:read"]}""");
        using HttpClient old = api.ClientWith(token);

        JsonElement next = await owner.PostAsync($"/api-keys/{id}/rotate", """{"grace_hours":1}""", HttpStatusCode.Created);
        using HttpClient fresh = api.ClientWith(next.GetProperty("token").GetString());
        await old.GetAsync("/emails", HttpStatusCode.OK);
        await fresh.GetAsync("/emails", HttpStatusCode.OK);
        await owner.PostAsync($"/api-keys/{id}/rotate", """{"grace_hours":0}""", HttpStatusCode.Created);

        await old.GetAsync("/emails", HttpStatusCode.Forbidden);
        JsonElement shown = await owner.GetAsync($"/api-keys/{next.GetProperty("id").GetString()}", HttpStatusCode.OK);
        Assert.Equal(["emails:read"], shown.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
    }

    [Fact]
    public async Task A_damaged_key_is_refused()
    {
        using HttpClient owner = api.ClientWith(await api.AddProjectAsync());
        (_, string token) = await MakeAsync(owner, """{"name":"app"}""");
        using HttpClient client = api.ClientWith(token[..^1] + (token[^1] == '0' ? '1' : '0'));

        await client.GetAsync("/emails", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Another_projects_key_is_not_there()
    {
        using HttpClient one = api.ClientWith(await api.AddProjectAsync()), other = api.ClientWith(await api.AddProjectAsync());
        (string id, _) = await MakeAsync(one, """{"name":"app"}""");

        await other.GetAsync($"/api-keys/{id}", HttpStatusCode.NotFound);
        await other.PatchAsync($"/api-keys/{id}", """{"name":"x"}""", HttpStatusCode.NotFound);
        await other.PostAsync($"/api-keys/{id}/rotate", "", HttpStatusCode.NotFound);
        await other.DeleteAsync($"/api-keys/{id}", HttpStatusCode.NotFound);
        await other.GetAsync("/api-keys/none", HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("{}", "name")]
    [InlineData("""{"name":" "}""", "name")]
    [InlineData("""{"name":"a\u0000b"}""", "name")]
    [InlineData("""{"name":"a\ud800b"}""", "name")]
    [InlineData("""{"name":"x","permission":"all"}""", "permission")]
    [InlineData("""{"name":"x","permission":"full_access","scopes":["emails:send"]}""", "permission")]
    [InlineData("""{"name":"x","scopes":[]}""", "scopes")]
    [InlineData("""{"name":"x","scopes":["emails:send","root"]}""", "scopes.1")]
    [InlineData("""{"name":"x","scopes":"emails:send"}""", "scopes")]
    [InlineData("""{"name":"x","domains":["not a domain"]}""", "domains.0")]
    [InlineData("""{"name":"x","domain_id":"00000000-0000-0000-0000-000000000001"}""", "domain_id")]
    [InlineData("""{"name":"x","allowed_ips":["10.0.0.300"]}""", "allowed_ips.0")]
    [InlineData("""{"name":"x","allowed_ips":["10.0.0.0/33"]}""", "allowed_ips.0")]
    [InlineData("""{"name":"x","allowed_ips":[null]}""", "allowed_ips.0")]
    [InlineData("""{"name":"x","expires_at":"2020-01-01T00:00:00Z"}""", "expires_at")]
    [InlineData("""{"name":"x","expires_at":"tomorrow"}""", "expires_at")]
    [InlineData("""{"name":"x","admin":true}""", "admin")]
    public async Task A_wrong_field_is_named_and_nothing_is_stored(string body, string field)
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());

        JsonElement error = await client.PostAsync("/api-keys", body, HttpStatusCode.UnprocessableEntity);

        Assert.Contains($"`{field}`", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, (await client.GetAsync("/api-keys", HttpStatusCode.OK)).GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task A_body_that_is_no_json_or_too_long_is_refused()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());

        await client.PostAsync("/api-keys", "{", HttpStatusCode.BadRequest);
        await client.PostAsync("/api-keys", $$"""{"name":"{{new string('x', 20_000)}}"}""", HttpStatusCode.RequestEntityTooLarge);
    }
}
