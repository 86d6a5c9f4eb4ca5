using System.Net;
using System.Text.Json;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Suppressions;

/// <summary>Messages to people on the list: the real API, queue and worker. Each test has a project of its own.</summary>
public sealed class SuppressedSendTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_message_whose_every_recipient_is_on_the_list_is_refused_and_nothing_is_stored()
    {
        using HttpClient client = await ClientAsync("dead@example.com", "gone@example.com");
        long messages = await api.CountAsync("messages"), attachments = await api.CountAsync("attachments"), keys = await api.CountAsync("idempotency_keys");

        JsonElement refusal = await client.PostAsync("/emails", """{"from":"a@example.com","to":"Dead@example.com","cc":"gone@example.com","subject":"s","text":"t","attachments":[{"filename":"a.txt","content":"YQ=="}]}""",
            HttpStatusCode.UnprocessableEntity, ("Idempotency-Key", "refused"));

        Assert.Equal("recipient_suppressed", refusal.GetProperty("name").GetString());
        Assert.Matches("^`to` .*Dead@example.com: Not sent: .*gone@example.com: Not sent: ", refusal.GetProperty("message").GetString()!);
        Assert.Equal((messages, attachments, keys), (await api.CountAsync("messages"), await api.CountAsync("attachments"), await api.CountAsync("idempotency_keys")));
    }

    [Fact]
    public async Task One_of_three_is_stored_as_suppressed_at_once_and_the_others_get_it()
    {
        using HttpClient client = await ClientAsync("dead@example.com");
        string id = await SendAsync(client, """{"from":"a@example.com","to":["x@example.com","DEAD@example.com"],"bcc":"y@example.com","subject":"s","text":"t"}""");

        JsonElement message = await client.GetAsync($"/emails/{id}", HttpStatusCode.OK);
        Assert.Equal("queued suppressed queued", States(message));
        JsonElement dead = message.GetProperty("recipients")[1];
        Assert.StartsWith("Not sent: somebody put the address on the suppression list", dead.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("suppressed", dead.GetProperty("cause").GetProperty("code").GetString());
        FakeRelay relay = new();
        await using TestWorker worker = await TestWorker.StartAsync(api.ConnectionString, relay);
        await Eventually.TrueAsync(async () => States(await client.GetAsync($"/emails/{id}", HttpStatusCode.OK)) == "sent suppressed sent");
        Assert.Equal(["x@example.com", "y@example.com"], relay.Offered.Where(offer => offer.Id.ToString() == id).SelectMany(offer => offer.Recipients).Select(recipient => recipient.Address.Address));
    }

    [Fact]
    public async Task A_batch_is_refused_by_its_message_and_a_permissive_one_takes_the_others()
    {
        using HttpClient client = await ClientAsync("dead@example.com");
        const string Body = """[{"from":"a@example.com","to":"x@example.com","subject":"s","text":"t"},{"from":"a@example.com","to":"dead@example.com","subject":"s","text":"t"},{"from":"a@example.com","to":"y@example.com","subject":"s","text":"t"}]""";
        long before = await api.CountAsync("messages");

        JsonElement strict = await client.PostAsync("/emails/batch", Body, HttpStatusCode.UnprocessableEntity);
        Assert.StartsWith("`1.to` ", strict.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, await api.CountAsync("messages"));
        JsonElement permissive = await client.PostAsync("/emails/batch", Body, HttpStatusCode.OK, ("x-batch-validation", "permissive"));
        Assert.Equal(2, permissive.GetProperty("data").GetArrayLength());
        Assert.Equal(1, Assert.Single(permissive.GetProperty("errors").EnumerateArray()).GetProperty("index").GetInt32());
    }

    [Fact]
    public async Task A_replay_gets_its_answer_although_the_recipient_came_onto_the_list_since()
    {
        using HttpClient client = await ClientAsync();
        const string Body = """{"from":"a@example.com","to":"later@example.com","subject":"s","text":"t"}""";
        string first = (await client.PostAsync("/emails", Body, HttpStatusCode.OK, ("Idempotency-Key", "k"))).ToString();
        await client.PostAsync("/suppressions", """{"email":"later@example.com"}""", HttpStatusCode.Created);

        Assert.Equal(first, (await client.PostAsync("/emails", Body, HttpStatusCode.OK, ("Idempotency-Key", "k"))).ToString());
        await client.PostAsync("/emails", Body, HttpStatusCode.UnprocessableEntity, ("Idempotency-Key", "another"));
    }

    [Fact]
    public async Task Who_comes_onto_the_list_while_a_message_waits_gets_nothing()
    {
        using HttpClient client = await ClientAsync();
        string id = await SendAsync(client, """{"from":"a@example.com","to":["stays@example.com","leaves@example.com"],"subject":"s","text":"t","scheduled_at":"in 20 days"}""");
        await client.PostAsync("/suppressions", """{"email":"Leaves@example.com","reason":"complaint"}""", HttpStatusCode.Created);
        FakeRelay relay = new();
        ManualClock clock = new(DateTimeOffset.UtcNow.AddDays(21));
        await using TestWorker worker = await TestWorker.StartAsync(api.ConnectionString, relay, clock: clock);

        await Eventually.TrueAsync(async () => States(await client.GetAsync($"/emails/{id}", HttpStatusCode.OK)) == "sent suppressed");

        Assert.Equal("stays@example.com", Assert.Single(Assert.Single(relay.Offered, offer => offer.Id.ToString() == id).Recipients).Address.Address);
        Assert.Equal(1, await api.CountAsync($"events WHERE message_id = '{id}' AND type = 'email.suppressed' AND recipient = 'leaves@example.com' AND reason LIKE '%spam.'"));
    }

    /// <summary>Addresses come onto the list while batches to them are accepted and sent: each recipient is suppressed or sent, none is lost, and none is sent that was on it before.</summary>
    [Fact]
    public async Task A_race_between_the_list_and_a_batch_loses_nobody()
    {
        using HttpClient client = await ClientAsync();
        FakeRelay relay = new();
        await using TestWorker worker = await TestWorker.StartAsync(api.ConnectionString, relay);
        string tag = $"race-{Guid.NewGuid():N}";
        string batch = JsonSerializer.Serialize(Enumerable.Range(0, 10).Select(i => new { from = "a@example.com", to = new[] { $"{tag}-{i}@example.com", $"{tag}-one@example.com", $"{tag}-two@example.com" }, subject = "s", text = "t" }));

        Task<JsonElement>[] sends = [.. Enumerable.Range(0, 10).Select(_ => client.PostAsync("/emails/batch", batch, HttpStatusCode.OK))];
        await client.PostAsync("/suppressions/batch/add", $$"""{"suppressions":[{"email":"{{tag}}-one@example.com"},{"email":"{{tag}}-two@example.com"}]}""", HttpStatusCode.OK);
        await Task.WhenAll(sends);
        await client.PostAsync("/emails/batch", batch, HttpStatusCode.OK);

        await Eventually.TrueAsync(async () => await api.CountAsync($"finished_deliveries WHERE recipient LIKE '{tag}-%'") == 330);
        Assert.Equal(330, await api.CountAsync($"finished_deliveries WHERE recipient LIKE '{tag}-%' AND state IN ('sent', 'suppressed')"));
        Assert.Equal(110, await api.CountAsync($"finished_deliveries WHERE recipient ~ '{tag}-[0-9]' AND state = 'sent'"));
        Assert.InRange(await api.CountAsync($"finished_deliveries WHERE recipient LIKE '{tag}-%' AND state = 'suppressed'"), 20, 220);
        Assert.Equal(await api.CountAsync($"finished_deliveries WHERE recipient LIKE '{tag}-%' AND state = 'sent'"), relay.Taken.Count(to => to.StartsWith(tag, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("\"topic_id\":\"a b\"", "`topic_id` must be 1 to 128")]
    [InlineData("\"topic_id\":\"\"", "`topic_id`")]
    [InlineData("\"topic_id\":7", "`topic_id`")]
    [InlineData("\"unsubscribe\":\"yes\"", "`unsubscribe`")]
    [InlineData("\"lane\":\"bulk\",\"unsubscribe\":false", "`unsubscribe` must not be false")]
    [InlineData("\"lane\":\"critical\",\"unsubscribe\":true", "`unsubscribe` must not be true")]
    [InlineData("\"unsubscribe\":true,\"headers\":{\"list-unsubscribe\":\"<https://example.com/u>\"}", "`headers.List-Unsubscribe` cannot be set together")]
    public async Task A_wrong_wish_about_unsubscribing_is_refused_by_its_field(string field, string message)
    {
        using HttpClient client = await ClientAsync();
        JsonElement refusal = await client.PostAsync("/emails", $$"""{"from":"a@example.com","to":"x@example.com","subject":"s","text":"t",{{field}}}""", HttpStatusCode.UnprocessableEntity);
        Assert.StartsWith(message, refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_is_no_bulk_mail()
    {
        using HttpClient client = await ClientAsync();
        JsonElement refusal = await client.PostAsync("/emails", """{"from":"a@example.com","to":"x@example.com","template":{"id":"password-reset","variables":{"code":"1"}},"lane":"bulk"}""", HttpStatusCode.UnprocessableEntity);
        Assert.StartsWith("`lane` must not be `bulk`", refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private async Task<HttpClient> ClientAsync(params string[] suppressed)
    {
        HttpClient client = api.ClientWith(await api.AddProjectAsync());
        foreach (string address in suppressed) await client.PostAsync("/suppressions", $$"""{"email":"{{address}}"}""", HttpStatusCode.Created);
        return client;
    }

    private static async Task<string> SendAsync(HttpClient client, string body) => (await client.PostAsync("/emails", body, HttpStatusCode.OK)).GetProperty("id").GetString()!;

    private static string States(JsonElement message) => string.Join(' ', message.GetProperty("recipients").EnumerateArray().Select(recipient => recipient.GetProperty("state").GetString()));
}
