using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Flows;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Mailboxes.Usage;

/// <summary>An action: of a person or an app, or a step that followed from it.</summary>
/// <param name="Mailbox">Null for one that was refused before there was a mailbox.</param>
/// <param name="Status">How it ended: as the step says, else `done` or `refused`.</param>
/// <param name="Error">The problem's code; null without one.</param>
public sealed record MailboxLogLine(
    long Id, DateTimeOffset At, string Action, string How, string? By, string? Ip, Guid? Mailbox, string? Address, string? Owner, string? Provider, string Status, string? Error, string? Message, double? Milliseconds);

/// <summary>Which lines.</summary>
/// <param name="Before">Lines older than this one.</param>
public sealed record MailboxLogFilter(MailboxAccess Access, Guid? Mailbox, string? Action, string? Status, string? Provider, DateTimeOffset? Since, DateTimeOffset? Until, long? Before);

/// <summary>What was done to a project's mailboxes, by whom and how it ended (BOX-8): their histories together, and what was refused before there was a mailbox. No line has ever a credential in it.</summary>
public sealed class MailboxLog(NpgsqlDataSource dataSource, TimeProvider clock)
{
    /// <summary>What was refused is nobody's history: its lines stand under the id of no mailbox.</summary>
    public static readonly Guid OfNone = Guid.Empty;

    // A page is made of the newest lines of each of the project's mailboxes: by the primary keys of both, sorted. Lines of ids that are no mailbox's are other flows'.
    private const string ListSql = """
        SELECT h.id, h.at, h.what, h.how, h.who, h.ip, m.id, m.address, coalesce(m.owner, h.person), coalesce(m.provider, h.detail ->> 'provider'), h.detail ->> 'status', h.detail ->> 'code', h.detail ->> 'detail',
               (h.detail ->> 'milliseconds')::double precision, h.detail ->> 'email'
        FROM (SELECT project_id, id, is_test, owner, address, provider FROM mailboxes WHERE project_id = $1 AND is_test = $2 AND ($3::text IS NULL OR owner = $3) AND ($4::uuid IS NULL OR id = $4)
              UNION ALL SELECT $1, '00000000-0000-0000-0000-000000000000', $2, NULL, NULL, NULL WHERE $4::uuid IS NULL) m
        JOIN flow_history h ON h.project_id = m.project_id AND h.subject_id = m.id
        WHERE h.project_id = $1 AND h.id < $5 AND ($6::timestamptz IS NULL OR h.at >= $6) AND ($7::timestamptz IS NULL OR h.at < $7) AND ($8::text IS NULL OR h.what = $8)
          AND ($9::text IS NULL OR coalesce(h.detail ->> 'status', 'done') = $9) AND ($10::text IS NULL OR coalesce(m.provider, h.detail ->> 'provider') = $10)
          AND (m.owner IS NOT NULL OR (coalesce((h.detail ->> 'test')::boolean, false) = $2 AND ($3::text IS NULL OR h.person = $3)))
        ORDER BY h.id DESC LIMIT $11
        """;

    // Of what was refused as much is kept as of other history. An erased person's lines go with the rest of them.
    private const string RemoveSql = """
        DELETE FROM flow_history h USING projects p WHERE h.project_id = p.id AND h.subject_id = '00000000-0000-0000-0000-000000000000' AND h.at < $1 - make_interval(days => p.keep_history_days)
        """;

    /// <summary>The last first.</summary>
    public async Task<(IReadOnlyList<MailboxLogLine> Page, bool HasMore)> ListAsync(MailboxLogFilter filter, int limit, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using NpgsqlCommand command = dataSource.CreateCommand(ListSql);
        command.Parameters.AddTyped(filter.Access.ProjectId.Value).AddTyped(filter.Access.IsTest).AddTyped(filter.Access.Owner, NpgsqlDbType.Text).AddTyped(filter.Mailbox, NpgsqlDbType.Uuid).AddTyped(filter.Before ?? long.MaxValue)
            .AddTyped(filter.Since?.UtcDateTime, NpgsqlDbType.TimestampTz).AddTyped(filter.Until?.UtcDateTime, NpgsqlDbType.TimestampTz).AddTyped(filter.Action, NpgsqlDbType.Text)
            .AddTyped(filter.Status, NpgsqlDbType.Text).AddTyped(filter.Provider, NpgsqlDbType.Text).AddTyped(limit + 1);
        List<MailboxLogLine> lines = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            Guid mailbox = reader.GetGuid(6);
            lines.Add(new MailboxLogLine(
                reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetString(2), reader.GetString(3), reader.OptionalText(4), reader.OptionalText(5), mailbox == OfNone ? null : mailbox,
                reader.OptionalText(7) ?? reader.OptionalText(14), reader.OptionalText(8), reader.OptionalText(9), reader.OptionalText(10) ?? "done", reader.OptionalText(11), reader.OptionalText(12),
                reader.IsDBNull(13) ? null : reader.GetDouble(13)));
        }

        return (lines[..Math.Min(limit, lines.Count)], lines.Count > limit);
    }

    /// <summary>A creation that came to nothing before there was a mailbox: a name that is taken, a limit that is reached.</summary>
    public async Task AddRefusalAsync(MailboxAccess access, string owner, string? address, string? provider, Failure why, FlowActor by, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(access);
        ArgumentNullException.ThrowIfNull(why);
        JsonElement detail = JsonSerializer.SerializeToElement(new MailboxRefusal(provider, address, "refused", why.Code, why.Detail, access.IsTest), MailboxUsageJson.Default.MailboxRefusal);
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await FlowHistory.AddAsync(connection, access.ProjectId, OfNone, new FlowEntry("create", clock.GetUtcNow(), by, owner, detail), ct);
    }

    public async Task RemoveOldAsync(CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(RemoveSql);
        command.Parameters.AddTyped(clock.GetUtcNow().UtcDateTime);
        await command.ExecuteNonQueryAsync(ct);
    }
}
