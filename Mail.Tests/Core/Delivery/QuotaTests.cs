using Mail.Core.Relays.Limits;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Delivery;

/// <summary>Quotas and warm-ups, end to end: exact, told, and released by themselves.</summary>
public sealed class QuotaTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Two_workers_send_exactly_the_quota_and_the_others_say_why_they_wait()
    {
        await using SmtpSink sink = SmtpSink.Start();
        await using LimitedDelivery limited = await LimitedDelivery.CreateAsync(postgres, clock: Noon());
        await limited.AddRelayAsync(sink, LimitedDelivery.Values("own") with { DayQuota = 40 });
        await limited.AddMessagesAsync(100, "example.com");

        await limited.StartAsync(workers: 2);
        await Eventually.TrueAsync(async () => await limited.Database.CountAsync(
            "deliveries WHERE state = 'delivery_delayed' AND attempts = 0 AND reason = 'The relay ''own'' has used its quota of 40 recipients for today; it goes on at 00:00 UTC.'") == 60);

        await limited.SentAsync(40);
        Assert.Equal(40, sink.MessageCount);
        Assert.Equal(60, await limited.Database.CountAsync("events WHERE type = 'email.delivery_delayed'"));
        Assert.Equal(40, await limited.Database.ScalarAsync<long>("SELECT used FROM relay_usage WHERE length(period) = 10"));
    }

    [Fact]
    public async Task Refused_recipients_do_not_count_and_a_raised_quota_lets_the_waiting_go()
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step is { Stage: SmtpSinkStage.Rcpt } && step.Argument.StartsWith("bad", StringComparison.Ordinal) ? SmtpSinkAction.Reply(550, "5.1.1 no such user") : null;
        await using LimitedDelivery limited = await LimitedDelivery.CreateAsync(postgres, clock: Noon());
        await limited.AddRelayAsync(sink, LimitedDelivery.Values("own") with { MonthQuota = 5 });
        await limited.StartAsync();
        for (int i = 0; i < 4; i++)
        {
            await limited.Database.AddMessageAsync([$"good{i}@example.com", $"bad{i}@example.com"]);
            int finished = (i + 1) * 2;
            await Eventually.TrueAsync(async () => await limited.Database.CountAsync("finished_deliveries") == finished);
            await Eventually.TrueAsync(async () => await limited.Database.ScalarAsync<long>("SELECT max(used) FROM relay_usage") == finished / 2);
        }

        await limited.AddMessagesAsync(3, "example.com");
        await Eventually.TrueAsync(async () => await limited.Database.CountAsync("deliveries WHERE parked_by LIKE 'quota/%' AND state = 'delivery_delayed'") == 2);
        await limited.ChangeRelayAsync(LimitedDelivery.Values("own") with { MonthQuota = 100 });
        await limited.SentAsync(7);

        Assert.Equal(7, await limited.Database.ScalarAsync<long>("SELECT max(used) FROM relay_usage"));
    }

    [Fact]
    public async Task A_warm_up_sends_the_overflow_by_another_relay_and_what_has_none_goes_the_next_day_by_itself()
    {
        ManualClock clock = Noon();
        await using SmtpSink sink = SmtpSink.Start();
        await using LimitedDelivery limited = await LimitedDelivery.CreateAsync(postgres, clock: clock);
        await limited.AddRelayAsync(sink, LimitedDelivery.Values("new") with { WarmUp = new WarmUp(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), 5, 2) });
        await limited.AddMessagesAsync(20, "example.com");

        await limited.StartAsync(workers: 2);
        await Eventually.TrueAsync(async () => await limited.Database.CountAsync("deliveries WHERE parked_by LIKE 'quota/%' AND reason LIKE 'The relay ''new'' is warming up%'") == 15);
        await limited.SentAsync(5);
        int firstDay = sink.MessageCount;
        clock.Advance(TimeSpan.FromDays(1));
        await limited.SentAsync(15);
        await Eventually.TrueAsync(async () => await limited.Database.CountAsync("deliveries WHERE parked_by LIKE 'quota/%'") == 5);
        int secondDay = sink.MessageCount;
        await using SmtpSink other = SmtpSink.Start();
        await limited.AddRelayAsync(other, LimitedDelivery.Values("other", priority: 200));
        await limited.Database.AddMessageAsync(["last@example.com"]); // the project's relays are read again when mail comes
        await Eventually.TrueAsync(async () => await limited.Database.CountAsync("finished_deliveries WHERE recipient = 'last@example.com'") == 1 || await NudgeAsync(limited));

        Assert.Equal((5, 15), (firstDay, secondDay));
        Assert.Equal("other", await limited.Database.RelayOfAsync("last@example.com"));
        Assert.Equal(0, await limited.Database.CountAsync("events WHERE type = 'email.rerouted'")); // so it was meant
    }

    [Fact]
    public async Task A_change_of_the_relay_that_leaves_them_waiting_is_not_told_of_each_message_again()
    {
        await using SmtpSink sink = SmtpSink.Start();
        await using LimitedDelivery limited = await LimitedDelivery.CreateAsync(postgres, clock: Noon());
        await limited.AddRelayAsync(sink, LimitedDelivery.Values("own") with { DayQuota = 1 });
        await limited.AddMessagesAsync(4, "example.com");
        await limited.StartAsync();
        await Eventually.TrueAsync(async () => await limited.Database.CountAsync("deliveries WHERE parked_by LIKE 'quota/%'") == 3);

        await limited.ChangeRelayAsync(LimitedDelivery.Values("own") with { DayQuota = 2 });
        await limited.SentAsync(2);
        await Eventually.TrueAsync(async () => await limited.Database.CountAsync("deliveries WHERE parked_by LIKE 'quota/%' AND reason LIKE '% 2 recipients %' AND next_attempt_at > now()") == 2);

        Assert.Equal(3, await limited.Database.CountAsync("events WHERE type = 'email.delivery_delayed'"));
    }

    [Fact]
    public async Task The_default_relay_has_a_quota_by_configuration()
    {
        await using SmtpSink sink = SmtpSink.Start();
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        for (int i = 0; i < 5; i++) await database.AddMessageAsync([$"r{i}@example.com"]);

        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, settings: new()
        {
            ["SMTP_HOST"] = "127.0.0.1", ["SMTP_PORT"] = $"{sink.Port}", ["SMTP_TLS"] = "none", ["Relay:DayQuota"] = "3", ["Relay:RatePerSecond"] = "1000",
        });
        await Eventually.TrueAsync(async () => await database.CountAsync("deliveries WHERE parked_by = 'quota/default' AND cause = 'quota_used'") == 2);

        await sink.WaitForAsync(3);
        Assert.Equal(3, sink.MessageCount);
    }

    /// <summary>Of tomorrow: no day and no month ends while a test runs, and nothing of the database is later.</summary>
    private static ManualClock Noon() => new(new DateTimeOffset(DateTimeOffset.UtcNow.UtcDateTime.Date.AddHours(36), TimeSpan.Zero));

    private static async Task<bool> NudgeAsync(LimitedDelivery limited)
    {
        await limited.Database.ScalarAsync<long>("WITH due AS (UPDATE deliveries SET next_attempt_at = now() WHERE recipient = 'last@example.com' AND lease_token IS NULL RETURNING 1) SELECT count(*) FROM due");
        return false;
    }
}
