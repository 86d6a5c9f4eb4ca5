using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Mail.Core.Common;
using Npgsql;

namespace Mail.Tests.Api.Sandbox;

public sealed class SandboxTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_test_reads_the_code_of_a_password_reset_in_one_call()
    {
        (HttpClient test, HttpClient live) = await ProjectAsync();
        string id = await SendAsync(test, """{"from":"a@example.com","to":"ada@example.net","template":{"id":"password-reset","variables":{"code":"482913","reset_url":"https://example.com/reset"}}}""");
        await CaptureAsync(test, id);

        JsonElement found = Assert.Single((await test.GetAsync("/sandbox/messages?to=ada@example.net&wait=30s", HttpStatusCode.OK)).GetProperty("data").EnumerateArray());

        Assert.Equal(("sandbox_message", id, "ada@example.net", "482913"), (Text(found, "object"), Text(found, "email_id"), Text(found, "to"), Text(found, "code")));
        JsonElement whole = await live.GetAsync($"/sandbox/messages/{Text(found, "id")}", HttpStatusCode.OK); // the console asks as the project does
        Assert.Equal("482913", Text(whole, "code"));
        Assert.Contains("482913", Text(whole, "html"), StringComparison.Ordinal);
        Assert.Contains(whole.GetProperty("headers").EnumerateArray(), header => Text(header, "name") == "Subject");
        using HttpResponseMessage html = await test.GetAsync(new Uri($"/sandbox/messages/{Text(found, "id")}/html", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("sandbox;", html.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_waits_until_the_message_is_there_and_no_longer()
    {
        (HttpClient test, _) = await ProjectAsync();
        string id = await SendAsync(test, Mail("grace@example.net", "Welcome"));
        long began = Stopwatch.GetTimestamp();
        Task<JsonElement> waiting = test.GetAsync("/sandbox/messages?to=grace@example.net&subject=WELC&wait=30s", HttpStatusCode.OK);
        await Task.Delay(400, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        await CaptureAsync(test, id);

        Assert.Equal(id, Text(Assert.Single((await waiting).GetProperty("data").EnumerateArray()), "email_id"));
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0.4, 10);
    }

    [Fact]
    public async Task Nothing_in_time_is_an_empty_list()
    {
        (HttpClient test, _) = await ProjectAsync();
        long began = Stopwatch.GetTimestamp();

        JsonElement answer = await test.GetAsync("/sandbox/messages?to=nobody@example.net&wait=1", HttpStatusCode.OK);

        Assert.Equal(0, answer.GetProperty("data").GetArrayLength());
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0.9, 5);
    }

    [Fact]
    public async Task After_is_what_came_later_and_before_is_the_next_page()
    {
        (HttpClient test, _) = await ProjectAsync();
        List<string> mails = [];
        for (int i = 0; i < 3; i++) await CaptureAsync(test, await SendAsync(test, Mail("ada@example.net", $"s{i}")));
        foreach (JsonElement item in (await test.GetAsync("/sandbox/messages", HttpStatusCode.OK)).GetProperty("data").EnumerateArray()) mails.Add(Text(item, "id")!);

        JsonElement first = await test.GetAsync("/sandbox/messages?limit=2", HttpStatusCode.OK), next = await test.GetAsync($"/sandbox/messages?limit=2&before={mails[1]}", HttpStatusCode.OK);

        Assert.Equal(mails[..2], Ids(first));
        Assert.Equal(mails[2..], Ids(next));
        Assert.Equal((true, false), (first.GetProperty("has_more").GetBoolean(), next.GetProperty("has_more").GetBoolean()));
        Assert.Equal([mails[0]], Ids(await test.GetAsync($"/sandbox/messages?after={mails[1]}", HttpStatusCode.OK)));
        Assert.Empty(Ids(await test.GetAsync($"/sandbox/messages?after={mails[0]}&wait=1", HttpStatusCode.OK)));
    }

    [Fact]
    public async Task It_is_emptied_for_one_address_or_as_a_whole()
    {
        (HttpClient test, _) = await ProjectAsync();
        foreach (string to in (string[])["ada@example.net", "aada@example.net", "bob@example.net"]) await CaptureAsync(test, await SendAsync(test, Mail(to, "s")));

        Assert.Equal(1, (await test.DeleteAsync("/sandbox/messages?to=ADA@example.net", HttpStatusCode.OK)).GetProperty("deleted").GetInt32());
        Assert.Equal(2, Ids(await test.GetAsync("/sandbox/messages", HttpStatusCode.OK)).Count);
        Assert.Equal(2, (await test.DeleteAsync("/sandbox/messages", HttpStatusCode.OK)).GetProperty("deleted").GetInt32());
        Assert.Empty(Ids(await test.GetAsync("/sandbox/messages", HttpStatusCode.OK)));
    }

    [Fact]
    public async Task Live_mail_and_that_of_other_projects_is_not_in_it()
    {
        (HttpClient test, HttpClient live) = await ProjectAsync();
        (HttpClient other, _) = await ProjectAsync();
        await CaptureAsync(live, await SendAsync(live, Mail("ada@example.net", "real")));
        await CaptureAsync(test, await SendAsync(test, Mail("ada@example.net", "own")));
        string own = Assert.Single(Ids(await test.GetAsync("/sandbox/messages", HttpStatusCode.OK)));

        Assert.Empty(Ids(await other.GetAsync("/sandbox/messages", HttpStatusCode.OK)));
        await other.GetAsync($"/sandbox/messages/{own}", HttpStatusCode.NotFound);
        await other.GetAsync($"/sandbox/messages/{own}/raw", HttpStatusCode.NotFound);
        Assert.Equal(0, (await other.DeleteAsync("/sandbox/messages", HttpStatusCode.OK)).GetProperty("deleted").GetInt32());
        await test.DeleteAsync("/sandbox/messages", HttpStatusCode.OK);
        Assert.Equal(1, await api.CountAsync("captured_messages c JOIN messages m ON m.id = c.message_id WHERE m.subject = 'real'"));
    }

    [Fact]
    public async Task The_preview_answers_the_mails_own_question_for_its_colours()
    {
        (HttpClient test, _) = await ProjectAsync();
        string id = await SendAsync(test, JsonSerializer.Serialize(new { from = "a@example.com", to = "ada@example.net", subject = "s", html = "<style>@media (prefers-color-scheme: dark){p{color:#fff}}</style><p>Hi</p>" }));
        await CaptureAsync(test, id);
        string mail = Ids(await test.GetAsync("/sandbox/messages", HttpStatusCode.OK))[0];

        foreach (string path in (string[])[$"/sandbox/messages/{mail}/html", $"/emails/{id}/html"])
        {
            Assert.Contains("@media (prefers-color-scheme: dark)", await HtmlAsync(path), StringComparison.Ordinal);
            Assert.Contains("@media (min-width:0)", await HtmlAsync($"{path}?scheme=dark"), StringComparison.Ordinal);
            Assert.Contains("@media (max-width:0)", await HtmlAsync($"{path}?scheme=light"), StringComparison.Ordinal);
            await test.GetAsync($"{path}?scheme=blue", HttpStatusCode.UnprocessableEntity);
        }

        Task<string> HtmlAsync(string path) => test.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("wait=61s")]
    [InlineData("wait=-1")]
    [InlineData("wait=soon")]
    [InlineData("limit=0")]
    [InlineData("after=x")]
    [InlineData("before=x")]
    public async Task A_bad_question_is_refused(string query)
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);

        JsonElement error = await client.GetAsync($"/sandbox/messages?{query}", HttpStatusCode.UnprocessableEntity);

        Assert.Contains($"`{query.Split('=')[0]}`", Text(error, "message"), StringComparison.Ordinal);
    }

    private async Task<(HttpClient Test, HttpClient Live)> ProjectAsync()
    {
        HttpClient live = api.ClientWith(await api.AddProjectAsync());
        return (api.ClientWith(Text(await live.PostAsync("/api-keys", """{"name":"ci","test":true}""", HttpStatusCode.Created), "token")), live);
    }

    private static string Mail(string to, string subject) => JsonSerializer.Serialize(new { from = "a@example.com", to, subject, text = "t" });

    private static async Task<string> SendAsync(HttpClient client, string body) => Text(await client.PostAsync("/emails", body, HttpStatusCode.OK), "id")!;

    /// <summary>As the worker does for a test key.</summary>
    private async Task CaptureAsync(HttpClient client, string id)
    {
        byte[] raw = await client.GetByteArrayAsync(new Uri($"/emails/{id}/raw", UriKind.Relative), TestContext.Current.CancellationToken);
        await using NpgsqlCommand command = api.Database.CreateCommand("INSERT INTO captured_messages (project_id, id, message_id, recipient, mime, captured_at) SELECT project_id, id, message_id, recipient, $2, clock_timestamp() FROM deliveries WHERE message_id = $1");
        command.Parameters.AddTyped(Guid.Parse(id)).AddTyped(raw);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static List<string> Ids(JsonElement page) => [.. page.GetProperty("data").EnumerateArray().Select(item => Text(item, "id")!)];

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();
}
