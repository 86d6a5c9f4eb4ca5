using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Core.Messages;
using Mail.Core.Relays;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
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
        await database.AddMessageAsync(["template@example.com"], template: new TemplateUse("no-such", "1", "en", new Dictionary<string, JsonElement>()));
        await database.AddMessageAsync(["from@example.com"], from: "nobody");
        await database.AddMessageAsync(["header@example.com"], headers: new Dictionary<string, string> { ["Bcc"] = "x@example.com" });
        await database.AddMessageAsync(["json@example.com"], rawContent: """{"headers": 7}""");
        await database.AddMessageAsync(["attachment@example.com"], attachments: [new AttachmentFacts(0, "a.txt", "text/plain", null, 3)]);
        await database.AddMessageAsync(["good@example.com"]);
        FakeRelay relay = new();
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, relay);

        await Eventually.TrueAsync(async () => await database.CountAsync("finished_deliveries") == 7);

        Assert.Equal(["good@example.com"], relay.Taken);
        Assert.Equal(6, await database.CountAsync("finished_deliveries WHERE state = 'failed' AND length(reason) > 10"));
        Assert.Contains("'no-such'", (await database.RecipientAsync("template@example.com")).Reason, StringComparison.Ordinal);
        Assert.Contains("attachments are gone", (await database.RecipientAsync("attachment@example.com")).Reason, StringComparison.Ordinal);
        Assert.Equal(6, await database.CountAsync("events WHERE type = 'email.failed'"));
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
    public async Task A_stopping_worker_finishes_what_it_is_sending_and_gives_the_rest_back_at_once()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessagesAsync(100);
        using SemaphoreSlim gate = new(0);
        FakeRelay relay = new() { Before = (_, ct) => gate.WaitAsync(ct) };
        TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, relay, new() { ["Delivery:Concurrency"] = "10", ["Delivery:ConcurrencyForCritical"] = "2" });
        await Eventually.TrueAsync(() => relay.Offered.Count == 8);

        Task stopping = worker.StopAsync();
        await Eventually.TrueAsync(async () => await database.CountAsync("deliveries WHERE state = 'queued' AND lease_token IS NULL") == 92);
        gate.Release(8);
        await stopping;

        Assert.Equal(8, await database.CountAsync("finished_deliveries WHERE state = 'sent'"));
        Assert.Equal(0, await database.CountAsync("deliveries WHERE lease_token IS NOT NULL"));
        await worker.DisposeAsync();
    }

    [Fact]
    public async Task What_outlasts_the_drain_is_given_back_when_the_relay_cannot_have_taken_it()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessageAsync(["a@example.com"]);
        FakeRelay relay = new() { Before = (_, ct) => Task.Delay(Timeout.Infinite, ct) };
        TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, relay, new() { ["Delivery:DrainTimeout"] = "00:00:00.1" });
        await Eventually.TrueAsync(() => relay.Offered.Count == 1);

        await worker.StopAsync();

        Assert.Equal("queued", (await database.RecipientAsync("a@example.com")).State);
        await worker.DisposeAsync();
    }

    [Fact]
    public async Task A_critical_message_overtakes_a_flood_that_keeps_every_other_sender_busy()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessagesAsync(1000, Lane.Bulk);
        using SemaphoreSlim gate = new(0);
        FakeRelay relay = new() { Before = (message, ct) => message.Lane == Lane.Bulk ? gate.WaitAsync(ct) : Task.CompletedTask };
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, relay);
        await Eventually.TrueAsync(() => relay.Offered.Count == 28);

        await database.AddMessageAsync(["code@example.com"], Lane.Critical);

        await Eventually.TrueAsync(async () => await database.CountAsync("finished_deliveries WHERE recipient = 'code@example.com' AND state = 'sent'") == 1);
        Assert.Equal(28, relay.Offered.Count(message => message.Lane == Lane.Bulk));
        gate.Release(1000);
    }

    /// <summary>The first worker loses the database for good in the middle, as a killed one would. What it had sent and could not tell may arrive twice, nothing else.</summary>
    [Fact]
    public async Task Of_500_messages_whose_worker_dies_in_the_middle_all_arrive()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessagesAsync(500);
        string dying = new NpgsqlConnectionStringBuilder(database.ConnectionString) { ApplicationName = "dying" }.ConnectionString;
        Dictionary<string, string?> settings = new() { ["Delivery:Lease"] = "00:00:03", ["Delivery:TakeOverInterval"] = "00:00:00.3", ["Delivery:DrainTimeout"] = "00:00:00", ["Delivery:HeldPerLane"] = "100" };
        FakeRelay relay = new() { Before = (_, ct) => Task.Delay(10, ct) };
        TestWorker first = await TestWorker.StartAsync(dying, relay, settings);
        await Eventually.TrueAsync(() => relay.Taken.Count > 100);
        await first.CutOffAsync(database.Source, "dying");
        long unrecorded = await database.CountAsync("deliveries WHERE lease_token IS NOT NULL");

        await using TestWorker second = await TestWorker.StartAsync(database.ConnectionString, relay, settings);
        await Eventually.TrueAsync(async () => await database.CountAsync("finished_deliveries WHERE state = 'sent'") == 500);
        await first.DisposeAsync();

        Assert.InRange(unrecorded, 1, 100);
        Assert.Equal(500, relay.Taken.Distinct().Count());
        Assert.InRange(relay.Taken.Count - 500, 0, unrecorded);
        Assert.Equal(0, await database.CountAsync("deliveries"));
    }

    [Fact]
    public async Task A_worker_goes_on_after_its_database_connections_were_cut()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessagesAsync(600);
        string own = new NpgsqlConnectionStringBuilder(database.ConnectionString) { ApplicationName = "unlucky" }.ConnectionString;
        FakeRelay relay = new() { Before = (_, ct) => Task.Delay(5, ct) };
        await using TestWorker worker = await TestWorker.StartAsync(own, relay, new() { ["Delivery:Lease"] = "00:00:03", ["Delivery:TakeOverInterval"] = "00:00:00.3" });
        for (int cut = 1; cut <= 3; cut++)
        {
            await Eventually.TrueAsync(() => relay.Taken.Count > 100 * cut);
            await using NpgsqlCommand terminate = database.Source.CreateCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'unlucky'");
            await terminate.ExecuteNonQueryAsync();
        }

        await Eventually.TrueAsync(async () => await database.CountAsync("finished_deliveries WHERE state = 'sent'") == 600);
        Assert.Equal(0, await database.CountAsync("deliveries"));
        Assert.Equal(600, relay.Taken.Distinct().Count());
    }

    [Fact]
    public async Task A_signal_of_another_process_wakes_a_worker_that_would_not_look_for_a_minute()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        FakeRelay relay = new();
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, relay, new() { ["Delivery:PollInterval"] = "00:01:00" });
        await using TestWorker other = TestWorker.Create(database.ConnectionString, new FakeRelay()); // has the signal; its worker is not started
        DeliverySignalSender sender = new(other.Services.GetRequiredService<DeliverySignal>(), database.Source, Microsoft.Extensions.Logging.Abstractions.NullLogger<DeliverySignalSender>.Instance);
        await sender.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(async () => await database.CountAsync("pg_stat_activity WHERE query = 'LISTEN mail_deliveries' AND state = 'idle' AND datname = current_database()") == 1);

        for (int i = 0; i < 3; i++)
        {
            await database.AddMessageAsync([$"a{i}@example.com"]);
            other.Services.GetRequiredService<DeliverySignal>().Raise();
            await Eventually.TrueAsync(() => relay.Taken.Count == i + 1, TimeSpan.FromSeconds(30));
        }

        await sender.StopAsync(CancellationToken.None);
    }

    private static async Task<(string, int?)> StateAndCodeAsync(DeliveryDatabase database, string recipient)
    {
        var found = await database.RecipientAsync(recipient);
        return (found.State, found.Code);
    }
}
