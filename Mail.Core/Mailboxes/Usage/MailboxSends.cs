using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Mailboxes.Usage;

/// <summary>Recipients that mails of a mailbox's address reached, today and this month (UTC).</summary>
public readonly record struct SentCounts(long Today, long Month);

/// <summary>The table `mailbox_sends`, which a trigger on events fills: what was really sent, whoever sent it.</summary>
public sealed class MailboxSends(NpgsqlDataSource dataSource, TimeProvider clock)
{
    private const int Portion = 500;

    // A range of the primary key for each mailbox, from the index alone: at most 30 folded days and the rows of today and yesterday.
    internal const string CountSql = """
        SELECT mailbox_id, coalesce(sum(sent) FILTER (WHERE day = $3), 0)::bigint, sum(sent)::bigint FROM mailbox_sends
        WHERE project_id = $1 AND mailbox_id = ANY ($2) AND day >= $4 AND day <= $3 GROUP BY mailbox_id
        """;

    // What is deleted is what is added again, in one statement: however many do it at once, nothing is lost or counted twice. Index: ix_mailbox_sends_open.
    private const string FoldSql = """
        WITH days AS MATERIALIZED (
            SELECT DISTINCT project_id, mailbox_id, day FROM (SELECT project_id, mailbox_id, day FROM mailbox_sends WHERE NOT is_folded AND day < $1 ORDER BY day LIMIT 20000) open LIMIT $2
        ), old AS (
            DELETE FROM mailbox_sends s USING days d WHERE s.project_id = d.project_id AND s.mailbox_id = d.mailbox_id AND s.day = d.day
            RETURNING s.project_id, s.mailbox_id, s.day, s.sent, s.refused, s.bounced, s.complained
        )
        INSERT INTO mailbox_sends (project_id, mailbox_id, day, sent, refused, bounced, complained, is_folded)
        SELECT project_id, mailbox_id, day, sum(sent), sum(refused), sum(bounced), sum(complained), true FROM old GROUP BY 1, 2, 3
        """;

    /// <returns>Nothing for a mailbox that has sent nothing this month.</returns>
    public async Task<IReadOnlyDictionary<Guid, SentCounts>> CountAsync(ProjectId project, Guid[] mailboxes, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mailboxes);
        DateOnly today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        await using NpgsqlCommand command = dataSource.CreateCommand(CountSql);
        command.Parameters.AddTyped(project.Value).AddTyped(mailboxes).AddTyped(today).AddTyped(new DateOnly(today.Year, today.Month, 1));
        Dictionary<Guid, SentCounts> counts = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) counts[reader.GetGuid(0)] = new SentCounts(reader.GetInt64(1), reader.GetInt64(2));
        return counts;
    }

    /// <summary>Makes one row of each day that is over. Yesterday is left: a worker's clock may be behind.</summary>
    public async Task FoldAsync(CancellationToken ct)
    {
        int folded;
        do
        {
            await using NpgsqlCommand command = dataSource.CreateCommand(FoldSql);
            command.Parameters.AddTyped(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-1)).AddTyped(Portion);
            folded = await command.ExecuteNonQueryAsync(ct);
        }
        while (folded > 0);
    }
}
