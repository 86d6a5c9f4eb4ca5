using System.Net;
using System.Text.Json;
using Mail.Core.Common;
using Npgsql;

namespace Mail.Tests.Api.Messages;

/// <summary>POST /emails/{id}/resend.</summary>
public sealed class ResendTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Full = """
        {"from":"Shop <a@example.com>","to":["Ada <ada@example.net>"],"cc":"bob@example.net","bcc":"eve@example.net","reply_to":"r@example.com","subject":"Your order","html":"<p>Hi</p>","text":"Hi",
         "headers":{"X-Order":"42"},"tags":[{"name":"category","value":"order"}],"attachments":[{"filename":"a.txt","content":"aGVsbG8="}],"delivery_guarantee":"at_most_once"}
        """;

    [Fact]
    public async Task A_message_goes_again_as_a_new_one_and_each_names_the_other()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string id = await SendAsync(client, Full);

        JsonElement answer = await client.PostAsync($"/emails/{id}/resend", "", HttpStatusCode.OK);

        string again = Text(answer, "id")!;
        Assert.Equal((id, "email"), (Text(answer, "resent_from"), Text(answer, "object")));
        Assert.NotEqual(id, again);
        JsonElement old = await client.GetAsync($"/emails/{id}", HttpStatusCode.OK), made = await client.GetAsync($"/emails/{again}", HttpStatusCode.OK);
        Assert.Equal((null, id), (Text(old, "resent_from"), Text(made, "resent_from")));
        foreach (string field in (string[])["from", "to", "cc", "bcc", "reply_to", "subject", "html", "text", "tags", "lane"]) Assert.Equal(old.GetProperty(field).ToString(), made.GetProperty(field).ToString());
        Assert.Equal(3, made.GetProperty("recipients").GetArrayLength());
        Assert.Contains("aGVsbG8=", await client.GetStringAsync(new Uri($"/emails/{again}/raw", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        JsonElement told = (await client.GetAsync($"/emails/{id}/events", HttpStatusCode.OK)).GetProperty("data").EnumerateArray().Last();
        Assert.Equal(("email.resent", again), (Text(told, "type"), Text(told.GetProperty("detail"), "email_id")));
    }

    [Fact]
    public async Task Asked_twice_under_one_key_it_goes_once()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string id = await SendAsync(client, Full);

        JsonElement first = await client.PostAsync($"/emails/{id}/resend", "", HttpStatusCode.OK, ("Idempotency-Key", "one")), second = await client.PostAsync($"/emails/{id}/resend", "", HttpStatusCode.OK, ("Idempotency-Key", "one"));

        Assert.Equal(Text(first, "id"), Text(second, "id"));
        Assert.Equal(2, (await client.GetAsync($"/emails/{id}/events", HttpStatusCode.OK)).GetProperty("data").GetArrayLength()); // accepted, resent
    }

    [Fact]
    public async Task A_template_is_taken_as_it_is_published_now()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string id = await SendAsync(client, """{"from":"a@example.com","to":"ada@example.net","template":{"id":"welcome","variables":{"name":"Ada","start_url":"https://example.com/"}}}""");

        JsonElement made = await client.GetAsync($"/emails/{Text(await client.PostAsync($"/emails/{id}/resend", "{}", HttpStatusCode.OK), "id")}", HttpStatusCode.OK);

        Assert.Equal("welcome", Text(made.GetProperty("template"), "id"));
    }

    [Fact]
    public async Task What_test_keys_sent_stays_in_the_sandbox_whoever_asks()
    {
        using HttpClient live = api.ClientWith(await api.AddProjectAsync());
        using HttpClient test = api.ClientWith(Text(await live.PostAsync("/api-keys", """{"name":"ci","test":true}""", HttpStatusCode.Created), "token"));
        string tested = await SendAsync(test, Full), real = await SendAsync(live, Full);

        string again = Text(await live.PostAsync($"/emails/{tested}/resend", "", HttpStatusCode.OK), "id")!;

        Assert.Equal(1, await api.CountAsync($"messages WHERE id = '{again}' AND is_test"));
        await test.PostAsync($"/emails/{real}/resend", "", HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"from":"a@example.com","to":"ada@example.net","template":{"id":"password-reset","variables":{"code":"482913"}}}""", "holds_secrets")]
    [InlineData("""{"from":"a@example.com","to":"ada@example.net","subject":"s","text":"secret","sensitive":true}""", "holds_secrets")]
    [InlineData("""{"from":"a@example.com","to":"ada@example.net","subject":"s","text":"t","lane":"critical"}""", "holds_secrets")]
    public async Task What_holds_a_code_or_a_personal_link_is_not_repeated(string body, string code)
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string id = await SendAsync(client, body);

        JsonElement error = await client.PostAsync($"/emails/{id}/resend", "", HttpStatusCode.Conflict);

        Assert.Equal(code, Text(error, "name"));
        Assert.Equal(Text(error, "message"), Text(await client.GetAsync($"/emails/{id}", HttpStatusCode.OK), "cannot_resend")); // said before it is tried
        Assert.Equal(1, (await client.GetAsync("/emails", HttpStatusCode.OK)).GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task What_is_not_stored_any_more_is_not_repeated()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string id = await SendAsync(client, Full);
        await using NpgsqlCommand command = api.Database.CreateCommand("UPDATE messages SET content = json_build_object('headers', json_build_object(), 'attachments', json_build_array(), 'removed_at', now()), content_removed_at = now() WHERE id = $1");
        command.Parameters.AddTyped(Guid.Parse(id));
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        Assert.Equal("content_removed", Text(await client.PostAsync($"/emails/{id}/resend", "", HttpStatusCode.Conflict), "name"));
        await client.PostAsync($"/emails/{Guid.NewGuid()}/resend", "", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Who_is_on_the_suppression_list_does_not_get_it_again()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string id = await SendAsync(client, """{"from":"a@example.com","to":"ada@example.net","subject":"s","text":"t"}""");
        await client.PostAsync("/suppressions", """{"email":"ada@example.net"}""", HttpStatusCode.Created);

        JsonElement error = await client.PostAsync($"/emails/{id}/resend", "", HttpStatusCode.UnprocessableEntity);

        Assert.Contains("ada@example.net", Text(error, "message"), StringComparison.Ordinal);
    }

    private static async Task<string> SendAsync(HttpClient client, string body) => Text(await client.PostAsync("/emails", body, HttpStatusCode.OK), "id")!;

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();
}
