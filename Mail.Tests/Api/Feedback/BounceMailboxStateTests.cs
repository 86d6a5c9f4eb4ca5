using System.Net;
using System.Text.Json;
using Mail.Core.Feedback.Mailboxes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mail.Tests.Api.Feedback;

/// <summary>GET /bounce-mailboxes.</summary>
public sealed class BounceMailboxStateTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task The_operators_project_sees_how_reading_goes_and_no_other_does()
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey), other = api.ClientWith(await api.AddProjectAsync());
        Assert.Equal(0, (await client.GetAsync("/bounce-mailboxes", HttpStatusCode.OK)).GetProperty("data").GetArrayLength());
        MailboxStore store = api.Services.GetRequiredService<MailboxStore>();

        await store.ReadAsync("bounces at mail.example.com", 3, CancellationToken.None);
        await store.SettleAsync("bounces at mail.example.com", "1", "It is too large.", CancellationToken.None);
        await store.SetApartAsync("bounces at mail.example.com", "1", CancellationToken.None);
        JsonElement well = await ShownAsync(client);
        await store.FailedAsync("bounces at mail.example.com", "The password is refused.", TimeSpan.FromMinutes(5), 1, CancellationToken.None);
        JsonElement failing = await ShownAsync(client);

        Assert.Equal(("bounce_mailbox", "bounces at mail.example.com", "ok", 3, 1), (Text(well, "object"), Text(well, "name"), Text(well, "status"), well.GetProperty("recorded").GetInt32(), well.GetProperty("set_apart").GetInt32()));
        Assert.Equal(("failing", "The password is refused.", 4), (Text(failing, "status"), Text(failing, "problem"), failing.GetProperty("recorded").GetInt32()));
        Assert.True(failing.GetProperty("failing_since").GetDateTimeOffset() > failing.GetProperty("read_at").GetDateTimeOffset());
        Assert.Equal(0, (await other.GetAsync("/bounce-mailboxes", HttpStatusCode.OK)).GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task Without_a_key_or_the_scope_nothing_is_seen()
    {
        string key = await api.AddProjectAsync();
        await using (NpgsqlCommand restrict = api.Database.CreateCommand("UPDATE api_keys SET scopes = '{emails:send}' WHERE project_id = (SELECT id FROM projects ORDER BY created_at DESC, id DESC LIMIT 1)"))
            await restrict.ExecuteNonQueryAsync();
        using HttpClient nobody = api.ClientWith(null), client = api.ClientWith(key);

        await nobody.GetAsync("/bounce-mailboxes", HttpStatusCode.Unauthorized);
        Assert.Contains("alerts:read", (await client.GetAsync("/bounce-mailboxes", HttpStatusCode.Unauthorized)).GetProperty("message").GetString(), StringComparison.Ordinal);
        await client.PostAsync("/bounce-mailboxes", "{}", HttpStatusCode.MethodNotAllowed);
    }

    private static async Task<JsonElement> ShownAsync(HttpClient client) => Assert.Single((await client.GetAsync("/bounce-mailboxes", HttpStatusCode.OK)).GetProperty("data").EnumerateArray());

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
