using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Metrics;

/// <summary>A recipient that waits.</summary>
/// <param name="Reason">Why, in words.</param>
public sealed record WaitingRecipient(MessageId MessageId, DateTimeOffset AcceptedAt, string State, DateTimeOffset NextAttemptAt, string Reason);

/// <param name="Count">Recipients that wait now, those for a later time apart; at most <see cref="WaitingMailReader.Most"/> are counted.</param>
/// <param name="Oldest">Of the message that was accepted first; null when nothing waits.</param>
public sealed record WaitingMail(int Count, WaitingRecipient? Oldest);

/// <summary>What of a project's mail has been accepted and not left yet.</summary>
public sealed class WaitingMailReader(NpgsqlDataSource dataSource)
{
    /// <summary>Above it nobody counts on: one glance does not read a million rows.</summary>
    public const int Most = 10_000;

    // Ids of messages are times: the first by id has waited longest. Index: ix_deliveries_message, read from its beginning. What is scheduled waits because its sender wants it to.
    private const string ReadSql = """
        SELECT w.message_id, m.created_at, w.state, w.next_attempt_at, w.reason, w.count::int
        FROM (SELECT message_id, state, next_attempt_at, reason, count(*) OVER () AS count FROM (
                SELECT message_id, state, next_attempt_at, reason FROM deliveries WHERE project_id = $1 AND state <> 'scheduled' ORDER BY message_id LIMIT $2) waiting
              ORDER BY message_id LIMIT 1) w
        JOIN messages m ON m.project_id = $1 AND m.id = w.message_id
        """;

    public async Task<WaitingMail> ReadAsync(ProjectId project, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ReadSql);
        command.Parameters.AddTyped(project.Value).AddTyped(Most);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return new WaitingMail(0, null);
        return new WaitingMail(reader.GetInt32(5), new WaitingRecipient(
            new MessageId(reader.GetGuid(0)), reader.GetFieldValue<DateTimeOffset>(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetString(4)));
    }
}
