using Mail.Core.Messaging;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mail.Tests.Core.Messaging;

public sealed class TimerTests(PostgresFixture postgres)
{
    private static readonly DateTimeOffset _noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_timer_goes_off_at_its_time_once_also_when_no_worker_ran_then()
    {
        ManualClock clock = new(_noon);
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        BusHost host = await scene.WorkerAsync(clock);
        await host.BusAsync(bus => bus.ScheduleAsync(new Alarm("first"), _noon.AddHours(1), default));
        await host.BusAsync(bus => bus.ScheduleAsync(new Alarm("second"), _noon.AddHours(2), default));
        await host.BusAsync(bus => bus.PublishAsync(new Echo("now"), default));
        await Eventually.TrueAsync(async () => (await scene.EffectsAsync()).Count == 1); // a look at the queue has passed the timers by

        clock.Advance(TimeSpan.FromMinutes(61));
        await Eventually.TrueAsync(async () => (await scene.EffectsAsync()).Count == 2);
        await host.StopAsync();
        clock.Advance(TimeSpan.FromDays(3));
        await scene.WorkerAsync(clock);
        await scene.WorkerAsync(clock);
        await scene.EmptyAsync();

        Assert.Equal(["alarm first 1", "alarm second 1", "echo now"], await scene.EffectsAsync());
    }

    [Fact]
    public async Task A_timer_that_was_replaced_or_cancelled_is_void()
    {
        ManualClock clock = new(_noon);
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        BusHost host = scene.Host(clock);
        foreach (string text in (string[])["old", "older", "moved"])
            await host.BusAsync(bus => bus.ScheduleAsync(new Alarm(text), _noon.AddHours(text == "moved" ? 5 : 1), "offer/1", SameKey.Replace, default));
        await host.BusAsync(bus => bus.ScheduleAsync(new Alarm("cancelled"), _noon.AddHours(1), "offer/2", SameKey.Replace, default));
        Assert.NotNull(await host.BusAsync(bus => bus.ScheduleAsync(new Alarm("stays"), _noon.AddHours(1), "offer/3", SameKey.Leave, default)));
        Assert.Null(await host.BusAsync(bus => bus.ScheduleAsync(new Alarm("left out"), _noon.AddHours(1), "offer/3", SameKey.Leave, default)));
        await host.BusAsync(bus => bus.ScheduleAsync(new Echo("another type"), _noon.AddHours(1), "offer/4", SameKey.Replace, default));
        await host.BusAsync(bus => bus.ScheduleAsync(new Alarm("of the same key"), _noon.AddHours(1), "offer/4", SameKey.Replace, default));
        Assert.Equal(3, await scene.AskAsync<int>("SELECT generation FROM bus_messages WHERE key = 'offer/1'"));

        Assert.True(await host.BusAsync(bus => bus.CancelAsync(null, "offer/2", default)));
        Assert.False(await host.BusAsync(bus => bus.CancelAsync(null, "offer/2", default)));
        Assert.False(await host.BusAsync(bus => bus.CancelAsync(new(Guid.NewGuid()), "offer/1", default)));
        clock.Advance(TimeSpan.FromHours(2));
        await host.StartAsync();
        await Eventually.TrueAsync(async () => (await scene.EffectsAsync()).Count == 2);
        clock.Advance(TimeSpan.FromHours(5));
        await scene.EmptyAsync();

        Assert.Equal(["alarm moved 1", "alarm of the same key 1", "alarm stays 1"], await scene.EffectsAsync());
    }

    [Fact]
    public async Task A_timer_that_is_replaced_in_a_transaction_that_fails_stays_as_it_was()
    {
        ManualClock clock = new(_noon);
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        BusHost host = scene.Host(clock);
        await host.BusAsync(bus => bus.ScheduleAsync(new Alarm("stays"), _noon, "key", SameKey.Replace, default));
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.InTransactionAsync(async (_, bus) =>
        {
            await bus.CancelAsync(null, "key", default);
            await bus.ScheduleAsync(new Alarm("never was"), _noon, "key", SameKey.Replace, default);
            throw new InvalidOperationException("Not this time.");
        }));

        await host.StartAsync();
        await scene.EmptyAsync();

        Assert.Equal(["alarm stays 1"], await scene.EffectsAsync());
    }

    [Fact]
    public async Task A_handler_may_set_its_own_timer_anew_while_others_replace_it()
    {
        ManualClock clock = new(_noon);
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        BusHost host = scene.Host(clock);
        await host.BusAsync(bus => bus.ScheduleAsync(new Alarm("tick", 5), _noon, "clock", SameKey.Replace, default));
        await host.StartAsync();
        clock.Advance(TimeSpan.FromMinutes(1));
        await scene.EmptyAsync();
        Assert.Equal([.. Enumerable.Range(1, 5).Select(i => $"alarm tick {i}")], await scene.EffectsAsync());

        // A handler that has settled and somebody who replaces take turns: neither is thrown out as a deadlock.
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Probe.At = async (_, context) =>
        {
            if (context.Generation > 1) return;
            reached.TrySetResult();
            await Task.Delay(300);
        };
        await host.BusAsync(bus => bus.ScheduleAsync(new Alarm("own", 2), _noon, "turns", SameKey.Replace, default));
        await reached.Task;
        await host.BusAsync(bus => bus.ScheduleAsync(new Alarm("theirs"), _noon, "turns", SameKey.Replace, default));
        await scene.EmptyAsync();

        List<string> effects = await scene.EffectsAsync();
        Assert.Contains("alarm own 2", effects);
        Assert.Contains("alarm theirs 1", effects);
        Assert.DoesNotContain(host.Log.All, line => line.Contains("deadlock", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_timer_that_is_cancelled_while_its_handler_calls_somebody_has_no_effect()
    {
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        BusHost host = scene.Host();
        host.Probe.At = async (at, _) =>
        {
            if (at.StartsWith("called", StringComparison.Ordinal)) Assert.True(await host.BusAsync(bus => bus.CancelAsync(null, "call", default)));
        };
        await host.BusAsync(bus => bus.ScheduleAsync(new PhoneCall("x"), DateTimeOffset.UtcNow, "call", SameKey.Replace, default));

        await host.StartAsync();
        await Eventually.TrueAsync(() => host.Log.All.Any(line => line.Contains("no longer this worker's", StringComparison.Ordinal)));

        Assert.Empty(await scene.EffectsAsync());
        Assert.Equal(0, await scene.AskAsync<long>("SELECT (SELECT count(*) FROM bus_messages) + (SELECT count(*) FROM bus_inbox) + (SELECT count(*) FROM bus_dead_letters)"));
    }

    [Fact]
    public async Task A_dead_timer_is_void_too_when_it_is_cancelled_or_replaced()
    {
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        BusHost host = scene.Host();
        host.Probe.At = (_, _) => throw new BusFatalException("No.");
        foreach (string key in (string[])["a", "b", "c"]) await host.BusAsync(bus => bus.ScheduleAsync(new Alarm(key), DateTimeOffset.UtcNow, key, SameKey.Replace, default));
        await host.StartAsync();
        await scene.DeadAsync(3);

        Assert.True(await host.BusAsync(bus => bus.CancelAsync(null, "a", default)));
        await host.BusAsync(bus => bus.ScheduleAsync(new Alarm("b again"), DateTimeOffset.UtcNow.AddDays(1), "b", SameKey.Replace, default));

        Assert.Equal("c", await scene.AskAsync<string>("SELECT string_agg(key, ',') FROM bus_dead_letters"));
        Assert.Equal(2, await scene.AskAsync<int>("SELECT generation FROM bus_messages"));
    }

    [Fact]
    public async Task A_timer_by_the_clock_on_the_wall_follows_the_zone_when_its_rules_change()
    {
        ManualClock clock = new(_noon);
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        BusHost host = scene.Host(clock);
        WallTime ten = new(new DateTime(2026, 7, 10, 10, 0, 0), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"));
        await host.BusAsync(bus => bus.ScheduleAsync(new Alarm("ten"), ten, "offer/1", SameKey.Replace, default));
        Assert.Equal(new DateTime(2026, 7, 10, 8, 0, 0), await scene.AskAsync<DateTime>("SELECT due_at AT TIME ZONE 'UTC' FROM bus_messages"));

        // As a machine with older rules had found it.
        await scene.ExecuteAsync("UPDATE bus_messages SET due_at = due_at + interval '1 hour', next_attempt_at = next_attempt_at + interval '1 hour'");
        BusHousekeeping housekeeping = host.Services.GetServices<IHostedService>().OfType<BusHousekeeping>().Single();
        await housekeeping.RunOnceAsync(default);

        Assert.Equal(new DateTime(2026, 7, 10, 8, 0, 0), await scene.AskAsync<DateTime>("SELECT next_attempt_at AT TIME ZONE 'UTC' FROM bus_messages"));
    }

    [Fact]
    public async Task What_was_handled_and_what_died_is_forgotten_after_its_time()
    {
        ManualClock clock = new(_noon);
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        BusHost host = scene.Host(clock);
        host.Probe.At = (at, _) => at == "begin bad" ? throw new BusFatalException("No.") : Task.CompletedTask;
        await host.BusAsync(bus => bus.PublishAsync(new Note("good"), default));
        await host.BusAsync(bus => bus.PublishAsync(new Note("bad"), default));
        await host.StartAsync();
        await scene.EmptyAsync();
        BusHousekeeping housekeeping = host.Services.GetServices<IHostedService>().OfType<BusHousekeeping>().Single();

        foreach ((int days, long inbox, long dead) in ((int, long, long)[])[(6, 2, 1), (2, 0, 1), (23, 0, 0)])
        {
            clock.Advance(TimeSpan.FromDays(days));
            await housekeeping.RunOnceAsync(default);
            Assert.Equal((inbox, dead), (await scene.AskAsync<long>("SELECT count(*) FROM bus_inbox"), await scene.AskAsync<long>("SELECT count(*) FROM bus_dead_letters")));
        }
    }
}
