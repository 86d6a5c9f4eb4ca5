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
    }
}
