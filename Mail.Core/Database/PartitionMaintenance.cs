using System.Globalization;
using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Database;

/// <summary>Makes the monthly partitions of every table that is partitioned by the time in a message's UUIDv7.</summary>
public sealed class PartitionMaintenance(NpgsqlDataSource dataSource)
{
    private static readonly string[] _tables = ["messages", "attachments", "finished_deliveries", "events"];

    /// <summary>Makes this month's partition and the two after it, where missing. Rows of any other month go to the default partition.</summary>
    public async Task EnsureAsync(DateTimeOffset now, CancellationToken ct)
    {
        DateTimeOffset month = new(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        for (int ahead = 0; ahead < 3; ahead++)
        {
            DateTimeOffset from = month.AddMonths(ahead);
            foreach (string table in _tables)
            {
                string name = $"{table}_{from.ToString("yyyy_MM", CultureInfo.InvariantCulture)}";
                await using NpgsqlCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // names and bounds are made here, nothing of them comes from outside
                command.CommandText = $"CREATE TABLE IF NOT EXISTS {name} PARTITION OF {table} FOR VALUES FROM ('{UuidV7.First(from)}') TO ('{UuidV7.First(from.AddMonths(1))}')";
#pragma warning restore CA2100
                await command.ExecuteNonQueryAsync(ct);
            }
        }
    }
}
