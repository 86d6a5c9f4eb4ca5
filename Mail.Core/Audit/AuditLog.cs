using System.Net;
using System.Runtime.CompilerServices;
using Mail.Core.Common;
using Mail.Core.Projects;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Audit;

/// <summary>
/// Who changed what. A line is written before the change and completed after it, so that there is no change without one, whatever breaks in between; a line
/// is never altered later but to take an erased person's address out of it.
/// </summary>
public sealed class AuditLog(NpgsqlDataSource dataSource, TimeProvider clock)
{
    private const string BeginSql = "INSERT INTO audit_log (project_id, id, at, actor_kind, actor_id, client, action, subject_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

    private const string EndSql = "UPDATE audit_log SET status = $3, subject_id = coalesce($4, subject_id), before = $5, after = $6 WHERE project_id = $1 AND id = $2";

    private const string CancelSql = "DELETE FROM audit_log WHERE project_id = $1 AND id = $2";

    // What people do with their own account concerns every project that they work in.
    private const string OfUserSql = """
        INSERT INTO audit_log (project_id, id, at, actor_kind, actor_id, client, action, subject_id, status)
        SELECT project_id, $2, $3, 'user', $1, $4, $5, $6, 200 FROM project_members WHERE user_id = $1
        """;

    private const string ListSql = """
        SELECT l.id, l.at, l.actor_kind, l.actor_id, coalesce(u.email, k.name), l.client, l.action, l.subject_id, l.status, l.before::text, l.after::text
        FROM audit_log l
        LEFT JOIN users u ON l.actor_kind = 'user' AND u.id = l.actor_id
        LEFT JOIN api_keys k ON l.actor_kind = 'api_key' AND k.project_id = l.project_id AND k.id = l.actor_id
        WHERE l.project_id = $1
          AND ($2::text IS NULL OR l.action = $2 OR l.action LIKE replace($2, '_', '\_') || '.%')
          AND ($3::uuid IS NULL OR l.actor_id = $3) AND ($4::text IS NULL OR l.subject_id = $4)
          AND ($5::timestamptz IS NULL OR l.at >= $5) AND ($6::timestamptz IS NULL OR l.at < $6) AND ($7::uuid IS NULL OR l.id < $7)
        ORDER BY l.id DESC LIMIT $8
        """;

    // By portions: a log of years is no reason to hold its locks for minutes.
    private const string RemoveSql = "DELETE FROM audit_log WHERE (project_id, id) IN (SELECT project_id, id FROM audit_log WHERE at < $1 LIMIT 5000)";

    /// <summary>Before the change.</summary>
    /// <returns>The line's id, for <see cref="EndAsync"/> or <see cref="CancelAsync"/>.</returns>
    public async Task<Guid> BeginAsync(ProjectId project, Actor actor, string action, string? subjectId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        DateTimeOffset now = clock.GetUtcNow();
        Guid id = UuidV7.New(now);
        await using NpgsqlCommand command = dataSource.CreateCommand(BeginSql);
        command.Parameters.AddTyped(project.Value).AddTyped(id).AddTyped(now.UtcDateTime).AddTyped(actor.Kind.StoredName()).Add(Optional(actor.Id, NpgsqlDbType.Uuid));
        command.Parameters.Add(Optional(actor.Client?.ToString(), NpgsqlDbType.Text));
        command.Parameters.AddTyped(action).Add(Optional(subjectId, NpgsqlDbType.Text));
        await command.ExecuteNonQueryAsync(ct);
        return id;
    }

    /// <summary>After the change.</summary>
    /// <param name="subjectId">Of what is new; null where it was known before.</param>
    /// <param name="before">A JSON object, without secrets.</param>
    /// <param name="after">The same.</param>
    public async Task EndAsync(ProjectId project, Guid id, int status, string? subjectId, string? before, string? after, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(EndSql);
        command.Parameters.AddTyped(project.Value).AddTyped(id).AddTyped(status).Add(Optional(subjectId, NpgsqlDbType.Text));
        command.Parameters.Add(Optional(before, NpgsqlDbType.Jsonb));
        command.Parameters.Add(Optional(after, NpgsqlDbType.Jsonb));
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The change was refused: nothing happened.</summary>
    public async Task CancelAsync(ProjectId project, Guid id, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(CancelSql);
        command.Parameters.AddTyped(project.Value).AddTyped(id);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>What a user did with their own account: told in every project that they are a member of.</summary>
    /// <param name="action">Such as `account.password_change`.</param>
    /// <param name="within">The connection whose transaction it is to be part of; null for one of its own.</param>
    public async Task RecordOfUserAsync(Guid userId, IPAddress? client, string action, NpgsqlConnection? within, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        await using NpgsqlCommand command = dataSource.CreateCommand(OfUserSql, within);
        command.Parameters.AddTyped(userId).AddTyped(UuidV7.New(now)).AddTyped(now.UtcDateTime).Add(Optional(client?.ToString(), NpgsqlDbType.Text));
        command.Parameters.AddTyped(action).AddTyped(userId.ToString());
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The newest first.</summary>
    /// <param name="filter">An action alone (`relay`) means all of that kind.</param>
    public async IAsyncEnumerable<AuditEntry> ReadAsync(ProjectId project, AuditFilter filter, int limit, [EnumeratorCancellation] CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using NpgsqlCommand command = dataSource.CreateCommand(ListSql);
        command.Parameters.AddTyped(project.Value).Add(Optional(filter.Action, NpgsqlDbType.Text));
        command.Parameters.Add(Optional(filter.ActorId, NpgsqlDbType.Uuid));
        command.Parameters.Add(Optional(filter.SubjectId, NpgsqlDbType.Text));
        command.Parameters.Add(Optional(filter.Since?.UtcDateTime, NpgsqlDbType.TimestampTz));
        command.Parameters.Add(Optional(filter.Until?.UtcDateTime, NpgsqlDbType.TimestampTz));
        command.Parameters.Add(Optional(filter.After, NpgsqlDbType.Uuid));
        command.Parameters.AddTyped((long)limit);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            yield return new AuditEntry(
                reader.GetGuid(0), reader.GetFieldValue<DateTimeOffset>(1), ActorKinds.Parse(reader.GetString(2)), reader.IsDBNull(3) ? null : reader.GetGuid(3), reader.OptionalText(4),
                reader.OptionalText(5), reader.GetString(6), reader.OptionalText(7), reader.OptionalInt(8), reader.OptionalText(9), reader.OptionalText(10));
        }
    }

    /// <returns>How many lines are gone.</returns>
    public async Task<long> RemoveBeforeAsync(DateTimeOffset at, CancellationToken ct)
    {
        for (long total = 0; ;)
        {
            await using NpgsqlCommand command = dataSource.CreateCommand(RemoveSql);
            command.Parameters.AddTyped(at.UtcDateTime);
            int count = await command.ExecuteNonQueryAsync(ct);
            total += count;
            if (count == 0) return total;
        }
    }

    private static NpgsqlParameter Optional<T>(T? value, NpgsqlDbType type) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = type };
}

/// <summary>How actors are called where they are stored and shown.</summary>
public static class ActorKinds
{
    public static string StoredName(this ActorKind kind) => kind switch
    {
        ActorKind.User => "user",
        ActorKind.ApiKey => "api_key",
        _ => "system",
    };

    public static ActorKind Parse(string name) => name switch
    {
        "user" => ActorKind.User,
        "api_key" => ActorKind.ApiKey,
        _ => ActorKind.System,
    };
}
