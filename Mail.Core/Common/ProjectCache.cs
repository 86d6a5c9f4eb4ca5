using System.Collections.Concurrent;
using System.Diagnostics;

namespace Mail.Core.Common;

/// <summary>
/// What is known of projects and asked for every message: read when a project's first message comes, and again every few seconds while messages come. Who comes while it is read again goes by what
/// was known, also when it cannot be read. A look costs one into a dictionary.
/// </summary>
/// <param name="notRead">Told when it could not be read again.</param>
public sealed class ProjectCache<T>(Func<ProjectId, CancellationToken, Task<T>> read, TimeSpan fresh, Action<Exception, ProjectId> notRead) where T : class
{
    private readonly ConcurrentDictionary<ProjectId, Entry> _entries = new();

    public ValueTask<T> GetAsync(ProjectId project, CancellationToken ct)
    {
        Entry entry = _entries.GetOrAdd(project, static _ => new Entry());
        if (entry.Known is not { } known) return new ValueTask<T>(ReadFirstAsync(project, entry, ct));
        if (Stopwatch.GetElapsedTime(entry.ReadAt) >= fresh) _ = RefreshAsync(project, entry);
        return ValueTask.FromResult(known);
    }

    private async Task<T> ReadFirstAsync(ProjectId project, Entry entry, CancellationToken ct)
    {
        await entry.Gate.WaitAsync(ct);
        try
        {
            return entry.Known ?? entry.Set(await read(project, ct));
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    private async Task RefreshAsync(ProjectId project, Entry entry)
    {
        if (!await entry.Gate.WaitAsync(0, CancellationToken.None)) return;
        try
        {
            if (Stopwatch.GetElapsedTime(entry.ReadAt) >= fresh) entry.Set(await read(project, CancellationToken.None));
        }
        catch (Exception e)
        {
            entry.ReadAt = Stopwatch.GetTimestamp();
            notRead(e, project);
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    private sealed class Entry
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public volatile T? Known;

        public long ReadAt;

        public T Set(T known)
        {
            ReadAt = Stopwatch.GetTimestamp();
            return Known = known;
        }
    }
}
