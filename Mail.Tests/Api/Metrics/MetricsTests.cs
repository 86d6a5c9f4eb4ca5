using System.Net;
using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mail.Tests.Api.Metrics;

/// <summary>GET /emails/metrics and /emails/waiting: a trigger counts what events tell, by hour.</summary>
public sealed class MetricsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Mail = """{"from":"a@example.com","to":["b@example.net","c@example.net"],"subject":"s","text":"t"}""";

    [Fact]
    public async Task What_became_of_recipients_is_counted_and_mail_of_test_keys_is_not()
    {
        using HttpClient live = api.ClientWith(await api.AddProjectAsync());
        Guid message = await SendAsync(live);
        await HappenedAsync(message, "email.sent", "main", 2);
        await HappenedAsync(message, "email.delivered", null, 1);
        await HappenedAsync(message, "email.opened", null, 3);
        await HappenedAsync(message, "email.opened", null, 4, """{"machine": true}""");
        await HappenedAsync(message, "email.bounced", "capture", 1);

        JsonElement metrics = await live.GetAsync("/emails/metrics", HttpStatusCode.OK);

        Assert.Equal("day", metrics.GetProperty("interval").GetString());
        Assert.Equal(7, metrics.GetProperty("data").GetArrayLength());
        Assert.Equal("""{"sent":2,"delivered":1,"delayed":0,"bounced":1,"failed":0,"suppressed":0,"complained":0,"opened":3,"clicked":0}""", metrics.GetProperty("totals").GetRawText());
        Assert.Equal(metrics.GetProperty("totals").GetRawText(), metrics.GetProperty("data")[6].GetProperty("counts").GetRawText());
    }

    [Fact]
    public async Task Mail_of_test_keys_is_not_counted()
    {
        string key = await api.AddProjectAsync("mk_test_");
        using HttpClient test = api.ClientWith(key);
        Guid message = await SendAsync(test);

        await HappenedAsync(message, "email.sent", "capture", 2);
        await HappenedAsync(message, "email.opened", null, 1);

        Assert.Equal(0, await api.ScalarAsync<long>($"SELECT count(*) FROM message_counts c JOIN messages m ON m.project_id = c.project_id WHERE m.id = '{message}'"));
        await test.GetAsync("/emails/metrics", HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("Europe/Paris", "2026-10-25T22:30:00Z", 6)] // the day has 25 hours
    [InlineData("Europe/Paris", "2026-10-24T22:00:00Z", 6)]
    [InlineData("Europe/Paris", "2026-10-24T21:59:00Z", 5)]
    [InlineData("UTC", "2026-10-25T23:59:00Z", 6)]
    public async Task Days_begin_where_the_person_is(string zone, string at, int day)
    {
        using HttpClient live = api.ClientWith(await api.AddProjectAsync());
        Guid message = await SendAsync(live), project = await api.ScalarAsync<Guid>($"SELECT project_id FROM messages WHERE id = '{message}'");
        await HappenedAsync(message, "email.sent", "main", 1, at: at);
        TimeZoneInfo there = TimeZoneInfo.FindSystemTimeZoneById(zone);
        DateTimeOffset[] starts = [.. Enumerable.Range(19, 7).Select(one => new DateTime(2026, 10, one)).Select(one => new DateTimeOffset(one, there.GetUtcOffset(one)))];

        IReadOnlyList<CountedInterval> intervals = await api.Services.GetRequiredService<MessageCounter>().ReadAsync(new ProjectId(project), starts, starts[6].AddDays(2), default);

        Assert.Equal((starts[day], 1L), (intervals.Single().At, intervals.Single().Counts.Sent));
    }

    [Fact]
    public async Task Hours_that_are_over_become_one_row_and_nothing_is_lost()
    {
        using HttpClient live = api.ClientWith(await api.AddProjectAsync());
        Guid message = await SendAsync(live);
        string at = DateTimeOffset.UtcNow.AddHours(-5).ToString("O");
        for (int i = 0; i < 20; i++) await HappenedAsync(message, "email.sent", "main", 1, at: at);
        MessageCounter counter = api.Services.GetRequiredService<MessageCounter>();

        await Task.WhenAll(counter.FoldAsync(default), counter.FoldAsync(default), counter.FoldAsync(default));

        Assert.Equal("20 1", await api.ScalarAsync<string>($"SELECT sum(c.sent) || ' ' || count(*) FROM message_counts c JOIN messages m ON m.project_id = c.project_id WHERE m.id = '{message}'"));
        Assert.Equal(20, (await live.GetAsync("/emails/metrics?days=2&interval=hour", HttpStatusCode.OK)).GetProperty("totals").GetProperty("sent").GetInt32());
    }

    [Fact]
    public async Task The_oldest_that_waits_is_told_with_its_reason()
    {
        using HttpClient live = api.ClientWith(await api.AddProjectAsync());
        Assert.Equal((0, JsonValueKind.Null), Of(await live.GetAsync("/emails/waiting", HttpStatusCode.OK)));
        await live.PostAsync("/emails", Mail.Replace("\"text\":\"t\"", "\"text\":\"t\",\"scheduled_at\":\"in 1 hour\"", StringComparison.Ordinal), HttpStatusCode.OK);
        Guid first = await SendAsync(live);
        await SendAsync(live);

        JsonElement waiting = await live.GetAsync("/emails/waiting", HttpStatusCode.OK);

        Assert.Equal(4, waiting.GetProperty("count").GetInt32());
        Assert.False(waiting.GetProperty("has_more").GetBoolean());
        Assert.Equal((first.ToString(), "queued"), (waiting.GetProperty("oldest").GetProperty("email_id").GetString(), waiting.GetProperty("oldest").GetProperty("state").GetString()));
        Assert.NotEqual("", waiting.GetProperty("oldest").GetProperty("reason").GetString());

        static (int, JsonValueKind) Of(JsonElement answer) => (answer.GetProperty("count").GetInt32(), answer.GetProperty("oldest").ValueKind);
    }

    [Theory]
    [InlineData("days=0", "days")]
    [InlineData("days=367", "days")]
    [InlineData("days=x", "days")]
    [InlineData("interval=week", "interval")]
    [InlineData("days=15&interval=hour", "interval")]
    [InlineData("time_zone=Mars/Olympus", "time_zone")]
    [InlineData("time_zone=../../etc/passwd", "time_zone")]
    public async Task What_is_wrong_is_named(string query, string field)
    {
        using HttpClient live = api.ClientWith(ApiFixture.LiveKey);

        JsonElement refused = await live.GetAsync($"/emails/metrics?{query}", HttpStatusCode.UnprocessableEntity);

        Assert.StartsWith($"`{field}`", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static async Task<Guid> SendAsync(HttpClient client) => (await client.PostAsync("/emails", Mail, HttpStatusCode.OK)).GetProperty("id").GetGuid();

    private async Task HappenedAsync(Guid message, string type, string? relay, int times, string detail = "{}", string? at = null)
    {
        await using NpgsqlCommand command = api.Database.CreateCommand($"""
            INSERT INTO events (project_id, message_id, id, type, created_at, recipient, relay, detail)
            SELECT project_id, id, gen_random_uuid(), $1, coalesce($4::timestamptz, now()), 'b@example.net', $2, $3::jsonb FROM messages, generate_series(1, {times}) WHERE id = $5
            """);
        command.Parameters.AddWithValue(type);
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = relay });
        command.Parameters.AddWithValue(detail);
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = at });
        command.Parameters.AddWithValue(message);
        Assert.Equal(times, await command.ExecuteNonQueryAsync());
    }
}
