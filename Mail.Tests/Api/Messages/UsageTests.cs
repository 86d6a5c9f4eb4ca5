using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Mail.Tests.Api.Messages;

public sealed class UsageTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static string Today => DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Messages_and_recipients_are_counted_by_day_and_in_parts()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        await SendAsync(client, """["a@example.com","b@example.com"]""", """[{"name":"kind","value":"reset"}]""", "critical");
        await SendAsync(client, """["c@example.com"]""", """[{"name":"kind","value":"reset"},{"name":"shop","value":"one"}]""", "normal");
        await SendAsync(client, """["d@example.com"]""", "[]", "normal");

        Assert.Equal([$"{Today}  3 4 4"], await LinesAsync(client, ""));
        Assert.Equal([$"{Today[..8]}01  3 4 4"], await LinesAsync(client, "by=month"));
        Assert.Equal([$"{Today} normal 2 2 2", $"{Today} critical 1 2 2"], await LinesAsync(client, "split=lane"));
        Assert.Equal([$"{Today}  1 1 1", $"{Today} kind:reset 2 3 3", $"{Today} shop:one 1 1 1"], (await LinesAsync(client, "split=tag")).Order(StringComparer.Ordinal));
        Assert.Equal([$"{Today} example.com 3 4 4"], await LinesAsync(client, "split=domain"));
        Assert.Empty(await LinesAsync(client, "since=2026-01-01&until=2026-01-31"));
    }

    [Fact]
    public async Task Who_sent_what_is_counted_by_key_and_a_revoked_key_keeps_its_name()
    {
        using HttpClient owner = api.ClientWith(await api.AddProjectAsync());
        JsonElement shop = await owner.PostAsync("/api-keys", """{"name":"shop"}""", HttpStatusCode.Created), old = await owner.PostAsync("/api-keys", """{"name":"shop"}""", HttpStatusCode.Created);
        using HttpClient first = api.ClientWith(shop.GetProperty("token").GetString()), second = api.ClientWith(old.GetProperty("token").GetString());
        string sent = (await SendAsync(first, """["a@example.com","b@example.com"]""", "[]", "normal")).GetProperty("id").GetString()!;
        await SendAsync(first, """["c@example.com"]""", "[]", "normal");
        string before = (await SendAsync(second, """["d@example.com"]""", "[]", "normal")).GetProperty("id").GetString()!;
        using (HttpResponseMessage revoked = await owner.DeleteAsync(new Uri($"/api-keys/{old.GetProperty("id").GetString()}", UriKind.Relative))) Assert.True(revoked.IsSuccessStatusCode);

        Assert.Equal([$"{Today[..8]}01 shop 2 3 3", $"{Today[..8]}01 shop 1 1 1"], await LinesAsync(owner, "by=month&split=key"));
        Assert.Equal([shop.GetProperty("id").GetString(), old.GetProperty("id").GetString()], (await owner.GetAsync("/usage?split=key", HttpStatusCode.OK)).GetProperty("data").EnumerateArray().Select(line => line.GetProperty("key_id").GetString()));
        JsonElement key = (await owner.GetAsync($"/emails/{sent}", HttpStatusCode.OK)).GetProperty("api_key"), gone = (await owner.GetAsync($"/emails/{before}", HttpStatusCode.OK)).GetProperty("api_key");
        Assert.Equal((shop.GetProperty("id").GetString(), "shop", false), (key.GetProperty("id").GetString(), key.GetProperty("name").GetString(), key.GetProperty("revoked").GetBoolean()));
        Assert.Equal(("shop", true), (gone.GetProperty("name").GetString(), gone.GetProperty("revoked").GetBoolean()));
    }

    [Fact]
    public async Task The_messages_of_a_key_are_listed_by_it_and_a_wrong_id_is_refused()
    {
        using HttpClient owner = api.ClientWith(await api.AddProjectAsync());
        JsonElement made = await owner.PostAsync("/api-keys", """{"name":"shop"}""", HttpStatusCode.Created);
        using HttpClient shop = api.ClientWith(made.GetProperty("token").GetString());
        string mine = (await SendAsync(shop, """["a@example.com"]""", "[]", "normal")).GetProperty("id").GetString()!;
        await SendAsync(owner, """["b@example.com"]""", "[]", "normal");

        JsonElement listed = (await owner.GetAsync($"/emails?key={made.GetProperty("id").GetString()}", HttpStatusCode.OK)).GetProperty("data");

        Assert.Equal(mine, Assert.Single(listed.EnumerateArray()).GetProperty("id").GetString());
        Assert.Empty((await owner.GetAsync($"/emails?key={Guid.NewGuid()}&to=a@", HttpStatusCode.OK)).GetProperty("data").EnumerateArray());
        Assert.Equal("`key` must be the id of an API key.", (await owner.GetAsync("/emails?key=shop", HttpStatusCode.UnprocessableEntity)).GetProperty("message").GetString());
    }

    [Fact]
    public async Task The_file_says_the_same_and_is_no_formula()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        await SendAsync(client, """["c@example.com"]""", """[{"name":"-a","value":"1"}]""", "normal");

        using HttpResponseMessage file = await client.GetAsync(new Uri("/usage/export?split=tag", UriKind.Relative));

        Assert.Equal("text/csv", file.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"period,part,messages,recipients,waiting,sent,bounced,other\r\n{Today},'-a:1,1,1,1,0,0,0\r\n", await file.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Mail_of_test_keys_and_of_other_projects_is_not_counted()
    {
        using HttpClient test = api.ClientWith(await api.AddProjectAsync("mk_test_")), other = api.ClientWith(await api.AddProjectAsync());
        await SendAsync(test, """["a@example.com"]""", "[]", "normal");

        Assert.Empty(await LinesAsync(other, ""));
        await test.GetAsync("/usage", HttpStatusCode.Forbidden);
    }

    [Theory, InlineData("by=week", "by"), InlineData("since=yesterday", "since"), InlineData("until=2026-02-30", "until"), InlineData("split=colour", "split"), InlineData("since=2026-03-02&until=2026-03-01", "since"), InlineData("since=2024-01-01&until=2026-01-01", "since"), InlineData("since=0001-01-01", "since")]
    public async Task A_wrong_question_is_refused_by_its_field(string query, string field)
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());

        foreach (string path in (string[])["/usage", "/usage/export"])
            Assert.Contains($"`{field}`", (await client.GetAsync($"{path}?{query}", HttpStatusCode.UnprocessableEntity)).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static async Task<string[]> LinesAsync(HttpClient client, string query) =>
    [
        .. (await client.GetAsync($"/usage?{query}", HttpStatusCode.OK)).GetProperty("data").EnumerateArray().Select(line =>
            $"{line.GetProperty("period").GetString()} {line.GetProperty("part").GetString()} {line.GetProperty("messages").GetInt64()} {line.GetProperty("recipients").GetInt64()} {line.GetProperty("waiting").GetInt64()}"),
    ];

    private static Task<JsonElement> SendAsync(HttpClient client, string to, string tags, string lane) =>
        client.PostAsync("/emails", $$"""{"from":"Oven <hello@example.com>","to":{{to}},"subject":"Hi","text":"x","tags":{{tags}},"lane":"{{lane}}"}""", HttpStatusCode.OK);
}
