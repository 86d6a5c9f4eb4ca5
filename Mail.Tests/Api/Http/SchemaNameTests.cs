using System.Net;
using System.Text.Json;

namespace Mail.Tests.Api.Http;

/// <summary>The OpenAPI document, from which people generate clients.</summary>
public sealed class SchemaNameTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("/emails", "post", "subject")]
    [InlineData("/emails/{id}", "patch", "scheduled_at")]
    [InlineData("/templates", "post", "mjml")]
    [InlineData("/templates/{id}", "patch", "revision")]
    [InlineData("/templates/{id}/publish", "post", "note")]
    [InlineData("/templates/{id}/rollback", "post", "version")]
    [InlineData("/templates/{id}/duplicate", "post", "key")]
    [InlineData("/templates/render", "post", "template")]
    [InlineData("/templates/{id}/experiments", "post", "arms")]
    [InlineData("/templates/{id}/experiments/{experiment}/conclude", "post", "arm")]
    [InlineData("/conversions", "post", "email_id")]
    [InlineData("/tracking/objections", "post", "email")]
    [InlineData("/privacy/erase", "post", "keep_suppressed")]
    [InlineData("/project", "patch", "retention")]
    [InlineData("/webhooks/{id}/replay", "post", "since")]
    [InlineData("/auth/sign-in", "post", "password")]
    public async Task Body_of_a_call_is_described_by_its_own_fields(string path, string method, string field)
    {
        using HttpClient client = api.ClientWith(null);
        JsonElement document = await client.GetAsync("/openapi/v1.json", HttpStatusCode.OK);

        string reference = document.GetProperty("paths").GetProperty(path).GetProperty(method).GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString()!;

        JsonElement schema = document.GetProperty("components").GetProperty("schemas").GetProperty(reference.Split('/')[^1]);
        Assert.True(schema.GetProperty("properties").TryGetProperty(field, out _), $"{reference} has {schema.GetProperty("properties")}");
    }

    [Fact]
    public async Task Every_call_says_shortly_what_it_does()
    {
        using HttpClient client = api.ClientWith(null);
        JsonElement paths = (await client.GetAsync("/openapi/v1.json", HttpStatusCode.OK)).GetProperty("paths");

        (string Call, string? Summary)[] calls = [.. paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(call => ($"{call.Name} {path.Name}", call.Value.TryGetProperty("summary", out JsonElement summary) ? summary.GetString() : null)))];

        Assert.True(calls.Length > 80);
        Assert.DoesNotContain(calls, call => call.Summary is not { Length: > 3 and <= 60 } || !char.IsUpper(call.Summary[0]) || call.Summary.EndsWith('.'));
        Assert.Contains(("post /api-keys/{id}/rotate", "Rotate API key"), calls);
        Assert.Contains(("post /templates/{id}/render", "Render template"), calls);
    }

    [Fact]
    public async Task Words_are_described_as_words()
    {
        using HttpClient client = api.ClientWith(null);
        JsonElement schemas = (await client.GetAsync("/openapi/v1.json", HttpStatusCode.OK)).GetProperty("components").GetProperty("schemas");

        Assert.Equal(["string", "number", "boolean", "url", "date", "time_zone", "list"], schemas.GetProperty("TemplateVariableType").GetProperty("enum").EnumerateArray().Select(word => word.GetString()));
        Assert.Equal(["critical", "normal", "bulk"], schemas.GetProperty("Lane").GetProperty("enum").EnumerateArray().Select(word => word.GetString()).OfType<string>());
    }
}
