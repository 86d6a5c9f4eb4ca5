using System.Net;
using System.Text.Json;
using Mail.Api.Audit;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Api.Audit;

public sealed class AuditTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Relay = """{"name":"main","kind":"smtp","settings":{"host":"smtp.example.com","port":587,"username":"u","password":"a secret word"}}""";

    private static async Task<JsonElement[]> LogAsync(HttpClient client, string query = "") => [.. (await client.GetAsync($"/audit-log{query}", HttpStatusCode.OK)).GetProperty("data").EnumerateArray()];

    [Fact]
    public async Task A_change_says_who_made_it_and_what_it_was_before()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());

        await client.PatchAsync("/project", """{"name":"Ours","region":"eu"}""", HttpStatusCode.OK);

        JsonElement line = Assert.Single(await LogAsync(client));
        Assert.Equal(("project.change", "done", "api_key", "test"), (line.GetProperty("action").GetString(), line.GetProperty("outcome").GetString(), line.GetProperty("actor").GetProperty("kind").GetString(), line.GetProperty("actor").GetProperty("name").GetString()));
        Assert.Equal("""{"name":"Other","region":null}""", line.GetProperty("before").GetRawText());
        Assert.Equal("""{"name":"Ours","region":"eu"}""", line.GetProperty("after").GetRawText());
    }

    [Fact]
    public async Task The_life_of_a_relay_stands_in_the_log_without_its_password()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());

        string id = (await client.PostAsync("/relays", Relay, HttpStatusCode.Created)).GetProperty("id").GetString()!;
        await client.PatchAsync($"/relays/{id}", """{"settings":{"password":"another secret word"},"priority":7}""", HttpStatusCode.OK);
        await client.DeleteAsync($"/relays/{id}", HttpStatusCode.OK);

        JsonElement[] lines = await LogAsync(client, $"?subject_id={id}&action=relay");
        Assert.Equal(["relay.remove", "relay.change", "relay.create"], lines.Select(line => line.GetProperty("action").GetString()));
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (lines[2].GetProperty("before").ValueKind, lines[0].GetProperty("after").ValueKind));
        Assert.Equal(7, lines[1].GetProperty("after").GetProperty("priority").GetInt32());
        Assert.DoesNotContain("secret word", string.Concat(lines.Select(line => line.GetRawText())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_keys_text_and_a_webhooks_secret_are_not_in_the_log()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());

        JsonElement key = await client.PostAsync("/api-keys", """{"name":"app"}""", HttpStatusCode.Created);
        JsonElement rotated = await client.PostAsync($"/api-keys/{key.GetProperty("id").GetString()}/rotate", "", HttpStatusCode.Created);
        JsonElement webhook = await client.PostAsync("/webhooks", """{"endpoint":"https://hooks.example.com/a","events":["email.sent"]}""", HttpStatusCode.Created);

        string log = string.Concat((await LogAsync(client)).Select(line => line.GetRawText()));
        Assert.Contains("api_key.rotate", log, StringComparison.Ordinal);
        Assert.Contains("hooks.example.com", log, StringComparison.Ordinal);
        foreach (string secret in new[] { key.GetProperty("token").GetString()!, rotated.GetProperty("token").GetString()!, webhook.GetProperty("signing_secret").GetString()! })
            Assert.DoesNotContain(secret, log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_is_named_by_their_address()
    {
        using HttpClient client = api.CreateClient(new WebApplicationFactoryClientOptions { HandleCookies = true });
        client.DefaultRequestHeaders.Add("X-Mail-Console", "1");
        await client.PostAsync("/auth/sign-in", JsonSerializer.Serialize(new { email = ApiFixture.AdminEmail, password = ApiFixture.AdminPassword }), HttpStatusCode.OK);

        await client.PatchAsync("/project", """{"name":"Renamed"}""", HttpStatusCode.OK);

        JsonElement line = (await LogAsync(client, "?action=project.change&limit=1"))[0];
        Assert.Equal(("user", ApiFixture.AdminEmail), (line.GetProperty("actor").GetProperty("kind").GetString(), line.GetProperty("actor").GetProperty("name").GetString()));
    }

    [Fact]
    public async Task What_was_refused_or_only_read_is_not_in_the_log()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());

        await client.GetAsync("/project", HttpStatusCode.OK);
        await client.PatchAsync("/project", """{"region":"!"}""", HttpStatusCode.UnprocessableEntity);
        await client.PatchAsync("/relays/none", "{}", HttpStatusCode.NotFound);
        await client.DeleteAsync($"/relays/{new string('x', 500)}", HttpStatusCode.NotFound);

        Assert.Empty(await LogAsync(client));
    }

    [Fact]
    public async Task The_log_is_read_by_pages_filtered_and_written_out()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync()), other = api.ClientWith(await api.AddProjectAsync());
        foreach (string name in new[] { "one", "two", "=three" }) await client.PatchAsync("/project", $$"""{"name":"{{name}}"}""", HttpStatusCode.OK);

        JsonElement first = await client.GetAsync("/audit-log?limit=2", HttpStatusCode.OK);
        JsonElement[] rest = await LogAsync(client, $"?after={first.GetProperty("data")[1].GetProperty("id").GetString()}");
        using HttpResponseMessage csv = await client.GetAsync(new Uri("/audit-log/export", UriKind.Relative), TestContext.Current.CancellationToken);
        string[] rows = (await csv.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.True(first.GetProperty("has_more").GetBoolean());
        Assert.Equal("one", Assert.Single(rest).GetProperty("after").GetProperty("name").GetString());
        Assert.Equal(4, rows.Length);
        Assert.Contains("\"{\"\"name\"\": \"\"=three\"\"}\"", rows[1], StringComparison.Ordinal);
        Assert.Empty(await LogAsync(client, "?until=2020-01-01"));
        Assert.Empty(await LogAsync(client, "?action=relay"));
        Assert.Empty(await LogAsync(other));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("after=x", "after")]
    [InlineData("action=%25", "action")]
    [InlineData("actor_id=me", "actor_id")]
    [InlineData("subject_id=a%00b", "subject_id")]
    [InlineData("since=now", "since")]
    public async Task A_wrong_filter_is_named(string query, string field)
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());

        JsonElement error = await client.GetAsync($"/audit-log?{query}", HttpStatusCode.UnprocessableEntity);

        Assert.Contains($"`{field}`", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    /// <summary>So that nobody forgets one: an endpoint that is new is in the log, or says why not.</summary>
    [Fact]
    public void Every_endpoint_that_changes_something_is_in_the_log_or_says_why_not()
    {
        using HttpClient client = api.CreateClient();
        List<RouteEndpoint> endpoints = [.. api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];
        string[] reading = ["GET", "HEAD", "OPTIONS"];

        Assert.True(endpoints.Count > 80, $"only {endpoints.Count} endpoints were found");
        Assert.Empty(endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Except(reading).Any() == true)
            .Where(endpoint => endpoint.Metadata.GetMetadata<AuditedAs>() is null && endpoint.Metadata.GetMetadata<NotAudited>() is null)
            .Select(endpoint => endpoint.RoutePattern.RawText));
        Assert.All(endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<AuditedAs>()?.Shown).OfType<string>().Distinct(), shown => Assert.Contains(endpoints, endpoint => endpoint.RoutePattern.RawText!.TrimEnd('/') == shown));
    }
}
