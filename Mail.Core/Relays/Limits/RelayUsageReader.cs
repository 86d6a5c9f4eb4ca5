using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Relays.Limits;

/// <summary>Recipients that a relay with a quota or a warm-up has used, for people.</summary>
public sealed record UsedQuota(long Day, long Month);

/// <summary>Reads what the relays of a project have used today and this month (UTC).</summary>
public sealed class RelayUsageReader(NpgsqlDataSource dataSource, TimeProvider clock)
{
    private const string ReadSql = """
        SELECT relay_id, coalesce(sum(used) FILTER (WHERE period = $2), 0)::bigint, coalesce(sum(used) FILTER (WHERE period = $3), 0)::bigint
        FROM relay_usage WHERE project_id = $1 AND period IN ($2, $3) GROUP BY relay_id
        """;

    /// <returns>Absent for a relay of which nothing was counted.</returns>
    public async Task<IReadOnlyDictionary<RelayId, UsedQuota>> ReadAsync(ProjectId project, CancellationToken ct)
    {
        UsagePeriods periods = UsagePeriods.Of(clock.GetUtcNow());
        await using NpgsqlCommand command = dataSource.CreateCommand(ReadSql);
        command.Parameters.AddTyped(project.Value).AddTyped(periods.DayName).AddTyped(periods.MonthName);
        Dictionary<RelayId, UsedQuota> used = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) used[new RelayId(reader.GetGuid(0))] = new UsedQuota(reader.GetInt64(1), reader.GetInt64(2));
        return used;
    }
}
