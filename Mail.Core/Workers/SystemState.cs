using Mail.Core.Feedback.Mailboxes;

namespace Mail.Core.Workers;

/// <summary>How the system does at one moment, as one look at it found. Of one project where whoever asks is not the operator.</summary>
/// <param name="IsInstallation">Whether it is about the whole installation; else queues are those of the project, and of the rest only what concerns it is told.</param>
public sealed record SystemState(bool IsInstallation, DateTimeOffset At)
{
    /// <summary>Workers that were heard within the last day; without their places for who is not the operator.</summary>
    public IReadOnlyList<WorkerState> Workers { get; init; } = [];

    /// <summary>By lane.</summary>
    public IReadOnlyList<LaneState> Queue { get; init; } = [];

    public QueueState Bus { get; init; } = new(0, 0, 0, null);

    public long DeadLetters { get; init; }

    public QueueState Webhooks { get; init; } = new(0, 0, 0, null);

    /// <summary>Webhooks whose last requests failed.</summary>
    public long FailingWebhooks { get; init; }

    /// <summary>Events that are not sent any more unless somebody asks for it.</summary>
    public long GivenUpEvents { get; init; }

    public DatabaseState? Database { get; init; }

    public CacheState? Cache { get; init; }

    public IReadOnlyList<MailboxState> BounceMailboxes { get; init; } = [];
}

/// <param name="IsAlive">Heard within `Delivery:FallbackAfter`.</param>
public sealed record WorkerState(Guid Id, string Host, int ProcessId, string Version, DateTimeOffset StartedAt, DateTimeOffset SeenAt, bool IsAlive);

/// <param name="Due">Recipients that a worker may take now.</param>
/// <param name="Parked">That wait for a relay that is away, or for room in a limit.</param>
/// <param name="Later">That wait for their time: scheduled, or to be tried again.</param>
/// <param name="Sending">That a worker holds.</param>
/// <param name="OldestDueAt">Since when the oldest of those that are due has been so.</param>
public sealed record LaneState(string Lane, long Due, long Parked, long Later, long Sending, DateTimeOffset? OldestDueAt);

/// <param name="Due">That may be taken now.</param>
/// <param name="Later">Whose time has not come: timers, and what is tried again.</param>
/// <param name="Running">That a worker holds.</param>
public sealed record QueueState(long Due, long Later, long Running, DateTimeOffset? OldestDueAt);

/// <param name="Latency">Of one question and its answer.</param>
/// <param name="Bytes">On disk, indexes included.</param>
/// <param name="OldestTransaction">For how long the oldest open transaction has been open; it keeps dead rows from being cleared away.</param>
/// <param name="ClockAhead">How much the database's clock is before this process's; negative when it is behind.</param>
/// <param name="Months">Months that have partitions of their own, oldest first.</param>
/// <param name="HasNextMonth">Whether the partitions of the next month are there already.</param>
/// <param name="StrayRows">About how many messages stand in no month's partition.</param>
public sealed record DatabaseState(
    string Version, TimeSpan Latency, long Bytes, TimeSpan? OldestTransaction, int Connections, int MostConnections, TimeSpan ClockAhead, IReadOnlyList<DateTimeOffset> Months, bool HasNextMonth, long StrayRows);

/// <param name="IsConfigured">Whether there is a Redis to be asked.</param>
/// <param name="Latency">Null when it does not answer, or is not configured: each process then keeps limits for itself.</param>
public sealed record CacheState(bool IsConfigured, TimeSpan? Latency);
