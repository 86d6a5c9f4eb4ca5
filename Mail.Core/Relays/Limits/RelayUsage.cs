using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Relays.Limits;

/// <summary>What a relay has used: recipients that it took, or may have taken, in a day and in a month.</summary>
internal readonly record struct Usage(long Day, long Month);

/// <summary>The table `relay_usage`: exact over all workers, because each reservation is one statement that locks its two rows.</summary>
internal sealed class RelayUsage(NpgsqlDataSource dataSource)
{
    // FOR UPDATE reads what the last one wrote, also when it had to wait for it; the month's row, whose name sorts first, is always locked first.
    // Granted is what both the day ($6) and the month ($7) have left, of what is asked for ($5).
    private const string ReserveSql = """
        WITH held AS MATERIALIZED (
            SELECT period, used FROM relay_usage WHERE project_id = $1 AND relay_id = $2 AND period IN ($3, $4) ORDER BY period FOR UPDATE
        ), granted AS MATERIALIZED (
            SELECT greatest(0, least($5, min(CASE period WHEN $3 THEN $6 ELSE $7 END - used))) AS count FROM held HAVING count(*) = 2
        )
        UPDATE relay_usage u SET used = h.used + g.count FROM held h, granted g
        WHERE u.project_id = $1 AND u.relay_id = $2 AND u.period = h.period
        RETURNING u.period = $3, g.count, u.used
        """;

    private const string BeginSql = "INSERT INTO relay_usage (project_id, relay_id, period, used) VALUES ($1, $2, $3, 0), ($1, $2, $4, 0) ON CONFLICT DO NOTHING";

    private const string GiveBackSql = """
        WITH held AS MATERIALIZED (
            SELECT period FROM relay_usage WHERE project_id = $1 AND relay_id = $2 AND period IN ($3, $4) ORDER BY period FOR UPDATE
        )
        UPDATE relay_usage u SET used = greatest(0, u.used - $5) FROM held h WHERE u.project_id = $1 AND u.relay_id = $2 AND u.period = h.period
        """;

    private const string ReadSql = """
        SELECT coalesce(sum(used) FILTER (WHERE period = $3), 0)::bigint, coalesce(sum(used) FILTER (WHERE period = $4), 0)::bigint
        FROM relay_usage WHERE project_id = $1 AND relay_id = $2 AND period IN ($3, $4)
        """;

    /// <returns>How many of those asked for are granted, and what is used with them.</returns>
    public async Task<(long Granted, Usage Usage)> ReserveAsync(ProjectId project, RelayId relay, UsagePeriods periods, long count, long dayLimit, long monthLimit, CancellationToken ct)
    {
        for (bool begun = false; ; begun = true)
        {
            await using (NpgsqlCommand command = Command(ReserveSql, project, relay, periods))
            {
                command.Parameters.AddTyped(count).AddTyped(dayLimit).AddTyped(monthLimit);
                await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
                (long granted, long day, long month, int rows) = (0, 0, 0, 0);
                for (; await reader.ReadAsync(ct); rows++)
                {
                    granted = reader.GetInt64(1);
                    if (reader.GetBoolean(0)) day = reader.GetInt64(2);
                    else month = reader.GetInt64(2);
                }

                if (rows == 2) return (granted, new Usage(day, month));
                if (begun) throw new InvalidOperationException("The rows of relay_usage are gone as soon as they are made.");
            }

            await using NpgsqlCommand begin = Command(BeginSql, project, relay, periods);
            await begin.ExecuteNonQueryAsync(ct);
        }
    }

    public async Task GiveBackAsync(ProjectId project, RelayId relay, UsagePeriods periods, long count, CancellationToken ct)
    {
        await using NpgsqlCommand command = Command(GiveBackSql, project, relay, periods);
        command.Parameters.AddTyped(count);
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task<Usage> ReadAsync(ProjectId project, RelayId relay, UsagePeriods periods, CancellationToken ct)
    {
        await using NpgsqlCommand command = Command(ReadSql, project, relay, periods);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new Usage(reader.GetInt64(0), reader.GetInt64(1));
    }

    private NpgsqlCommand Command(string sql, ProjectId project, RelayId relay, UsagePeriods periods)
    {
#pragma warning disable CA2100 // one of the constants above
        NpgsqlCommand command = dataSource.CreateCommand(sql);
#pragma warning restore CA2100
        command.Parameters.AddTyped(project.Value).AddTyped(relay.Value).AddTyped(periods.DayName).AddTyped(periods.MonthName);
        return command;
    }
}
