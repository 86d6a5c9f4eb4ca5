using System.Text.Json;
using Mail.Core.Common;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Webhooks;

/// <summary>One request to an endpoint.</summary>
/// <param name="Number">From 1; begins anew with a replay.</param>
/// <param name="Answer">The answer's beginning.</param>
/// <param name="NextAttemptAt">Null when it was taken or given up.</param>
public sealed record WebhookAttempt(
    Guid Id, Guid EventId, string Type, DateTimeOffset HappenedAt, int Number, DateTimeOffset At, TimeSpan Took, bool IsTaken, int? Status, string? Problem, string? Answer, DateTimeOffset? NextAttemptAt)
{
    /// <summary>The message that the event is about; null for a test, an alert and the like.</summary>
    public MessageId? MessageId { get; init; }
}

/// <summary>What was sent to endpoints, and sending it again. Always within one project.</summary>
public sealed class WebhookLog(NpgsqlDataSource dataSource, TimeProvider clock)
{
    private const int Portion = 5000;

    private const string ListSql = """
        SELECT id, event_id, CASE WHEN payload IS NULL THEN subject_id END, type, happened_at, number, at, milliseconds, is_taken, status, problem, answer, next_attempt_at FROM webhook_attempts
        WHERE project_id = $1 AND webhook_id = $2 AND id < $3 AND ($4::boolean IS NULL OR is_taken = $4) ORDER BY id DESC LIMIT $5
        """;

    // As it was first told, and under the same id. One that waits is due now; one that is being sent stays as it is.
    private const string ReplayOneSql = """
        INSERT INTO webhook_queue AS q (project_id, webhook_id, event_id, subject_id, type, happened_at, payload, next_attempt_at)
        SELECT project_id, webhook_id, event_id, subject_id, type, happened_at, payload, $4 FROM (
            SELECT project_id, webhook_id, event_id, subject_id, type, happened_at, payload FROM webhook_queue WHERE project_id = $1 AND webhook_id = $2 AND event_id = $3
            UNION ALL
            (SELECT project_id, webhook_id, event_id, subject_id, type, happened_at, payload FROM webhook_attempts WHERE project_id = $1 AND webhook_id = $2 AND event_id = $3 LIMIT 1)) known LIMIT 1
        ON CONFLICT (project_id, webhook_id, event_id) DO UPDATE SET next_attempt_at = $4, given_up_at = NULL, attempts = CASE WHEN q.lease_token IS NULL THEN 0 ELSE q.attempts END
        """;

    // In portions, so that no statement holds its locks for long. Index: ix_webhook_queue_given_up.
    private const string ReplaySinceSql = """
        UPDATE webhook_queue q SET next_attempt_at = $4, given_up_at = NULL, attempts = 0
        FROM (SELECT project_id, webhook_id, event_id FROM webhook_queue WHERE project_id = $1 AND webhook_id = $2 AND given_up_at IS NOT NULL AND happened_at >= $3
              ORDER BY happened_at LIMIT $5 FOR UPDATE SKIP LOCKED) old
        WHERE q.project_id = old.project_id AND q.webhook_id = old.webhook_id AND q.event_id = old.event_id
        """;

    private const string AddTestSql = """
        INSERT INTO webhook_queue (project_id, webhook_id, event_id, subject_id, type, happened_at, payload, next_attempt_at)
        SELECT project_id, id, $3, $3, $4, $5, $6, $5 FROM webhooks WHERE project_id = $1 AND id = $2
        """;

    /// <summary>Newest first, and whether there are older ones.</summary>
    /// <param name="after">Only those older than this one.</param>
    /// <param name="taken">Only those that were taken, or only the others; null for all.</param>
    public async Task<(IReadOnlyList<WebhookAttempt> Page, bool HasMore)> ListAsync(ProjectId project, Guid webhook, Guid? after, bool? taken, int limit, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ListSql);
        command.Parameters.AddTyped(project.Value).AddTyped(webhook).AddTyped(after ?? Guid.AllBitsSet).AddTyped(taken, NpgsqlDbType.Boolean).AddTyped(limit + 1);
        List<WebhookAttempt> page = new(limit + 1);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            page.Add(new WebhookAttempt(
                reader.GetGuid(0), reader.GetGuid(1), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4), reader.GetInt32(5), reader.GetFieldValue<DateTimeOffset>(6),
                TimeSpan.FromMilliseconds(reader.GetInt32(7)), reader.GetBoolean(8), reader.OptionalInt(9), reader.OptionalText(10), reader.OptionalText(11), reader.OptionalTime(12))
            { MessageId = reader.IsDBNull(2) ? null : new MessageId(reader.GetGuid(2)) });
        }

        bool hasMore = page.Count > limit;
        if (hasMore) page.RemoveAt(limit);
        return (page, hasMore);
    }

    /// <summary>Sends one event again, whether it was taken or not.</summary>
    /// <returns>Whether it is known.</returns>
    public async Task<bool> ReplayAsync(ProjectId project, Guid webhook, Guid eventId, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ReplayOneSql);
        command.Parameters.AddTyped(project.Value).AddTyped(webhook).AddTyped(eventId).AddTyped(clock.GetUtcNow().UtcDateTime);
        return await command.ExecuteNonQueryAsync(ct) > 0;
    }

    /// <summary>Sends again what was given up.</summary>
    /// <param name="since">Of events from then on.</param>
    /// <returns>How many.</returns>
    public async Task<int> ReplaySinceAsync(ProjectId project, Guid webhook, DateTimeOffset since, CancellationToken ct)
    {
        int all = 0, portion;
        do
        {
            await using NpgsqlCommand command = dataSource.CreateCommand(ReplaySinceSql);
            command.Parameters.AddTyped(project.Value).AddTyped(webhook).AddTyped(since.UtcDateTime).AddTyped(clock.GetUtcNow().UtcDateTime).AddTyped(Portion);
            portion = await command.ExecuteNonQueryAsync(ct);
            all += portion;
        }
        while (portion == Portion);
        return all;
    }

    /// <summary>Sends an event of a made-up message.</summary>
    /// <returns>The event's id.</returns>
    public async Task<Guid> TestAsync(Webhook webhook, string type, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        DateTimeOffset now = clock.GetUtcNow();
        Guid id = UuidV7.New(now);
        JsonElement data = TestEvents.Of(type, now);
        await using NpgsqlCommand command = dataSource.CreateCommand(AddTestSql);
        command.Parameters.AddTyped(webhook.ProjectId.Value).AddTyped(webhook.Id).AddTyped(id).AddTyped(type).AddTyped(now.UtcDateTime).AddTyped(data.GetRawText(), NpgsqlDbType.Json);
        await command.ExecuteNonQueryAsync(ct);
        return id;
    }
}
