using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Stands in for Aspire's type of this name: the state of every resource, and waiting for a change of it.</summary>
public class ResourceNotificationService
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ResourceEvent> _current = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Channel<ResourceEvent>> _watchers = [];

    /// <summary>Set when nobody can bring a failed resource back (no dashboard): then waiting for it fails instead of going on for ever.</summary>
    internal bool StopWaitingOnFailure { get; set; }

    /// <summary>Waits until one process of the resource has the state; <see cref="KnownResourceStates.Running"/> by default.</summary>
    /// <param name="resourceName">The resource's name, or the id of one of its processes.</param>
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default)
    {
        string state = targetState ?? KnownResourceStates.Running;
        return WaitForResourceAsync(resourceName, change => string.Equals(change.Snapshot.State?.Text, state, StringComparison.OrdinalIgnoreCase), cancellationToken);
    }

    /// <summary>Waits until <paramref name="predicate"/> holds for one process of the resource; its present state counts.</summary>
    public async Task<ResourceEvent> WaitForResourceAsync(string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        try
        {
            await foreach (ResourceEvent change in WatchAsync(cancellationToken))
                if (IsMeant(change, resourceName) && predicate(change)) return change;
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            // Usually a test's time limit: say what it has waited for in vain.
            string states = string.Join("; ", All().Where(known => IsMeant(known, resourceName)).Select(Describe));
            throw new OperationCanceledException($"Gave up waiting for '{resourceName}'. {states}", e, cancellationToken);
        }

        throw new InvalidOperationException("The watch of resources ended by itself.");
    }

    /// <summary>Waits until one process of the resource runs and all its health checks pass.</summary>
    /// <exception cref="DistributedApplicationException">In tests: the resource failed or ended, so it will not get there.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default)
    {
        ResourceEvent settled = await WaitForResourceAsync(
            resourceName, change => change.Snapshot.HealthStatus is HealthStatus.Healthy || (StopWaitingOnFailure && IsOver(change.Snapshot)), cancellationToken);
        return settled.Snapshot.HealthStatus is HealthStatus.Healthy
            ? settled
            : throw new DistributedApplicationException($"Stopped waiting for '{resourceName}' to become healthy: {Describe(settled)}");
    }

    /// <summary>The last known state of a process (or of a resource without one).</summary>
    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        lock (_gate) return _current.TryGetValue(resourceId, out resourceEvent);
    }

    /// <summary>The present states, then every change.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Channel<ResourceEvent> changes = Channel.CreateUnbounded<ResourceEvent>(new UnboundedChannelOptions { SingleReader = true });
        lock (_gate)
        {
            foreach (ResourceEvent known in _current.Values) changes.Writer.TryWrite(known);
            _watchers.Add(changes);
        }

        try
        {
            await foreach (ResourceEvent change in changes.Reader.ReadAllAsync(cancellationToken)) yield return change;
        }
        finally
        {
            lock (_gate) _watchers.Remove(changes);
        }
    }

    /// <summary>Changes the state of one process.</summary>
    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        Publish(resource, resourceId, stateFactory);
        return Task.CompletedTask;
    }

    internal CustomResourceSnapshot Publish(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> change)
    {
        lock (_gate)
        {
            CustomResourceSnapshot before = _current.TryGetValue(resourceId, out ResourceEvent? known)
                ? known.Snapshot
                : new CustomResourceSnapshot { ResourceType = resource.GetType().Name, Properties = [] };
            ResourceEvent after = new(resource, resourceId, change(before));
            _current[resourceId] = after;
            foreach (Channel<ResourceEvent> watcher in _watchers) watcher.Writer.TryWrite(after);
            return after.Snapshot;
        }
    }

    internal IReadOnlyList<ResourceEvent> All()
    {
        lock (_gate) return [.. _current.Values];
    }

    internal static bool IsOver(CustomResourceSnapshot snapshot) => KnownResourceStates.TerminalStates.Contains(snapshot.State?.Text);

    internal static string Describe(ResourceEvent resource)
    {
        CustomResourceSnapshot snapshot = resource.Snapshot;
        string exit = snapshot.ExitCode is { } code ? $" with exit code {code}" : "";
        string? reason = snapshot.Reason ?? snapshot.HealthReports.FirstOrDefault(report => report.Status is not HealthStatus.Healthy)?.Description;
        return $"{resource.ResourceId} is {snapshot.State?.Text}{exit}{(reason is null ? "" : $": {reason}")}";
    }

    private static bool IsMeant(ResourceEvent change, string name) =>
        string.Equals(change.Resource.Name, name, StringComparison.OrdinalIgnoreCase) || string.Equals(change.ResourceId, name, StringComparison.OrdinalIgnoreCase);
}
