using Aspire.Hosting.ApplicationModel;
using Mail.Hosting.Local.Processes;

namespace Mail.Hosting.Local.Running;

/// <summary>One process of a resource: prepared, started after what it waits for, watched, stopped, started again on command.</summary>
internal sealed class ProcessInstance(IResource resource, string id, int depth, ProcessDriver driver, SharedPreparation preparation, InstanceContext context)
    : ResourceInstance(resource, id, depth, context.Notifications)
{
    private readonly Lock _gate = new();
    private readonly IReadOnlyList<HealthProbe> _probes = [.. driver.Probes, .. resource.Annotations.OfType<HealthProbe>()];
    private CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    /// <summary>As it is published: whoever reads that the process has ended may start it at once, also while the last of its run is still being done.</summary>
    private bool _isOver = true;

    public override void Start()
    {
        lock (_gate)
        {
            if (!_isOver) return;
            _isOver = false;
            _stopping.Dispose();
            _stopping = new CancellationTokenSource();
            string first = Dependencies.AnyOf(Resource) ? KnownResourceStates.Waiting : KnownResourceStates.Starting;
            Publish(now => now with { State = first, ExitCode = null, StopTimeStamp = null, Reason = null, HealthReports = HealthMonitor.NotYetChecked(_probes) });
            CancellationToken ct = _stopping.Token;
            Task last = _running;
            _running = Task.Run(async () =>
            {
                await last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // only for the order; who stops it sees what it threw
                await RunAsync(ct);
            });
        }
    }

    public override async Task StopAsync()
    {
        Task last;
        lock (_gate)
        {
            _stopping.Cancel(); // a process that runs, or is just being started, stops by this
            last = _running;
        }

        await last;
    }

    public override void Dispose() => _stopping.Dispose();

    private async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await preparation.Task(context.Host, ct).WaitAsync(ct);
            await context.Dependencies.WaitForAllAsync(Resource, ct);
            Publish(now => now with { State = KnownResourceStates.Starting });
            while (await RunProcessAsync(ct) is RunEnd.TryAgain) await Task.Delay(ProcessDriver.RetryDelay, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            PublishOver(now => now with { State = KnownResourceStates.Exited, StopTimeStamp = DateTime.UtcNow });
        }
        catch (Exception e)
        {
            // Whatever it is, the developer must see it and the waiting resources must not hang.
            PublishOver(now => now with { State = new ResourceStateSnapshot(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error), Reason = e.Message });
            context.Failed(this, e, driver.IsInfrastructure && e is not DependencyFailedException);
        }
    }

    private enum RunEnd
    {
        Ended,
        TryAgain,
    }

    private async Task<RunEnd> RunProcessAsync(CancellationToken ct)
    {
        ProcessSpec spec = await driver.DescribeAsync(context.Host, ct);
        spec = spec with { Environment = await context.Environment.ForProcessAsync(Resource, Id, spec.Environment, ct), Order = Depth };
        ProcessLog log = context.Logs.Of(Resource, Id);
        ct.ThrowIfCancellationRequested();
        using ChildProcess process = ChildProcess.Start(spec, log.Write);
        IReadOnlyList<ResourcePropertySnapshot> properties = await driver.PropertiesAsync(ct);
        Publish(now => now with
        {
            State = new ResourceStateSnapshot(KnownResourceStates.Running, KnownResourceStateStyles.Success),
            StartTimeStamp = DateTime.UtcNow,
            HealthReports = HealthMonitor.NotYetChecked(_probes),
            Properties = [new ResourcePropertySnapshot(KnownProperties.ExecutablePid, process.Pid), .. properties],
        });

        Task stop = Task.CompletedTask;
        await using CancellationTokenRegistration wish = ct.Register(() =>
        {
            Publish(now => process.Exited.IsCompleted ? now : now with { State = KnownResourceStates.Stopping }); // who has ended is not stopped any more
            stop = process.StopAsync();
        });

        HealthMonitor monitor = new(_probes, reports => Publish(now => process.Exited.IsCompleted ? now : now with { HealthReports = reports }));
        using CancellationTokenSource watch = new();
        Task<Exception?> watching = monitor.RunAsync(watch.Token);
        await Task.WhenAny(process.Exited, watching);
        if (!process.Exited.IsCompleted) await process.StopAsync(); // the monitor gives up only for a reason that waiting cannot mend
        await stop;
        int exitCode = await process.Exited;
        await watch.CancelAsync();
        Exception? given = await watching;

        IReadOnlyList<string> lastLines = log.LastLines(20);
        if (given is null && !monitor.WasHealthy && !ct.IsCancellationRequested && driver.IsInfrastructure)
        {
            if (driver.IsPassing(lastLines)) return RunEnd.TryAgain;
            given = new LocalHostException(driver.ExplainFailure(exitCode, lastLines));
        }

        PublishEnd(exitCode, ct.IsCancellationRequested, lastLines, given);
        return given is null ? RunEnd.Ended : throw given;
    }

    private void PublishEnd(int exitCode, bool wanted, IReadOnlyList<string> lastLines, Exception? given)
    {
        string state = exitCode == 0 ? KnownResourceStates.Finished : KnownResourceStates.Exited;
        string? style = exitCode == 0 || wanted ? null : KnownResourceStateStyles.Error;
        string? reason = wanted ? null : given?.Message ?? ProcessDriver.ExplainEnd(exitCode, lastLines);
        if (reason is not null && context.Host.Testing) reason += $"\nIts last lines:\n{string.Join('\n', lastLines)}"; // the log file is gone with the test
        CustomResourceSnapshot Ended(CustomResourceSnapshot now) => now with
        {
            State = new ResourceStateSnapshot(state, style),
            ExitCode = exitCode,
            StopTimeStamp = DateTime.UtcNow,
            Reason = reason,
            Properties = now.Properties.RemoveAll(property => property.Name == KnownProperties.ExecutablePid),
        };
        if (given is null) PublishOver(Ended);
        else Publish(Ended); // why it never got there follows
        if (!wanted && given is null) context.Failed(this, new LocalHostException(reason!), false);
    }

    private void PublishOver(Func<CustomResourceSnapshot, CustomResourceSnapshot> change)
    {
        lock (_gate)
        {
            _isOver = true;
            Publish(change);
        }
    }
}

/// <summary>What all replicas of a resource need once: the first one does it, the others wait. A failed attempt is repeated on the next start.</summary>
internal sealed class SharedPreparation(ProcessDriver driver)
{
    private readonly Lock _gate = new();
    private Task? _task;

    public Task Task(LocalHost host, CancellationToken ct)
    {
        lock (_gate)
        {
            if (_task is null || _task.IsFaulted || _task.IsCanceled) _task = System.Threading.Tasks.Task.Run(() => driver.PrepareAsync(host, ct), ct);
            return _task;
        }
    }
}
