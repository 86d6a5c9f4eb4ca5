using Mail.Core.Common;
using Mail.Core.Database;
using Npgsql;

namespace Mail.Core.Retention;

/// <summary>
/// Removes finished messages with all that is known of them, month by month: the partitions of a month that no project keeps any more are dropped, and what
/// single projects keep for a shorter time is deleted from the others. What still waits is never touched, however old it is.
/// </summary>
public sealed class HistoryRemoval(NpgsqlDataSource dataSource, PartitionMaintenance partitions, TimeProvider clock)
{
    private const int Portion = 1000;

    private const string ProjectsSql = "SELECT id, keep_history_days FROM projects";

    // Reads the queue once; it is asked for a month that is about to be dropped and not else.
    private const string StillWaitsSql = "SELECT EXISTS (SELECT FROM deliveries WHERE message_id >= $1 AND message_id < $2)";

    // The index of deliveries by message is asked for each, so that what waits stays whole. SKIP LOCKED: two workers share the work.
    private const string DeleteSql = """
        WITH old AS MATERIALIZED (
            SELECT m.id FROM messages m WHERE m.project_id = $1 AND m.id < $2
              AND NOT EXISTS (SELECT FROM deliveries d WHERE d.project_id = $1 AND d.message_id = m.id)
            ORDER BY m.id LIMIT $3 FOR UPDATE SKIP LOCKED
        ), told AS (
            DELETE FROM events x USING old WHERE x.project_id = $1 AND x.message_id = old.id AND x.message_id < $2
        ), finished AS (
            DELETE FROM finished_deliveries x USING old WHERE x.project_id = $1 AND x.message_id = old.id AND x.message_id < $2
        ), arms AS (
            DELETE FROM experiment_messages x USING old WHERE x.project_id = $1 AND x.message_id = old.id AND x.message_id < $2
        ), converted AS (
            DELETE FROM conversions x USING old WHERE x.project_id = $1 AND x.message_id = old.id AND x.message_id < $2
        ), files AS (
            DELETE FROM attachments x USING old WHERE x.project_id = $1 AND x.message_id = old.id AND x.message_id < $2
        )
        DELETE FROM messages x USING old WHERE x.project_id = $1 AND x.id = old.id AND x.id < $2
        """;

    /// <returns>The partitions that were dropped, and how many messages were deleted from others.</returns>
    public async Task<(int Partitions, long Messages)> RunAsync(CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        List<(Guid Id, int Days)> projects = await ProjectsAsync(ct);
        if (projects.Count == 0) return (0, 0);
        int dropped = 0;
        foreach (DateTimeOffset month in await partitions.MonthsAsync(ct))
        {
            if (month.AddMonths(1) > now.AddDays(-projects.Max(project => project.Days))) break; // somebody keeps it, and all after it
            if (!await StillWaitsAsync(month, ct)) dropped += await partitions.DropAsync(month, ct);
        }

        long deleted = 0;
        foreach ((Guid project, int days) in projects) deleted += await DeleteAsync(project, FirstOfMonth(now.AddDays(-days)), ct);
        return (dropped, deleted);
    }

    private async Task<long> DeleteAsync(Guid project, DateTimeOffset before, CancellationToken ct)
    {
        for (long total = 0; ;)
        {
            await using NpgsqlCommand command = dataSource.CreateCommand(DeleteSql);
            command.Parameters.AddTyped(project).AddTyped(UuidV7.First(before)).AddTyped(Portion);
            int count = await command.ExecuteNonQueryAsync(ct);
            total += count;
            if (count == 0) return total;
        }
    }

    private async Task<List<(Guid Id, int Days)>> ProjectsAsync(CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ProjectsSql);
        List<(Guid, int)> projects = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) projects.Add((reader.GetGuid(0), reader.GetInt32(1)));
        return projects;
    }

    private async Task<bool> StillWaitsAsync(DateTimeOffset month, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(StillWaitsSql);
        command.Parameters.AddTyped(UuidV7.First(month)).AddTyped(UuidV7.First(month.AddMonths(1)));
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private static DateTimeOffset FirstOfMonth(DateTimeOffset at) => new(at.UtcDateTime.Year, at.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
}
