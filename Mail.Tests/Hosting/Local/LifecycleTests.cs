using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Mail.Hosting.Local.Processes;

namespace Mail.Tests.Hosting.Local;

/// <summary>The order of start and stop, and what becomes of processes that end, by shell scripts in the place of servers.</summary>
public sealed class LifecycleTests : IAsyncDisposable
{
    private const string UntilTold = "trap 'exit 0' TERM; while true; do sleep 0.05; done";

    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(2));
    private readonly string _folder = Directory.CreateTempSubdirectory("mail-lifecycle-").FullName;
    private readonly IDistributedApplicationTestingBuilder _builder = DistributedApplicationTestingBuilder.Create();

    public LifecycleTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "The resources of these tests are shell scripts.");

    private CancellationToken Ct => _limit.Token;

    public async ValueTask DisposeAsync()
    {
        await _builder.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        _limit.Dispose();
    }

    [Fact]
    public async Task WaitFor_starts_the_second_only_when_the_first_is_healthy()
    {
        string well = Path.Combine(_folder, "well");
        IResourceBuilder<ScriptResource> first = _builder.AddScript("first", UntilTold, healthyWhen: well);
        _builder.AddScript("second", UntilTold).WaitFor(first);
        DistributedApplication app = await StartAsync();

        await app.ResourceNotifications.WaitForResourceAsync("first", KnownResourceStates.Running, Ct);
        await app.ResourceNotifications.WaitForResourceAsync("first", change => change.Snapshot.HealthReports.Any(report => report.LastRunAt is not null), Ct);
        await app.ResourceNotifications.WaitForResourceAsync("second", KnownResourceStates.Waiting, Ct);
        DateTime before = DateTime.UtcNow;
        await File.WriteAllTextAsync(well, "", Ct);
        ResourceEvent second = await app.ResourceNotifications.WaitForResourceHealthyAsync("second", Ct);

        Assert.True(second.Snapshot.StartTimeStamp >= before);
    }

    [Fact]
    public async Task Stopping_goes_in_the_reverse_order_and_gives_each_its_time()
    {
        string order = Path.Combine(_folder, "order");
        string Script(string name) => $"trap 'sleep 0.2; echo {name} >> {order}; exit 0' TERM; touch {_folder}/{name}; while true; do sleep 0.05; done";
        IResourceBuilder<ScriptResource> bottom = _builder.AddScript("bottom", Script("bottom"), Path.Combine(_folder, "bottom"));
        IResourceBuilder<ScriptResource> middle = _builder.AddScript("middle", Script("middle"), Path.Combine(_folder, "middle")).WaitFor(bottom);
        _builder.AddScript("top", Script("top"), Path.Combine(_folder, "top")).WaitFor(middle);
        DistributedApplication app = await StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("top", Ct);

        await app.StopAsync(Ct);

        Assert.Equal(["top", "middle", "bottom"], await File.ReadAllLinesAsync(order, Ct));
    }

    [Fact]
    public async Task A_process_that_ends_tells_its_exit_code_and_last_words_to_who_waits()
    {
        IResourceBuilder<ScriptResource> broken = _builder.AddScript("broken", "echo 'no configuration'; exit 3", healthyWhen: Path.Combine(_folder, "never"), infrastructure: true);
        _builder.AddScript("second", UntilTold).WaitFor(broken);
        DistributedApplication app = await StartAsync();

        DistributedApplicationException problem = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.ResourceNotifications.WaitForResourceHealthyAsync("second", Ct));

        Assert.Contains("broken", problem.Message, StringComparison.Ordinal);
        Assert.Contains("exit code 3", problem.Message, StringComparison.Ordinal);
        Assert.Contains("no configuration", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_replica_is_shown_as_exited_and_the_other_goes_on()
    {
        _builder.AddScript("pair", UntilTold).WithAnnotation(new ReplicaAnnotation(2));
        DistributedApplication app = await StartAsync();
        List<ResourceEvent> replicas = await ReplicasAsync(app, "pair", 2);
        int pid = Assert.IsType<int>(replicas[0].Snapshot.Properties.Single(property => property.Name == "executable.pid").Value);

        _ = UnixCalls.Kill(pid, UnixCalls.SigKill);
        ResourceEvent exited = await app.ResourceNotifications.WaitForResourceAsync(replicas[0].ResourceId, KnownResourceStatesExited, Ct);

        Assert.Equal(137, exited.Snapshot.ExitCode);
        Assert.True(app.ResourceNotifications.TryGetCurrentState(replicas[1].ResourceId, out ResourceEvent? other));
        Assert.Equal(KnownResourceStates.Running, other.Snapshot.State?.Text);
    }

    [Fact]
    public async Task Commands_stop_and_start_one_replica_by_id_and_all_by_name()
    {
        _builder.AddScript("pair", UntilTold).WithAnnotation(new ReplicaAnnotation(2));
        DistributedApplication app = await StartAsync();
        List<ResourceEvent> before = await ReplicasAsync(app, "pair", 2);

        ExecuteCommandResult stopped = await app.ResourceCommands.ExecuteCommandAsync(before[0].ResourceId, KnownResourceCommands.StopCommand, Ct);
        Assert.True(stopped.Success);
        Assert.True(app.ResourceNotifications.TryGetCurrentState(before[0].ResourceId, out ResourceEvent? one));
        Assert.Contains(one.Snapshot.State?.Text, KnownResourceStates.TerminalStates);

        await app.ResourceCommands.ExecuteCommandAsync("pair", KnownResourceCommands.RestartCommand, Ct);
        List<ResourceEvent> after = await ReplicasAsync(app, "pair", 2);

        Assert.Empty(before.Select(Pid).Intersect(after.Select(Pid)));
        Assert.False((await app.ResourceCommands.ExecuteCommandAsync("nobody", KnownResourceCommands.StopCommand, Ct)).Success);
        Assert.False((await app.ResourceCommands.ExecuteCommandAsync("pair", "dance", Ct)).Success);
    }

    [Fact]
    public async Task Who_starts_a_process_as_soon_as_it_reads_that_it_has_ended_is_never_too_early()
    {
        _builder.AddScript("one", UntilTold);
        DistributedApplication app = await StartAsync();
        int last = 0;
        for (int i = 0; i < 300; i++)
        {
            last = Pid(await app.ResourceNotifications.WaitForResourceAsync("one", change => change.Snapshot.State?.Text == KnownResourceStates.Running && Pid(change) != last, Ct));
            Assert.Equal(0, UnixCalls.Kill(last, UnixCalls.SigKill));
            await app.ResourceNotifications.WaitForResourceAsync("one", KnownResourceStatesExited, Ct);
            await app.ResourceCommands.ExecuteCommandAsync("one", KnownResourceCommands.StartCommand, Ct);
        }
    }

    [Fact]
    public async Task A_process_that_ignores_the_wish_to_end_is_killed_with_its_children()
    {
        _builder.AddScript("stubborn", $"trap '' TERM; sh -c \"trap '' TERM; echo \\$\\$ > {_folder}/child; while true; do sleep 0.05; done\" & wait", Path.Combine(_folder, "child"));
        DistributedApplication app = await StartAsync();
        ResourceEvent running = await app.ResourceNotifications.WaitForResourceHealthyAsync("stubborn", Ct);
        int child = int.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "child"), Ct), System.Globalization.CultureInfo.InvariantCulture);

        await app.StopAsync(Ct);

        Assert.False(UnixCalls.IsAlive(Pid(running)));
        while (UnixCalls.IsAlive(child)) await Task.Delay(10, Ct); // its new parent has yet to reap it
    }

    [Fact]
    public async Task A_resource_that_the_developer_starts_gets_its_environment_in_a_file_and_is_waited_for()
    {
        string well = Path.Combine(_folder, "well");
        _builder.Configuration["Local:ByHand"] = "mine";
        IResourceBuilder<ScriptResource> mine = _builder.AddScript("mine", "exit 1", healthyWhen: well).WithEnvironment("NAME", "va=lue");
        _builder.AddScript("second", UntilTold).WaitFor(mine);
        DistributedApplication app = await StartAsync();

        ResourceEvent unwell = await app.ResourceNotifications.WaitForResourceAsync("mine", KnownResourceStates.Running, Ct).ContinueWith(_ => Current(app, "mine"), Ct);
        Assert.NotEqual(Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy, unwell.Snapshot.HealthStatus);
        string file = Path.Combine(Mail.Hosting.Local.Running.LocalHost.Of(_builder).StateFolder, "environment", "mine.env");
        Assert.Equal([$"# {Environment.ProcessId}", "NAME=va=lue"], await File.ReadAllLinesAsync(file, Ct));
        await File.WriteAllTextAsync(well, "", Ct);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("second", Ct);
    }

    private static ResourceEvent Current(DistributedApplication app, string name) =>
        app.ResourceNotifications.All().Single(known => known.Resource.Name == name);

    private static bool KnownResourceStatesExited(ResourceEvent change) => change.Snapshot.State?.Text == KnownResourceStates.Exited;

    private static int Pid(ResourceEvent change) => (int)change.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value!;

    private async Task<DistributedApplication> StartAsync()
    {
        DistributedApplication app = await _builder.BuildAsync(Ct);
        await app.StartAsync(Ct);
        return app;
    }

    private async Task<List<ResourceEvent>> ReplicasAsync(DistributedApplication app, string name, int count)
    {
        Dictionary<string, ResourceEvent> running = [];
        await foreach (ResourceEvent change in app.ResourceNotifications.WatchAsync(Ct))
        {
            if (change.Resource.Name != name) continue;
            if (change.Snapshot.State?.Text == KnownResourceStates.Running) running[change.ResourceId] = change;
            else running.Remove(change.ResourceId);
            if (running.Count == count) break;
        }

        return [.. running.Values];
    }
}
