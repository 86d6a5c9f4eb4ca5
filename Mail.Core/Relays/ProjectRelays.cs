using System.Collections.Concurrent;
using System.Diagnostics;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Messages;
using Mail.Core.Relays.Limits;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mail.Core.Relays;

/// <summary>
/// The relays that projects have set up, ready for use. A project's are read when its first message comes, and again every few seconds while
/// messages come; one that did not change keeps its connections and its breaker.
/// </summary>
public sealed partial class ProjectRelays(
    IServiceScopeFactory scopes, IRelayFactory factory, RelayGates gates, IOptions<RelayOptions> options, TimeProvider clock, ILogger<ProjectRelays> logger) : IAsyncDisposable
{
    private const string WaitsAsPrefix = "project/";

    private static readonly TimeSpan _fresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _usable = TimeSpan.FromSeconds(15); // after a quiet time: a relay that was switched off meanwhile carries nothing more
    private static readonly TimeSpan _drain = TimeSpan.FromMinutes(15); // longer than any conversation that still uses it

    private readonly ConcurrentDictionary<ProjectId, Entry> _entries = new();
    private readonly ConcurrentQueue<(IRelay Relay, long Since)> _retired = new();

    public IEnumerable<RelayRoute> Known => _entries.Values.SelectMany(entry => entry.Table?.Routes ?? []);

    /// <summary>Told when a project's relays, or where it wants its mail processed, are no longer what they were: what waits may be carried now, or waits for another reason.</summary>
    public event Action<ProjectId>? Changed;

    /// <returns>Null when the project has no relay in use: the default relay serves it.</returns>
    public async ValueTask<RouteTable?> FindAsync(ProjectId project, CancellationToken ct)
    {
        Entry entry = _entries.GetOrAdd(project, static _ => new Entry());
        if (entry.IsKnown)
        {
            TimeSpan age = Stopwatch.GetElapsedTime(entry.ReadAt);
            if (age >= _usable) await TryRefreshAsync(project, entry, waits: true, ct);
            else if (age >= _fresh) _ = TryRefreshAsync(project, entry, waits: false, CancellationToken.None); // who comes meanwhile goes by what was known
            return entry.Table;
        }

        await entry.Gate.WaitAsync(ct);
        try
        {
            if (!entry.IsKnown) await ReadAsync(project, entry, ct);
            return entry.Table;
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    /// <summary>Notices projects that had no relay of their own when their mail began to wait for the default one, and have one now. One statement for all of them.</summary>
    public async Task FindNewAsync(CancellationToken ct)
    {
        ProjectId[] without = [.. _entries.Where(one => one.Value is { IsKnown: true, Table: null }).Select(one => one.Key)];
        if (without.Length == 0) return;
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        MailDbContext db = scope.ServiceProvider.GetRequiredService<MailDbContext>();
        foreach (ProjectId project in await db.Relays.Where(relay => relay.IsEnabled && without.Contains(relay.ProjectId)).Select(relay => relay.ProjectId).Distinct().ToListAsync(ct))
            await TryRefreshAsync(project, _entries[project], waits: true, ct);
    }

    /// <returns>The project whose deliveries wait under this name; null when it is no project's.</returns>
    public static ProjectId? ProjectOf(string waitsAs)
    {
        ArgumentNullException.ThrowIfNull(waitsAs);
        return waitsAs.StartsWith(WaitsAsPrefix, StringComparison.Ordinal) && Guid.TryParse(waitsAs.AsSpan(WaitsAsPrefix.Length), out Guid id) ? new ProjectId(id) : LimitNames.ProjectOf(waitsAs);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (RelayRoute route in Known) await route.Relay.DisposeAsync();
        while (_retired.TryDequeue(out (IRelay Relay, long) one)) await one.Relay.DisposeAsync();
    }

    /// <param name="waits">Also for somebody who is at it already.</param>
    private async Task TryRefreshAsync(ProjectId project, Entry entry, bool waits, CancellationToken ct)
    {
        if (!await entry.Gate.WaitAsync(waits ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, ct)) return;
        try
        {
            if (Stopwatch.GetElapsedTime(entry.ReadAt) >= _fresh) await ReadAsync(project, entry, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            entry.ReadAt = Stopwatch.GetTimestamp(); // the known ones serve on
            LogNotRead(e, project);
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    private async Task ReadAsync(ProjectId project, Entry entry, CancellationToken ct)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        MailDbContext db = scope.ServiceProvider.GetRequiredService<MailDbContext>();
        string? region = await db.Projects.Where(one => one.Id == project).Select(one => one.Region).SingleOrDefaultAsync(ct);
        List<ConfiguredRelay> stored = await db.Relays.AsNoTracking().Where(relay => relay.ProjectId == project && relay.IsEnabled).OrderBy(relay => relay.Id).ToListAsync(ct);

        Dictionary<RelayId, Live> live = [];
        foreach (ConfiguredRelay relay in stored)
            live[relay.Id] = entry.Live.TryGetValue(relay.Id, out Live? same) && same.Revision == relay.Revision ? same : Make(relay);
        foreach ((RelayId id, Live old) in entry.Live)
            if (!live.TryGetValue(id, out Live? kept) || kept != old) _retired.Enqueue((old.Route.Relay, Stopwatch.GetTimestamp()));

        bool changed = entry.IsKnown && (region != entry.Region || live.Count != entry.Live.Count || live.Any(one => entry.Live.GetValueOrDefault(one.Key) != one.Value));
        entry.Region = region;
        entry.Live = live;
        entry.Table = live.Count == 0 ? null : new RouteTable(WaitsAsPrefix + project, region, [.. live.Values.Select(one => one.Route)]);
        entry.ReadAt = Stopwatch.GetTimestamp();
        entry.IsKnown = true;
        if (changed) Changed?.Invoke(project);
        await DisposeRetiredAsync();
    }

    private Live Make(ConfiguredRelay relay)
    {
        List<Lane> lanes = [];
        foreach (string name in relay.Lanes)
            if (StoredNames.TryParseLane(name, out Lane lane)) lanes.Add(lane);
        RelayRouting routing = new(relay.Priority, relay.Weight, lanes, relay.Region, relay.Senders);
        return new Live(relay.Revision, new RelayRoute(factory.Create(relay), new RelayBreaker(options.Value, clock), routing, WaitsAsPrefix + relay.ProjectId) { Gate = gates.For(relay) });
    }

    private async Task DisposeRetiredAsync()
    {
        while (_retired.TryPeek(out (IRelay Relay, long Since) oldest) && Stopwatch.GetElapsedTime(oldest.Since) > _drain && _retired.TryDequeue(out oldest))
            await oldest.Relay.DisposeAsync();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The relays of project {ProjectId} could not be read again; those known serve on")]
    private partial void LogNotRead(Exception e, ProjectId projectId);

    private sealed record Live(int Revision, RelayRoute Route);

    private sealed class Entry
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public Dictionary<RelayId, Live> Live { get; set; } = [];

        public volatile bool IsKnown;

        public RouteTable? Table { get; set; }

        public string? Region { get; set; }

        public long ReadAt { get; set; }
    }
}
