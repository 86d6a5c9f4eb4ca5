using System.Globalization;
using System.Net;
using System.Text.Json;
using Mail.Core.Common;

namespace Mail.Tests.Api.Relays;

public sealed class RelayUsageTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly long[] _used = [12, 340];

    [Fact]
    public async Task The_list_says_what_of_a_quota_is_used_in_this_project_alone()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync()), other = api.ClientWith(await api.AddProjectAsync());
        string id = (await client.PostAsync("/relays", """{"name":"a","kind":"capture","day_quota":1000}""", HttpStatusCode.Created)).GetProperty("id").GetString()!;
        await client.PostAsync("/relays", """{"name":"b","kind":"capture"}""", HttpStatusCode.Created);
        await other.PostAsync("/relays", """{"name":"a","kind":"capture"}""", HttpStatusCode.Created);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        await using (Npgsql.NpgsqlCommand use = api.Database.CreateCommand("""
            INSERT INTO relay_usage (project_id, relay_id, period, used) SELECT project_id, id, p.period, p.used FROM relays, unnest($2::text[], $3::bigint[]) AS p(period, used) WHERE id = $1
            """))
        {
            use.Parameters.AddTyped(Guid.Parse(id)).AddTyped(new[] { now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), now.ToString("yyyy-MM", CultureInfo.InvariantCulture) }).AddTyped(_used);
            await use.ExecuteNonQueryAsync();
        }

        JsonElement[] mine = [.. (await client.GetAsync("/relays", HttpStatusCode.OK)).GetProperty("data").EnumerateArray()];
        JsonElement theirs = (await other.GetAsync("/relays", HttpStatusCode.OK)).GetProperty("data")[0];

        JsonElement used = mine.Single(relay => relay.GetProperty("name").GetString() == "a").GetProperty("usage");
        Assert.Equal((12L, 340L), (used.GetProperty("day").GetInt64(), used.GetProperty("month").GetInt64()));
        Assert.Equal(JsonValueKind.Null, mine.Single(relay => relay.GetProperty("name").GetString() == "b").GetProperty("usage").ValueKind);
        Assert.Equal(JsonValueKind.Null, theirs.GetProperty("usage").ValueKind);
        Assert.Equal(12L, (await client.GetAsync($"/relays/{id}", HttpStatusCode.OK)).GetProperty("usage").GetProperty("day").GetInt64());
    }

    [Fact]
    public async Task A_relay_says_whether_it_carries_mail_at_this_moment()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string id = "";
        foreach (string body in (string[])["""{"name":"well","kind":"capture"}""", """{"name":"away","kind":"capture"}""", """{"name":"wrong","kind":"capture"}""", """{"name":"stopped","kind":"capture","enabled":false}""", """{"name":"full","kind":"capture","day_quota":5}"""])
            id = (await client.PostAsync("/relays", body, HttpStatusCode.Created)).GetProperty("id").GetString()!;
        Guid project;
        await using (Npgsql.NpgsqlCommand find = api.Database.CreateCommand("SELECT project_id FROM relays WHERE id = $1"))
        {
            find.Parameters.AddTyped(Guid.Parse(id));
            project = (Guid)(await find.ExecuteScalarAsync())!;
        }

        await using (Npgsql.NpgsqlCommand alerts = api.Database.CreateCommand("""
            INSERT INTO alerts (project_id, id, kind, subject, facts, count, opened_at, last_at, ends_at, resolved_at) VALUES
                ($1, gen_random_uuid(), 'relay_paused', 'away', '{"reason":"No answer."}', 1, now(), now(), now() + interval '1 hour', NULL),
                ($1, gen_random_uuid(), 'relay_misconfigured', 'wrong', '{"reason":"Bad password."}', 1, now(), now(), now() + interval '1 hour', NULL),
                ($1, gen_random_uuid(), 'relay_paused', 'well', '{"reason":"Long over."}', 1, now(), now(), now(), now()),
                (gen_random_uuid(), gen_random_uuid(), 'relay_paused', 'well', '{"reason":"Another project."}', 1, now(), now(), now() + interval '1 hour', NULL)
            """))
        {
            alerts.Parameters.AddTyped(project);
            await alerts.ExecuteNonQueryAsync();
        }

        await using (Npgsql.NpgsqlCommand use = api.Database.CreateCommand("INSERT INTO relay_usage (project_id, relay_id, period, used) SELECT project_id, id, $2, 5 FROM relays WHERE project_id = $1 AND name = 'full'"))
        {
            use.Parameters.AddTyped(project).AddTyped(DateTimeOffset.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            await use.ExecuteNonQueryAsync();
        }

        Dictionary<string, string> states = (await client.GetAsync("/relays", HttpStatusCode.OK)).GetProperty("data").EnumerateArray().ToDictionary(
            relay => relay.GetProperty("name").GetString()!, relay => $"{relay.GetProperty("state").GetString()}: {relay.GetProperty("state_reason").GetString()}");

        Assert.Equal(new Dictionary<string, string> { ["well"] = "in_use: ", ["away"] = "paused: No answer.", ["wrong"] = "misconfigured: Bad password.", ["stopped"] = "off: ", ["full"] = "quota_used: " }, states);
    }
}
