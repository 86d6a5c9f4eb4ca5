using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Mail.Tests.Api.Logs;

/// <summary>What the API keeps of the calls of keys, and what not.</summary>
public sealed class RequestLogTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Email = """{"from":"Shop <hello@example.com>","to":"secret.person@example.com","subject":"S","text":"Words"}""";

    [Fact]
    public async Task A_call_is_logged_with_its_message_and_found_by_the_id_in_its_answer()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("shop", "1.0"));
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("(ops@example.com)"));
        using HttpResponseMessage sent = await client.PostAsync(new Uri("/emails", UriKind.Relative), ApiFixture.Json(Email), TestContext.Current.CancellationToken);
        string id = sent.Headers.GetValues("X-Request-Id").Single(), email = (await sent.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('"')[3];

        JsonElement log = await FindAsync(client, id);

        Assert.Equal(("POST", "/emails", 200, "live", "test"), (Text(log, "method"), Text(log, "path"), log.GetProperty("status").GetInt32(), Text(log, "mode"), Text(log.GetProperty("api_key"), "name")));
        Assert.Equal(JsonValueKind.Null, log.GetProperty("error").ValueKind);
        Assert.Equal([email], log.GetProperty("email_ids").EnumerateArray().Select(one => one.GetString()));
        Assert.Equal("shop/1.0 ([address])", Text(log, "user_agent"));
        Assert.True(log.GetProperty("duration_ms").GetDouble() > 0);
    }

    [Fact]
    public async Task Neither_bodies_nor_queries_nor_what_stands_in_a_path_are_kept()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        await client.PostAsync("/emails", Email, HttpStatusCode.OK);
        await client.GetAsync("/emails?to=secret.person%40example.com", HttpStatusCode.OK);
        await client.GetAsync("/suppressions/secret.person@example.com", HttpStatusCode.NotFound);

        await WaitAsync(client, "/logs", 3);

        Assert.Equal(0, await api.CountAsync("request_logs l WHERE l::text LIKE '%secret%' OR l::text LIKE '%Words%'"));
        JsonElement refused = (await client.GetAsync("/logs?status=4xx", HttpStatusCode.OK)).GetProperty("data")[0];
        Assert.Equal(("/suppressions/{email}", "not_found"), (Text(refused, "path").Replace("{id}", "{email}", StringComparison.Ordinal), Text(refused, "error")));
    }

    [Fact]
    public async Task What_is_refused_is_logged_too_when_the_key_is_known()
    {
        string owner = await api.AddProjectAsync();
        using HttpClient all = api.ClientWith(owner);
        JsonElement made = await all.PostAsync("/api-keys", """{"name":"reader","scopes":["emails:read"]}""", HttpStatusCode.Created);
        using HttpClient reader = api.ClientWith(Text(made, "token"));
        await reader.PostAsync("/emails", Email, HttpStatusCode.Unauthorized);
        await all.PostAsync("/emails", """{"from":1}""", HttpStatusCode.UnprocessableEntity);
        await all.PostAsync("/emails", "{", HttpStatusCode.BadRequest);

        JsonElement of = await WaitAsync(all, $"/logs?key_id={Text(made, "id")}", 1);
        JsonElement wrong = await WaitAsync(all, "/logs?path=/EMAILS&method=post&status=4xx", 3);

        Assert.Equal((401, "restricted_api_key"), (of[0].GetProperty("status").GetInt32(), Text(of[0], "error")));
        Assert.Equal([400, 422, 401], wrong.EnumerateArray().Select(log => log.GetProperty("status").GetInt32()));
        Assert.Empty((await all.GetAsync("/logs?status=500", HttpStatusCode.OK)).GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task Pages_go_both_ways_and_times_bound_them()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        for (int i = 0; i < 5; i++) await client.GetAsync("/project", HttpStatusCode.OK);
        JsonElement all = await WaitAsync(client, "/logs?path=/project", 5);
        string[] ids = [.. all.EnumerateArray().Select(log => Text(log, "id"))];

        JsonElement older = await client.GetAsync($"/logs?path=/project&limit=2&after={ids[1]}", HttpStatusCode.OK), newer = await client.GetAsync($"/logs?path=/project&limit=2&before={ids[3]}", HttpStatusCode.OK);

        Assert.Equal(ids[2..4], Ids(older));
        Assert.Equal(ids[1..3], Ids(newer));
        Assert.True(older.GetProperty("has_more").GetBoolean() && newer.GetProperty("has_more").GetBoolean());
        Assert.Equal(5, Ids(await client.GetAsync($"/logs?path=/project&since={DateTimeOffset.UtcNow.AddHours(-1):yyyy-MM-ddTHH:mm:ssZ}", HttpStatusCode.OK)).Length);
        Assert.Empty(Ids(await client.GetAsync($"/logs?until={DateTimeOffset.UtcNow.AddHours(-1):yyyy-MM-ddTHH:mm:ssZ}", HttpStatusCode.OK)));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("after=x", "after")]
    [InlineData("status=6xx", "status")]
    [InlineData("status=42", "status")]
    [InlineData("key_id=x", "key_id")]
    [InlineData("method=DROP%20TABLE", "method")]
    [InlineData("path=%00", "path")]
    [InlineData("since=yesterday", "since")]
    public async Task A_wrong_filter_is_refused_by_its_name(string query, string field)
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);

        JsonElement refusal = await client.GetAsync($"/logs?{query}", HttpStatusCode.UnprocessableEntity);

        Assert.Contains($"`{field}`", Text(refusal, "message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_projects_calls_are_not_there()
    {
        using HttpClient mine = api.ClientWith(await api.AddProjectAsync()), theirs = api.ClientWith(await api.AddProjectAsync());
        await theirs.GetAsync("/project", HttpStatusCode.OK);
        string id = Text((await WaitAsync(theirs, "/logs", 1))[0], "id");

        await mine.GetAsync($"/logs/{id}", HttpStatusCode.NotFound);

        Assert.DoesNotContain(id, Ids(await mine.GetAsync("/logs", HttpStatusCode.OK)));
        await mine.GetAsync("/logs/not-an-id", HttpStatusCode.NotFound);
    }

    /// <summary>And not for another project, which would have older ones.</summary>
    [Fact]
    public async Task They_are_forgotten_after_their_days()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        await client.GetAsync("/project", HttpStatusCode.OK);
        string id = Text((await WaitAsync(client, "/logs", 1))[0], "id");

        await new Mail.Core.Logs.RequestLogReader(api.Database).RemoveBeforeAsync(DateTimeOffset.UtcNow.AddDays(-7), TestContext.Current.CancellationToken);
        await client.GetAsync($"/logs/{id}", HttpStatusCode.OK);
        await new Mail.Core.Logs.RequestLogReader(api.Database).RemoveBeforeAsync(DateTimeOffset.UtcNow.AddSeconds(5), TestContext.Current.CancellationToken);

        await client.GetAsync($"/logs/{id}", HttpStatusCode.NotFound);
    }

    private static async Task<JsonElement> FindAsync(HttpClient client, string id)
    {
        for (int tries = 0; ; tries++)
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri($"/logs/{id}", UriKind.Relative), TestContext.Current.CancellationToken);
            if (answer.IsSuccessStatusCode) return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
            Assert.True(tries < 200, "It was never written.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<JsonElement> WaitAsync(HttpClient client, string path, int count)
    {
        for (int tries = 0; ; tries++)
        {
            JsonElement data = (await client.GetAsync(path, HttpStatusCode.OK)).GetProperty("data");
            if (data.GetArrayLength() >= count) return data;
            Assert.True(tries < 200, $"{data.GetArrayLength()} of {count} were written.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private static string[] Ids(JsonElement page) => [.. page.GetProperty("data").EnumerateArray().Select(log => Text(log, "id"))];

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
}
