using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Retention;

/// <summary>Removes bodies, headers and attachments of messages whose fate is known. Subject, addresses, states and events stay until the history goes.</summary>
public sealed class ContentRemoval(NpgsqlDataSource dataSource, TimeProvider clock)
{
    /// <summary>So many messages in one statement, so that none holds its locks for long.</summary>
    private const int Portion = 500;

    /// <summary>Longer than a message can wait: 30 days until its time, and some days of attempts.</summary>
    private static readonly TimeSpan _horizon = TimeSpan.FromDays(60);

    private const string Empty = "json_build_object('headers', json_build_object(), 'attachments', json_build_array(), 'removed_at', $1)";

    // What has no row in the queue any more is final. The mail is out: what hides the code in the subject need not know which digits it is.
    // The bounds keep other months' partitions out. Index: ix_messages_critical.
    private const string CriticalSql = $$"""
        WITH done AS MATERIALIZED (
            SELECT m.project_id, m.id FROM messages m
            WHERE m.lane = 0 AND NOT m.is_test AND m.content_removed_at IS NULL AND m.id >= $2
              AND NOT EXISTS (SELECT FROM deliveries d WHERE d.project_id = m.project_id AND d.message_id = m.id)
            ORDER BY m.id LIMIT $3 FOR UPDATE OF m SKIP LOCKED
        ), files AS (
            DELETE FROM attachments a USING done WHERE a.project_id = done.project_id AND a.message_id = done.id AND a.message_id >= $2
        )
        UPDATE messages m SET content = {{Empty}}, content_removed_at = $1, subject = regexp_replace(m.subject, '[0-9]{4,}', '••••', 'g')
        FROM done WHERE m.project_id = done.project_id AND m.id = done.id AND m.id >= $2
        """;

    // How far it may come: the day that the project wants, but not past its oldest message that still waits. Index: ix_deliveries_message.
    private const string DueSql = """
        SELECT p.id, p.content_removed_until, least($1 - make_interval(days => p.keep_content_days),
               (SELECT m.created_at FROM messages m JOIN (SELECT message_id FROM deliveries d WHERE d.project_id = p.id ORDER BY message_id LIMIT 1) oldest ON m.id = oldest.message_id AND m.project_id = p.id))
        FROM projects p
        """;

    private const string OldSql = $$"""
        WITH old AS MATERIALIZED (
            SELECT id FROM messages WHERE project_id = $2 AND id >= $3 AND id < $4 ORDER BY id LIMIT $5
        ), emptied AS (
            UPDATE messages m SET content = {{Empty}}, content_removed_at = $1
            FROM old WHERE m.project_id = $2 AND m.id = old.id AND m.id >= $3 AND m.id < $4 AND m.content_removed_at IS NULL
        ), files AS (
            DELETE FROM attachments a USING old WHERE a.project_id = $2 AND a.message_id = old.id AND a.message_id >= $3 AND a.message_id < $4
        )
        SELECT count(*), (SELECT id FROM old ORDER BY id DESC LIMIT 1) FROM old
        """;

    // Test mail goes by when it was captured. Index: ix_captured_messages_captured.
    private const string CapturedSql = """
        DELETE FROM captured_messages c USING (SELECT id FROM captured_messages WHERE project_id = $1 AND captured_at < $2 ORDER BY captured_at LIMIT $3 FOR UPDATE SKIP LOCKED) AS old
        WHERE c.project_id = $1 AND c.id = old.id
        """;

    private const string KeptSql = "SELECT id, $1 - make_interval(days => keep_content_days) FROM projects";

    private const string ReachedSql = "UPDATE projects SET content_removed_until = $2 WHERE id = $1";

    /// <summary>Of critical messages that wait no more, at once.</summary>
    /// <returns>How many.</returns>
    public async Task<int> RemoveCriticalAsync(CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        int total = 0;
        while (true)
        {
            await using NpgsqlCommand command = dataSource.CreateCommand(CriticalSql);
            command.Parameters.AddTyped(now.UtcDateTime).AddTyped(UuidV7.First(now - _horizon)).AddTyped(Portion);
            int count = await command.ExecuteNonQueryAsync(ct);
            total += count;
            if (count < Portion) return total;
        }
    }

    /// <summary>Of all that is older than its project wants.</summary>
    public async Task RemoveOldAsync(CancellationToken ct)
    {
        List<(Guid Project, DateTimeOffset? From, DateTimeOffset Until)> due = [];
        await using (NpgsqlCommand command = dataSource.CreateCommand(DueSql))
        {
            command.Parameters.AddTyped(clock.GetUtcNow().UtcDateTime);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) due.Add((reader.GetGuid(0), reader.OptionalTime(1), reader.GetFieldValue<DateTimeOffset>(2)));
        }

        foreach ((Guid project, DateTimeOffset? from, DateTimeOffset until) in due)
            if (from is null || from < until) await RemoveOldAsync(project, from, until, ct);
    }

    /// <summary>Of the sandbox inbox, what is older than its project keeps contents.</summary>
    public async Task RemoveCapturedAsync(CancellationToken ct)
    {
        List<(Guid Project, DateTimeOffset Until)> kept = [];
        await using (NpgsqlCommand command = dataSource.CreateCommand(KeptSql))
        {
            command.Parameters.AddTyped(clock.GetUtcNow().UtcDateTime);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) kept.Add((reader.GetGuid(0), reader.GetFieldValue<DateTimeOffset>(1)));
        }

        foreach ((Guid project, DateTimeOffset until) in kept)
        {
            for (int count = Portion; count == Portion;)
            {
                await using NpgsqlCommand command = dataSource.CreateCommand(CapturedSql);
                command.Parameters.AddTyped(project).AddTyped(until.UtcDateTime).AddTyped(Portion);
                count = await command.ExecuteNonQueryAsync(ct);
            }
        }
    }

    private async Task RemoveOldAsync(Guid project, DateTimeOffset? from, DateTimeOffset until, CancellationToken ct)
    {
        Guid start = from is { } reached ? UuidV7.First(reached) : Guid.Empty, end = UuidV7.First(until);
        for (long count = Portion; count == Portion;)
        {
            await using NpgsqlCommand command = dataSource.CreateCommand(OldSql);
            command.Parameters.AddTyped(clock.GetUtcNow().UtcDateTime).AddTyped(project).AddTyped(start).AddTyped(end).AddTyped(Portion);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            count = reader.GetInt64(0);
            if (count > 0) start = reader.GetGuid(1);
        }

        await using NpgsqlCommand remember = dataSource.CreateCommand(ReachedSql);
        remember.Parameters.AddTyped(project).AddTyped(until.UtcDateTime);
        await remember.ExecuteNonQueryAsync(ct);
    }
}
