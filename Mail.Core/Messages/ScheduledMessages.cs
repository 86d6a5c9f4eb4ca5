using Mail.Core.Common;
using Mail.Core.Delivery;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Messages;

/// <summary>What is to leave later, in the order in which it leaves.</summary>
public sealed class ScheduledMessages(NpgsqlDataSource dataSource, TimeProvider clock)
{
    // Each lane is an ordered range of ix_deliveries_due, which begins behind what is due already.
    private const string ListSql = """
        WITH start AS MATERIALIZED (
            SELECT greatest($2, coalesce((SELECT min(next_attempt_at) FROM deliveries WHERE project_id = $1 AND message_id = $3), '-infinity')) AS at
        ), waiting AS (
            (SELECT message_id, next_attempt_at FROM deliveries WHERE lane = 0 AND project_id = $1 AND lease_token IS NULL AND next_attempt_at >= (SELECT at FROM start) AND state = 'scheduled' ORDER BY next_attempt_at LIMIT 5000)
            UNION ALL
            (SELECT message_id, next_attempt_at FROM deliveries WHERE lane = 1 AND project_id = $1 AND lease_token IS NULL AND next_attempt_at >= (SELECT at FROM start) AND state = 'scheduled' ORDER BY next_attempt_at LIMIT 5000)
            UNION ALL
            (SELECT message_id, next_attempt_at FROM deliveries WHERE lane = 2 AND project_id = $1 AND lease_token IS NULL AND next_attempt_at >= (SELECT at FROM start) AND state = 'scheduled' ORDER BY next_attempt_at LIMIT 5000)
        ), following AS (
            SELECT message_id, min(next_attempt_at) AS at FROM waiting GROUP BY message_id
            HAVING $3::uuid IS NULL OR (min(next_attempt_at), message_id) > ((SELECT at FROM start), $3)
        )
        SELECT m.id, m.created_at, m.subject, m.envelope, f.at FROM following f JOIN messages m ON m.project_id = $1 AND m.id = f.message_id
        WHERE NOT $5 OR m.is_test
        ORDER BY f.at, m.id LIMIT $4
        """;

    /// <param name="after">Only what leaves after this message; one that waits no more is passed over.</param>
    /// <param name="onlyTest">Only messages of test keys.</param>
    public async Task<(IReadOnlyList<MessageSummary> Page, bool HasMore)> ListAsync(ProjectId project, MessageId? after, int limit, bool onlyTest, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ListSql);
        command.Parameters.AddTyped(project.Value).AddTyped(clock.GetUtcNow().UtcDateTime).AddTyped(after?.Value, NpgsqlDbType.Uuid).AddTyped(limit + 1).AddTyped(onlyTest);
        List<MessageSummary> page = new(limit + 1);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            page.Add(new MessageSummary(new MessageId(reader.GetGuid(0)), reader.GetFieldValue<DateTimeOffset>(1), reader.GetString(2), MessageReader.Envelope(reader.GetString(3)), reader.OptionalTime(4), DeliveryState.Scheduled));
        bool hasMore = page.Count > limit;
        if (hasMore) page.RemoveAt(limit);
        return (page, hasMore);
    }
}
