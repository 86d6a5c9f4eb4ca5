using Mail.Core.Common;
using Mail.Protocol.Mime.Parsing;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Mailboxes.Providers.Local;

/// <summary>A mail in a list.</summary>
public sealed record LocalMailEntry(Guid Id, string Sender, string Subject, int Bytes, bool IsRead, DateTimeOffset ReceivedAt);

/// <summary>What became of a mail from outside.</summary>
public enum LocalArrival
{
    Stored,

    /// <summary>The mailbox holds as much as it may.</summary>
    Full,

    /// <summary>It was suspended or removed since its address was taken.</summary>
    Closed,
}

/// <summary>The table `local_mails`: what has come into the mailboxes of this installation.</summary>
public sealed class LocalInbox(NpgsqlDataSource dataSource, TimeProvider clock)
{
    /// <summary>Of one mailbox, in bytes.</summary>
    public const long Room = 1024L * 1024 * 1024;

    private const int LongestText = 500;

    // The size is counted in the same statement as the mail is stored: two that come at once cannot both take the last room.
    private const string AddSql = """
        WITH taken AS (
            UPDATE local_mailboxes SET bytes = bytes + $6 WHERE project_id = $1 AND mailbox_id = $2 AND is_open AND bytes + $6 <= $9 RETURNING 1
        ), stored AS (
            INSERT INTO local_mails (project_id, mailbox_id, id, sender, subject, bytes, mime, received_at)
            SELECT $1, $2, $3, $4, $5, $6, $7, $8 FROM taken
        )
        SELECT (SELECT count(*) FROM taken), (SELECT is_open FROM local_mailboxes WHERE project_id = $1 AND mailbox_id = $2)
        """;

    // Ids are UUIDv7: a page is a range of the primary key, the newest first. One row too many tells whether there is another page.
    private const string ListSql = """
        SELECT id, sender, subject, bytes, is_read, received_at FROM local_mails WHERE project_id = $1 AND mailbox_id = $2 AND id < $3 ORDER BY id DESC LIMIT $4
        """;

    private const string ReadSql = "UPDATE local_mails SET is_read = true WHERE project_id = $1 AND mailbox_id = $2 AND id = $3 RETURNING mime";

    private const string RemoveSql = "DELETE FROM local_mails WHERE project_id = $1 AND mailbox_id = $2 AND id = $3"; // a trigger gives the room back

    /// <param name="mime">As it came, with Return-Path and Received before it.</param>
    public async Task<LocalArrival> AddAsync(LocalMailbox mailbox, byte[] mime, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mailbox);
        ArgumentNullException.ThrowIfNull(mime);
        DateTimeOffset now = clock.GetUtcNow();
        ParsedMessage? message = ParsedMessage.TryParse(mime, out ParsedMessage? parsed, out _) ? parsed : null; // what nobody can read is kept too
        ParsedMailbox? from = message is { From: [var one, ..] } ? one : null;
        string sender = from is not { } first ? "" : first.DisplayName is { Length: > 0 } name ? $"{name} <{first.Address}>" : first.Address;
        await using NpgsqlCommand command = dataSource.CreateCommand(AddSql);
        command.Parameters.AddTyped(mailbox.Project.Value).AddTyped(mailbox.Id).AddTyped(UuidV7.New(now)).AddTyped(Storable(sender)).AddTyped(Storable(message?.Subject ?? "")).AddTyped(mime.Length)
            .AddTyped(mime, NpgsqlDbType.Bytea).AddTyped(now.UtcDateTime).AddTyped(Room);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        if (reader.GetInt64(0) == 1) return LocalArrival.Stored;
        return !reader.IsDBNull(1) && reader.GetBoolean(1) ? LocalArrival.Full : LocalArrival.Closed;
    }

    /// <param name="after">The last id of the page before.</param>
    public async Task<(IReadOnlyList<LocalMailEntry> Page, bool HasMore)> ListAsync(ProjectId project, Guid mailbox, int limit, Guid? after, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ListSql);
        command.Parameters.AddTyped(project.Value).AddTyped(mailbox).AddTyped(after ?? Guid.AllBitsSet).AddTyped(limit + 1);
        List<LocalMailEntry> page = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            page.Add(new LocalMailEntry(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetInt32(3), reader.GetBoolean(4), reader.GetFieldValue<DateTimeOffset>(5)));
        return (page[..Math.Min(limit, page.Count)], page.Count > limit);
    }

    /// <summary>The mail itself; it counts as read from then on.</summary>
    /// <returns>Null when there is none of this id.</returns>
    public async Task<byte[]?> ReadAsync(ProjectId project, Guid mailbox, Guid id, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ReadSql);
        command.Parameters.AddTyped(project.Value).AddTyped(mailbox).AddTyped(id);
        return (byte[]?)await command.ExecuteScalarAsync(ct);
    }

    /// <returns>Whether there was one.</returns>
    public async Task<bool> RemoveAsync(ProjectId project, Guid mailbox, Guid id, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(RemoveSql);
        command.Parameters.AddTyped(project.Value).AddTyped(mailbox).AddTyped(id);
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>What PostgreSQL takes, at a length that a list can show.</summary>
    private static string Storable(string text) => string.Concat(text.EnumerateRunes().Where(rune => rune.Value != 0).Take(LongestText));
}
