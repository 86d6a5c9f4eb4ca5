using Mail.Core.Common;
using Mail.Core.Mailboxes;
using Mail.Core.Mailboxes.Providers;
using Mail.Core.Messaging;
using Mail.Tests.Core.Messaging;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Mailboxes;

/// <summary>BOX-2: a worker dies at every step and between any two, also when the provider has acted and nobody wrote it down. Whoever goes on, it ends in one active account or in none, there and here.</summary>
public sealed class MailboxCrashTests(PostgresFixture postgres)
{
    // called: just before the provider hears of it. acted: just after it did it. The others are the bus's own.
    private static readonly string[] _places = ["Claimed", "called", "acted", "Begun", "Settled", "Handled", "Committed"];

    /// <summary>One message of the bus for each step but the last, at which it rests.</summary>
    private static readonly MailboxStep[] _steps = [.. Enum.GetValues<MailboxStep>().Where(step => step is not MailboxStep.Active)];

    /// <summary>The bus's own places are the same whatever the provider: of the clouds only those matter at which they have acted.</summary>
    private static bool Matters(string cloud, string place) => cloud == "memory" || place is "acted" or "Handled";

    public static TheoryData<string, MailboxStep, string, string> Deaths()
    {
        TheoryData<string, MailboxStep, string, string> deaths = [];
        foreach (string cloud in TestedCloud.Names)
        {
            foreach (MailboxStep step in _steps)
            {
                foreach (string place in _places.Where(place => Matters(cloud, place) && (step is not MailboxStep.Credentials || place is not ("called" or "acted")))) // which needs no call
                {
                    deaths.Add(cloud, step, place, "killed");
                    if (cloud == "memory" && place is "acted" or "Settled" or "Committed") deaths.Add(cloud, step, place, "cut");
                }
            }
        }

        return deaths;
    }

    [Theory, MemberData(nameof(Deaths))]
    public async Task A_mailbox_is_made_once_wherever_a_worker_dies(string provider, MailboxStep step, string place, string death)
    {
        await using TestedCloud cloud = await TestedCloud.StartAsync(provider);
        await using MailboxScene scene = await MailboxScene.StartAsync(postgres, cloud);
        Mailbox wished = await scene.CreateAsync();

        await DieAsync(scene, Array.IndexOf(_steps, step) + 1, place, death);
        Mailbox mailbox = await scene.RestAsync(wished.Id);

        Assert.Equal((MailboxState.Active, MailboxStep.Active), (mailbox.State, mailbox.Step));
        Assert.Equal($"mail-mailbox-{wished.Id:N}", Assert.Single(cloud.Marks));
        Assert.Equal(1, await scene.Bus.AskAsync<long>("SELECT count(*) FROM mailboxes"));
        Assert.Equal(0, await scene.Bus.AskAsync<long>("SELECT count(*) FROM bus_dead_letters"));
        Result<MailboxCredentials> taken = await scene.Setup.TakeCredentialsAsync(MailboxScene.Access, wished.Id, MailboxScene.By, default);
        Assert.True(cloud.MaySend(taken.Value, wished.Address), "What is shown is what the provider takes.");
        Assert.Equal(["active"], (await scene.HistoryAsync(wished.Id)).Where(line => line == "active")); // told once
    }

    public static TheoryData<string, int, string> UndoingDeaths()
    {
        TheoryData<string, int, string> deaths = [];
        foreach (string cloud in TestedCloud.Names)
        {
            for (int message = 1; message <= 3; message++) // create, the refusal, and undoing
            {
                foreach (string place in _places.Where(place => Matters(cloud, place))) deaths.Add(cloud, message, place);
            }
        }

        return deaths;
    }

    [Theory, MemberData(nameof(UndoingDeaths))]
    public async Task What_cannot_be_made_leaves_nothing_wherever_a_worker_dies(string provider, int message, string place)
    {
        await using TestedCloud cloud = await TestedCloud.StartAsync(provider);
        await using MailboxScene scene = await MailboxScene.StartAsync(postgres, cloud);
        scene.Kind.Refuses = call => call == "set_up_sending" ? Problems.LicenceMissing : null;
        Mailbox wished = await scene.CreateAsync();

        await DieAsync(scene, message, place, "killed");
        Mailbox mailbox = await scene.RestAsync(wished.Id);

        Assert.Equal((MailboxState.Failed, ProviderProblems.LicenceMissing), (mailbox.State, mailbox.Problem?.Code));
        Assert.Empty(cloud.Marks);
        Mailbox second = await scene.CreateAsync(); // the name is free
        Assert.NotEqual(wished.Id, second.Id);
    }

    public static TheoryData<string, string, string> ChangingDeaths()
    {
        TheoryData<string, string, string> deaths = [];
        foreach (string cloud in TestedCloud.Names)
        {
            foreach (string wish in (string[])["suspend", "resume", "rotate", "delete"])
            {
                foreach (string place in _places.Where(place => Matters(cloud, place))) deaths.Add(cloud, wish, place);
            }
        }

        return deaths;
    }

    [Theory, MemberData(nameof(ChangingDeaths))]
    public async Task A_change_is_whole_wherever_a_worker_dies(string provider, string wish, string place)
    {
        await using TestedCloud cloud = await TestedCloud.StartAsync(provider);
        await using MailboxScene scene = await MailboxScene.StartAsync(postgres, cloud);
        BusHost first = scene.NewHost(scene.Kind);
        await first.StartAsync();
        Mailbox made = await scene.ActiveAsync();
        MailboxCredentials old = (await scene.Setup.TakeCredentialsAsync(MailboxScene.Access, made.Id, MailboxScene.By, default)).Value;
        if (wish == "resume")
        {
            await scene.Setup.SuspendAsync(MailboxScene.Access, made.Id, MailboxScene.By, default);
            await scene.RestAsync(made.Id);
        }

        await first.StopAsync();
        Result<Mailbox> wished = wish switch
        {
            "suspend" => await scene.Setup.SuspendAsync(MailboxScene.Access, made.Id, MailboxScene.By, default),
            "resume" => await scene.Setup.ResumeAsync(MailboxScene.Access, made.Id, MailboxScene.By, default),
            "rotate" => await scene.Setup.RotateAsync(MailboxScene.Access, made.Id, MailboxScene.By, default),
            _ => await scene.Setup.DeleteAsync(MailboxScene.Access, made.Id, MailboxScene.By, default),
        };
        Assert.True(wished.IsSuccess, wished.Failure?.Detail);

        await DieAsync(scene, 1, place, "killed");
        Mailbox mailbox = await scene.RestAsync(made.Id);

        Assert.Equal(wish switch { "suspend" => MailboxState.Suspended, "delete" => MailboxState.Deleted, _ => MailboxState.Active }, mailbox.State);
        Assert.Equal(wish == "delete" ? 0 : 1, cloud.Marks.Distinct().Count());
        Result<MailboxCredentials> taken = await scene.Setup.TakeCredentialsAsync(MailboxScene.Access, made.Id, MailboxScene.By, default);
        (bool old, bool renewed) works = (cloud.MaySend(old, made.Address), taken.IsSuccess && cloud.MaySend(taken.Value, made.Address));
        Assert.Equal(wish is "resume" or "rotate", works.old || works.renewed); // who is resumed has one of them, as the provider can
        Assert.False(works.old && wish != "resume");
        Assert.Equal(taken.IsSuccess, works.renewed);
    }

    /// <summary>A worker that dies at a place of its message of that number, and one that goes on.</summary>
    private static async Task DieAsync(MailboxScene scene, int message, string place, string death)
    {
        Death steps = new(message, place);
        WatchedKind watched = new(scene.Kind) { Before = _ => steps.AtAsync("called"), Acted = _ => steps.AtAsync("acted") };
        BusHost first = scene.NewHost(watched, steps);
        TaskCompletionSource died = new(TaskCreationOptions.RunContinuationsAsynchronously);
        steps.Die = async () =>
        {
            if (death == "cut") await first.CutAsync(scene.Bus.Source);
            else await first.KillAsync(scene.Bus.Source);
            died.TrySetResult();
            if (death == "killed") await Task.Delay(Timeout.Infinite, first.Killed); // this process does nothing any more
        };
        await first.StartAsync();
        await died.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await scene.NewHost(scene.Kind).StartAsync();
    }

    /// <summary>Dies once, at one place of one message. Messages of one mailbox come one after the other.</summary>
    private sealed class Death(int message, string place) : BusSteps
    {
        private readonly HashSet<Guid> _seen = [];
        private int _current, _died;

        public Func<Task> Die { get; set; } = () => Task.CompletedTask;

        public override async ValueTask AfterAsync(BusStep step, ClaimedMessage claimed)
        {
            if (claimed.Handler != "mailboxes.step-due") return;
            lock (_seen)
            {
                _seen.Add(claimed.Id);
                _current = _seen.Count;
            }

            await AtAsync(step.ToString());
        }

        public async Task AtAsync(string at)
        {
            if (at == place && _current == message && Interlocked.Exchange(ref _died, 1) == 0) await Die();
        }
    }
}
