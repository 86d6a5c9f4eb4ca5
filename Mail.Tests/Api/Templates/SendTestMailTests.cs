using System.Net;
using System.Text.Json;
using Mail.Core.Database;
using Mail.Core.Projects;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Api.Templates;

public sealed class SendTestMailTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Draft = """{"key":"order","name":"Order","subject":"Order of {{name}}","html":"<p>Hello {{name}}</p>","variables":{"name":{"type":"string","required":true}},"sample":{"name":"Ann"}}""";

    [Fact]
    public async Task Draft_is_sent_as_it_is_now_and_marked_as_a_test()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        await client.PostAsync("/templates", Draft, HttpStatusCode.Created);
        await client.PostAsync("/templates/order/publish", "", HttpStatusCode.OK);
        await client.PatchAsync("/templates/order", """{"html":"<p>Dear {{name}}</p>"}""", HttpStatusCode.OK);

        JsonElement draft = await client.PostAsync("/templates/order/test", """{"to":"me@example.com","from":"shop@example.com","variables":{"name":"Bob"}}""", HttpStatusCode.OK);
        JsonElement version = await client.PostAsync("/templates/order/test", """{"to":"me@example.com","from":"shop@example.com","version":1}""", HttpStatusCode.OK);

        Assert.Equal(("[Test] Order of Bob", "<p>Dear Bob</p>"), await MailAsync(client, draft));
        Assert.Equal(("[Test] Order of Ann", "<p>Hello Ann</p>"), await MailAsync(client, version));
    }

    [Fact]
    public async Task It_goes_the_way_of_every_mail_and_is_refused_where_that_is()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        using HttpClient other = api.ClientWith(await api.AddProjectAsync());
        await client.PostAsync("/templates", Draft, HttpStatusCode.Created);
        await client.PostAsync("/templates", """{"key":"broken","subject":"S","html":"{{oops}}"}""", HttpStatusCode.Created);

        await client.PostAsync("/templates/order/test", """{"from":"shop@example.com"}""", HttpStatusCode.UnprocessableEntity);
        await client.PostAsync("/templates/order/test", """{"to":["a@example.com","b@example.com"],"from":"shop@example.com"}""", HttpStatusCode.UnprocessableEntity);
        await client.PostAsync("/templates/order/test", """{"to":"me@example.com","from":"shop@example.com","locale":"../x"}""", HttpStatusCode.UnprocessableEntity);
        await client.PostAsync("/templates/order/test", """{"to":"me@example.com","from":"shop@example.com","variables":{"name":7.5e400}}""", HttpStatusCode.UnprocessableEntity);
        await client.PostAsync("/templates/broken/test", """{"to":"me@example.com","from":"shop@example.com"}""", HttpStatusCode.UnprocessableEntity);
        await client.PostAsync("/templates/nothing/test", """{"to":"me@example.com","from":"shop@example.com"}""", HttpStatusCode.NotFound);
        await other.PostAsync("/templates/order/test", """{"to":"me@example.com","from":"shop@example.com"}""", HttpStatusCode.NotFound);
        JsonElement to = await client.PostAsync("/templates/order/test", """{"to":"no address","from":"shop@example.com"}""", HttpStatusCode.UnprocessableEntity);
        Assert.StartsWith("`to", to.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handful_a_minute_is_sent_for_a_project()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        await client.PostAsync("/templates", Draft, HttpStatusCode.Created);
        const string Body = """{"to":"me@example.com","from":"shop@example.com"}""";

        for (int i = 0; i < 5; i++) await client.PostAsync("/templates/order/test", Body, HttpStatusCode.OK);

        Assert.Equal("rate_limit_exceeded", (await client.PostAsync("/templates/order/test", Body, HttpStatusCode.TooManyRequests)).GetProperty("name").GetString());
    }

    [Fact]
    public async Task It_needs_the_scope_to_send_too()
    {
        string key = await api.AddProjectAsync();
        using HttpClient client = api.ClientWith(key);
        await client.PostAsync("/templates", Draft, HttpStatusCode.Created);
        await using AsyncServiceScope scope = api.Services.CreateAsyncScope();
        MailDbContext db = scope.ServiceProvider.GetRequiredService<MailDbContext>();
        ApiKey full = await db.ApiKeys.SingleAsync(one => one.KeyHash == ApiKeyLookup.HashOf(key));
        string writer = "mk_live_" + Guid.NewGuid().ToString("N");
        db.ApiKeys.Add(new ApiKey(full.ProjectId, Guid.CreateVersion7(), "writer", ApiKeyLookup.HashOf(writer), writer[..12], false, [Scopes.ReadTemplates, Scopes.WriteTemplates], DateTimeOffset.UtcNow));
        await db.SaveChangesAsync();
        using HttpClient restricted = api.ClientWith(writer);

        JsonElement refused = await restricted.PostAsync("/templates/order/test", """{"to":"me@example.com","from":"shop@example.com"}""", HttpStatusCode.Unauthorized);

        Assert.Equal("restricted_api_key", refused.GetProperty("name").GetString());
    }

    private static async Task<(string? Subject, string Html)> MailAsync(HttpClient client, JsonElement sent)
    {
        string id = sent.GetProperty("id").GetString()!;
        using HttpResponseMessage html = await client.GetAsync(new Uri($"/emails/{id}/html", UriKind.Relative));
        return ((await client.GetAsync($"/emails/{id}", HttpStatusCode.OK)).GetProperty("subject").GetString(), await html.Content.ReadAsStringAsync());
    }
}
