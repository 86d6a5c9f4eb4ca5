using System.Diagnostics;
using Mail.Core.Common;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Messaging;

/// <summary>The bus for plain Npgsql: what is stored on a connection goes with the transaction that is open on it. Features on EF Core take <see cref="IMessageBus"/>. Safe for many threads.</summary>
public sealed class BusOutbox
{
    private const int LongestKey = 200;

    private readonly NpgsqlDataSource _dataSource;
    private readonly BusRegistry _registry;
    private readonly BusBodies _bodies;
    private readonly BusSignal _signal;
    private readonly TimeProvider _clock;

    internal BusOutbox(NpgsqlDataSource dataSource, BusRegistry registry, BusBodies bodies, BusSignal signal, TimeProvider clock) =>
        (_dataSource, _registry, _bodies, _signal, _clock) = (dataSource, registry, bodies, signal, clock);

    /// <summary>For its handlers, now. Call <see cref="Wake"/> after the commit, or it waits for the next look, which is a second.</summary>
    /// <param name="within">A connection on which a transaction is open.</param>
    /// <returns>The message's id.</returns>
    public async Task<Guid> PublishAsync<T>(T message, NpgsqlConnection within, CancellationToken ct) where T : notnull =>
        (await AddAsync(message, BusTime.Now, null, SameKey.Replace, within, ct))!.Value;

    /// <summary>For its handlers, not before that time.</summary>
    public async Task<Guid> ScheduleAsync<T>(T message, DateTimeOffset at, NpgsqlConnection within, CancellationToken ct) where T : notnull =>
        (await AddAsync(message, new BusTime(at), null, SameKey.Replace, within, ct))!.Value;

    /// <summary>A timer that can be replaced and cancelled.</summary>
    /// <returns>Null when an older one was left in place.</returns>
    public Task<Guid?> ScheduleAsync<T>(T message, DateTimeOffset at, string key, SameKey sameKey, NpgsqlConnection within, CancellationToken ct) where T : notnull =>
        ScheduleAsync(message, new BusTime(at), key, sameKey, within, ct);

    /// <summary>A timer set by the clock on a wall.</summary>
    public Task<Guid?> ScheduleAsync<T>(T message, WallTime at, string key, SameKey sameKey, NpgsqlConnection within, CancellationToken ct) where T : notnull =>
        ScheduleAsync(message, new BusTime(at), key, sameKey, within, ct);

    /// <summary>Makes the timer of that key void.</summary>
    /// <returns>Whether there was one.</returns>
#pragma warning disable CA1822 // callers have the outbox, and cancel with what they set with
    public async Task<bool> CancelAsync(ProjectId? project, string key, NpgsqlConnection within, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(within);
        CheckKey(key);
        Guid owner = project?.Value ?? Guid.Empty;
        await LockAsync(within, owner, key, ct);
        await using NpgsqlCommand cancel = new(BusSql.Cancel, within);
        cancel.Parameters.AddTyped(owner).AddTyped(key);
        return (long)(await cancel.ExecuteScalarAsync(ct))! > 0;
    }
#pragma warning restore CA1822

    /// <summary>After a commit: workers look at once.</summary>
    public void Wake() => _signal.Raise();

    internal async Task<T> AloneAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken ct)
    {
        await using NpgsqlConnection connection = await _dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        T result = await work(connection);
        await transaction.CommitAsync(ct);
        Wake();
        return result;
    }

    /// <summary>The lock of a timer's key, until the transaction ends.</summary>
    internal static async Task LockAsync(NpgsqlConnection within, Guid project, string key, CancellationToken ct)
    {
        await using NpgsqlCommand turn = new(BusSql.LockKey, within);
        turn.Parameters.AddTyped(project).AddTyped(key);
        await turn.ExecuteNonQueryAsync(ct);
    }

    internal Task<Guid?> ScheduleAsync(object message, BusTime at, string key, SameKey sameKey, NpgsqlConnection within, CancellationToken ct)
    {
        CheckKey(key);
        return AddAsync(message, at, key, sameKey, within, ct);
    }

    internal async Task<Guid?> AddAsync(object message, BusTime at, string? key, SameKey sameKey, NpgsqlConnection within, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(within);
        IReadOnlyList<BusBinding> handlers = _registry.HandlersOf(message.GetType());
        BusBinding first = handlers[0];
        byte[] body = _bodies.Write(first, message);
        DateTimeOffset now = _clock.GetUtcNow();
        Guid project = (message as IProjectMessage)?.ProjectId.Value ?? Guid.Empty, id = UuidV7.New(now);
        if (key is not null) await LockAsync(within, project, key, ct);
        await using NpgsqlCommand add = new(BusSql.Add, within);
        add.Parameters
            .AddTyped(project).AddTyped(id).AddTyped(first.Message).AddTyped(body)
            .AddTyped(key, NpgsqlDbType.Text)
            .AddTyped(first.IsSensitive)
            .AddTyped(at.Wall?.Local, NpgsqlDbType.Timestamp).AddTyped(at.Wall?.Zone.Id, NpgsqlDbType.Text)
            .AddTyped(Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null, NpgsqlDbType.Text)
            .AddTyped(now.UtcDateTime).AddTyped((at.At ?? now).UtcDateTime)
            .AddTyped(sameKey is SameKey.Replace)
            .AddTyped(handlers.Select(_ => UuidV7.New(now)).ToArray()).AddTyped(handlers.Select(one => one.Handler).ToArray());
        bool isAdded = await add.ExecuteNonQueryAsync(ct) > 0;
        if (isAdded) BusMetrics.Published(first.Message);
        return isAdded ? id : null;
    }

    private static void CheckKey(string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        if (key.Length > LongestKey || key.Contains('\0', StringComparison.Ordinal)) throw new ArgumentException($"A timer's key has at most {LongestKey} characters and no NUL.", nameof(key));
    }
}

/// <summary>When a message is due: at a moment, by a clock on a wall, or now.</summary>
internal readonly record struct BusTime(DateTimeOffset? At, WallTime? Wall)
{
    public BusTime(DateTimeOffset at) : this(at, null)
    {
    }

    public BusTime(WallTime wall) : this(wall.At, wall)
    {
    }

    public static BusTime Now => default;
}
