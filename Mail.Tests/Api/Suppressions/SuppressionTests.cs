using System.Net;
using System.Text.Json;

namespace Mail.Tests.Api.Suppressions;

/// <summary>The list by its API. Each test has a project of its own.</summary>
public sealed class SuppressionTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task An_entry_is_added_found_listed_and_removed()
    {
        using HttpClient client = await ClientAsync();
        JsonElement added = await client.PostAsync("/suppressions", """{"email":"Ada <Ada@Example.com>","reason":"unsubscribe","topic_id":"weekly-news","note":"by phone"}""", HttpStatusCode.Created);
        string id = added.GetProperty("id").GetString()!;
        Assert.Equal("ada@example.com unsubscribe weekly-news by phone", $"{added.GetProperty("email")} {added.GetProperty("reason")} {added.GetProperty("topic_id")} {added.GetProperty("note")}");

        JsonElement again = await client.PostAsync("/suppressions", """{"email":"ADA@example.com","reason":"unsubscribe","topic_id":"weekly-news"}""", HttpStatusCode.OK);
        Assert.Equal((id, "by phone"), (again.GetProperty("id").GetString(), again.GetProperty("note").GetString()));
        await client.PostAsync("/suppressions", """{"email":"ada@example.com"}""", HttpStatusCode.Created);

        Assert.Equal(id, (await client.GetAsync($"/suppressions/{id}", HttpStatusCode.OK)).GetProperty("id").GetString());
        Assert.Equal("manual", (await client.GetAsync("/suppressions/ADA@example.com", HttpStatusCode.OK)).GetProperty("reason").GetString()); // the strongest of both
        Assert.Equal(2, (await client.GetAsync("/suppressions", HttpStatusCode.OK)).GetProperty("data").GetArrayLength());
        await client.DeleteAsync($"/suppressions/{id}", HttpStatusCode.OK);
        await client.DeleteAsync($"/suppressions/{id}", HttpStatusCode.NotFound);
        await client.DeleteAsync("/suppressions/ada@example.com", HttpStatusCode.OK);
        await client.GetAsync("/suppressions/ada@example.com", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_happens_to_the_list_is_told()
    {
        using HttpClient client = await ClientAsync();
        JsonElement added = await client.PostAsync("/suppressions", """{"email":"told@example.com"}""", HttpStatusCode.Created);
        await client.PostAsync("/suppressions", """{"email":"told@example.com"}""", HttpStatusCode.OK);
        await client.DeleteAsync("/suppressions/told@example.com", HttpStatusCode.OK);

        string id = added.GetProperty("id").GetString()!;
        Assert.Equal(1, await api.CountAsync($"events WHERE type = 'suppression.added' AND recipient = 'told@example.com' AND message_id = id AND detail ->> 'id' = '{id}' AND detail ->> 'reason' = 'manual'"));
        Assert.Equal(1, await api.CountAsync($"events WHERE type = 'suppression.removed' AND recipient = 'told@example.com' AND detail ->> 'id' = '{id}'"));
    }

    [Fact]
    public async Task Pages_and_filters_show_the_newest_first()
    {
        using HttpClient client = await ClientAsync();
        for (int i = 0; i < 5; i++) await client.PostAsync("/suppressions", $$"""{"email":"p{{i}}@example.com","reason":"{{(i == 3 ? "complaint" : "manual")}}"}""", HttpStatusCode.Created);

        JsonElement first = await client.GetAsync("/suppressions?limit=2", HttpStatusCode.OK);
        JsonElement second = await client.GetAsync($"/suppressions?limit=2&after={Id(first, 1)}", HttpStatusCode.OK);
        JsonElement back = await client.GetAsync($"/suppressions?limit=2&before={Id(second, 0)}", HttpStatusCode.OK);

        Assert.Equal("p4 p3, p2 p1, p4 p3", $"{Names(first)}, {Names(second)}, {Names(back)}");
        Assert.Equal((true, true, false), (first.GetProperty("has_more").GetBoolean(), second.GetProperty("has_more").GetBoolean(), back.GetProperty("has_more").GetBoolean()));
        Assert.Equal("p3", Names(await client.GetAsync("/suppressions?reason=complaint", HttpStatusCode.OK)));
        Assert.Equal("p1", Names(await client.GetAsync("/suppressions?email=P1%40exam", HttpStatusCode.OK)));
        Assert.Equal("", Names(await client.GetAsync("/suppressions?topic_id=news", HttpStatusCode.OK)));
    }

    [Theory]
    [InlineData("""{"email":""}""", "missing_required_field", "`email`")]
    [InlineData("""{"reason":"manual"}""", "missing_required_field", "`email`")]
    [InlineData("""{"email":"nobody"}""", "validation_error", "`email` is not an address")]
    [InlineData("""{"email":["a@example.com"]}""", "validation_error", "`email`")]
    [InlineData("""{"email":"a@example.com","reason":"because"}""", "validation_error", "`reason` must be one of")]
    [InlineData("""{"email":"a@example.com","reason":"hard_bounce","topic_id":"news"}""", "validation_error", "`topic_id` cannot be set for the reason")]
    [InlineData("""{"email":"a@example.com","topic_id":"a b"}""", "validation_error", "`topic_id` must be 1 to 128")]
    [InlineData("""{"email":"a@example.com","topic_id":""}""", "validation_error", "`topic_id`")]
    [InlineData("""{"email":"a@example.com","note":"\u0000"}""", "validation_error", "`note` contains a NUL")]
    [InlineData("""{"email":"a@example.com","reason":"complaint","expires_at":"2099-01-01T00:00:00Z"}""", "validation_error", "`expires_at` cannot be set")]
    [InlineData("""{"email":"a@example.com","expires_at":"2020-01-01T00:00:00Z"}""", "validation_error", "`expires_at` is past")]
    [InlineData("""{"email":"a@example.com","expires_at":"tomorrow"}""", "validation_error", "`expires_at`")]
    public async Task A_wrong_entry_is_refused_by_its_field_and_nothing_is_stored(string body, string name, string message)
    {
        using HttpClient client = await ClientAsync();

        JsonElement refusal = await client.PostAsync("/suppressions", body, HttpStatusCode.UnprocessableEntity);
        JsonElement batch = await client.PostAsync("/suppressions/batch/add", $$"""{"suppressions":[{"email":"fine@example.com"},{{body}}]}""", HttpStatusCode.UnprocessableEntity);

        Assert.Equal(name, refusal.GetProperty("name").GetString());
        Assert.Contains(message, refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("suppressions.1", batch.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, (await client.GetAsync("/suppressions", HttpStatusCode.OK)).GetProperty("data").GetArrayLength());
    }

    [Theory]
    [InlineData("limit=0"), InlineData("limit=x"), InlineData("after=x"), InlineData("before=x"), InlineData("reason=x"), InlineData("topic_id=a%20b"), InlineData("email=%00")]
    public async Task A_wrong_question_is_refused_by_its_field(string query)
    {
        using HttpClient client = await ClientAsync();
        JsonElement refusal = await client.GetAsync($"/suppressions?{query}", HttpStatusCode.UnprocessableEntity);
        Assert.StartsWith($"`{query.Split('=')[0]}`", refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Batches_add_and_remove_by_id_and_address()
    {
        using HttpClient client = await ClientAsync();
        JsonElement added = await client.PostAsync("/suppressions/batch/add", """{"suppressions":[{"email":"b1@example.com"},{"email":"B1@example.com"},{"email":"b2@example.com"},{"email":"b3@example.com"}]}""", HttpStatusCode.OK);
        Assert.Equal(3, added.GetProperty("data").GetArrayLength());
        string id = added.GetProperty("data").EnumerateArray().First(one => one.GetProperty("email").GetString() == "b1@example.com").GetProperty("id").GetString()!;

        JsonElement removed = await client.PostAsync("/suppressions/batch/remove", $$"""{"suppressions":["{{id}}","B2@example.com","unknown@example.com"]}""", HttpStatusCode.OK);

        Assert.Equal(2, removed.GetProperty("data").GetArrayLength());
        Assert.Equal("b3", Names(await client.GetAsync("/suppressions", HttpStatusCode.OK)));
        foreach (string wrong in (string[])["{}", """{"suppressions":[]}""", $$"""{"suppressions":[{{string.Join(',', Enumerable.Repeat("\"a@example.com\"", 101))}}]}""", """{"suppressions":["x"]}""", """{"suppressions":[null]}"""])
            await client.PostAsync("/suppressions/batch/remove", wrong, HttpStatusCode.UnprocessableEntity);
        await client.PostAsync("/suppressions/batch/add", """{"suppressions":[null]}""", HttpStatusCode.UnprocessableEntity);
        await client.PostAsync("/suppressions/batch/add", "[", HttpStatusCode.BadRequest);
        await client.PostAsync("/suppressions", new string(' ', 300_000), HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Another_projects_entries_are_not_there_and_a_test_key_changes_none()
    {
        using HttpClient mine = await ClientAsync(), other = await ClientAsync(), test = api.ClientWith(await api.AddProjectAsync("mk_test_")), nobody = api.ClientWith(null);
        string id = (await mine.PostAsync("/suppressions", """{"email":"mine@example.com"}""", HttpStatusCode.Created)).GetProperty("id").GetString()!;

        await other.GetAsync($"/suppressions/{id}", HttpStatusCode.NotFound);
        await other.GetAsync("/suppressions/mine@example.com", HttpStatusCode.NotFound);
        await other.DeleteAsync($"/suppressions/{id}", HttpStatusCode.NotFound);
        await other.DeleteAsync("/suppressions/mine@example.com", HttpStatusCode.NotFound);
        Assert.Equal(0, (await other.PostAsync("/suppressions/batch/remove", $$"""{"suppressions":["{{id}}","mine@example.com"]}""", HttpStatusCode.OK)).GetProperty("data").GetArrayLength());
        Assert.Equal("", Names(await other.GetAsync("/suppressions", HttpStatusCode.OK)));
        await mine.GetAsync("/suppressions/not-an-id", HttpStatusCode.NotFound);
        await nobody.GetAsync("/suppressions", HttpStatusCode.Unauthorized);
        await test.PostAsync("/suppressions", """{"email":"a@example.com"}""", HttpStatusCode.Forbidden);
        await test.DeleteAsync("/suppressions/a@example.com", HttpStatusCode.Forbidden);
        await mine.GetAsync($"/suppressions/{id}", HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_openapi_document_tells_the_paths_and_bodies()
    {
        using HttpClient client = api.ClientWith(null);
        JsonElement paths = (await client.GetAsync("/openapi/v1.json", HttpStatusCode.OK)).GetProperty("paths");
        foreach ((string path, string method) in ((string, string)[])[
            ("/suppressions", "get"), ("/suppressions", "post"), ("/suppressions/{id}", "get"), ("/suppressions/{id}", "delete"), ("/suppressions/batch/add", "post"), ("/suppressions/batch/remove", "post"),
            ("/suppressions/import", "post"), ("/suppressions/export", "get"), ("/unsubscribe/{token}", "get"), ("/unsubscribe/{token}", "post")])
            Assert.True(paths.GetProperty(path).TryGetProperty(method, out _), $"{method} {path}");
        Assert.Contains("expires_at", paths.GetProperty("/suppressions").GetProperty("post").ToString() + (await client.GetAsync("/openapi/v1.json", HttpStatusCode.OK)).GetProperty("components"), StringComparison.Ordinal);
        Assert.Contains("topic_id", (await client.GetAsync("/openapi/v1.json", HttpStatusCode.OK)).GetProperty("components").GetProperty("schemas").GetProperty("EmailRequest").ToString(), StringComparison.Ordinal);
    }

    private async Task<HttpClient> ClientAsync() => api.ClientWith(await api.AddProjectAsync());

    private static string Id(JsonElement page, int index) => page.GetProperty("data")[index].GetProperty("id").GetString()!;

    private static string Names(JsonElement page) => string.Join(' ', page.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("email").GetString()!.Split('@')[0]));
}
