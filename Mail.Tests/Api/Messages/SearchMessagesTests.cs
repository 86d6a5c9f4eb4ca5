using System.Net;
using System.Text.Json;
using Mail.Core.Common;
using Npgsql;

namespace Mail.Tests.Api.Messages;

public sealed class SearchMessagesTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("to=ada@example.net", "ada")]
    [InlineData("to=ADA@", "ada")]
    [InlineData("to=bob@", "invoice")] // in a copy
    [InlineData("to=@EXAMPLE.net", "invoice ada")]
    [InlineData("to=race", "invoice")]
    [InlineData("subject=rechnung%2042", "invoice")]
    [InlineData("tag=category", "invoice ada")]
    [InlineData("tag=category:welcome", "ada")]
    [InlineData("tag=category:wel", "")]
    [InlineData("tag=category:welcome&to=grace", "")]
    [InlineData("status=queued&tag=category", "invoice ada")]
    [InlineData("status=bounced&to=ada@", "")]
    [InlineData("status=scheduled", "later")]
    [InlineData("since=2020-01-01&subject=welcome", "ada")]
    [InlineData("until=2020-01-01", "")]
    [InlineData("id=%3Cmine%40example.org%3E", "")]
    public async Task What_is_asked_for_is_found_and_nothing_else(string query, string expected)
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        Dictionary<string, string> sent = new()
        {
            ["later"] = await SendAsync(client, """{"from":"a@example.com","to":"zoe@example.org","subject":"Reminder","text":"t","scheduled_at":"in 1 hour"}"""),
            ["ada"] = await SendAsync(client, """{"from":"a@example.com","to":"Ada <ada@example.net>","subject":"Welcome","text":"t","tags":[{"name":"category","value":"welcome"}]}"""),
            ["invoice"] = await SendAsync(client, """{"from":"a@example.com","to":"grace@example.net","cc":"bob@example.org","subject":"Ihre RECHNUNG 42","text":"t","tags":[{"name":"order","value":"42"},{"name":"category","value":"invoice"}]}"""),
        };

        JsonElement page = await client.GetAsync($"/emails?{query}", HttpStatusCode.OK);

        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => sent[name]), Ids(page));
        Assert.Equal(JsonValueKind.Null, page.GetProperty("searched_to").ValueKind); // all of it
        Assert.False(page.GetProperty("has_more").GetBoolean());
    }

    [Fact]
    public async Task A_message_is_found_by_its_id_and_by_its_Message_ID()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync()), other = api.ClientWith(await api.AddProjectAsync());
        await SendAsync(client, Simple);
        string id = await SendAsync(client, Simple);
        string messageId = (await client.GetAsync($"/emails/{id}", HttpStatusCode.OK)).GetProperty("message_id").GetString()!;

        Assert.Equal([id], Ids(await client.GetAsync($"/emails?id={id}", HttpStatusCode.OK)));
        Assert.Equal([id], Ids(await client.GetAsync($"/emails?id={Uri.EscapeDataString(messageId)}", HttpStatusCode.OK)));
        foreach (string elsewhere in (string[])["until=2020-01-01", "since=2999-01-01", $"after={id}", $"before={id}"])
            foreach (string known in (string[])[id, Uri.EscapeDataString(messageId)]) Assert.Empty(Ids(await client.GetAsync($"/emails?id={known}&{elsewhere}", HttpStatusCode.OK)));
        Assert.Empty(Ids(await other.GetAsync($"/emails?id={id}", HttpStatusCode.OK)));
    }

    /// <summary>A search that finds nothing among many says how far it came, and goes on from there to the end, whatever its kind.</summary>
    [Fact]
    public async Task A_long_search_says_how_far_it_came_and_goes_on()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string wanted = await SendAsync(client, """{"from":"a@example.com","to":"ada@example.net","subject":"needle","text":"t","tags":[{"name":"order","value":"42"}]}""");
        await FillAsync(wanted, 120_000);

        foreach (string query in (string[])["subject=needle", "tag=order:42", "to=ada"])
        {
            (List<string> found, int asked, string? after) = ([], 0, null);
            do
            {
                JsonElement page = await client.GetAsync($"/emails?{query}&limit=5{(after is null ? "" : $"&after={after}")}", HttpStatusCode.OK);
                found.AddRange(Ids(page));
                JsonElement end = page.GetProperty("searched_to");
                Assert.Equal(end.ValueKind is JsonValueKind.Object, page.GetProperty("has_more").GetBoolean());
                if (end.ValueKind is JsonValueKind.Object) Assert.InRange(end.GetProperty("created_at").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
                after = end.ValueKind is JsonValueKind.Object ? end.GetProperty("id").GetString() : null;
                asked++;
            }
            while (after is not null && asked < 200);

            Assert.Equal([wanted], found);
        }

        Assert.Equal([wanted], Ids(await client.GetAsync("/emails?to=ada@example.net", HttpStatusCode.OK))); // by its index, at once
        Assert.Equal([wanted], Ids(await client.GetAsync("/emails?status=queued", HttpStatusCode.OK)));
    }

    [Fact]
    public async Task Pages_of_a_search_follow_each_other_in_both_directions()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        List<string> sent = [];
        for (int i = 0; i < 8; i++)
        {
            string id = await SendAsync(client, $$"""{"from":"a@example.com","to":["ada@example.net","u{{i}}@example.net"],"subject":"{{(i % 2 == 0 ? "even" : "odd")}}","text":"t"}""");
            if (i % 2 == 0) sent.Insert(0, id);
        }

        foreach (string query in (string[])["subject=even", "to=ada@example.net&subject=EVEN", "status=queued&subject=even"])
        {
            Assert.Equal(sent[..2], Ids(await client.GetAsync($"/emails?{query}&limit=2", HttpStatusCode.OK)));
            Assert.Equal(sent[2..], Ids(await client.GetAsync($"/emails?{query}&limit=2&after={sent[1]}", HttpStatusCode.OK)));
            Assert.Equal(sent[..2], Ids(await client.GetAsync($"/emails?{query}&limit=2&before={sent[2]}", HttpStatusCode.OK)));
            Assert.Equal(sent[1..3], Ids(await client.GetAsync($"/emails?{query}&limit=2&before={sent[3]}", HttpStatusCode.OK)));
        }
    }

    [Fact]
    public async Task What_went_wrong_is_found_by_its_state()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string bounced = await SendAsync(client, Simple), sent = await SendAsync(client, Simple);
        await FinishAsync(bounced, "bounced");
        await FinishAsync(sent, "sent");

        Assert.Equal([bounced], Ids(await client.GetAsync("/emails?status=bounced", HttpStatusCode.OK)));
        Assert.Equal([bounced], Ids(await client.GetAsync("/emails?status=bounced&to=b@example.net", HttpStatusCode.OK)));
        Assert.Equal([sent], Ids(await client.GetAsync("/emails?status=sent", HttpStatusCode.OK)));
        Assert.Equal([sent, bounced], Ids(await client.GetAsync("/emails?to=b@example.net", HttpStatusCode.OK)));
    }

    [Fact]
    public async Task The_file_holds_what_the_list_shows()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string id = await SendAsync(client, """{"from":"a@example.com","to":"ada@example.net","subject":"=SUM(1,2)","text":"t","tags":[{"name":"category","value":"welcome"}]}""");
        await SendAsync(client, Simple);

        string[] lines = (await client.GetStringAsync(new Uri("/emails/export?tag=category", UriKind.Relative), TestContext.Current.CancellationToken)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(2, lines.Length);
        Assert.StartsWith("id,created_at,status,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith(id, lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",queued,a@example.com,ada@example.net,,,\"'=SUM(1,2)\",,category:welcome", lines[1], StringComparison.Ordinal);
    }

    /// <summary>A hundred messages of each millisecond: no time divides them where a file ends.</summary>
    [Fact]
    public async Task A_file_that_does_not_hold_all_says_how_to_get_the_rest_of_which_nothing_is_missing()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        await FillAsync(await SendAsync(client, Simple), 10_030);

        string[] first = await LinesAsync("/emails/export"), second = await LinesAsync($"/emails/export?after={first[^1].Split("after=")[^1].TrimEnd('.')}");
        JsonElement error = await client.GetAsync("/emails/export?after=x", HttpStatusCode.UnprocessableEntity);

        Assert.StartsWith("# Not all: searched back to 20", first[^1], StringComparison.Ordinal);
        Assert.Equal((10_002, 32), (first.Length, second.Length)); // with the names of the columns
        Assert.Equal(10_031, first[1..^1].Concat(second[1..]).Select(line => line.Split(',')[0]).Distinct().Count());
        Assert.Contains("`after`", error.GetProperty("message").GetString(), StringComparison.Ordinal);

        async Task<string[]> LinesAsync(string path) => (await client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public async Task Scheduled_messages_come_in_the_order_in_which_they_leave()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        List<string> sent = [];
        foreach (int hours in (int[])[5, 1, 3]) sent.Add(await SendAsync(client, $$"""{"from":"a@example.com","to":["b@example.net","c@example.net"],"subject":"s","text":"t","scheduled_at":"in {{hours}} hours"}"""));
        await SendAsync(client, Simple);
        string[] order = [sent[1], sent[2], sent[0]];

        JsonElement first = await client.GetAsync("/emails/scheduled?limit=2", HttpStatusCode.OK), second = await client.GetAsync($"/emails/scheduled?limit=2&after={order[1]}", HttpStatusCode.OK);

        Assert.Equal(order[..2], Ids(first));
        Assert.Equal(order[2..], Ids(second));
        Assert.Equal((true, false), (first.GetProperty("has_more").GetBoolean(), second.GetProperty("has_more").GetBoolean()));
    }

    [Theory]
    [InlineData("since=yesterday")]
    [InlineData("until=2026-13-01")]
    [InlineData("tag=a%20b")]
    [InlineData("tag=a:b:c")]
    [InlineData("to=%00")]
    [InlineData("subject=%00")]
    public async Task A_bad_question_is_refused(string query)
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);

        JsonElement error = await client.GetAsync($"/emails?{query}", HttpStatusCode.UnprocessableEntity);

        Assert.Contains($"`{query.Split('=')[0]}`", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private const string Simple = """{"from":"a@example.com","to":"b@example.net","subject":"s","text":"t"}""";

    private static async Task<string> SendAsync(HttpClient client, string body) => (await client.PostAsync("/emails", body, HttpStatusCode.OK)).GetProperty("id").GetString()!;

    private static List<string> Ids(JsonElement page) => [.. page.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];

    private async Task FinishAsync(string id, string state)
    {
        await using NpgsqlCommand command = api.Database.CreateCommand("""
            WITH gone AS (DELETE FROM deliveries WHERE message_id = $1 RETURNING *)
            INSERT INTO finished_deliveries (project_id, message_id, id, recipient, kind, state, attempts, finished_at) SELECT project_id, message_id, id, recipient, kind, $2, 1, now() FROM gone
            """);
        command.Parameters.AddTyped(Guid.Parse(id)).AddTyped(state);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>So many newer messages to other people, all sent.</summary>
    private async Task FillAsync(string like, int count)
    {
        await using NpgsqlCommand command = api.Database.CreateCommand($$"""
            WITH new AS MATERIALIZED (
                SELECT n, (lpad(to_hex(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint + 1 + n / 100), 12, '0') || '7' || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid AS id FROM generate_series(1, $2) AS n
            ), stored AS (
                INSERT INTO messages (project_id, id, created_at, lane, is_test, guarantee, subject, envelope, content)
                SELECT project_id, new.id, created_at, lane, is_test, guarantee, 'hay ' || n, '{"from":"a@example.com","to":["x@example.org"],"cc":[],"bcc":[],"reply_to":[],"tags":[]}', content FROM messages m, new WHERE m.id = $1
            )
            INSERT INTO finished_deliveries (project_id, message_id, id, recipient, kind, state, attempts, finished_at)
            SELECT m.project_id, new.id, gen_random_uuid(), 'u' || n || '@example.org', 'to', 'sent', 1, now() FROM messages m, new WHERE m.id = $1
            """);
        command.CommandTimeout = 120;
        command.Parameters.AddTyped(Guid.Parse(like)).AddTyped(count);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
