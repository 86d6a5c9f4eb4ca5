using System.Globalization;
using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Database;

/// <summary>Makes, and drops, the monthly partitions of every table that is partitioned by the time in a message's UUIDv7.</summary>
public sealed class PartitionMaintenance(NpgsqlDataSource dataSource)
{
    private static readonly (string Table, string Key)[] _tables = [("messages", "id"), ("attachments", "message_id"), ("finished_deliveries", "message_id"), ("events", "message_id"), ("experiment_messages", "message_id"), ("conversions", "message_id")];

    /// <summary>How long a cut waits for its lock, and so holds up everybody else.</summary>
    private static readonly TimeSpan _longestLockWait = TimeSpan.FromMilliseconds(40);

    private static readonly TimeSpan _betweenTries = TimeSpan.FromMilliseconds(250);
    private const int MostTries = 400;

    /// <summary>Makes this month's partition and the two after it, where missing. Rows of any other month go to the default partition.</summary>
    public async Task EnsureAsync(DateTimeOffset now, CancellationToken ct)
    {
        DateTimeOffset month = new(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        for (int ahead = 0; ahead < 3; ahead++)
        {
            foreach ((string table, string key) in _tables) await EnsureAsync(connection, table, key, month.AddMonths(ahead), ct);
        }
    }

    /// <returns>The months that have partitions, oldest first.</returns>
    public async Task<IReadOnlyList<DateTimeOffset>> MonthsAsync(CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand("""
            SELECT DISTINCT right(c.relname, 7) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'messages'::regclass AND c.relname ~ '_[0-9]{4}_[0-9]{2}$' ORDER BY 1
            """);
        List<DateTimeOffset> months = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) months.Add(DateTimeOffset.ParseExact(reader.GetString(0), "yyyy_MM", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
        return months;
    }

    /// <summary>
    /// Drops a month: each partition is cut off, which holds everybody up for a moment, and then dropped, which nobody notices. The cut does not queue for its
    /// lock, because everybody who came after it would queue behind it; it comes again.
    /// </summary>
    /// <returns>How many partitions there were.</returns>
    public async Task<int> DropAsync(DateTimeOffset month, CancellationToken ct)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        int dropped = 0;
        foreach ((string table, string _) in _tables.Reverse())
        {
            string name = NameOf(table, month);
            if (!await ExistsAsync(connection, name, ct)) continue;
            if (await IsAttachedAsync(connection, name, ct)) await DetachAsync(connection, table, name, ct);
            await ExecuteAsync(connection, $"DROP TABLE IF EXISTS {name}", ct);
            dropped++;
        }

        return dropped;
    }

    private static async Task DetachAsync(NpgsqlConnection connection, string table, string name, CancellationToken ct)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                await ExecuteAsync(connection, $"BEGIN; SET LOCAL lock_timeout = '{_longestLockWait.TotalMilliseconds:0}ms'; ALTER TABLE {table} DETACH PARTITION {name}; COMMIT", ct);
                return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable && tries < MostTries)
            {
                await ExecuteAsync(connection, "ROLLBACK", ct);
                await Task.Delay(_betweenTries, ct);
            }
        }
    }

    private static async Task<bool> ExistsAsync(NpgsqlConnection connection, string name, CancellationToken ct) => await AskAsync(connection, "SELECT to_regclass($1) IS NOT NULL", name, ct);

    private static async Task<bool> IsAttachedAsync(NpgsqlConnection connection, string name, CancellationToken ct) =>
        await AskAsync(connection, "SELECT relispartition FROM pg_class WHERE oid = to_regclass($1)", name, ct);

    private static async Task<bool> AskAsync(NpgsqlConnection connection, string sql, string name, CancellationToken ct)
    {
#pragma warning disable CA2100 // one of the constants above
        await using NpgsqlCommand command = new(sql, connection);
#pragma warning restore CA2100
        command.Parameters.AddTyped(name);
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private static string NameOf(string table, DateTimeOffset month) => $"{table}_{month.UtcDateTime.ToString("yyyy_MM", CultureInfo.InvariantCulture)}";

    private static async Task EnsureAsync(NpgsqlConnection connection, string table, string key, DateTimeOffset month, CancellationToken ct)
    {
        string name = NameOf(table, month);
        (Guid from, Guid to) = (UuidV7.First(month), UuidV7.First(month.AddMonths(1)));
        try
        {
            await ExecuteAsync(connection, $"CREATE TABLE IF NOT EXISTS {name} PARTITION OF {table} FOR VALUES FROM ('{from}') TO ('{to}')", ct);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.CheckViolation)
        {
            // Nobody had made the partition in time, so the default one has taken rows of this month: they move.
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
            await ExecuteAsync(
                connection,
                $"""
                LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE;
                CREATE TABLE {name} (LIKE {table} INCLUDING ALL);
                WITH moved AS (DELETE FROM {table}_default WHERE {key} >= '{from}' AND {key} < '{to}' RETURNING *) INSERT INTO {name} SELECT * FROM moved;
                ALTER TABLE {table} ATTACH PARTITION {name} FOR VALUES FROM ('{from}') TO ('{to}');
                """,
                ct);
            await transaction.CommitAsync(ct);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
#pragma warning disable CA2100 // names and bounds are made here, nothing of them comes from outside
        await using NpgsqlCommand command = new(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
    }
}
