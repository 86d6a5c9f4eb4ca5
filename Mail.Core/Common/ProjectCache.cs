using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Mail.Core.Common;

/// <summary>
/// Something that messages need to know of their project: read when the first one comes, and again every few seconds while they come; a message costs a look into a
/// dictionary. What was changed in this process counts at once, in others within seconds. For what may be that old; nothing else. Safe for many threads.
/// </summary>
/// <param name="what">For the log: "senders".</param>
/// <param name="usable">After a quiet time as long as this the first message waits for what is true now; without it, it goes by what was known.</param>
internal sealed partial class ProjectCache<T>(string what, Func<ProjectId, CancellationToken, Task<T>> read, TimeSpan? usable, ILogger logger) where T : class
{
    private static readonly TimeSpan _fresh = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<ProjectId, Entry> _entries = new();

    public ValueTask<T> ForAsync(ProjectId project, CancellationToken ct)
    {
        Entry entry = _entries.GetOrAdd(project, static _ => new Entry());
        if (entry.Known is not { } known) return ReadAsync(project, entry, ct);
        TimeSpan age = Stopwatch.GetElapsedTime(Volatile.Read(ref entry.ReadAt));
        if (age < _fresh) return ValueTask.FromResult(known);
        if (age >= usable) return ReadAsync(project, entry, ct);
        if (entry.Gate.Wait(0, CancellationToken.None)) _ = RefreshAsync(project, entry, CancellationToken.None); // who comes meanwhile goes by what was known
        return ValueTask.FromResult(known);
    }

    /// <summary>Something was changed here: the next message sees it.</summary>
    public void Forget(ProjectId project) => _entries.TryRemove(project, out _);

    private async ValueTask<T> ReadAsync(ProjectId project, Entry entry, CancellationToken ct)
    {
        await entry.Gate.WaitAsync(ct);
        return await RefreshAsync(project, entry, ct);
    }

    /// <summary>The caller has the gate; it is opened here.</summary>
    private async Task<T> RefreshAsync(ProjectId project, Entry entry, CancellationToken ct)
    {
        T? known = entry.Known;
        try
        {
            if (known is not null && Stopwatch.GetElapsedTime(Volatile.Read(ref entry.ReadAt)) < _fresh) return known; // somebody else was at it
            T now = await read(project, ct);
            Volatile.Write(ref entry.ReadAt, Stopwatch.GetTimestamp());
            return entry.Known = now;
        }
        catch (Exception e) when (known is not null && !ct.IsCancellationRequested)
        {
            Volatile.Write(ref entry.ReadAt, Stopwatch.GetTimestamp()); // what was known holds on while the database is away: nothing is stored then anyway
            LogNotRead(e, what, project);
            return known;
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {What} of project {ProjectId} could not be read again; what was known holds on")]
    private partial void LogNotRead(Exception e, string what, ProjectId projectId);

    private sealed class Entry
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public volatile T? Known;

        public long ReadAt;
    }
}
