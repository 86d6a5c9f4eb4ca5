using Mail.Core.Common;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Sandbox;

/// <param name="To">The recipient's address; without an @ between two words a part of it.</param>
/// <param name="Subject">Part of the subject, whatever its case.</param>
/// <param name="After">Only what was captured after this one; what is not there any more was before all that is.</param>
/// <param name="Before">Only what was captured before this one.</param>
public sealed record SandboxFilter(int Limit, string? To, string? Subject, Guid? After, Guid? Before);

/// <summary>
/// The sandbox inbox: what was sent with test keys and therefore to nobody. What a project's own `capture` relay took of live mail is not shown here: it may hold
/// codes of people.
/// </summary>
public sealed class SandboxInbox(NpgsqlDataSource dataSource)
{
    // In the order in which they came, and not of their ids, which are made at acceptance: one that was scheduled comes after those that it waited behind.
    // Index: ix_captured_messages_captured. One row too many tells whether there is another page.
    private const string ListSql = """
        SELECT c.id, c.message_id, c.recipient, m.envelope ->> 'from', m.subject, c.captured_at, substring(c.mime FOR $8)
        FROM captured_messages c JOIN messages m ON m.project_id = c.project_id AND m.id = c.message_id AND m.is_test
        WHERE c.project_id = $1
          AND (c.captured_at, c.id) > (coalesce((SELECT captured_at FROM captured_messages WHERE project_id = $1 AND id = $2), '-infinity'), coalesce($2, '00000000-0000-0000-0000-000000000000'))
          AND ($3::uuid IS NULL OR (c.captured_at, c.id) < (SELECT captured_at, id FROM captured_messages WHERE project_id = $1 AND id = $3))
          AND ($4::text IS NULL OR lower(c.recipient) = $4) AND ($5::text IS NULL OR position($5 IN lower(c.recipient)) > 0)
          AND ($6::text IS NULL OR position($6 IN lower(m.subject)) > 0)
        ORDER BY c.captured_at DESC, c.id DESC LIMIT $7
        """;

    private const string FindSql = """
        SELECT c.id, c.message_id, c.recipient, m.envelope ->> 'from', m.subject, c.captured_at, c.mime
        FROM captured_messages c JOIN messages m ON m.project_id = c.project_id AND m.id = c.message_id AND m.is_test
        WHERE c.project_id = $1 AND c.id = $2
        """;

    private const string EmptySql = """
        DELETE FROM captured_messages c WHERE c.project_id = $1 AND ($2::text IS NULL OR lower(c.recipient) = $2) AND ($3::text IS NULL OR position($3 IN lower(c.recipient)) > 0)
          AND EXISTS (SELECT FROM messages m WHERE m.project_id = c.project_id AND m.id = c.message_id AND m.is_test)
        """;

    /// <returns>Newest first, and whether there are older ones that the filter lets through.</returns>
    public async Task<(IReadOnlyList<SandboxSummary> Page, bool HasMore)> ListAsync(ProjectId project, SandboxFilter filter, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(filter);
        (string? address, string? part) = Recipient(filter.To);
        await using NpgsqlCommand command = dataSource.CreateCommand(ListSql);
        command.Parameters.AddTyped(project.Value).AddTyped(filter.After, NpgsqlDbType.Uuid).AddTyped(filter.Before, NpgsqlDbType.Uuid).AddTyped(address, NpgsqlDbType.Text).AddTyped(part, NpgsqlDbType.Text)
            .AddTyped(Lower(filter.Subject), NpgsqlDbType.Text).AddTyped(filter.Limit + 1).AddTyped(SandboxReading.Start);
        List<SandboxSummary> page = new(filter.Limit + 1);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) page.Add(Summary(reader).Summary);
        bool hasMore = page.Count > filter.Limit;
        if (hasMore) page.RemoveAt(filter.Limit);
        return (page, hasMore);
    }

    /// <returns>Null when this project's sandbox has no such mail.</returns>
    public async Task<SandboxMail?> FindAsync(ProjectId project, Guid id, CancellationToken ct) =>
        await ReadAsync(project, id, ct) is { } found ? SandboxReading.Whole(found.Summary, found.Mime) : null;

    /// <returns>Its octets as they would have left; null when this project's sandbox has no such mail.</returns>
    public async Task<byte[]?> RawAsync(ProjectId project, Guid id, CancellationToken ct) => (await ReadAsync(project, id, ct))?.Mime;

    /// <param name="to">As in <see cref="SandboxFilter"/>; null for all.</param>
    /// <returns>How many were removed. What is still on its way comes all the same.</returns>
    public async Task<int> EmptyAsync(ProjectId project, string? to, CancellationToken ct)
    {
        (string? address, string? part) = Recipient(to);
        await using NpgsqlCommand command = dataSource.CreateCommand(EmptySql);
        command.Parameters.AddTyped(project.Value).AddTyped(address, NpgsqlDbType.Text).AddTyped(part, NpgsqlDbType.Text);
        return await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<(SandboxSummary Summary, byte[] Mime)?> ReadAsync(ProjectId project, Guid id, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(FindSql);
        command.Parameters.AddTyped(project.Value).AddTyped(id);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? Summary(reader) : null;
    }

    private static (SandboxSummary Summary, byte[] Mime) Summary(NpgsqlDataReader row)
    {
        byte[] mime = row.GetFieldValue<byte[]>(6);
        string subject = row.GetString(4);
        (string? code, IReadOnlyList<MailLink> links) = SandboxReading.CodeAndLinks(mime, subject);
        return (new SandboxSummary(row.GetGuid(0), new MessageId(row.GetGuid(1)), row.GetString(2), row.GetString(3), subject, row.GetFieldValue<DateTimeOffset>(5), code, links), mime);
    }

    /// <summary>Tests that run beside each other have addresses of their own: a whole address is nobody else's that ends like it.</summary>
    private static (string? Address, string? Part) Recipient(string? to)
    {
        if (Lower(to) is not { } text) return (null, null);
        return text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < text.Length - 1 ? (text, null) : (null, text);
    }

#pragma warning disable CA1308 // as lower() in SQL
    private static string? Lower(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim().ToLowerInvariant();
#pragma warning restore CA1308
}
