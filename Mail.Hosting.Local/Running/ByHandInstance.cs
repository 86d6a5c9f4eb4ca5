using Aspire.Hosting.ApplicationModel;

namespace Mail.Hosting.Local.Running;

/// <summary>
/// A project that the developer's IDE starts, under its debugger. We write down the environment that we would have given it, and watch its
/// health, so that others can wait for it.
/// </summary>
internal sealed class ByHandInstance(IResource resource, string id, int depth, ProcessDriver driver, InstanceContext context)
    : ResourceInstance(resource, id, depth, context.Notifications)
{
    /// <summary>Setting: the names, separated by commas.</summary>
    public const string Setting = "Local:ByHand";

    private readonly IReadOnlyList<HealthProbe> _probes = [.. driver.Probes, .. resource.Annotations.OfType<HealthProbe>()];
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public static bool IsMeant(IResource resource, LocalHost host) => (host.Configuration[Setting] ?? "")
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Contains(resource.Name, StringComparer.OrdinalIgnoreCase);

    public override void Start() => _running = Task.Run(RunAsync);

    public override async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _running;
    }

    public override void Dispose() => _stopping.Dispose();

    private async Task RunAsync()
    {
        try
        {
            Publish(now => now with { State = KnownResourceStates.Waiting });
            await context.Dependencies.WaitForAllAsync(Resource, _stopping.Token);
            IReadOnlyDictionary<string, string?> own = (await driver.DescribeAsync(context.Host, _stopping.Token)).Environment;
            EnvironmentFiles.Write(context.Host, Resource.Name, await context.Environment.ForProcessAsync(Resource, Id, own, _stopping.Token));
            context.Host.Progress.Line($"{Resource.Name} is yours to start; its environment is in {EnvironmentFiles.PathOf(context.Host, Resource.Name)}");
            Publish(now => now with { State = KnownResourceStates.Running, StartTimeStamp = DateTime.UtcNow, HealthReports = HealthMonitor.NotYetChecked(_probes) });
            await new HealthMonitor(_probes, reports => Publish(now => now with { HealthReports = reports })).RunAsync(_stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            Publish(now => now with { State = new ResourceStateSnapshot(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error), Reason = e.Message });
            context.Failed(this, e, false);
        }
    }
}
