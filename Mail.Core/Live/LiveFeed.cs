using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Mail.Core.Common;
using Microsoft.Extensions.Logging;

namespace Mail.Core.Live;

/// <summary>
/// Tells who listens that there is news in a project. However many listen, the database is asked once a second for all of them, and not at all when nobody does:
/// a NOTIFY in every commit would cost those who send more than this costs those who look.
/// </summary>
public sealed partial class LiveFeed : IDisposable
{
    /// <summary>What there may be news of.</summary>
    public const string Messages = "messages", Alerts = "alerts";

    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);

    private readonly LastChanges _changes;
    private readonly TimeProvider _clock;
    private readonly ILogger<LiveFeed> _logger;
    private readonly Lock _lock = new();
    private readonly HashSet<Listener> _listeners = [];
    private readonly CancellationTokenSource _stop = new();
    private Task? _looking;

    internal LiveFeed(LastChanges changes, TimeProvider clock, ILogger<LiveFeed> logger) => (_changes, _clock, _logger) = (changes, clock, logger);

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    /// <summary>What there is news of, from now until it is cancelled. News that come faster than they are read are told once.</summary>
    public async IAsyncEnumerable<string> ListenAsync(ProjectId project, [EnumeratorCancellation] CancellationToken ct)
    {
        Listener listener = new(project);
        lock (_lock)
        {
            _listeners.Add(listener);
            _looking ??= Task.Run(() => LookAsync(_stop.Token), CancellationToken.None);
        }

        try
        {
            await foreach (string topic in listener.News.Reader.ReadAllAsync(ct)) yield return topic;
        }
        finally
        {
            lock (_lock) _listeners.Remove(listener);
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        using PeriodicTimer timer = new(_interval, _clock);
        Dictionary<ProjectId, ProjectMarks> known = [];
        while (await timer.WaitForNextTickAsync(ct).AsTask().ContinueWith(tick => tick.IsCompletedSuccessfully && tick.Result, TaskScheduler.Default))
        {
            Listener[] listeners;
            lock (_lock)
            {
                if (_listeners.Count == 0)
                {
                    _looking = null; // the next who listens begins anew
                    return;
                }

                listeners = [.. _listeners];
            }

            try
            {
                IReadOnlyDictionary<ProjectId, ProjectMarks> now = await _changes.ReadAsync([.. listeners.Select(one => one.Project).Distinct()], ct);
                foreach (Listener listener in listeners) listener.Tell(known.TryGetValue(listener.Project, out ProjectMarks before) ? before : null, now[listener.Project]);
                known = new Dictionary<ProjectId, ProjectMarks>(now);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                LogFailed(e); // pages ask by themselves as well, less often
            }
        }
    }

    private sealed class Listener(ProjectId project)
    {
        public ProjectId Project { get; } = project;

        public Channel<string> News { get; } = Channel.CreateBounded<string>(new BoundedChannelOptions(4) { FullMode = BoundedChannelFullMode.DropWrite });

        public void Tell(ProjectMarks? before, ProjectMarks now)
        {
            if (before is not { } known) return; // how it stands is what the page has just asked for
            if (known.Messages != now.Messages) News.Writer.TryWrite(Messages);
            if (known.Alerts != now.Alerts) News.Writer.TryWrite(Alerts);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Whether there is news for the console could not be asked")]
    private partial void LogFailed(Exception e);
}
