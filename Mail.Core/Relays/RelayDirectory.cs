using Mail.Core.Common;
using Mail.Core.Messages;

namespace Mail.Core.Relays;

/// <summary>Which relays a message may go through.</summary>
/// <param name="fallback">For projects without relays of their own.</param>
/// <param name="sandbox">For test messages: they never leave the house.</param>
/// <param name="projects">The relays that projects have set up; null where there are none, as in a test.</param>
public sealed class RelayDirectory(RouteTable fallback, RouteTable sandbox, ProjectRelays? projects = null) : IAsyncDisposable
{
    /// <summary>Every relay that is known to this process just now.</summary>
    public IEnumerable<RelayRoute> All => fallback.Routes.Union(sandbox.Routes).Concat(projects?.Known ?? []);

    public async ValueTask<RouteTable> ForAsync(StoredMessage message, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.IsTest) return sandbox;
        if (message.Content.OnlyRelay == RelaySettings.Name) return fallback;
        RouteTable table = projects is not null && await projects.FindAsync(message.ProjectId, ct) is { } own ? own : fallback;
        return message.Envelope.Source == MessageSources.Alert ? table.WithLastResort(fallback, message.Envelope.Avoids) : table;
    }

    /// <summary>Told when a project's relays are no longer what they were.</summary>
    public event Action<ProjectId>? Changed
    {
        add
        {
            if (projects is not null) projects.Changed += value;
        }

        remove
        {
            if (projects is not null) projects.Changed -= value;
        }
    }

    /// <summary>Makes known the relays that deliveries wait for, and what has become of them.</summary>
    /// <param name="waitsAs">A name from <see cref="RelayRoute.WaitsAs"/>.</param>
    /// <returns>The project whose deliveries wait for relays of its own and that has none any more; null when there is somebody to wait for.</returns>
    public async Task<ProjectId?> RecallAsync(string waitsAs, CancellationToken ct)
    {
        if (projects is null) return null;
        if (ProjectRelays.ProjectOf(waitsAs) is { } project) return await projects.FindAsync(project, ct) is null ? project : null;
        if (waitsAs == fallback.Name) await projects.FindNewAsync(ct);
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (RelayRoute route in fallback.Routes.Union(sandbox.Routes)) await route.Relay.DisposeAsync();
        if (projects is not null) await projects.DisposeAsync();
    }
}
