using System.Globalization;
using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Database;

/// <summary>Makes the monthly partitions of every table that is partitioned by the time in a message's UUIDv7.</summary>
public sealed class PartitionMaintenance(NpgsqlDataSource dataSource)
{
    private static readonly (string Table, string Key)[] _tables = [("messages", "id"), ("attachments", "message_id"), ("finished_deliveries", "message_id"), ("events", "message_id")];

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

    private static async Task EnsureAsync(NpgsqlConnection connection, string table, string key, DateTimeOffset month, CancellationToken ct)
    {
        string name = $"{table}_{month.ToString("yyyy_MM", CultureInfo.InvariantCulture)}";
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
