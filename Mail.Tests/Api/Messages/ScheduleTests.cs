using System.Net;
using System.Text.Json;
using Npgsql;

namespace Mail.Tests.Api.Messages;

/// <summary>PATCH /emails/{id} and POST /emails/{id}/cancel.</summary>
public sealed class ScheduleTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Later = """{"from":"a@example.com","to":["b@example.net","c@example.net"],"subject":"s","text":"t","scheduled_at":"in 2 hours"}""";

    [Fact]
    public async Task A_scheduled_message_is_canceled_and_says_so_everywhere()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string id = await SendAsync(client, Later);

        JsonElement answer = await client.PostAsync($"/emails/{id}/cancel", "", HttpStatusCode.OK);

        Assert.Equal(("email", id), (answer.GetProperty("object").GetString(), answer.GetProperty("id").GetString()));
        Assert.Equal(["b@example.net", "c@example.net"], answer.GetProperty("canceled").EnumerateArray().Select(email => email.GetString()));
        Assert.Equal(0, answer.GetProperty("not_canceled").GetArrayLength());
        Assert.Equal("canceled", (await client.GetAsync($"/emails/{id}", HttpStatusCode.OK)).GetProperty("last_event").GetString());
        Assert.Equal(id, (await client.GetAsync("/emails?status=canceled", HttpStatusCode.OK)).GetProperty("data")[0].GetProperty("id").GetString());
        Assert.Equal(["email.scheduled", "email.canceled", "email.canceled"], await EventsAsync(client, id));
        Assert.Equal(answer.ToString(), (await client.PostAsync($"/emails/{id}/cancel", "{}", HttpStatusCode.OK)).ToString()); // again: the same
    }

    [Fact]
    public async Task A_message_gets_another_time_and_its_history_keeps_the_first()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string id = await SendAsync(client, Later);
        DateTimeOffset first = (await client.GetAsync($"/emails/{id}", HttpStatusCode.OK)).GetProperty("scheduled_at").GetDateTimeOffset();

        JsonElement answer = await client.PatchAsync($"/emails/{id}", """{"scheduled_at":"in 3 days"}""", HttpStatusCode.OK);

        DateTimeOffset then = answer.GetProperty("scheduled_at").GetDateTimeOffset();
        Assert.Equal(("email", id), (answer.GetProperty("object").GetString(), answer.GetProperty("id").GetString()));
        Assert.InRange(then, DateTimeOffset.UtcNow.AddDays(2.99), DateTimeOffset.UtcNow.AddDays(3.01));
        JsonElement email = await client.GetAsync($"/emails/{id}", HttpStatusCode.OK);
        Assert.Equal("scheduled", email.GetProperty("last_event").GetString());
        Assert.Equal(then, email.GetProperty("scheduled_at").GetDateTimeOffset(), TimeSpan.FromMilliseconds(1));
        Assert.All(email.GetProperty("recipients").EnumerateArray(), recipient => Assert.Equal(then, recipient.GetProperty("next_attempt_at").GetDateTimeOffset(), TimeSpan.FromMilliseconds(1)));
        Assert.Equal(then, (await client.GetAsync("/emails", HttpStatusCode.OK)).GetProperty("data")[0].GetProperty("scheduled_at").GetDateTimeOffset(), TimeSpan.FromMilliseconds(1));
        JsonElement events = (await client.GetAsync($"/emails/{id}/events", HttpStatusCode.OK)).GetProperty("data");
        Assert.Equal(["email.scheduled", "email.scheduled", "email.scheduled"], events.EnumerateArray().Select(happened => happened.GetProperty("type").GetString()));
        Assert.Equal(first, events[0].GetProperty("next_attempt_at").GetDateTimeOffset());
        Assert.Contains($"Date: {then.UtcDateTime:ddd, dd MMM yyyy HH:mm:ss} +0000", await RawAsync(client, id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_time_that_is_past_sends_it_at_once()
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        string id = await SendAsync(client, Later);

        await client.PatchAsync($"/emails/{id}", """{"scheduled_at":"2020-01-01T00:00:00Z"}""", HttpStatusCode.OK);

        JsonElement email = await client.GetAsync($"/emails/{id}", HttpStatusCode.OK);
        Assert.Equal("queued", email.GetProperty("last_event").GetString());
        Assert.All(email.GetProperty("recipients").EnumerateArray(), recipient => Assert.True(recipient.GetProperty("next_attempt_at").GetDateTimeOffset() <= DateTimeOffset.UtcNow));
    }

    [Fact]
    public async Task What_a_worker_has_begun_is_409_in_words_and_nothing_is_changed()
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        string id = await SendAsync(client, Later);
        await SetAsync(id, "state = 'sending', lease_token = gen_random_uuid(), lease_until = now() + interval '1 minute'");

        JsonElement cancel = await client.PostAsync($"/emails/{id}/cancel", "", HttpStatusCode.Conflict);
        JsonElement move = await client.PatchAsync($"/emails/{id}", """{"scheduled_at":"in 1 hour"}""", HttpStatusCode.Conflict);

        Assert.Equal((409, "too_late"), (cancel.GetProperty("statusCode").GetInt32(), cancel.GetProperty("name").GetString()));
        Assert.Contains("b@example.net is being handed over right now, c@example.net", cancel.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("too_late", move.GetProperty("name").GetString());
        Assert.Equal(["email.scheduled"], await EventsAsync(client, id));
    }

    [Fact]
    public async Task Of_a_half_sent_message_the_answer_says_who_is_spared_and_who_not()
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        string id = await SendAsync(client, Later);
        await SetAsync(id, "state = 'sending', lease_token = gen_random_uuid(), lease_until = now() + interval '1 minute'", "AND recipient = 'b@example.net'");

        JsonElement answer = await client.PostAsync($"/emails/{id}/cancel", "", HttpStatusCode.OK);

        Assert.Equal("c@example.net", Assert.Single(answer.GetProperty("canceled").EnumerateArray()).GetString());
        JsonElement late = Assert.Single(answer.GetProperty("not_canceled").EnumerateArray());
        Assert.Equal(("b@example.net", "sending"), (late.GetProperty("email").GetString(), late.GetProperty("state").GetString()));
    }

    [Theory]
    [InlineData("", 400, "JSON")]
    [InlineData("{\"scheduled_at\":", 400, "JSON")]
    [InlineData("null", 400, "JSON object")]
    [InlineData("[]", 400, "JSON object")]
    [InlineData("{}", 422, "`scheduled_at`")]
    [InlineData("{\"scheduled_at\":null}", 422, "`scheduled_at`")]
    [InlineData("{\"scheduled_at\":5}", 422, "`scheduled_at`")]
    [InlineData("{\"scheduled_at\":\"soon\"}", 422, "`scheduled_at`")]
    [InlineData("{\"scheduled_at\":\"a\\u0000b\"}", 422, "`scheduled_at`")]
    [InlineData("{\"scheduled_at\":\"in 31 days\"}", 422, "`scheduled_at`")]
    [InlineData("{\"scheduled_at\":\"in 9999999 weeks\"}", 422, "`scheduled_at`")]
    [InlineData("{\"scheduled_at\":\"9999-12-31T23:59:59-14:00\"}", 422, "`scheduled_at`")]
    public async Task A_wrong_body_names_what_is_wrong_and_changes_nothing(string body, int status, string named)
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        string id = await SendAsync(client, Later);
        string before = (await client.GetAsync($"/emails/{id}", HttpStatusCode.OK)).ToString();

        JsonElement error = await client.PatchAsync($"/emails/{id}", body, (HttpStatusCode)status);

        Assert.Contains(named, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, (await client.GetAsync($"/emails/{id}", HttpStatusCode.OK)).ToString());
    }

    [Theory, InlineData("nonsense"), InlineData("[]"), InlineData("null"), InlineData("7")]
    public async Task A_cancel_with_a_body_that_is_no_object_is_400_and_cancels_nothing(string body)
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        string id = await SendAsync(client, Later);

        await client.PostAsync($"/emails/{id}/cancel", body, HttpStatusCode.BadRequest);

        Assert.Equal("scheduled", (await client.GetAsync($"/emails/{id}", HttpStatusCode.OK)).GetProperty("last_event").GetString());
    }

    [Fact]
    public async Task A_body_that_no_time_needs_is_413()
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        string id = await SendAsync(client, Later), large = $$"""{"scheduled_at":"{{new string(' ', 20_000)}}"}""";

        await client.PatchAsync($"/emails/{id}", large, HttpStatusCode.RequestEntityTooLarge);
        await client.PostAsync($"/emails/{id}/cancel", large, HttpStatusCode.RequestEntityTooLarge);

        Assert.Equal("scheduled", (await client.GetAsync($"/emails/{id}", HttpStatusCode.OK)).GetProperty("last_event").GetString());
    }

    [Theory, InlineData("nonsense"), InlineData("01900000-0000-7000-8000-000000000009")]
    public async Task A_wrong_id_is_404(string id)
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);

        JsonElement cancel = await client.PostAsync($"/emails/{id}/cancel", "", HttpStatusCode.NotFound);
        JsonElement move = await client.PatchAsync($"/emails/{id}", """{"scheduled_at":"in 1 hour"}""", HttpStatusCode.NotFound);

        Assert.Equal(("not_found", "not_found"), (cancel.GetProperty("name").GetString(), move.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Another_projects_message_is_404_and_stays_as_it_is()
    {
        using HttpClient mine = api.ClientWith(ApiFixture.LiveKey), theirs = api.ClientWith(await api.AddProjectAsync());
        string id = await SendAsync(mine, Later);

        await theirs.PostAsync($"/emails/{id}/cancel", "", HttpStatusCode.NotFound);
        await theirs.PatchAsync($"/emails/{id}", """{"scheduled_at":"2020-01-01T00:00:00Z"}""", HttpStatusCode.NotFound);

        Assert.Equal("scheduled", (await mine.GetAsync($"/emails/{id}", HttpStatusCode.OK)).GetProperty("last_event").GetString());
        Assert.Equal(["email.scheduled"], await EventsAsync(mine, id));
    }

    [Fact]
    public async Task Without_a_key_or_its_scope_nothing_is_changed()
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey), nobody = api.ClientWith(null), reader = api.ClientWith(await api.AddProjectAsync());
        string id = await SendAsync(client, Later);
        await using (NpgsqlCommand restrict = api.Database.CreateCommand("UPDATE api_keys SET scopes = '{emails:read}' WHERE name = 'test'")) await restrict.ExecuteNonQueryAsync();

        Assert.Equal("missing_api_key", (await nobody.PostAsync($"/emails/{id}/cancel", "", HttpStatusCode.Unauthorized)).GetProperty("name").GetString());
        Assert.Equal("restricted_api_key", (await reader.PostAsync($"/emails/{id}/cancel", "", HttpStatusCode.Unauthorized)).GetProperty("name").GetString());
        Assert.Equal("restricted_api_key", (await reader.PatchAsync($"/emails/{id}", """{"scheduled_at":"in 1 hour"}""", HttpStatusCode.Unauthorized)).GetProperty("name").GetString());
    }

    [Fact]
    public async Task The_openapi_document_tells_both_calls_their_bodies_and_refusals()
    {
        using HttpClient client = api.ClientWith(null);

        JsonElement paths = (await client.GetAsync("/openapi/v1.json", HttpStatusCode.OK)).GetProperty("paths");

        JsonElement move = paths.GetProperty("/emails/{id}").GetProperty("patch"), cancel = paths.GetProperty("/emails/{id}/cancel").GetProperty("post");
        Assert.True(move.GetProperty("requestBody").GetProperty("content").TryGetProperty("application/json", out _));
        foreach (JsonElement operation in new[] { move, cancel })
        {
            string[] statuses = [.. operation.GetProperty("responses").EnumerateObject().Select(response => response.Name)];
            foreach (string status in new[] { "200", "400", "401", "404", "409", "413", "422" }) Assert.Contains(status, statuses);
        }
    }

    private static async Task<string> SendAsync(HttpClient client, string body) => (await client.PostAsync("/emails", body, HttpStatusCode.OK)).GetProperty("id").GetString()!;

    private static async Task<string[]> EventsAsync(HttpClient client, string id) =>
        [.. (await client.GetAsync($"/emails/{id}/events", HttpStatusCode.OK)).GetProperty("data").EnumerateArray().Select(happened => happened.GetProperty("type").GetString()!)];

    private static Task<string> RawAsync(HttpClient client, string id) => client.GetStringAsync(new Uri($"/emails/{id}/raw", UriKind.Relative));

    private async Task SetAsync(string messageId, string assignments, string condition = "")
    {
#pragma warning disable CA2100 // a test's own constants
        await using NpgsqlCommand set = api.Database.CreateCommand($"UPDATE deliveries SET {assignments} WHERE message_id = '{messageId}' {condition}");
#pragma warning restore CA2100
        await set.ExecuteNonQueryAsync();
    }
}
