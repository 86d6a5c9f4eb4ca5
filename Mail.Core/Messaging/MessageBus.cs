using Mail.Core.Common;
using Mail.Core.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Mail.Core.Messaging;

/// <summary>The bus in the transaction of this scope's context.</summary>
internal sealed class MessageBus(MailDbContext db, BusOutbox outbox, BusSignal signal, BusContext context) : IMessageBus
{
    public async Task<Guid> PublishAsync<T>(T message, CancellationToken ct) where T : notnull => (await StoreAsync(message, BusTime.Now, null, SameKey.Replace, ct))!.Value;

    public async Task<Guid> ScheduleAsync<T>(T message, DateTimeOffset at, CancellationToken ct) where T : notnull => (await StoreAsync(message, new BusTime(at), null, SameKey.Replace, ct))!.Value;

    public Task<Guid?> ScheduleAsync<T>(T message, DateTimeOffset at, string key, SameKey sameKey, CancellationToken ct) where T : notnull => StoreAsync(message, new BusTime(at), key, sameKey, ct);

    public Task<Guid?> ScheduleAsync<T>(T message, WallTime at, string key, SameKey sameKey, CancellationToken ct) where T : notnull
    {
        ArgumentNullException.ThrowIfNull(at);
        return StoreAsync(message, new BusTime(at), key, sameKey, ct);
    }

    public Task<bool> CancelAsync(ProjectId? project, string key, CancellationToken ct) => WithinAsync(connection => outbox.CancelAsync(project, key, connection, ct), ct);

    private Task<Guid?> StoreAsync(object message, BusTime at, string? key, SameKey sameKey, CancellationToken ct) => WithinAsync(
        connection => key is null ? outbox.AddAsync(message, at, null, sameKey, connection, ct) : outbox.ScheduleAsync(message, at, key, sameKey, connection, ct), ct);

    private async Task<T> WithinAsync<T>(Func<NpgsqlConnection, Task<T>> store, CancellationToken ct)
    {
        if (db.Database.CurrentTransaction is { } transaction)
        {
            T stored = await store((NpgsqlConnection)db.Database.GetDbConnection());
            signal.RaiseAfter(transaction.GetDbTransaction());
            return stored;
        }

        // It would go out with an attempt that may yet fail, and again with the next one.
        if (context.IsUnderWay) throw new InvalidOperationException($"The handler '{context.Handler}' holds no transaction: what it publishes belongs into BusContext.CompleteAsync.");
        return await outbox.AloneAsync(store, ct);
    }
}
