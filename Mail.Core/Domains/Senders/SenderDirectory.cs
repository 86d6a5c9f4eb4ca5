using System.Collections.Concurrent;
using System.Diagnostics;
using Mail.Core.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mail.Core.Domains.Senders;

/// <summary>
/// Who may send in each project. Read when a project's first message comes, and again every few seconds while messages come; a message costs a look into a
/// dictionary.
/// </summary>
public sealed partial class SenderDirectory(SenderReader reader, IOptions<DomainOptions> options, IHostEnvironment environment, ILogger<SenderDirectory> logger)
{
    private static readonly TimeSpan _fresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _usable = TimeSpan.FromSeconds(15); // after a quiet time: a domain that was removed meanwhile sends nothing more

    private readonly ConcurrentDictionary<ProjectId, Entry> _entries = new();

    /// <summary>Whether messages need a verified sender here.</summary>
    public bool IsRequired { get; } = options.Value.RequireVerifiedSenders ?? !environment.IsDevelopment();

    /// <summary>Also where every sender may send (<see cref="IsRequired"/>): what identities say of themselves counts everywhere.</summary>
    public ValueTask<SenderPolicy> ForAsync(ProjectId project, CancellationToken ct)
    {
        Entry entry = _entries.GetOrAdd(project, static _ => new Entry());
        if (entry.Policy is not { } policy) return ReadFirstAsync(project, entry, ct);
        TimeSpan age = Stopwatch.GetElapsedTime(entry.ReadAt);
        if (age < _fresh) return ValueTask.FromResult(policy);
        if (age >= _usable) return RefreshAsync(project, entry, policy, waits: true, ct);
        _ = RefreshAsync(project, entry, policy, waits: false, CancellationToken.None).AsTask(); // who comes meanwhile goes by what was known
        return ValueTask.FromResult(policy);
    }

    /// <summary>Something was verified or removed here: the next message sees it. Other processes follow within seconds.</summary>
    public void Forget(ProjectId project)
    {
        if (_entries.TryGetValue(project, out Entry? entry)) entry.Policy = null;
    }

    private async ValueTask<SenderPolicy> ReadFirstAsync(ProjectId project, Entry entry, CancellationToken ct)
    {
        await entry.Gate.WaitAsync(ct);
        try
        {
            return entry.Policy ?? await ReadAsync(project, entry, ct);
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    /// <param name="waits">Also for somebody who is at it already.</param>
    private async ValueTask<SenderPolicy> RefreshAsync(ProjectId project, Entry entry, SenderPolicy known, bool waits, CancellationToken ct)
    {
        if (!await entry.Gate.WaitAsync(waits ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, ct)) return known;
        SenderPolicy? before = entry.Policy;
        try
        {
            return before is not null && Stopwatch.GetElapsedTime(entry.ReadAt) < _fresh ? before : await ReadAsync(project, entry, ct);
        }
        catch (Exception e) when (before is not null && !ct.IsCancellationRequested)
        {
            (entry.ReadAt, entry.Policy) = (Stopwatch.GetTimestamp(), before); // what was known holds on while the database is away: nothing is stored then anyway
            LogNotRead(e, project);
            return before;
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    private async Task<SenderPolicy> ReadAsync(ProjectId project, Entry entry, CancellationToken ct)
    {
        SenderPolicy policy = await reader.ReadAsync(project, ct);
        entry.ReadAt = Stopwatch.GetTimestamp();
        entry.Policy = policy;
        return policy;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The senders of project {ProjectId} could not be read again; those known hold on")]
    private partial void LogNotRead(Exception e, ProjectId projectId);

    private sealed class Entry
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public volatile SenderPolicy? Policy;

        public long ReadAt;
    }
}
