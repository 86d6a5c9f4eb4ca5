using System.Net;
using System.Text;
using System.Text.Json;
using Mail.Core.Delivery;
using Mail.Core.Relays;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Messages;

/// <summary>The test addresses on their whole way: the real API, queue and worker, beside a relay that must not see them.</summary>
public sealed class TestAddressTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly Dictionary<string, string?> _quick = new() { ["Delivery:RetryDelays:0"] = "00:00:00.1", ["Delivery:RetryDelays:1"] = "00:00:00.1", ["Delivery:RetryDelays:2"] = "00:00:00.1" };

    [Theory]
    [InlineData("delivered", "delivered", 250, "email.queued email.sent email.delivered")]
    [InlineData("bounced", "bounced", 550, "email.queued email.bounced")]
    [InlineData("delayed", "delivered", 250, "email.queued email.delivery_delayed email.delivery_delayed email.sent email.delivered")]
    [InlineData("complained", "complained", 250, "email.queued email.sent email.complained")]
    [InlineData("suppressed", "suppressed", null, "email.queued email.suppressed")]
    [InlineData("nobody", "bounced", 550, "email.queued email.bounced")]
    public async Task Each_address_meets_its_fate_and_nothing_leaves(string name, string state, int? code, string events)
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        FakeRelay relay = new();
        string id = await SendAsync(client, $$"""{"from":"a@example.com","to":"{{name}}+{{Guid.NewGuid():N}}@mail.test","subject":"s","text":"t"}""");
        await using TestWorker worker = await TestWorker.StartAsync(api.ConnectionString, relay, _quick);

        await Eventually.TrueAsync(async () => (await client.GetAsync($"/emails/{id}", HttpStatusCode.OK)).GetProperty("last_event").GetString() == state);

        JsonElement recipient = (await client.GetAsync($"/emails/{id}", HttpStatusCode.OK)).GetProperty("recipients")[0];
        Assert.Equal(code, recipient.GetProperty("code").ValueKind is JsonValueKind.Null ? null : recipient.GetProperty("code").GetInt32());
        Assert.Equal(name == "suppressed" ? null : "simulator", recipient.GetProperty("relay").GetString());
        Assert.Equal(events, await EventsAsync(client, id));
        Assert.Empty(relay.Offered);
    }

    [Fact]
    public async Task Test_addresses_beside_real_ones_part_from_them_and_the_mail_names_them_all()
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        FakeRelay relay = new();
        string id = await SendAsync(client, """{"from":"a@example.com","to":["ada@example.net","delivered@mail.test"],"cc":"bounced@mail.test","bcc":"suppressed@mail.test","subject":"s","text":"t"}""");
        await using TestWorker worker = await TestWorker.StartAsync(api.ConnectionString, relay, _quick);

        await Eventually.TrueAsync(async () => await StatesAsync(client, id) == "sent delivered bounced suppressed");

        RelayMessage offered = Assert.Single(relay.Offered, offer => offer.Id.ToString() == id);
        Assert.Equal("ada@example.net", Assert.Single(offered.Recipients).Address.Address);
        Assert.Contains("delivered@mail.test", Encoding.UTF8.GetString(offered.Mime.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_test_key_too_the_test_addresses_meet_their_fate()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync("mk_test_"));
        string id = await SendAsync(client, """{"from":"a@example.com","to":["complained@mail.test","ada@example.net"],"subject":"s","text":"t"}""");
        await using TestWorker worker = await TestWorker.StartAsync(api.ConnectionString, new FakeRelay(), _quick);

        await Eventually.TrueAsync(async () => await StatesAsync(client, id) == "complained sent");

        Assert.Equal(1, await api.CountAsync($"captured_messages WHERE message_id = '{id}'")); // the other one lies in the sandbox inbox
    }

    [Fact]
    public async Task A_suppressed_recipient_is_stored_once_per_key_and_never_queued()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        const string Body = """[{"from":"a@example.com","to":"suppressed@mail.test","subject":"s","text":"t","scheduled_at":"in 1 hour"},{"from":"a@example.com","to":["b@example.net","suppressed+x@mail.test"],"subject":"s","text":"t"}]""";

        string first = (await client.PostAsync("/emails/batch", Body, HttpStatusCode.OK, ("Idempotency-Key", "k"))).ToString();
        string again = (await client.PostAsync("/emails/batch", Body, HttpStatusCode.OK, ("Idempotency-Key", "k"))).ToString();

        Assert.Equal(first, again);
        string[] ids = [.. JsonDocument.Parse(first).RootElement.GetProperty("data").EnumerateArray().Select(created => created.GetProperty("id").GetString()!)];
        Assert.Equal(["suppressed", "queued suppressed"], [await StatesAsync(client, ids[0]), await StatesAsync(client, ids[1])]);
        Assert.Equal(1, await api.CountAsync($"deliveries WHERE message_id IN ('{ids[0]}', '{ids[1]}')"));
        Assert.Equal(2, await api.CountAsync($"events WHERE message_id IN ('{ids[0]}', '{ids[1]}') AND type = 'email.suppressed' AND reason <> ''"));
        Assert.Equal("too_late", (await client.PatchAsync($"/emails/{ids[0]}", """{"scheduled_at":"in 2 hours"}""", HttpStatusCode.Conflict)).GetProperty("name").GetString());
        await client.PatchAsync($"/emails/{ids[1]}", """{"scheduled_at":"in 2 hours"}""", HttpStatusCode.OK); // the other recipient still waits
        Assert.Equal("scheduled suppressed", await StatesAsync(client, ids[1]));
    }

    /// <summary>A worker that dies between the simulator's answer and its report leaves only what the next one finds.</summary>
    [Fact]
    public async Task A_report_that_was_not_made_is_made_by_the_next_worker()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string id = await SendAsync(client, """{"from":"a@example.com","to":"complained@mail.test","subject":"s","text":"t"}""");
        await using (Npgsql.NpgsqlCommand sent = api.Database.CreateCommand($"""
            WITH gone AS (DELETE FROM deliveries WHERE message_id = '{id}' RETURNING *)
            INSERT INTO finished_deliveries (project_id, message_id, id, recipient, kind, state, attempts, relay, finished_at)
            SELECT project_id, message_id, id, recipient, kind, 'sent', 1, '{SimulatorRelay.RelayName}', now() FROM gone
            """)) await sent.ExecuteNonQueryAsync();

        await using TestWorker worker = await TestWorker.StartAsync(api.ConnectionString, new FakeRelay());

        await Eventually.TrueAsync(async () => await StatesAsync(client, id) == DeliveryState.Complained.Name());
    }

    private static async Task<string> SendAsync(HttpClient client, string body) => (await client.PostAsync("/emails", body, HttpStatusCode.OK)).GetProperty("id").GetString()!;

    private static async Task<string> StatesAsync(HttpClient client, string id) =>
        string.Join(' ', (await client.GetAsync($"/emails/{id}", HttpStatusCode.OK)).GetProperty("recipients").EnumerateArray().Select(recipient => recipient.GetProperty("state").GetString()));

    private static async Task<string> EventsAsync(HttpClient client, string id) =>
        string.Join(' ', (await client.GetAsync($"/emails/{id}/events", HttpStatusCode.OK)).GetProperty("data").EnumerateArray().Select(happened => happened.GetProperty("type").GetString()));
}
