using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Metrics;

/// <summary>The table `message_counts`, which a trigger on events fills.</summary>
public sealed class MessageCounter(NpgsqlDataSource dataSource, TimeProvider clock)
{
    private const int Portion = 500;

    /// <summary>How long hours are kept: a year of looking back.</summary>
    private static readonly TimeSpan _kept = TimeSpan.FromDays(400);

    // A range of the primary key, from the index alone: a row for each hour that is over, and those of the last two.
    // width_bucket finds the interval: days are not all of one length.
    private const string ReadSql = """
        SELECT width_bucket(hour, $3) AS interval, sum(sent)::bigint, sum(delivered)::bigint, sum(delayed)::bigint, sum(bounced)::bigint, sum(failed)::bigint,
               sum(suppressed)::bigint, sum(complained)::bigint, sum(opened)::bigint, sum(clicked)::bigint
        FROM message_counts WHERE project_id = $1 AND hour >= $2 AND hour < $4 GROUP BY interval ORDER BY interval
        """;

    // What is deleted is what is added again, in one statement: however many do it at once, nothing is lost or counted twice. Index: ix_message_counts_open.
    private const string FoldSql = """
        WITH hours AS MATERIALIZED (
            SELECT DISTINCT project_id, hour FROM (SELECT project_id, hour FROM message_counts WHERE NOT is_folded AND hour < $1 ORDER BY hour LIMIT 20000) open LIMIT $2
        ), old AS (
            DELETE FROM message_counts c USING hours h WHERE c.project_id = h.project_id AND c.hour = h.hour
            RETURNING c.project_id, c.hour, c.sent, c.delivered, c.delayed, c.bounced, c.failed, c.suppressed, c.complained, c.opened, c.clicked
        )
        INSERT INTO message_counts (project_id, hour, sent, delivered, delayed, bounced, failed, suppressed, complained, opened, clicked, is_folded)
        SELECT project_id, hour, sum(sent), sum(delivered), sum(delayed), sum(bounced), sum(failed), sum(suppressed), sum(complained), sum(opened), sum(clicked), true FROM old GROUP BY 1, 2
        """;

    private const string ForgetSql = "DELETE FROM message_counts WHERE hour < $1";

    /// <param name="starts">When each interval begins, the oldest first; each ends where the next begins.</param>
    /// <param name="to">When the last one ends.</param>
    /// <returns>Intervals in which anything happened, the oldest first. What was counted in an hour belongs to the interval in which the hour begins.</returns>
    public async Task<IReadOnlyList<CountedInterval>> ReadAsync(ProjectId project, IReadOnlyList<DateTimeOffset> starts, DateTimeOffset to, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(starts);
        await using NpgsqlCommand command = dataSource.CreateCommand(ReadSql);
        command.Parameters.AddTyped(project.Value).AddTyped(starts[0].UtcDateTime).AddTyped(starts.Select(at => at.UtcDateTime).ToArray()).AddTyped(to.UtcDateTime);
        List<CountedInterval> intervals = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            intervals.Add(new CountedInterval(starts[reader.GetInt32(0) - 1], new MessageCounts(
                reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6), reader.GetInt64(7), reader.GetInt64(8), reader.GetInt64(9))));
        }

        return intervals;
    }

    /// <summary>Makes one row of each hour that is over, and forgets those that are too old. The last hour is left: a worker's clock may be behind.</summary>
    public async Task FoldAsync(CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        int folded;
        do
        {
            await using NpgsqlCommand command = dataSource.CreateCommand(FoldSql);
            command.Parameters.AddTyped(now.UtcDateTime.AddHours(-2)).AddTyped(Portion);
            folded = await command.ExecuteNonQueryAsync(ct);
        }
        while (folded > 0);

        await using NpgsqlCommand forget = dataSource.CreateCommand(ForgetSql);
        forget.Parameters.AddTyped((now - _kept).UtcDateTime);
        await forget.ExecuteNonQueryAsync(ct);
    }
}
