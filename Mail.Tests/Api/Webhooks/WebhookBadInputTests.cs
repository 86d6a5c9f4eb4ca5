using System.Net;
using System.Text.Json;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Webhooks;

public sealed class WebhookBadInputTests(ApiFixture api, PostgresFixture postgres) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("""{"events":["email.sent"]}""", 422, "endpoint")]
    [InlineData("""{"endpoint":"https://app.example.com/"}""", 422, "events")]
    [InlineData("""{"endpoint":"https://app.example.com/","events":[]}""", 422, "events")]
    [InlineData("""{"endpoint":"https://app.example.com/","events":["email.exploded"]}""", 422, "events.0")]
    [InlineData("""{"endpoint":"https://app.example.com/","events":["email.sent",null]}""", 422, "events.1")]
    [InlineData("""{"endpoint":"https://app.example.com/","events":"email.sent"}""", 422, "events")]
    [InlineData("""{"endpoint":42,"events":["email.sent"]}""", 422, "endpoint")]
    [InlineData("""{"endpoint":null,"events":["email.sent"]}""", 422, "endpoint")]
    [InlineData("""{"endpoint":"no url","events":["email.sent"]}""", 422, "endpoint")]
    [InlineData("""{"endpoint":"https://a:b@app.example.com/","events":["email.sent"]}""", 422, "endpoint")]
    [InlineData("""{"endpoint":"https://app.example.com/\u0000","events":["email.sent"]}""", 422, "endpoint")]
    [InlineData("""{"endpoint":"https://app.example.com/","events":["email.sent"],"status":"disabled"}""", 422, "status")]
    [InlineData("""{"endpoint":"https://app.example.com/","events":["email.sent"],"url":"x"}""", 422, "url")]
    [InlineData("""{"endpoint":""", 400, "JSON")]
    [InlineData("[]", 400, "object")]
    [InlineData("null", 400, "null")]
    [InlineData("", 400, "JSON")]
    public async Task A_wrong_body_is_refused_by_its_field_and_nothing_is_stored(string body, int status, string field)
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        long before = await api.CountAsync("webhooks");

        JsonElement refusal = await client.PostAsync("/webhooks", body, (HttpStatusCode)status);

        Assert.Contains(field, refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, await api.CountAsync("webhooks"));
    }

    [Fact]
    public async Task What_is_too_long_is_refused()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());

        await client.PostAsync("/webhooks", $$"""{"endpoint":"https://app.example.com/{{new string('a', 2000)}}","events":["email.sent"]}""", HttpStatusCode.UnprocessableEntity);
        await client.PostAsync("/webhooks", $$"""{"endpoint":"https://app.example.com/{{new string('a', 20_000)}}","events":["email.sent"]}""", HttpStatusCode.RequestEntityTooLarge);
        await client.PostAsync("/webhooks", $$"""{"endpoint":"https://app.example.com/","events":[{{string.Join(',', Enumerable.Repeat("\"email.sent\"", 100))}}]}""", HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Another_projects_webhook_and_what_is_no_id_are_not_found()
    {
        using HttpClient owner = api.ClientWith(await api.AddProjectAsync()), other = api.ClientWith(await api.AddProjectAsync());
        string id = (await owner.PostAsync("/webhooks", """{"endpoint":"https://app.example.com/","events":["email.sent"]}""", HttpStatusCode.Created)).GetProperty("id").GetString()!;

        foreach (string unknown in (string[])[id, Guid.NewGuid().ToString(), "no-id", new string('a', 500)])
        {
            await other.GetAsync($"/webhooks/{unknown}", HttpStatusCode.NotFound);
            await other.PatchAsync($"/webhooks/{unknown}", """{"enabled":false}""", HttpStatusCode.NotFound);
            await other.PostAsync($"/webhooks/{unknown}/rotate-secret", "", HttpStatusCode.NotFound);
            await other.PostAsync($"/webhooks/{unknown}/test", "", HttpStatusCode.NotFound);
            await other.PostAsync($"/webhooks/{unknown}/replay", """{"since":"2026-01-01T00:00:00Z"}""", HttpStatusCode.NotFound);
            await other.GetAsync($"/webhooks/{unknown}/attempts", HttpStatusCode.NotFound);
            await other.DeleteAsync($"/webhooks/{unknown}", HttpStatusCode.NotFound);
        }

        Assert.Empty((await other.GetAsync("/webhooks", HttpStatusCode.OK)).GetProperty("data").EnumerateArray());
        Assert.True((await owner.GetAsync($"/webhooks/{id}", HttpStatusCode.OK)).GetProperty("enabled").GetBoolean());
    }

    [Theory]
    [InlineData("PATCH", "", """{"status":"paused"}""", 422, "status")]
    [InlineData("PATCH", "", """{"status":"enabled","enabled":false}""", 422, "enabled")]
    [InlineData("PATCH", "", """{"enabled":"yes"}""", 422, "enabled")]
    [InlineData("PATCH", "", """{"events":[]}""", 422, "events")]
    [InlineData("PATCH", "", """{"endpoint":"ftp://app.example.com/"}""", 422, "endpoint")]
    [InlineData("PATCH", "", """{"secret":"mine"}""", 422, "secret")]
    [InlineData("POST", "/test", """{"type":"email.exploded"}""", 422, "type")]
    [InlineData("POST", "/test", """{"type":5}""", 422, "type")]
    [InlineData("POST", "/replay", "{}", 422, "event_id")]
    [InlineData("POST", "/replay", """{"event_id":"x"}""", 422, "event_id")]
    [InlineData("POST", "/replay", """{"since":"yesterday"}""", 422, "since")]
    [InlineData("POST", "/replay", """{"since":"2026-01-01T00:00:00Z","event_id":"evt_00000000000070008000000000000000"}""", 422, "since")]
    [InlineData("POST", "/replay", """{"event_id":"evt_00000000000070008000000000000000"}""", 404, "Event")]
    [InlineData("POST", "/replay", "", 400, "JSON")]
    [InlineData("GET", "/attempts?limit=0", "", 422, "limit")]
    [InlineData("GET", "/attempts?limit=many", "", 422, "limit")]
    [InlineData("GET", "/attempts?after=x", "", 422, "after")]
    [InlineData("GET", "/attempts?status=odd", "", 422, "status")]
    public async Task Every_other_endpoint_names_the_field_as_well(string method, string path, string body, int status, string field)
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string id = (await client.PostAsync("/webhooks", """{"endpoint":"https://app.example.com/","events":["email.sent"]}""", HttpStatusCode.Created)).GetProperty("id").GetString()!;

        JsonElement refusal = method switch
        {
            "PATCH" => await client.PatchAsync($"/webhooks/{id}{path}", body, (HttpStatusCode)status),
            "POST" => await client.PostAsync($"/webhooks/{id}{path}", body, (HttpStatusCode)status),
            _ => await client.GetAsync($"/webhooks/{id}{path}", (HttpStatusCode)status),
        };

        Assert.Contains(field, refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("https://app.example.com/", (await client.GetAsync($"/webhooks/{id}", HttpStatusCode.OK)).GetProperty("endpoint").GetString());
    }

    [Fact]
    public async Task Outside_development_an_endpoint_is_public_and_https_unless_the_operator_allows_others()
    {
        await using ApiFixture strict = new(postgres) { Settings = { ["environment"] = "Staging" } }, open = new(postgres) { Settings = { ["environment"] = "Staging", ["Webhooks:AllowPrivateAddresses"] = "true" } };
        foreach (ApiFixture fixture in (ApiFixture[])[strict, open]) await fixture.InitializeAsync();
        using HttpClient refused = strict.ClientWith(ApiFixture.LiveKey), allowed = open.ClientWith(ApiFixture.LiveKey);

        foreach (string endpoint in (string[])["http://app.example.com/", "https://127.0.0.1/", "https://169.254.169.254/", "https://localhost:8080/"])
        {
            string body = $$"""{"endpoint":"{{endpoint}}","events":["email.sent"]}""";
            JsonElement refusal = await refused.PostAsync("/webhooks", body, HttpStatusCode.UnprocessableEntity);
            Assert.Contains("`endpoint`", refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
            await allowed.PostAsync("/webhooks", body, HttpStatusCode.Created);
        }

        Assert.Equal(0, await strict.CountAsync("webhooks"));
    }

    [Fact]
    public async Task Without_a_key_nothing_is_seen()
    {
        using HttpClient client = api.ClientWith(null);

        await client.GetAsync("/webhooks", HttpStatusCode.Unauthorized);
        await client.PostAsync("/webhooks", """{"endpoint":"https://app.example.com/","events":["email.sent"]}""", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_disabled_webhook_cannot_be_tested()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string id = (await client.PostAsync("/webhooks", """{"endpoint":"https://app.example.com/","events":["email.sent"]}""", HttpStatusCode.Created)).GetProperty("id").GetString()!;
        await client.PatchAsync($"/webhooks/{id}", """{"enabled":false}""", HttpStatusCode.OK);

        Assert.Equal("webhook_disabled", (await client.PostAsync($"/webhooks/{id}/test", "", HttpStatusCode.Conflict)).GetProperty("name").GetString());
    }
}
