using Mail.Core.Common;
using Mail.Core.Delivery.Catalogue;
using Npgsql;

namespace Mail.Core.Workers;

/// <summary>What became of what waited in a restored database.</summary>
/// <param name="Deliveries">Recipients whose mail is not sent again by itself.</param>
/// <param name="Timers">Messages of the bus that wait as dead letters.</param>
/// <param name="Events">Events that webhooks are not told by themselves.</param>
/// <param name="Scheduled">Recipients whose time is still to come; they go as planned.</param>
public sealed record RestoredCounts(long Deliveries, long Timers, long Events, long Scheduled);

/// <summary>
/// After a restore: everything that was due at the time of the backup, or has become due since, may have happened in the installation that the backup is of. It is set aside, visible, with the reason,
/// where a person can have it done after all: messages by resending, timers by replaying, events by sending them again.
/// </summary>
public sealed class RestoredWork(NpgsqlDataSource dataSource, TimeProvider clock)
{
    private const string Reason = "The database was restored from a backup; whether this was sent in the meantime is not known.";

    // $1 is the time and $2 the newest id of the backup: what came after it was accepted here, and waits for the workers.
    // What is scheduled for later cannot have been sent. Everything else may: also what waits for a relay, which may have been back a second after the backup.
    private const string DeliveriesSql = $"""
        WITH held AS (
            DELETE FROM deliveries WHERE message_id <= $2 AND (state <> 'scheduled' OR next_attempt_at <= $1)
            RETURNING project_id, message_id, id, recipient, kind, attempts, relay, code, enhanced_code, reply
        ), kept AS (
            INSERT INTO finished_deliveries (project_id, message_id, id, recipient, kind, state, attempts, relay, code, enhanced_code, reply, reason, cause, finished_at)
            SELECT project_id, message_id, id, recipient, kind, 'failed', attempts, relay, code, enhanced_code, reply, $3, $4, $1 FROM held
        ), told AS (
            INSERT INTO events (project_id, message_id, id, type, created_at, recipient, relay, attempt, reason, cause)
            SELECT project_id, message_id, {UuidV7.NewSql}, 'email.failed', $1, recipient, relay, attempts, $3, $4 FROM held
        )
        SELECT (SELECT count(*) FROM held)
        """;

    private const string ScheduledSql = "SELECT count(*) FROM deliveries WHERE state = 'scheduled' AND next_attempt_at > $1";

    private const string TimersSql = $"""
        WITH held AS (DELETE FROM bus_messages WHERE id <= $2 AND due_at <= $1 RETURNING *), kept AS (
            INSERT INTO bus_dead_letters (project_id, id, queued_id, message_id, handler, name, body, is_encrypted, key, generation, traceparent, published_at, due_at, attempts, error, died_at)
            SELECT project_id, {UuidV7.NewSql}, id, message_id, handler, name, body, is_encrypted, key, generation, traceparent, published_at, due_at, attempts, $3, $1 FROM held
        )
        SELECT (SELECT count(*) FROM held)
        """;

    private const string EventsSql = """
        WITH held AS (UPDATE webhook_queue SET given_up_at = $1, lease_until = NULL, lease_token = NULL WHERE event_id <= $2 AND given_up_at IS NULL RETURNING 1) SELECT (SELECT count(*) FROM held)
        """;

    /// <summary>Sets aside what may have happened, and lets workers start. All or nothing.</summary>
    public async Task<RestoredCounts> HoldAsync(CancellationToken ct)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        Guid last = await DatabaseIdentity.LastOfCopyAsync(connection, ct);
        DateTime now = clock.GetUtcNow().UtcDateTime;
        long events = await CountAsync(connection, EventsSql, parameters => parameters.AddTyped(now).AddTyped(last), ct); // before the deliveries: that those are held is news, which apps shall hear
        long deliveries = await CountAsync(connection, DeliveriesSql, parameters => parameters.AddTyped(now).AddTyped(last).AddTyped(Reason).AddTyped(CauseCodes.Restored), ct);
        long timers = await CountAsync(connection, TimersSql, parameters => parameters.AddTyped(now).AddTyped(last).AddTyped(Reason), ct);
        long scheduled = await CountAsync(connection, ScheduledSql, parameters => parameters.AddTyped(now), ct);
        await DatabaseIdentity.NoteAsync(connection, ct);
        await transaction.CommitAsync(ct);
        return new RestoredCounts(deliveries, timers, events, scheduled);
    }

    /// <summary>Lets workers start and send what waits: nothing has been sent since the backup.</summary>
    public async Task SendAsync(CancellationToken ct)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await DatabaseIdentity.NoteAsync(connection, ct);
    }

    private static async Task<long> CountAsync(NpgsqlConnection connection, string sql, Func<NpgsqlParameterCollection, NpgsqlParameterCollection> add, CancellationToken ct)
    {
#pragma warning disable CA2100 // one of the constants above
        await using NpgsqlCommand command = new(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        add(command.Parameters);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}
