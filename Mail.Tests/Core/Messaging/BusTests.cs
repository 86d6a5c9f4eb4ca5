using System.Diagnostics;
using Mail.Core.Common;
using Mail.Core.Messaging;
using Mail.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mail.Tests.Core.Messaging;

public sealed class BusTests(PostgresFixture postgres)
{
    [Fact]
    public async Task What_is_published_goes_with_the_transaction_of_its_publisher_or_not_at_all()
    {
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        BusHost host = await scene.WorkerAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.InTransactionAsync(async (db, bus) =>
        {
            await db.Database.ExecuteSqlAsync($"INSERT INTO effects (words) VALUES ('mine, rolled back')");
            await bus.PublishAsync(new Echo("rolled back"), default);
            throw new InvalidOperationException("Not this time.");
        }));
        await host.InTransactionAsync(async (db, bus) =>
        {
            await db.Database.ExecuteSqlAsync($"INSERT INTO effects (words) VALUES ('mine')");
            await bus.PublishAsync(new Echo("kept"), default);
            Assert.Equal(0, await scene.AskAsync<long>("SELECT count(*) FROM bus_messages"));
        });
        await Eventually.TrueAsync(async () => (await scene.EffectsAsync()).Contains("echo kept"));

        Assert.Equal(["echo kept", "mine"], await scene.EffectsAsync());
    }

    [Fact]
    public async Task Plain_Npgsql_publishes_in_its_own_transaction()
    {
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        BusHost host = await scene.WorkerAsync();
        BusOutbox outbox = host.Services.GetRequiredService<BusOutbox>();
        await using NpgsqlConnection connection = await scene.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);

        foreach (bool commits in (bool[])[false, true])
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await outbox.PublishAsync(new Echo($"{commits}"), connection, default);
            if (commits) await transaction.CommitAsync(TestContext.Current.CancellationToken);
            else await transaction.RollbackAsync(TestContext.Current.CancellationToken);
            outbox.Wake();
        }

        await Eventually.TrueAsync(async () => (await scene.EffectsAsync()).Count > 0);
        await scene.EmptyAsync();
        Assert.Equal(["echo True"], await scene.EffectsAsync());
    }

    [Fact]
    public async Task A_commit_wakes_workers_of_other_processes()
    {
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        await scene.WorkerAsync(settings: new() { ["Bus:PollInterval"] = "00:01:00" });
        BusHost publisher = scene.Host(more: services => services.Remove(services.Single(service => service.ImplementationType == typeof(BusWorker))));
        await publisher.StartAsync();

        await publisher.InTransactionAsync((_, bus) => bus.PublishAsync(new Echo("now"), default));

        await Eventually.TrueAsync(async () => (await scene.EffectsAsync()).Count == 1, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Several_workers_handle_each_message_once()
    {
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        BusHost publisher = scene.Host();
        await publisher.InTransactionAsync(async (_, bus) =>
        {
            for (int i = 0; i < 150; i++) await bus.PublishAsync(new Note($"{i}"), default);
        });

        for (int i = 0; i < 3; i++) await scene.WorkerAsync();
        await scene.EmptyAsync();

        Assert.Equal(300, await scene.AskAsync<long>("SELECT count(*) FROM effects"));
        Assert.Equal(300, await scene.AskAsync<long>("SELECT count(DISTINCT words) FROM effects"));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_late_worker_changes_nothing(bool holdsTransaction)
    {
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        LateSteps steps = new();
        BusHost late = scene.Host(steps: steps);
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously), goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        async Task HoldAsync()
        {
            if (reached.TrySetResult()) await goOn.Task; // the first only: it may itself take what it lost, as any worker may
        }

        if (holdsTransaction) steps.Claimed = HoldAsync;
        else late.Probe.At = (at, _) => at.StartsWith("called", StringComparison.Ordinal) ? HoldAsync() : Task.CompletedTask;
        await late.BusAsync(bus => holdsTransaction ? bus.PublishAsync(new Note("x"), default) : bus.PublishAsync(new PhoneCall("x"), default));
        await late.StartAsync();
        await reached.Task;

        // As if its lease had ended unnoticed.
        await scene.ExecuteAsync("UPDATE bus_messages SET lease_token = NULL, lease_until = NULL");
        await scene.WorkerAsync();
        await Eventually.TrueAsync(async () => (await scene.EffectsAsync()).Count == 2);
        goOn.SetResult();
        await Eventually.TrueAsync(() => late.Log.All.Any(line => line.Contains("no longer this worker's", StringComparison.Ordinal)));

        Assert.Equal(2, (await scene.EffectsAsync()).Count);
        Assert.Equal(2, await scene.AskAsync<long>("SELECT count(*) FROM bus_inbox"));
    }

    [Fact]
    public async Task A_handler_that_takes_long_keeps_its_message()
    {
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        BusHost slow = scene.Host(settings: new() { ["Bus:Lease"] = "00:00:01.5" });
        slow.Probe.At = (at, _) => at.StartsWith("called", StringComparison.Ordinal) || at == "effect" ? Task.Delay(TimeSpan.FromSeconds(4)) : Task.CompletedTask;
        await slow.BusAsync(bus => bus.PublishAsync(new PhoneCall("x"), default));

        await slow.StartAsync();
        BusHost other = await scene.WorkerAsync();
        await scene.EmptyAsync();

        Assert.Equal(["call x", "echo x"], await scene.EffectsAsync());
        Assert.Single(slow.Probe.Seen.Concat(other.Probe.Seen), seen => seen.StartsWith("called", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_handled_before_is_not_handled_again()
    {
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        BusHost host = scene.Host();
        Guid id = await host.BusAsync(bus => bus.PublishAsync(new Note("x"), default));
        await scene.ExecuteAsync($"INSERT INTO bus_inbox (project_id, message_id, handler, handled_at) VALUES ('{Guid.Empty}', '{id}', 'test.note', now())");

        await host.StartAsync();
        await scene.EmptyAsync();

        Assert.Empty(await scene.EffectsAsync());
    }

    [Fact]
    public async Task A_poisoned_message_holds_up_nobody()
    {
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        BusHost host = scene.Host(settings: new() { ["Bus:Concurrency"] = "2", ["Bus:MaxAttempts"] = "3" });
        host.Probe.At = (at, _) => at.StartsWith("begin poison", StringComparison.Ordinal) ? throw new InvalidOperationException("It is poisoned.\0") : Task.CompletedTask;
        await host.InTransactionAsync(async (_, bus) =>
        {
            for (int i = 0; i < 20; i++) await bus.PublishAsync(new Note($"poison {i}"), default);
            for (int i = 0; i < 20; i++) await bus.PublishAsync(new Note($"{i}"), default);
        });

        await host.StartAsync();
        await scene.DeadAsync(20);
        await scene.EmptyAsync();

        Assert.Equal(40, (await scene.EffectsAsync()).Count); // 20 and their echoes
        Assert.Equal(60, host.Probe.Seen.Count(seen => seen.StartsWith("begin poison", StringComparison.Ordinal)));
        Assert.Equal("InvalidOperationException: It is poisoned.", await scene.AskAsync<string>("SELECT min(error) FROM bus_dead_letters"));
        Assert.Equal(3, await scene.AskAsync<int>("SELECT max(attempts) FROM bus_dead_letters"));
    }

    [Fact]
    public async Task A_project_does_not_wait_behind_the_flood_of_another()
    {
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        BusHost host = scene.Host(settings: new() { ["Bus:Concurrency"] = "2" });
        ProjectId[] projects = [.. Enumerable.Range(0, 3).Select(_ => ProjectId.New(DateTimeOffset.UtcNow))];
        await host.InTransactionAsync(async (_, bus) =>
        {
            for (int i = 0; i < 200; i++) await bus.PublishAsync(new Note($"flood {i}", projects[1]), default);
        });
        await host.InTransactionAsync(async (_, bus) =>
        {
            await bus.PublishAsync(new Note("small 0", projects[0]), default);
            await bus.PublishAsync(new Note("small 2", projects[2]), default);
        });

        await host.StartAsync();
        await Eventually.TrueAsync(() => host.Probe.Seen.Count(seen => seen.StartsWith("begin small", StringComparison.Ordinal)) == 2);

        int before = host.Probe.Seen.TakeWhile(seen => seen != "begin small 2").Count(seen => seen.StartsWith("begin flood", StringComparison.Ordinal));
        Assert.InRange(before, 0, 100);
    }

    [Fact]
    public async Task Each_handler_of_a_message_is_tried_on_its_own()
    {
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        BusHost host = scene.Host(settings: new() { ["Bus:MaxAttempts"] = "2" });
        host.Probe.At = (_, _) => throw new InvalidOperationException("The first one fails.");
        await host.BusAsync(bus => bus.PublishAsync(new Twice("x"), default));

        await host.StartAsync();
        await scene.DeadAsync(1);
        await scene.EmptyAsync();

        Assert.Equal(["second x"], await scene.EffectsAsync());
        Assert.Equal("test.twice.first", await scene.AskAsync<string>("SELECT handler FROM bus_dead_letters"));
    }

    [Fact]
    public async Task A_stopping_host_gives_back_what_it_has_not_handled()
    {
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        BusHost host = scene.Host(settings: new() { ["Bus:Lease"] = "00:10:00" });
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Probe.At = async (_, _) =>
        {
            reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, host.Services.GetRequiredService<Microsoft.Extensions.Hosting.IHostApplicationLifetime>().ApplicationStopping);
        };
        await host.BusAsync(bus => bus.PublishAsync(new Note("x"), default));
        await host.StartAsync();
        await reached.Task;

        host.Probe.At = null;
        await host.StopAsync();

        Assert.True(await scene.AskAsync<bool>("SELECT lease_token IS NULL AND lease_until IS NULL FROM bus_messages"));
        await scene.WorkerAsync();
        await scene.EmptyAsync();
        Assert.Equal(["echo x", "note x"], await scene.EffectsAsync());
    }

    [Fact]
    public async Task A_handler_without_a_transaction_publishes_only_in_its_completion_and_completes_once()
    {
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        BusHost host = scene.Host(settings: new() { ["Bus:MaxAttempts"] = "1" });
        List<Exception> refused = [];
        host.Probe.At = async (at, context) =>
        {
            if (at != "effect" && at != "published") return;
            refused.Add(await Assert.ThrowsAsync<InvalidOperationException>(() => context.CompleteAsync(_ => Task.CompletedTask, default)));
        };
        await host.BusAsync(bus => bus.PublishAsync(new PhoneCall("x"), default));
        await host.BusAsync(bus => bus.PublishAsync(new PhoneCall("too early"), default));

        await host.StartAsync();
        await scene.DeadAsync(1);
        await scene.EmptyAsync();

        Assert.Equal(2, refused.Count);
        Assert.Contains("CompleteAsync", await scene.AskAsync<string>("SELECT error FROM bus_dead_letters"), StringComparison.Ordinal);
        Assert.Equal(["call x", "echo x"], await scene.EffectsAsync());
    }

    [Fact]
    public async Task A_handler_that_takes_too_long_is_ended_and_tried_again()
    {
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        BusHost host = scene.Host(settings: new() { ["Bus:HandlerTimeout"] = "00:00:00.5" });
        host.Probe.At = (at, context) => at == "effect" && context.Attempt == 1 ? Task.Delay(TimeSpan.FromSeconds(1)) : Task.CompletedTask;
        await host.BusAsync(bus => bus.PublishAsync(new Note("x"), default));

        await host.StartAsync();
        await Eventually.TrueAsync(async () => (await scene.EffectsAsync()).Contains("note x"));
        await scene.EmptyAsync();

        Assert.Equal(["echo x", "note x"], await scene.EffectsAsync());
        Assert.True(host.Probe.Seen.Count(seen => seen == "begin x") >= 2);
    }

    [Fact]
    public async Task A_trace_goes_on_from_who_published_to_who_handles()
    {
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        using ActivityListener listener = new() { ShouldListenTo = source => source.Name == MailTelemetry.Name, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(listener);
        BusHost host = scene.Host();
        TaskCompletionSource<ActivityTraceId?> handled = new();
        host.Probe.At = (_, _) =>
        {
            handled.TrySetResult(Activity.Current?.TraceId);
            return Task.CompletedTask;
        };
        using (Activity caller = new("caller"))
        {
            caller.SetIdFormat(ActivityIdFormat.W3C).Start();
            await host.BusAsync(bus => bus.PublishAsync(new Note("x"), default));
            await host.StartAsync();

            Assert.Equal(caller.TraceId, await handled.Task);
        }
    }

    [Fact]
    public async Task Nobody_publishes_what_nobody_handles()
    {
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        BusHost host = scene.Host();

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.BusAsync(bus => bus.PublishAsync("a text", default)));
        await Assert.ThrowsAsync<ArgumentException>(() => host.BusAsync(bus => bus.PublishAsync(new Echo(new string('x', 300_000)), default)));
        await Assert.ThrowsAsync<ArgumentException>(() => host.BusAsync(bus => bus.ScheduleAsync(new Echo("x"), DateTimeOffset.UtcNow, "a\0b", SameKey.Replace, default)));
        Assert.Equal(0, await scene.AskAsync<long>("SELECT count(*) FROM bus_messages"));
    }

    [Fact]
    public void Two_handlers_of_one_name_and_a_message_without_one_are_refused_at_the_start()
    {
        ServiceCollection services = new();
        services.AddBusHandlers(typeof(Handlers)).AddBusHandlers(typeof(Impostor));

        Assert.Contains("test.echo", Assert.Throws<InvalidOperationException>(() => new BusRegistry(services.BuildServiceProvider().GetServices<BusBinding>())).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => services.AddBusHandlers(typeof(Nameless)));
        Assert.Throws<ArgumentException>(() => services.AddBusHandlers(typeof(BusTests)));
    }

    private static class Impostor
    {
        internal static ValueTask Handle(Echo echo) => echo.Text.Length > 0 ? default : throw new ArgumentException(echo.Text);
    }

    private static class Nameless
    {
        internal static ValueTask Handle(string words) => words.Length > 0 ? default : throw new ArgumentException(words);
    }

    private sealed class LateSteps : BusSteps
    {
        private int _held;

        public Func<Task>? Claimed { get; set; }

        public override async ValueTask AfterAsync(BusStep step, ClaimedMessage message)
        {
            if (step == BusStep.Claimed && Claimed is { } hold && Interlocked.Exchange(ref _held, 1) == 0) await hold();
        }
    }
}
