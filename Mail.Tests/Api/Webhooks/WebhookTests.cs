using System.Net;
using System.Text.Json;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Core.Webhooks;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Webhooks;

public sealed class WebhookTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Hook = """{"endpoint":"https://app.example.com/hooks?a=1","events":["email.sent","email.bounced","email.sent"]}""";

    [Fact]
    public async Task A_webhook_is_made_read_changed_and_removed_as_Resend_has_it()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());

        JsonElement created = await client.PostAsync("/webhooks", Hook, HttpStatusCode.Created);
        string id = created.GetProperty("id").GetString()!;
        Assert.Equal("webhook", created.GetProperty("object").GetString());
        Assert.Matches("^whsec_[A-Za-z0-9+/]{43}=$", created.GetProperty("signing_secret").GetString());

        JsonElement read = await client.GetAsync($"/webhooks/{id}", HttpStatusCode.OK);
        Assert.Equal(("https://app.example.com/hooks?a=1", "enabled", true, 0), (read.GetProperty("endpoint").GetString(), read.GetProperty("status").GetString(), read.GetProperty("enabled").GetBoolean(), read.GetProperty("waiting").GetInt32()));
        Assert.Equal(["email.sent", "email.bounced"], read.GetProperty("events").EnumerateArray().Select(name => name.GetString()!));
        Assert.False(read.TryGetProperty("signing_secret", out _)); // at creation and rotation only

        JsonElement changed = await client.PatchAsync($"/webhooks/{id}", """{"endpoint":"https://other.example.com/","events":["email.failed"],"status":"disabled"}""", HttpStatusCode.OK);
        Assert.Equal(("https://other.example.com/", "disabled"), (changed.GetProperty("endpoint").GetString(), changed.GetProperty("status").GetString()));
        Assert.Equal("email.failed", (await client.PatchAsync($"/webhooks/{id}", """{"enabled":true}""", HttpStatusCode.OK)).GetProperty("events")[0].GetString());

        JsonElement rotated = await client.PostAsync($"/webhooks/{id}/rotate-secret", "", HttpStatusCode.OK);
        Assert.NotEqual(created.GetProperty("signing_secret").GetString(), rotated.GetProperty("signing_secret").GetString());
        Assert.InRange(rotated.GetProperty("old_secret_expires_at").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddHours(23), DateTimeOffset.UtcNow.AddHours(25));

        JsonElement list = await client.GetAsync("/webhooks", HttpStatusCode.OK);
        Assert.Equal(("list", 1, false), (list.GetProperty("object").GetString(), list.GetProperty("data").GetArrayLength(), list.GetProperty("has_more").GetBoolean()));
        Assert.Contains("email.clicked", list.GetProperty("known_events").EnumerateArray().Select(name => name.GetString()));

        JsonElement removed = await client.DeleteAsync($"/webhooks/{id}", HttpStatusCode.OK);
        Assert.Equal((id, true), (removed.GetProperty("id").GetString(), removed.GetProperty("deleted").GetBoolean()));
        await client.GetAsync($"/webhooks/{id}", HttpStatusCode.NotFound);
        Assert.DoesNotContain(api.Log, line => line.Contains("whsec_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_happens_to_a_mail_reaches_the_app_and_stands_in_the_attempts()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string id = (await client.PostAsync("/webhooks", $$"""{"endpoint":"{{receiver.Url}}/hook","events":["email.scheduled","email.sent","email.bounced"]}""", HttpStatusCode.Created)).GetProperty("id").GetString()!;
        string mail = (await client.PostAsync("/emails", """{"from":"a@example.org","to":["b@example.net"],"subject":"S","text":"T","tags":[{"name":"kind","value":"test"}]}""", HttpStatusCode.OK)).GetProperty("id").GetString()!;
        string later = (await client.PostAsync("/emails", """{"from":"a@example.org","to":["c@example.net"],"subject":"L","text":"T","scheduled_at":"in 1 hour"}""", HttpStatusCode.OK)).GetProperty("id").GetString()!;

        await using TestWorker worker = await TestWorker.StartAsync(api.ConnectionString, new FakeRelay());
        await using WebhookWorkerHost telling = await WebhookWorkerHost.StartAsync(api.ConnectionString);
        await Eventually.TrueAsync(() => receiver.All.Count == 2);

        Received sent = receiver.All.Single(one => one.Type == "email.sent"), scheduled = receiver.All.Single(one => one.Type == "email.scheduled");
        Assert.Equal((mail, "test"), (sent.Json.GetProperty("data").GetProperty("email_id").GetString(), sent.Json.GetProperty("data").GetProperty("tags").GetProperty("kind").GetString()));
        Assert.Equal(later, scheduled.Json.GetProperty("data").GetProperty("email_id").GetString());
        await Eventually.TrueAsync(async () => (await AttemptsAsync(client, id)).Length == 2);
        JsonElement attempt = (await AttemptsAsync(client, id)).Single(one => one.GetProperty("type").GetString() == "email.sent");
        Assert.Equal((sent.Id, mail, 200, 1, true), (
            attempt.GetProperty("event_id").GetString()!, attempt.GetProperty("email_id").GetString()!, attempt.GetProperty("status").GetInt32(), attempt.GetProperty("attempt").GetInt32(), attempt.GetProperty("succeeded").GetBoolean()));

        // a test event, and one more of what was sent
        JsonElement test = await client.PostAsync($"/webhooks/{id}/test", """{"type":"email.bounced"}""", HttpStatusCode.Accepted);
        await client.PostAsync($"/webhooks/{id}/test", "", HttpStatusCode.Accepted);
        Assert.Equal(1, (await client.PostAsync($"/webhooks/{id}/replay", $$"""{"event_id":"{{sent.Id}}"}""", HttpStatusCode.Accepted)).GetProperty("queued").GetInt32());
        Assert.Equal(0, (await client.PostAsync($"/webhooks/{id}/replay", """{"since":"2026-01-01T00:00:00Z"}""", HttpStatusCode.Accepted)).GetProperty("queued").GetInt32());
        await Eventually.TrueAsync(() => receiver.All.Count == 5);
        Assert.Equal(2, receiver.All.Count(one => one.Id == sent.Id));
        Assert.Equal("unknown_user", receiver.All.Single(one => one.Id == test.GetProperty("id").GetString()).Json.GetProperty("data").GetProperty("cause").GetProperty("code").GetString());
        await Eventually.TrueAsync(async () => (await AttemptsAsync(client, id)).Length == 5);

        JsonElement page = await client.GetAsync($"/webhooks/{id}/attempts?limit=2&status=succeeded", HttpStatusCode.OK);
        Assert.True(page.GetProperty("has_more").GetBoolean());
        JsonElement next = await client.GetAsync($"/webhooks/{id}/attempts?limit=100&after={page.GetProperty("data")[1].GetProperty("id").GetString()}", HttpStatusCode.OK);
        Assert.Equal((3, false), (next.GetProperty("data").GetArrayLength(), next.GetProperty("has_more").GetBoolean()));
        Assert.Empty((await client.GetAsync($"/webhooks/{id}/attempts?status=failed", HttpStatusCode.OK)).GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task A_project_has_a_limited_number_of_webhooks()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.PostAsync("/webhooks", Hook, HttpStatusCode.Created)));

        Assert.Equal("too_many_webhooks", (await client.PostAsync("/webhooks", Hook, HttpStatusCode.Conflict)).GetProperty("name").GetString());
    }

    private static async Task<JsonElement[]> AttemptsAsync(HttpClient client, string id) => [.. (await client.GetAsync($"/webhooks/{id}/attempts?limit=100", HttpStatusCode.OK)).GetProperty("data").EnumerateArray()];
}
