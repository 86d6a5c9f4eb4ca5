using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mail.Hosting.Local.Running;

/// <summary>Tells how the start goes, resource by resource, and greets the developer when everything has settled.</summary>
internal sealed class Narrator(LocalHost host, ResourceNotificationService notifications, Orchestrator orchestrator, Greeting greeting)
{
    private readonly Dictionary<string, IDisposable> _waiting = [];

    /// <summary>Returns after the greeting, or when the application stops.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        List<string> open = [.. orchestrator.Started.Where(instance => instance.Resource is not ParameterResource).Select(instance => instance.Id)];
        try
        {
            await foreach (ResourceEvent change in notifications.WatchAsync(ct))
            {
                if (!open.Contains(change.ResourceId)) continue;
                if (IsSettled(change))
                {
                    open.Remove(change.ResourceId);
                    if (_waiting.Remove(change.ResourceId, out IDisposable? step)) step.Dispose();
                }
                else if (IsUnderWay(change) && !_waiting.ContainsKey(change.ResourceId))
                {
                    _waiting[change.ResourceId] = host.Progress.Step(() => Waiting(change.ResourceId));
                }

                if (open.Count > 0) continue;
                foreach (string line in await greeting.LinesAsync(ct)) host.Progress.Plain(line);
                return;
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }
        finally
        {
            foreach (IDisposable step in _waiting.Values) step.Dispose();
        }
    }

    private static bool IsUnderWay(ResourceEvent change) =>
        change.Snapshot.State?.Text is { } state && (state == KnownResourceStates.Starting || state == KnownResourceStates.Running);

    private bool IsSettled(ResourceEvent change)
    {
        if (change.Snapshot.HealthStatus is HealthStatus.Healthy)
        {
            host.Progress.Line($"{Name(change)} is ready{Address(change)}");
            return true;
        }

        // A resource that waits for a failed one is settled too: only the developer can go on from there.
        return ResourceNotificationService.IsOver(change.Snapshot)
            || (change.Snapshot.State?.Text == KnownResourceStates.Waiting && notifications.All().Any(other => ResourceNotificationService.IsOver(other.Snapshot)));
    }

    private string Waiting(string id)
    {
        if (!notifications.TryGetCurrentState(id, out ResourceEvent? known)) return $"{id} is starting";
        string? wrong = known.Snapshot.HealthReports.FirstOrDefault(report => report.Status is not HealthStatus.Healthy)?.Description;
        return known.Snapshot.State?.Text == KnownResourceStates.Running && wrong is not null
            ? $"{Name(known)} runs, but is not ready: {wrong}"
            : $"{Name(known)} is starting";
    }

    private static string Name(ResourceEvent change) => change.Resource.GetReplicaCount() > 1 ? change.ResourceId : change.Resource.Name;

    private static string Address(ResourceEvent change) =>
        change.Snapshot.Urls.Length == 0 ? "" : $": {string.Join(", ", change.Snapshot.Urls.Select(url => url.Url))}";
}
