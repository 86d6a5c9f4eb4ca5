using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Relays;
using Mail.Core.Templates;
using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.Core.Delivery;

/// <summary>The whole worker on a real database, with a relay that answers what the test wants.</summary>
public sealed class DeliveryWorkerTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_message_goes_to_all_its_recipients_in_one_go_and_each_outcome_is_recorded()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        MessageId id = await database.AddMessageAsync(["to@example.com", "never@example.com"], bcc: ["hidden@example.com"]);
        FakeRelay relay = new() { Reply = (_, recipient) => recipient.StartsWith("never", StringComparison.Ordinal) ? new RelayReply(RelayVerdict.Permanent, 550, "5.1.1", "no such user") : FakeRelay.Accepted };
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, relay);

        await Eventually.TrueAsync(async () => await database.CountAsync("finished_deliveries") == 3);

        RelayMessage offered = Assert.Single(relay.Offered);
        string mime = Encoding.UTF8.GetString(offered.Mime.Span);
        Assert.Contains($"Message-ID: <{id}@example.org>", mime, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden@example.com", mime, StringComparison.Ordinal);
        Assert.Equal("sender@example.org", offered.Sender.Address);
        Assert.Equal(["to@example.com", "never@example.com", "hidden@example.com"], offered.Recipients.Select(recipient => recipient.Address.Address).Order(StringComparer.Ordinal).Reverse());
        Assert.Equal("sent", (await database.RecipientAsync("hidden@example.com")).State);
        Assert.Equal(("bounced", 550), await StateAndCodeAsync(database, "never@example.com"));
        Assert.DoesNotContain(worker.Log.All, line => line.Contains("never@example.com", StringComparison.Ordinal)); // addresses are masked
        Assert.Contains(worker.Log.All, line => line.Contains("n***@example.com", StringComparison.Ordinal) && line.Contains("550", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_transient_refusal_waits_with_reason_time_and_event_and_is_sent_at_that_time_with_the_same_bytes()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        ManualClock clock = new(DateTimeOffset.UtcNow.AddMinutes(1));
        await database.AddMessageAsync(["a@example.com"]);
        bool refuse = true;
        FakeRelay relay = new() { Reply = (_, _) => refuse ? new RelayReply(RelayVerdict.Transient, 451, "4.7.1", "greylisted") : FakeRelay.Accepted };
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, relay, clock: clock);
        await Eventually.TrueAsync(async () => (await database.RecipientAsync("a@example.com")).State == "delivery_delayed");

        var waiting = await database.RecipientAsync("a@example.com");
        Assert.Equal((1, 451), (waiting.Attempts, waiting.Code));
        Assert.Contains("451 greylisted", waiting.Reason, StringComparison.Ordinal);
        Assert.InRange(waiting.NextAttemptAt!.Value, clock.GetUtcNow().AddSeconds(53), clock.GetUtcNow().AddSeconds(67));
        refuse = false;
        clock.Advance(TimeSpan.FromSeconds(70));
        await Eventually.TrueAsync(async () => (await database.RecipientAsync("a@example.com")).State == "sent");

        Assert.Equal(["email.delivery_delayed", "email.sent"], await database.EventsAsync("a@example.com"));
        RelayMessage[] attempts = [.. relay.Offered];
        Assert.Equal(2, attempts.Length);
        Assert.Equal(attempts[0].Mime.ToArray(), attempts[1].Mime.ToArray());
    }

    [Fact]
    public async Task A_relay_that_is_down_delays_every_message_with_its_reason_and_all_flow_by_themselves_when_it_is_back()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessagesAsync(300);
        FakeRelay relay = new() { Fault = new RelayFault("The mail server 127.0.0.1:1025 cannot be used: connection refused.", IsPermanent: false) };
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, relay, new() { ["Relay:FirstPause"] = "00:00:00.1", ["Relay:MaxPause"] = "00:00:00.3" });
        await Eventually.TrueAsync(async () => await database.CountAsync("deliveries WHERE state = 'delivery_delayed'") == 300);

        Assert.Equal(300, await database.CountAsync("deliveries WHERE reason LIKE '%connection refused%' AND next_attempt_at > now() + interval '20 seconds' AND attempts = 0 AND relay = 'fake'"));
        Assert.Equal(300, await database.CountAsync("events WHERE type = 'email.delivery_delayed'"));
        await Eventually.TrueAsync(() => relay.Probes > 3);
        Assert.Empty(relay.Offered);
        relay.Fault = null;
        await Eventually.TrueAsync(async () => await database.CountAsync("finished_deliveries WHERE state = 'sent'") == 300);

        Assert.Equal(300, relay.Taken.Distinct().Count());
        Assert.Equal(300, relay.Taken.Count);
    }

    [Fact]
    public async Task What_waited_for_a_relay_since_an_earlier_process_flows_at_the_start()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessageAsync(["a@example.com"]);
        FakeRelay down = new() { Fault = new RelayFault("down", IsPermanent: false) };
        await using (TestWorker first = await TestWorker.StartAsync(database.ConnectionString, down))
            await Eventually.TrueAsync(async () => (await database.RecipientAsync("a@example.com")).State == "delivery_delayed");

        await using TestWorker second = await TestWorker.StartAsync(database.ConnectionString, new FakeRelay());

        await Eventually.TrueAsync(async () => (await database.RecipientAsync("a@example.com")).State == "sent");
    }

    [Theory, InlineData(DeliveryGuarantee.AtLeastOnce, "delivery_delayed"), InlineData(DeliveryGuarantee.AtMostOnce, "failed")]
    public async Task A_connection_lost_after_the_last_byte_is_settled_by_the_messages_policy(DeliveryGuarantee guarantee, string state)
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessageAsync(["a@example.com"], guarantee: guarantee);
        FakeRelay relay = new() { Reply = (_, _) => new RelayReply(RelayVerdict.Unknown, null, null, "The connection was lost.") };
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, relay);

        await Eventually.TrueAsync(async () => (await database.RecipientAsync("a@example.com")).State == state);

        Assert.Contains("Nobody knows", (await database.RecipientAsync("a@example.com")).Reason, StringComparison.Ordinal);
        Assert.Single(relay.Offered);
    }

    [Fact]
    public async Task The_mark_of_a_message_that_must_not_arrive_twice_is_committed_before_the_transfer()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessageAsync(["once@example.com"], guarantee: DeliveryGuarantee.AtMostOnce);
        await database.AddMessageAsync(["any@example.com"]);
        ConcurrentDictionary<string, bool> marked = new();
        FakeRelay relay = new();
        relay.Before = async (message, _) =>
        {
            string recipient = message.Recipients[0].Address.Address;
            marked[recipient] = await database.ScalarAsync<bool>($"SELECT data_started FROM deliveries WHERE recipient = '{recipient}'");
        };
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, relay);

        await Eventually.TrueAsync(async () => await database.CountAsync("finished_deliveries WHERE state = 'sent'") == 2);

        Assert.True(marked["once@example.com"]);
        Assert.False(marked["any@example.com"]);
    }

    [Fact]
    public async Task A_message_that_cannot_be_composed_fails_with_its_reason_and_stops_nobody()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessageAsync(["subject@example.com"], subject: "two\nlines");
        await database.AddMessageAsync(["template@example.com"], template: new TemplateUse("password-reset", new TemplateCatalog().Find("password-reset")!.Version, "en", new Dictionary<string, JsonElement>()));
        await database.AddMessageAsync(["from@example.com"], from: "nobody");
        await database.AddMessageAsync(["header@example.com"], headers: new Dictionary<string, string> { ["Bcc"] = "x@example.com" });
        await database.AddMessageAsync(["attachment@example.com"], attachments: [new AttachmentFacts(0, "a.txt", "text/plain", null, 3)]);
        await database.AddMessageAsync(["good@example.com"]);
        FakeRelay relay = new();
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, relay);

        await Eventually.TrueAsync(async () => await database.CountAsync("finished_deliveries") == 6);

        Assert.Equal(["good@example.com"], relay.Taken);
        Assert.Equal(5, await database.CountAsync("finished_deliveries WHERE state = 'failed' AND length(reason) > 10"));
        Assert.Contains("code", (await database.RecipientAsync("template@example.com")).Reason, StringComparison.Ordinal);
        Assert.Contains("attachments are gone", (await database.RecipientAsync("attachment@example.com")).Reason, StringComparison.Ordinal);
        Assert.Equal(5, await database.CountAsync("events WHERE type = 'email.failed'"));
    }

    /// <summary>During an upgrade old and new workers share the queue.</summary>
    [Fact]
    public async Task What_this_version_does_not_know_waits_on_the_schedule_for_a_worker_that_does()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessageAsync(["template@example.com"], template: new TemplateUse("no-such", "1", "en", new Dictionary<string, JsonElement>()));
        await database.AddMessageAsync(["version@example.com"], template: new TemplateUse("password-reset", "of another version", "en", new Dictionary<string, JsonElement>()));
        await database.AddMessageAsync(["json@example.com"], rawContent: """{"headers": 7}""");
        FakeRelay relay = new();
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, relay);

        await Eventually.TrueAsync(async () => await database.CountAsync("deliveries WHERE state = 'delivery_delayed' AND attempts = 1") == 3);

        Assert.Empty(relay.Offered);
        Assert.Equal(3, await database.CountAsync("deliveries WHERE next_attempt_at > now() + interval '30 seconds' AND reason LIKE '%waits for a worker of another version.'"));
        Assert.Contains("'no-such'", (await database.RecipientAsync("template@example.com")).Reason, StringComparison.Ordinal);
        Assert.Equal(3, await database.CountAsync("events WHERE type = 'email.delivery_delayed'"));
    }

    [Fact]
    public async Task What_no_worker_knows_fails_when_the_schedule_ends()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessageAsync(["template@example.com"], template: new TemplateUse("no-such", "1", "en", new Dictionary<string, JsonElement>()));
        await database.AddMessageAsync(["json@example.com"], rawContent: """{"headers": 7}""");
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, new FakeRelay(), new() { ["Delivery:RetryDelays:0"] = "00:00:00.1" });

        await Eventually.TrueAsync(async () => await database.CountAsync("finished_deliveries WHERE state = 'failed' AND attempts = 2 AND reason LIKE 'Given up after 2 attempts.%'") == 2);
    }

    [Fact]
    public async Task A_test_keys_message_goes_to_the_sandbox_whatever_the_relay_is()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        MessageId id = await database.AddMessageAsync(["a@example.com", "b@example.com"], isTest: true);
        FakeRelay relay = new();
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, relay);

        await Eventually.TrueAsync(async () => await database.CountAsync("finished_deliveries WHERE state = 'sent' AND relay = 'capture'") == 2);

        Assert.Empty(relay.Offered);
        Assert.Equal(2, await database.CountAsync($"captured_messages WHERE message_id = '{id}' AND encode(mime, 'escape') LIKE '%Message-ID: <{id}@example.org>%'"));
    }

    [Fact]
    public async Task A_fault_of_ours_is_an_attempt_that_is_tried_again()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessageAsync(["a@example.com"]);
        int calls = 0;
        FakeRelay relay = new() { Reply = (_, _) => Interlocked.Increment(ref calls) == 1 ? throw new InvalidOperationException("a bug") : FakeRelay.Accepted };
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, relay, new() { ["Delivery:RetryDelays:0"] = "00:00:00.1" });

        await Eventually.TrueAsync(async () => (await database.RecipientAsync("a@example.com")).State == "sent");

        Assert.Equal(2, (await database.RecipientAsync("a@example.com")).Attempts);
        Assert.Contains(worker.Log.All, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("a bug", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_span_of_a_delivery_belongs_to_the_trace_of_the_request_that_was_accepted()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        ActivityTraceId trace = ActivityTraceId.CreateRandom();
        ConcurrentQueue<Activity> spans = new();
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == MailTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (span.TraceId == trace) spans.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await database.AddMessageAsync(["alice@example.com"], subject: "834251 is your code");
        await using (NpgsqlCommand set = database.Source.CreateCommand($"UPDATE messages SET trace_parent = '00-{trace}-00f067aa0ba902b7-01'"))
            await set.ExecuteNonQueryAsync();
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, new FakeRelay());

        await Eventually.TrueAsync(() => spans.Count == 2);

        Activity span = Assert.Single(spans, one => one.OperationName == "mail.deliver"), relay = Assert.Single(spans, one => one.OperationName == "mail.relay");
        Assert.Equal(("00f067aa0ba902b7", span.SpanId, "fake"), (span.ParentSpanId.ToString(), relay.ParentSpanId, relay.GetTagItem("mail.relay")));
        Assert.Equal(("fake", "sent", "normal"), (span.GetTagItem("mail.relay"), span.GetTagItem("mail.state"), span.GetTagItem("mail.lane")));
        Assert.DoesNotContain(span.TagObjects, tag => $"{tag.Value}".Contains("alice", StringComparison.Ordinal) || $"{tag.Value}".Contains("834251", StringComparison.Ordinal));
    }

    private static async Task<(string, int?)> StateAndCodeAsync(DeliveryDatabase database, string recipient)
    {
        var found = await database.RecipientAsync(recipient);
        return (found.State, found.Code);
    }
}
