using System.Net;
using System.Text.Json;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Messages;

/// <summary>What was said in an attempt that did not end well, from the relay's connection to the answer of the API.</summary>
public sealed class TranscriptTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Every_attempt_that_did_not_end_well_can_be_read_and_an_accepted_one_has_its_last_reply()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        await using SmtpSink sink = SmtpSink.Start();
        int tries = 0;
        sink.Script = step => step switch
        {
            { Stage: SmtpSinkStage.Rcpt, Argument: "gone@example.net" } => SmtpSinkAction.Reply(550, "5.1.1 no such user"),
            { Stage: SmtpSinkStage.Rcpt, Argument: "grey@example.net" } when Interlocked.Increment(ref tries) == 1 => SmtpSinkAction.Reply(451, "4.7.1 Greylisted, come back"),
            _ => null,
        };
        await using TestWorker worker = await TestWorker.StartAsync(api.ConnectionString, settings: Settings(sink));
        string id = await SendAsync(client, "gone@example.net", "grey@example.net");
        await Eventually.TrueAsync(async () => (await EventsAsync(client, id)).Count(happened => Text(happened, "type") is "email.bounced" or "email.sent") == 2);

        JsonElement[] events = [.. await EventsAsync(client, id)];
        JsonElement bounced = events.Single(happened => Text(happened, "type") == "email.bounced"), delayed = events.Single(happened => Text(happened, "type") == "email.delivery_delayed"), sent = events.Single(happened => Text(happened, "type") == "email.sent");
        JsonElement refusal = await client.GetAsync($"/emails/{id}/events/{Text(bounced, "id")}/transcript", HttpStatusCode.OK);
        JsonElement greylisted = await client.GetAsync($"/emails/{id}/events/{Text(delayed, "id")}/transcript", HttpStatusCode.OK);

        Assert.Equal([true, true, false, false], new[] { bounced, delayed, sent, events[0] }.Select(happened => happened.GetProperty("has_transcript").GetBoolean()));
        Assert.Equal(("email.bounced", "gone@example.net", "default", 1), (Text(refusal, "type"), Text(refusal, "recipient"), Text(refusal, "relay"), refusal.GetProperty("attempt").GetInt32()));
        Assert.Contains("server 550 5.1.1 no such user", Lines(refusal));
        Assert.Contains("client RCPT TO:<gone@example.net>", Lines(refusal));
        Assert.DoesNotContain("grey@example.net", refusal.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("server 451 4.7.1 Greylisted, come back", Lines(greylisted));
        Assert.DoesNotContain("gone@example.net", greylisted.GetRawText(), StringComparison.Ordinal);
        Assert.All(refusal.GetProperty("lines").EnumerateArray(), line => Assert.InRange(line.GetProperty("at").GetDouble(), 0, 600));
        await client.GetAsync($"/emails/{id}/events/{Text(sent, "id")}/transcript", HttpStatusCode.NotFound);
        Assert.Equal(0, await api.CountAsync($"events WHERE message_id = '{id}' AND (transcript LIKE '%secret words%' OR length(transcript) > 4096)"));
    }

    [Fact]
    public async Task A_relay_that_was_passed_by_or_cannot_be_used_tells_why_and_other_messages_are_told_nothing_of_it()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step.Stage == SmtpSinkStage.Mail ? SmtpSinkAction.Reply(530, "5.7.0 Authentication Required") : null;
        await using TestWorker worker = await TestWorker.StartAsync(api.ConnectionString, settings: Settings(sink));
        string first = await SendAsync(client, "first@example.net");
        await Eventually.TrueAsync(async () => (await EventsAsync(client, first)).Count() == 2);
        string second = await SendAsync(client, "second@example.net");
        await Eventually.TrueAsync(async () => (await EventsAsync(client, second)).Count() == 2);

        JsonElement told = (await EventsAsync(client, first)).Last();
        JsonElement transcript = await client.GetAsync($"/emails/{first}/events/{Text(told, "id")}/transcript", HttpStatusCode.OK);

        Assert.Equal(JsonValueKind.Null, transcript.GetProperty("attempt").ValueKind);
        Assert.Contains("server 530 5.7.0 Authentication Required", Lines(transcript));
        Assert.Equal(0, await api.CountAsync($"events WHERE message_id = '{second}' AND transcript LIKE '%first@%'"));
    }

    [Fact]
    public async Task It_is_the_projects_own_and_ids_that_are_none_are_not_found()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync()), other = api.ClientWith(await api.AddProjectAsync());
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step.Stage == SmtpSinkStage.Rcpt ? SmtpSinkAction.Reply(550, "5.1.1 no such user") : null;
        await using TestWorker worker = await TestWorker.StartAsync(api.ConnectionString, settings: Settings(sink));
        string id = await SendAsync(client, "gone@example.net");
        await Eventually.TrueAsync(async () => (await EventsAsync(client, id)).Any(happened => Text(happened, "type") == "email.bounced"));
        string bounced = Text((await EventsAsync(client, id)).Single(happened => Text(happened, "type") == "email.bounced"), "id");

        foreach (string path in (string[])[$"/emails/{id}/events/{Guid.NewGuid()}/transcript", $"/emails/{Guid.NewGuid()}/events/{bounced}/transcript", $"/emails/{id}/events/x/transcript", $"/emails/x/events/{bounced}/transcript"])
            await client.GetAsync(path, HttpStatusCode.NotFound);
        await other.GetAsync($"/emails/{id}/events/{bounced}/transcript", HttpStatusCode.NotFound);
        await client.GetAsync($"/emails/{id}/events/{bounced}/transcript", HttpStatusCode.OK);
    }

    private static async Task<string> SendAsync(HttpClient client, params string[] to) =>
        Text(await client.PostAsync("/emails", JsonSerializer.Serialize(new { from = "a@example.com", to, subject = "s", text = "secret words" }), HttpStatusCode.OK), "id");

    private static async Task<IEnumerable<JsonElement>> EventsAsync(HttpClient client, string id) => (await client.GetAsync($"/emails/{id}/events", HttpStatusCode.OK)).GetProperty("data").EnumerateArray();

    private static string[] Lines(JsonElement transcript) => [.. transcript.GetProperty("lines").EnumerateArray().Select(line => $"{Text(line, "by")} {Text(line, "text")}")];

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static Dictionary<string, string?> Settings(SmtpSink sink) => new()
    {
        ["SMTP_HOST"] = "127.0.0.1", ["SMTP_PORT"] = $"{sink.Port}", ["SMTP_TLS"] = "none", ["Delivery:RetryDelays:0"] = "00:00:00.2", ["Delivery:RetryDelays:1"] = "00:10:00", ["Relay:FirstPause"] = "00:00:00.1", ["Relay:MaxPause"] = "00:00:00.5",
    };
}
