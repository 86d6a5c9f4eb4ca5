using System.Diagnostics;
using System.Diagnostics.Metrics;
using Mail.Core.Relays.Limits;
using Mail.Tests.ServiceDefaults;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Delivery;

/// <summary>Limits as the servers behind the relays see them, and as senders are told of them.</summary>
public sealed class LimitTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Two_workers_share_a_rate_and_who_waits_says_so_and_counts_no_attempt()
    {
        await using RedisServer redis = new();
        await redis.StartAsync();
        await using SmtpSink sink = SmtpSink.Start();
        await using LimitedDelivery limited = await LimitedDelivery.CreateAsync(postgres, redis.ConnectionString);
        await limited.AddRelayAsync(sink, LimitedDelivery.Values("own") with { RatePerSecond = 10 });
        await limited.AddMessagesAsync(60, "example.com");

        await limited.StartAsync(workers: 2);
        await Eventually.TrueAsync(async () => await limited.Database.CountAsync("deliveries WHERE state = 'queued' AND parked_by LIKE 'limit/%' AND attempts = 0 AND reason = 'Waiting for its turn: the relay ''own'' sends 10 messages a second.'") > 20);
        await limited.SentAsync(60);

        AssertRate(sink, 10, burst: 5);
        Assert.Equal(60, await limited.Database.CountAsync("finished_deliveries WHERE attempts = 1"));
        Assert.Equal(60, await limited.Database.CountAsync("events"));
    }

    [Fact]
    public async Task A_limit_of_one_domain_does_not_hold_up_another()
    {
        await using SmtpSink sink = SmtpSink.Start();
        await using LimitedDelivery limited = await LimitedDelivery.CreateAsync(postgres);
        await limited.AddRelayAsync(sink, LimitedDelivery.Values("own") with { DomainLimits = [new DomainLimit("slow.example", 0.01)] });
        await limited.AddMessagesAsync(5, "slow.example");
        await limited.AddMessagesAsync(50, "free.example");
        await limited.Database.AddMessageAsync(["x@slow.example", "x@free.example"]);

        await limited.StartAsync();
        await limited.SentAsync(52);

        Assert.Equal(51, await limited.Database.CountAsync("finished_deliveries WHERE recipient LIKE '%free.example'"));
        Assert.Equal(5, await limited.Database.CountAsync("deliveries WHERE recipient LIKE '%slow.example'"));
    }

    [Fact]
    public async Task Never_more_than_so_many_messages_at_the_same_time_go_to_a_domain_over_all_workers()
    {
        await using RedisServer redis = new();
        await redis.StartAsync();
        ThreadPool.SetMinThreads(16, 16); // the gauge holds some
        Gauge gauge = new();
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = gauge.Watch;
        await using LimitedDelivery limited = await LimitedDelivery.CreateAsync(postgres, redis.ConnectionString);
        await limited.AddRelayAsync(sink, LimitedDelivery.Values("own") with { DomainLimits = [new DomainLimit("*", null, 3)] });
        await limited.AddMessagesAsync(60, "example.com");

        await limited.StartAsync(workers: 2);
        await limited.SentAsync(60);

        Assert.InRange(gauge.Highest, 1, 3);
    }

    [Fact]
    public async Task A_full_relay_is_passed_by_for_the_next_one()
    {
        await using SmtpSink first = SmtpSink.Start(), second = SmtpSink.Start();
        await using LimitedDelivery limited = await LimitedDelivery.CreateAsync(postgres);
        await limited.AddRelayAsync(first, LimitedDelivery.Values("first", priority: 1) with { RatePerSecond = 0.01 });
        await limited.AddRelayAsync(second, LimitedDelivery.Values("second", priority: 2));
        await limited.AddMessagesAsync(30, "example.com");

        await limited.StartAsync();
        await limited.SentAsync(30);

        Assert.Equal((1, 29), (first.MessageCount, second.MessageCount));
        Assert.Equal(0, await limited.Database.CountAsync("events WHERE type <> 'email.sent'"));
    }

    [Fact]
    public async Task Of_one_message_a_recipient_goes_over_the_next_relay_and_another_whom_both_hold_waits_for_its_turn()
    {
        await using SmtpSink first = SmtpSink.Start(), second = SmtpSink.Start();
        await using LimitedDelivery limited = await LimitedDelivery.CreateAsync(postgres);
        await limited.AddRelayAsync(first, LimitedDelivery.Values("first", priority: 1) with { RatePerSecond = 0.01 });
        await limited.AddRelayAsync(second, LimitedDelivery.Values("second", priority: 2) with { DomainLimits = [new DomainLimit("slow.example", 0.01)] });
        await limited.StartAsync();
        await limited.AddMessagesAsync(2, "slow.example", "before");
        await limited.SentAsync(2);
        await limited.Database.AddMessageAsync(["a@free.example", "b@slow.example"]);
        await limited.SentAsync(3);
        await Eventually.TrueAsync(async () => (await limited.Database.RecipientAsync("b@slow.example")).State is "queued" or "delivery_delayed");

        (string state, int attempts, _, string? reason, _) = await limited.Database.RecipientAsync("b@slow.example");
        Assert.Equal(("queued", 0), (state, attempts));
        Assert.StartsWith("Waiting for its turn", reason, StringComparison.Ordinal);
        Assert.DoesNotContain(limited.Workers[0].Log.All, line => line.Contains("was interrupted by a fault", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_domain_that_says_421_gets_less_and_the_others_do_not_notice()
    {
        bool refuses = true;
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step.Stage == SmtpSinkStage.Rcpt && step.Argument.EndsWith("big.example", StringComparison.Ordinal) && Volatile.Read(ref refuses)
            ? SmtpSinkAction.Reply(421, "4.7.0 Our system has detected an unusual rate")
            : null;
        await using LimitedDelivery limited = await LimitedDelivery.CreateAsync(postgres);
        await limited.AddRelayAsync(sink, LimitedDelivery.Values("own"));
        await limited.StartAsync();
        await limited.AddMessagesAsync(1, "big.example", "first");
        await Eventually.TrueAsync(async () => (await limited.Database.RecipientAsync("first0@big.example")).Attempts == 1);

        await limited.AddMessagesAsync(60, "big.example");
        await limited.AddMessagesAsync(60, "other.example");
        await limited.SentAsync(60);
        await Eventually.TrueAsync(async () => await limited.Database.CountAsync("deliveries WHERE reason LIKE 'Waiting for its turn: the relay ''own'' was asked to send more slowly to big.example%' AND attempts = 0") > 0);
        Volatile.Write(ref refuses, false);
        await limited.SentAsync(61);

        Assert.Equal(60, await limited.Database.CountAsync("finished_deliveries WHERE recipient LIKE '%other.example' AND attempts = 1"));
        Assert.Equal(0, await limited.Database.CountAsync("deliveries WHERE parked_by LIKE 'project/%'")); // the breaker stayed closed
    }

    [Fact]
    public async Task Redis_that_goes_away_loses_nothing_and_the_rate_stays_that_of_each_process()
    {
        await using RedisServer redis = new();
        await redis.StartAsync();
        await using SmtpSink sink = SmtpSink.Start();
        await using LimitedDelivery limited = await LimitedDelivery.CreateAsync(postgres, redis.ConnectionString, isPatient: false);
        await limited.AddRelayAsync(sink, LimitedDelivery.Values("own") with { RatePerSecond = 20, MaxConnections = 4 });
        await limited.AddMessagesAsync(120, "example.com");
        await limited.StartAsync(workers: 2);
        await sink.WaitForAsync(20);

        using MeterListener listener = new();
        long fallbacks = 0;
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "mail.limits.fallback") self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref fallbacks, count));
        listener.Start();
        await redis.StopAsync();
        await sink.WaitForAsync(70);
        await redis.StartAsync();
        await limited.SentAsync(120);

        AssertRate(sink, 2 * 20, burst: 3 * 10); // two processes apart, and a fresh start of Redis
        Assert.True(Interlocked.Read(ref fallbacks) > 0);
        Assert.Equal(120, sink.Messages.Select(message => message.Recipients.Single()).Distinct().Count());
    }

    /// <summary>A hundred thousand that wait must not be looked at every second: each is written a few times in its life, however long it waits.</summary>
    [Fact]
    public async Task Those_that_wait_are_called_and_not_looked_at_again_and_again()
    {
        await using SmtpSink sink = SmtpSink.Start();
        await using LimitedDelivery limited = await LimitedDelivery.CreateAsync(postgres);
        await limited.AddRelayAsync(sink, LimitedDelivery.Values("own") with { RatePerSecond = 100 });
        await limited.Database.AddMessagesAsync(1500);

        await limited.StartAsync();
        await limited.SentAsync(1500);

        AssertRate(sink, 100, burst: 50);
        long writes = await limited.Database.ScalarAsync<long>("SELECT n_tup_upd FROM pg_stat_user_tables WHERE relname = 'deliveries'");
        Assert.InRange(writes, 1500, 1500 * 6);
        TestContext.Current.TestOutputHelper?.WriteLine($"{writes / 1500d:0.0} writes for each message");
    }

    /// <summary>From each message on: in no time more than its rate and the burst.</summary>
    private static void AssertRate(SmtpSink sink, double rate, int burst)
    {
        DateTimeOffset[] times = [.. sink.Messages.Select(message => message.ReceivedAt).Order()];
        for (int from = 0; from < times.Length; from++)
            for (int to = from; to < times.Length; to++)
                Assert.True(to - from + 1 <= burst + 1 + (rate * (times[to] - times[from]).TotalSeconds * 1.1) + rate * 0.3, $"{to - from + 1} messages in {(times[to] - times[from]).TotalSeconds:0.000} s");
    }

    /// <summary>How many transactions a server has at the same time, each a little longer than it would be.</summary>
    private sealed class Gauge
    {
        private int _now, _highest;

        public int Highest => Volatile.Read(ref _highest);

        public SmtpSinkAction? Watch(SmtpSinkStep step)
        {
            if (step.Stage == SmtpSinkStage.Mail)
            {
                int now = Interlocked.Increment(ref _now);
                for (int highest = Highest; now > highest; highest = Highest) Interlocked.CompareExchange(ref _highest, now, highest);
            }
            else if (step.Stage == SmtpSinkStage.EndOfData)
            {
                long until = Stopwatch.GetTimestamp() + Stopwatch.Frequency / 50;
                while (Stopwatch.GetTimestamp() < until) Thread.Sleep(1);
                Interlocked.Decrement(ref _now);
            }

            return null;
        }
    }
}
