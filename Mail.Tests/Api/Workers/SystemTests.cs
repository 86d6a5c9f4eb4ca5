using System.Net;
using System.Text.Json;

namespace Mail.Tests.Api.Workers;

public sealed class SystemTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task The_operator_sees_the_installation_and_others_their_own_queues()
    {
        using HttpClient theOperator = api.ClientWith(ApiFixture.LiveKey), other = api.ClientWith(await api.AddProjectAsync());
        await ExecuteAsync("""
            INSERT INTO worker_heartbeats (id, host, process_id, version, started_at, seen_at)
            VALUES (gen_random_uuid(), 'secret-host', 4711, '9.9.9', now(), now()), (gen_random_uuid(), 'old-host', 1, '9.9.9', now(), now() - interval '2 hours'), (gen_random_uuid(), 'gone-host', 1, '', now(), now() - interval '2 days')
            """);
        await ExecuteAsync("""
            INSERT INTO deliveries (project_id, id, message_id, recipient, kind, lane, state, next_attempt_at, reason, parked_by) VALUES
                (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'a@example.com', 'to', 0, 'queued', now() - interval '1 hour', 'Waits.', NULL),
                (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'b@example.com', 'to', 1, 'scheduled', now() + interval '1 hour', 'Waits.', NULL),
                (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'c@example.com', 'to', 1, 'delivery_delayed', now() + interval '1 hour', 'Waits.', 'quota/default')
            """);

        JsonElement whole = await theOperator.GetAsync("/system", HttpStatusCode.OK), own = await other.GetAsync("/system", HttpStatusCode.OK);

        Assert.Equal(("installation", "serious"), (whole.GetProperty("scope").GetString(), whole.GetProperty("status").GetString()));
        Assert.Equal(["secret-host True", "old-host False"], whole.GetProperty("workers").EnumerateArray().Select(worker => $"{worker.GetProperty("host").GetString()} {worker.GetProperty("alive").GetBoolean()}"));
        Assert.Equal(["critical 1 0 0", "normal 0 1 1", "bulk 0 0 0"], whole.GetProperty("queue").EnumerateArray().Select(lane =>
            $"{lane.GetProperty("lane").GetString()} {lane.GetProperty("due").GetInt64()} {lane.GetProperty("parked").GetInt64()} {lane.GetProperty("later").GetInt64()}"));
        Assert.InRange(whole.GetProperty("queue")[0].GetProperty("oldest_age_seconds").GetInt64(), 3599, 3700);
        JsonElement database = whole.GetProperty("database");
        Assert.True(database.GetProperty("size_bytes").GetInt64() > 1_000_000 && database.GetProperty("has_next_month").GetBoolean());
        Assert.Equal("none", whole.GetProperty("cache").GetProperty("status").GetString());
        string[] codes = [.. whole.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("code").GetString()!)];
        Assert.Equal("queue_old_critical", codes[0]); // what is serious comes first
        Assert.Contains("worker_silent", codes);
        Assert.Contains("versions_differ", codes);
        Assert.DoesNotContain("no_worker", codes);

        Assert.Equal("project", own.GetProperty("scope").GetString());
        Assert.DoesNotContain("secret-host", own.GetRawText(), StringComparison.Ordinal);
        Assert.All((string[])["database", "cache"], hidden => Assert.Equal(JsonValueKind.Null, own.GetProperty(hidden).ValueKind));
        Assert.All(own.GetProperty("queue").EnumerateArray(), lane => Assert.Equal(0, lane.GetProperty("due").GetInt64()));
    }

    [Fact]
    public async Task Problems_are_told_in_the_language_of_whoever_asks()
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr");
        await ExecuteAsync("DELETE FROM worker_heartbeats");

        JsonElement problems = (await client.GetAsync("/system", HttpStatusCode.OK)).GetProperty("problems");

        JsonElement first = problems.EnumerateArray().Single(problem => problem.GetProperty("code").GetString() == "no_worker");
        Assert.Equal("Aucun worker ne fonctionne.", first.GetProperty("title").GetString());
    }

    private async Task ExecuteAsync(string sql)
    {
#pragma warning disable CA2100 // a test's own constant
        await using Npgsql.NpgsqlCommand command = api.Database.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
