using Mail.Core.Messaging;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Messaging;

/// <summary>A worker dies between any two steps, in each way that there is; whoever goes on, the effect and what it publishes happen once, and nothing is lost.</summary>
public sealed class BusCrashTests(PostgresFixture postgres)
{
    private static readonly string[] _places = ["Claimed", "Begun", "Settled", "effect", "published", "Handled", "Committed", "Failed"];

    /// <summary>killed: the process is gone, in the middle of it. cut: its connections are gone, it lives on. thrown: a fault of ours.</summary>
    public static TheoryData<string, string, bool> Deaths()
    {
        TheoryData<string, string, bool> deaths = [];
        foreach (string place in _places)
        {
            foreach (string death in (string[])["killed", "cut", "thrown"])
            {
                foreach (bool holdsTransaction in (bool[])[true, false]) deaths.Add(place, death, holdsTransaction);
            }
        }

        return deaths;
    }

    [Theory, MemberData(nameof(Deaths))]
    public async Task An_effect_happens_once_wherever_a_worker_dies(string place, string death, bool holdsTransaction)
    {
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        Death steps = new(place);
        BusHost first = scene.Host(steps: steps);
        TaskCompletionSource died = new(TaskCreationOptions.RunContinuationsAsynchronously);
        steps.Die = async () =>
        {
            if (death == "cut") await first.CutAsync(scene.Source);
            if (death == "killed") await first.KillAsync(scene.Source);
            died.TrySetResult();
            if (death == "killed") await Task.Delay(Timeout.Infinite, first.Killed); // this process does nothing any more
            if (death == "thrown") throw new IOException("A fault, as if by the test.");
        };
        bool hasFailed = false;
        first.Probe.At = async (at, _) =>
        {
            if (place == "Failed" && at == "effect" && !hasFailed)
            {
                hasFailed = true;
                throw new InvalidOperationException("Not yet.");
            }

            await steps.AtAsync(at);
        };
        await first.BusAsync(bus => holdsTransaction ? bus.PublishAsync(new Note("x"), default) : bus.PublishAsync(new PhoneCall("x"), default));

        await first.StartAsync();
        await died.Task.WaitAsync(TimeSpan.FromSeconds(60));
        BusHost second = await scene.WorkerAsync();
        await scene.EmptyAsync();

        Assert.Equal(["echo x", holdsTransaction ? "note x" : "call x"], (await scene.EffectsAsync()).OrderByDescending(words => words.StartsWith("echo", StringComparison.Ordinal)));
        Assert.Equal(2, await scene.AskAsync<long>("SELECT count(*) FROM bus_inbox"));
        Assert.Equal(0, await scene.AskAsync<long>("SELECT count(*) FROM bus_dead_letters"));

        // Whom it called was told the same key each time.
        Assert.True(first.Probe.Seen.Concat(second.Probe.Seen).Where(seen => seen.StartsWith("called", StringComparison.Ordinal)).Distinct().Count() <= 1);
    }

    [Fact]
    public async Task A_message_that_kills_its_worker_each_time_becomes_a_dead_letter()
    {
        await using BusScene scene = await BusScene.CreateAsync(postgres);
        BusHost publisher = scene.Host();
        await publisher.BusAsync(bus => bus.PublishAsync(new Note("poison"), default));
        Dictionary<string, string?> settings = new() { ["Bus:MaxAttempts"] = "2" };
        for (int i = 0; i < 2; i++)
        {
            Death steps = new("effect");
            BusHost worker = scene.Host(steps: steps, settings: settings);
            TaskCompletionSource died = new(TaskCreationOptions.RunContinuationsAsynchronously);
            steps.Die = async () =>
            {
                await worker.KillAsync(scene.Source);
                died.TrySetResult();
                await Task.Delay(Timeout.Infinite, worker.Killed);
            };
            worker.Probe.At = (at, _) => steps.AtAsync(at);
            await worker.StartAsync();
            await died.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }

        await scene.WorkerAsync(settings: settings);
        await scene.DeadAsync(1);

        Assert.Empty(await scene.EffectsAsync());
        Assert.Contains("stopped each time", await scene.AskAsync<string>("SELECT error FROM bus_dead_letters"), StringComparison.Ordinal);
    }

    /// <summary>Dies once, at one place.</summary>
    private sealed class Death(string place) : BusSteps
    {
        private int _died;

        public Func<Task> Die { get; set; } = () => Task.CompletedTask;

        public override async ValueTask AfterAsync(BusStep step, ClaimedMessage message) => await AtAsync(step.ToString());

        public async Task AtAsync(string at)
        {
            if (at == place && Interlocked.Exchange(ref _died, 1) == 0) await Die();
        }
    }
}
