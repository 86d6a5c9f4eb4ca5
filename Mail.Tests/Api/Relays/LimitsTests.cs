using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Mail.Tests.Api.Relays;

public sealed class LimitsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Limits_say_what_holds_what_is_used_and_who_waits()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync()), other = api.ClientWith(await api.AddProjectAsync());
        string today = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        JsonElement relay = await client.PostAsync("/relays", $$$"""
            {"name":"warm","kind":"capture","day_quota":120,"month_quota":9000,"domain_limits":[{"domain":"gmail.com","rate_per_second":5}],"warm_up":{"starts_on":"{{{today}}}","first_day":50,"growth":2}}
            """, HttpStatusCode.Created);
        await client.PatchAsync("/project", """{"rate_per_second":7}""", HttpStatusCode.OK);
        Guid id = Guid.Parse(relay.GetProperty("id").GetString()!), project = await ProjectOfAsync(id);
        await ExecuteAsync("INSERT INTO relay_usage (project_id, relay_id, period, used) VALUES ($1, $2, $3, 40), ($1, $2, left($3, 7), 400)", project, id, today);
        for (int i = 0; i < 4; i++) await WaitAsync(project, $"quota/{project}.{id}", "warm_up_wait", $"p{i}@example.com");
        await WaitAsync(project, $"limit/{project}.{id}/gmail.com", "domain_wait", "g@gmail.com");
        await WaitAsync(project, "quota/default", "quota_used", "d@example.com");
        await WaitAsync(project, $"project/{project}", "relay_returns", "no@limit.example");

        JsonElement limits = await client.GetAsync("/limits", HttpStatusCode.OK);

        Assert.Equal(7, limits.GetProperty("rate_per_second").GetInt32());
        JsonElement one = Assert.Single(limits.GetProperty("relays").EnumerateArray());
        Assert.Equal((40L, 50L, "warm_up"), Period(one.GetProperty("today")));
        Assert.Equal((400L, 9000L, "month_quota"), Period(one.GetProperty("month")));
        Assert.Equal([50, 100, 120, 120], one.GetProperty("planned").EnumerateArray().Take(4).Select(day => day.GetProperty("recipients").GetInt64()));
        Assert.Equal(
            ["quota: 4, 3 shown, warm_up_wait", "turn gmail.com: 1, 1 shown, domain_wait"],
            one.GetProperty("waiting").EnumerateArray().Select(Text).Order(StringComparer.Ordinal));
        Assert.Equal(["quota: 1, 1 shown, quota_used"], limits.GetProperty("default_relay_waiting").EnumerateArray().Select(Text));
        Assert.Empty((await other.GetAsync("/limits", HttpStatusCode.OK)).GetProperty("default_relay_waiting").EnumerateArray());
    }

    [Fact]
    public async Task Who_may_not_read_messages_is_told_numbers_and_no_addresses()
    {
        string key = await api.AddProjectAsync();
        using HttpClient owner = api.ClientWith(key);
        string id = (await owner.PostAsync("/relays", """{"name":"a","kind":"capture","day_quota":1}""", HttpStatusCode.Created)).GetProperty("id").GetString()!;
        Guid project = await ProjectOfAsync(Guid.Parse(id));
        await WaitAsync(project, $"quota/{project}.{id}", "quota_used", "hidden@example.com");
        string token = (await owner.PostAsync("/api-keys", """{"name":"x","scopes":["relays:read"]}""", HttpStatusCode.Created)).GetProperty("token").GetString()!;
        using HttpClient client = api.ClientWith(token);

        JsonElement waiting = (await client.GetAsync("/limits", HttpStatusCode.OK)).GetProperty("relays")[0].GetProperty("waiting")[0];

        Assert.Equal("quota: 1, 0 shown, quota_used", Text(waiting));
    }

    private static string Text(JsonElement waiting) =>
        $"{waiting.GetProperty("for").GetString()}{(waiting.GetProperty("domain").GetString() is { } domain ? " " + domain : "")}: {waiting.GetProperty("recipients").GetInt64()}, {waiting.GetProperty("examples").GetArrayLength()} shown, {waiting.GetProperty("cause").GetString()}";

    private static (long, long, string?) Period(JsonElement period) => (period.GetProperty("used").GetInt64(), period.GetProperty("limit").GetInt64(), period.GetProperty("from").GetString());

    private Task<Guid> ProjectOfAsync(Guid relay) => api.ScalarAsync<Guid>($"SELECT project_id FROM relays WHERE id = '{relay}'");

    private Task WaitAsync(Guid project, string waitsAs, string cause, string recipient) => ExecuteAsync("""
        INSERT INTO deliveries (project_id, id, message_id, recipient, kind, lane, state, next_attempt_at, reason, parked_by, cause)
        VALUES ($1, gen_random_uuid(), gen_random_uuid(), $4, 'to', 1, 'delivery_delayed', now() + interval '1 hour', 'It waits.', $2, $3)
        """, project, waitsAs, cause, recipient);

    private async Task ExecuteAsync(string sql, params object[] values)
    {
#pragma warning disable CA2100 // a test's own constant
        await using Npgsql.NpgsqlCommand command = api.Database.CreateCommand(sql);
#pragma warning restore CA2100
        foreach (object value in values) command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}
