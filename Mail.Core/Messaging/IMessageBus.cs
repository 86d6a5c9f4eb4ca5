using Mail.Core.Common;

namespace Mail.Core.Messaging;

/// <summary>What becomes of a timer whose key another one has that still waits.</summary>
public enum SameKey
{
    /// <summary>The new one takes its place; the old one is void, also when a worker holds it that has not committed yet, and also as a dead letter.</summary>
    Replace,

    /// <summary>The old one stays, and the new one is not stored.</summary>
    Leave,
}

/// <summary>
/// Stores messages for their handlers in the transaction that is open on this scope's <see cref="Database.MailDbContext"/>: they go if it commits, and only then. Without one each call is
/// a commit of its own. Messages have no order: what must come after something is published by its handler.
/// </summary>
/// <remarks>Without an open transaction `SaveChanges` before or after does not go with the message: use `db.InTransactionAsync`. For plain Npgsql there is <see cref="BusOutbox"/>.</remarks>
public interface IMessageBus
{
    /// <summary>For its handlers, now.</summary>
    /// <returns>The message's id.</returns>
    /// <exception cref="InvalidOperationException">No handler of it is registered in this host, or this is a handler without a transaction, outside of its completion.</exception>
    Task<Guid> PublishAsync<T>(T message, CancellationToken ct) where T : notnull;

    /// <summary>For its handlers, not before that time.</summary>
    Task<Guid> ScheduleAsync<T>(T message, DateTimeOffset at, CancellationToken ct) where T : notnull;

    /// <summary>A timer that can be replaced and cancelled.</summary>
    /// <param name="key">At most 200 characters, unique within the message's project whatever the message's type.</param>
    /// <returns>Null when an older one was left in place.</returns>
    Task<Guid?> ScheduleAsync<T>(T message, DateTimeOffset at, string key, SameKey sameKey, CancellationToken ct) where T : notnull;

    /// <summary>A timer set by the clock on a wall: it follows the zone's rules, also when they change while it waits.</summary>
    Task<Guid?> ScheduleAsync<T>(T message, WallTime at, string key, SameKey sameKey, CancellationToken ct) where T : notnull;

    /// <summary>Makes the timer of that key void, also as a dead letter. One whose handler is just committing is waited for.</summary>
    /// <param name="project">Null for what is no project's.</param>
    /// <returns>Whether there was one; else it has been handled, or there was none.</returns>
    Task<bool> CancelAsync(ProjectId? project, string key, CancellationToken ct);
}
