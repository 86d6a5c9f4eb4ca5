using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Mailboxes.Usage;

/// <summary>What a mailbox used in a month: a line of a bill.</summary>
/// <param name="Days">On which it was there, wholly or in part (UTC); suspended ones count.</param>
/// <param name="Sent">Recipients that a relay took mail of it for.</param>
public sealed record MeteredMailbox(Guid Id, string Address, string Owner, string Provider, string State, DateTimeOffset ActiveAt, DateTimeOffset? EndedAt, int Days, long Sent, long Refused, long Bounced);

/// <summary>How mailboxes are billed: those that were there in a month, for how many days, and what was sent as them.</summary>
public sealed class MailboxMeter(NpgsqlDataSource dataSource, TimeProvider clock)
{
    public const int Most = 100_000;

    // Which have never become active cost nothing. Days are those of $2 <= day < $3 that have begun by now ($4).
    private const string MonthSql = """
        SELECT b.id, b.address, b.owner, b.provider, b.state, b.active_at, b.ended_at,
               least((coalesce(b.ended_at, $4) AT TIME ZONE 'UTC')::date, ($4 AT TIME ZONE 'UTC')::date, $3 - 1) - greatest((b.active_at AT TIME ZONE 'UTC')::date, $2) + 1,
               coalesce(s.sent, 0), coalesce(s.refused, 0), coalesce(s.bounced, 0)
        FROM mailboxes b
        LEFT JOIN (SELECT mailbox_id, sum(sent)::bigint AS sent, sum(refused)::bigint AS refused, sum(bounced)::bigint AS bounced FROM mailbox_sends
                   WHERE project_id = $1 AND day >= $2 AND day < $3 GROUP BY mailbox_id) s ON s.mailbox_id = b.id
        WHERE b.project_id = $1 AND NOT b.is_test AND b.active_at < ($3::timestamp AT TIME ZONE 'UTC') AND b.active_at <= $4
          AND (b.ended_at IS NULL OR b.ended_at >= ($2::timestamp AT TIME ZONE 'UTC'))
        ORDER BY b.id LIMIT $5
        """;

    /// <param name="month">Its first day.</param>
    public async Task<IReadOnlyList<MeteredMailbox>> ReadAsync(ProjectId project, DateOnly month, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(MonthSql);
        command.Parameters.AddTyped(project.Value).AddTyped(month).AddTyped(month.AddMonths(1)).AddTyped(clock.GetUtcNow().UtcDateTime).AddTyped(Most);
        List<MeteredMailbox> lines = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            lines.Add(new MeteredMailbox(
                reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetFieldValue<DateTimeOffset>(5), reader.OptionalTime(6), reader.GetInt32(7),
                reader.GetInt64(8), reader.GetInt64(9), reader.GetInt64(10)));
        }

        return lines;
    }
}
