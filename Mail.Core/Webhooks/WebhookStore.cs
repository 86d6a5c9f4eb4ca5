using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Webhooks;

/// <summary>The table `webhooks`.</summary>
internal sealed class WebhookStore(NpgsqlDataSource dataSource)
{
    // Counted up to a limit: an endpoint may have a million events to hear.
    private const string Columns = """
        w.id, w.endpoint, w.events, w.is_enabled, w.created_at, w.updated_at, w.disabled_reason, w.failing_since, w.resume_at, w.old_secret_until,
        (SELECT count(*) FROM (SELECT FROM webhook_queue q WHERE q.project_id = w.project_id AND q.webhook_id = w.id AND q.given_up_at IS NULL LIMIT 1000) waiting)::int,
        (SELECT count(*) FROM (SELECT FROM webhook_queue q WHERE q.project_id = w.project_id AND q.webhook_id = w.id AND q.given_up_at IS NOT NULL LIMIT 1000) given_up)::int
        """;

    private const string ListSql = $"SELECT {Columns} FROM webhooks w WHERE w.project_id = $1 ORDER BY w.id";
    private const string FindSql = $"SELECT {Columns} FROM webhooks w WHERE w.project_id = $1 AND w.id = $2";

    // The project's row is locked, so that two at once do not pass the limit.
    private const string LockSql = "SELECT 1 FROM projects WHERE id = $1 FOR NO KEY UPDATE";
    private const string CountSql = "SELECT count(*) FROM webhooks WHERE project_id = $1";
    private const string AddSql = "INSERT INTO webhooks (project_id, id, endpoint, events, secret, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $6)";

    // A change of the address, or being switched on again, is a new start: what waits is due at once.
    private const string ChangeSql = """
        WITH before AS (
            SELECT project_id, id, $6 AND ($3 <> endpoint OR NOT is_enabled) AS is_new_start FROM webhooks WHERE project_id = $1 AND id = $2 FOR UPDATE
        ), called AS (
            UPDATE webhook_queue q SET next_attempt_at = $5 FROM before b
            WHERE b.is_new_start AND q.project_id = b.project_id AND q.webhook_id = b.id AND q.attempts > 0 AND q.next_attempt_at > $5 AND q.lease_token IS NULL AND q.given_up_at IS NULL
        )
        UPDATE webhooks w SET endpoint = $3, events = $4, is_enabled = $6, updated_at = $5, disabled_reason = CASE WHEN NOT $6 THEN w.disabled_reason END,
            failures = CASE WHEN b.is_new_start THEN 0 ELSE w.failures END, failing_since = CASE WHEN NOT b.is_new_start THEN w.failing_since END,
            resume_at = CASE WHEN NOT b.is_new_start THEN w.resume_at END
        FROM before b WHERE w.project_id = b.project_id AND w.id = b.id
        """;

    private const string RotateSql = """
        UPDATE webhooks SET old_secret = secret, old_secret_until = $5, secret = $3, updated_at = $4 WHERE project_id = $1 AND id = $2
        """;

    // Its row last: the lock on it is short, and events that come meanwhile are swept later.
    private const string RemoveSql = """
        WITH waiting AS (DELETE FROM webhook_queue WHERE project_id = $1 AND webhook_id = $2), tried AS (DELETE FROM webhook_attempts WHERE project_id = $1 AND webhook_id = $2)
        DELETE FROM webhooks WHERE project_id = $1 AND id = $2 RETURNING endpoint
        """;

    public async Task<IReadOnlyList<Webhook>> ListAsync(ProjectId project, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ListSql);
        command.Parameters.AddTyped(project.Value);
        return await ReadAsync(project, command, ct);
    }

    public async Task<Webhook?> FindAsync(ProjectId project, Guid id, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(FindSql);
        command.Parameters.AddTyped(project.Value).AddTyped(id);
        return (await ReadAsync(project, command, ct)).SingleOrDefault();
    }

    /// <returns>Whether there was room for it.</returns>
    public async Task<bool> AddAsync(Webhook webhook, string secret, int limit, CancellationToken ct)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        await using (NpgsqlCommand hold = new(LockSql, connection))
        {
            hold.Parameters.AddTyped(webhook.ProjectId.Value);
            await hold.ExecuteNonQueryAsync(ct);
        }

        await using (NpgsqlCommand count = new(CountSql, connection))
        {
            count.Parameters.AddTyped(webhook.ProjectId.Value);
            if ((long)(await count.ExecuteScalarAsync(ct))! >= limit) return false;
        }

        await using (NpgsqlCommand add = new(AddSql, connection))
        {
            add.Parameters.AddTyped(webhook.ProjectId.Value).AddTyped(webhook.Id).AddTyped(webhook.Endpoint).AddTyped(webhook.Events.ToArray()).AddTyped(secret).AddTyped(webhook.CreatedAt.UtcDateTime);
            await add.ExecuteNonQueryAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return true;
    }

    /// <returns>Whether it is there.</returns>
    public Task<bool> ChangeAsync(Webhook webhook, DateTimeOffset now, CancellationToken ct) => ExecuteAsync(
        ChangeSql, webhook.ProjectId, webhook.Id, parameters => parameters.AddTyped(webhook.Endpoint).AddTyped(webhook.Events.ToArray()).AddTyped(now.UtcDateTime).AddTyped(webhook.IsEnabled), ct);

    public Task<bool> RotateAsync(ProjectId project, Guid id, string secret, DateTimeOffset now, DateTimeOffset oldUntil, CancellationToken ct) =>
        ExecuteAsync(RotateSql, project, id, parameters => parameters.AddTyped(secret).AddTyped(now.UtcDateTime).AddTyped(oldUntil.UtcDateTime), ct);

    /// <returns>Its address; null when it is not there.</returns>
    public async Task<string?> RemoveAsync(ProjectId project, Guid id, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(RemoveSql);
        command.Parameters.AddTyped(project.Value).AddTyped(id);
        return (string?)await command.ExecuteScalarAsync(ct);
    }

    private async Task<bool> ExecuteAsync(string sql, ProjectId project, Guid id, Action<NpgsqlParameterCollection> add, CancellationToken ct)
    {
#pragma warning disable CA2100 // one of the constants above
        await using NpgsqlCommand command = dataSource.CreateCommand(sql);
#pragma warning restore CA2100
        add(command.Parameters.AddTyped(project.Value).AddTyped(id));
        return await command.ExecuteNonQueryAsync(ct) > 0;
    }

    private static async Task<List<Webhook>> ReadAsync(ProjectId project, NpgsqlCommand command, CancellationToken ct)
    {
        List<Webhook> webhooks = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            webhooks.Add(new Webhook(
                project, reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<string[]>(2), reader.GetBoolean(3), reader.GetFieldValue<DateTimeOffset>(4), reader.GetFieldValue<DateTimeOffset>(5))
            {
                DisabledReason = reader.OptionalText(6), FailingSince = reader.OptionalTime(7), ResumeAt = reader.OptionalTime(8), OldSecretUntil = reader.OptionalTime(9),
                Waiting = reader.GetInt32(10), GivenUp = reader.GetInt32(11),
            });
        }

        return webhooks;
    }
}
