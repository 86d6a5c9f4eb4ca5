using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Delivery;

/// <summary>The worker with its own relay and an SMTP server that misbehaves.</summary>
public sealed class SmtpDeliveryTests(PostgresFixture postgres)
{
    [Fact]
    public async Task While_the_inbox_is_down_messages_wait_with_reason_and_time_and_go_out_when_it_is_back()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await using SmtpSink sink = SmtpSink.Start();
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, settings: Patient(sink));
        await database.AddMessagesAsync(20);
        await sink.WaitForAsync(20);
        await sink.PauseAsync();

        await database.AddMessagesAsync(50);
        await Eventually.TrueAsync(async () => await database.CountAsync("deliveries WHERE state = 'delivery_delayed' AND reason <> '' AND next_attempt_at > now()") == 50);
        Assert.Equal(50, await database.CountAsync($"deliveries WHERE reason LIKE '%127.0.0.1:{sink.Port}%'"));
        sink.Resume();

        await sink.WaitForAsync(70, TimeSpan.FromSeconds(60));
        await Eventually.TrueAsync(async () => await database.CountAsync("finished_deliveries WHERE state = 'sent'") == 70);
        Assert.Equal(70, sink.MessageCount);
    }

    [Fact]
    public async Task A_relay_that_takes_a_message_and_breaks_off_gets_it_again_under_the_same_message_id()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step is { Stage: SmtpSinkStage.EndOfData } && sink.MessageCount == 0 ? SmtpSinkAction.TakeThenDrop : null;
        MessageId id = await database.AddMessageAsync(["a@example.com"]);
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, settings: Settings(sink));

        IReadOnlyList<SmtpSinkMessage> taken = await sink.WaitForAsync(2);
        await Eventually.TrueAsync(async () => (await database.RecipientAsync("a@example.com")).State == "sent");

        Assert.Equal(taken[0].Raw, taken[1].Raw);
        Assert.Contains($"Message-ID: <{id}@example.org>", System.Text.Encoding.UTF8.GetString(taken[0].Raw), StringComparison.Ordinal);
        Assert.Equal(["email.delivery_delayed", "email.sent"], await database.EventsAsync("a@example.com"));
    }

    [Fact]
    public async Task A_message_that_must_not_arrive_twice_is_not_sent_again()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step is { Stage: SmtpSinkStage.EndOfData } ? SmtpSinkAction.TakeThenDrop : null;
        await database.AddMessageAsync(["a@example.com"], guarantee: DeliveryGuarantee.AtMostOnce);
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, settings: Settings(sink));

        await Eventually.TrueAsync(async () => (await database.RecipientAsync("a@example.com")).State == "failed");

        Assert.Equal(1, sink.MessageCount);
    }

    [Fact]
    public async Task A_relay_that_wants_another_login_bounces_nothing_and_gets_all_when_it_is_mended()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await using SmtpSink sink = SmtpSink.Start();
        bool refuse = true;
        sink.Script = step => step is { Stage: SmtpSinkStage.Mail } && Volatile.Read(ref refuse) ? SmtpSinkAction.Reply(530, "5.7.0 Authentication Required") : null;
        await database.AddMessagesAsync(20);
        Dictionary<string, string?> settings = Patient(sink);
        settings["Relay:MaxPauseAfterRefusal"] = "00:00:00.5";
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, settings: settings);
        await Eventually.TrueAsync(async () => await database.CountAsync("deliveries WHERE state = 'delivery_delayed' AND attempts = 0 AND reason LIKE '%530 5.7.0 Authentication Required%'") > 0);

        Volatile.Write(ref refuse, false);
        await Eventually.TrueAsync(async () => await database.CountAsync("finished_deliveries WHERE state = 'sent'") == 20);

        Assert.Equal(20, sink.MessageCount);
    }

    /// <summary>Nothing is given up while a slow machine takes its time.</summary>
    private static Dictionary<string, string?> Patient(SmtpSink sink) => new(Settings(sink)) { ["Delivery:RetryDelays:1"] = "00:10:00" };

    private static Dictionary<string, string?> Settings(SmtpSink sink) => new()
    {
        ["SMTP_HOST"] = "127.0.0.1", ["SMTP_PORT"] = $"{sink.Port}", ["SMTP_TLS"] = "none", ["Delivery:RetryDelays:0"] = "00:00:00.2", ["Relay:FirstPause"] = "00:00:00.1", ["Relay:MaxPause"] = "00:00:00.5",
    };
}
