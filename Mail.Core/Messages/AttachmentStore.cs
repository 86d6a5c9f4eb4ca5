using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Messages;

/// <summary>Attachments' bytes. They are stored before their message is committed, so that a group commit stays small.</summary>
public sealed class AttachmentStore(NpgsqlDataSource dataSource)
{
    private const string Insert = """
        INSERT INTO attachments (project_id, message_id, ordinal, content)
        SELECT $1, $2, row_number() OVER () - 1, content FROM unnest($3::bytea[]) AS a(content)
        """;

    private const string Select = "SELECT message_id, ordinal, content FROM attachments WHERE (project_id, message_id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[])) ORDER BY message_id, ordinal";

    // An attachment whose message was never committed: the process died, or the caller's key had lost. An hour is far beyond any commit.
    private const string DeleteOrphans = """
        DELETE FROM attachments a WHERE a.message_id >= $1 AND a.message_id < $2
        AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.project_id = a.project_id AND m.id = a.message_id)
        """;

    public async Task StoreAsync(ProjectId projectId, MessageId messageId, IReadOnlyList<byte[]> contents, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Insert);
        command.Parameters.AddTyped(projectId.Value).AddTyped(messageId.Value).AddTyped(contents.ToArray());
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The contents of several messages' attachments, each message's by ordinal.</summary>
    public async Task<Dictionary<MessageId, List<byte[]>>> LoadAsync(IReadOnlyCollection<(ProjectId ProjectId, MessageId MessageId)> messages, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Select);
        command.Parameters.AddTyped(messages.Select(message => message.ProjectId.Value).ToArray()).AddTyped(messages.Select(message => message.MessageId.Value).ToArray());
        Dictionary<MessageId, List<byte[]>> contents = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            MessageId id = new(reader.GetGuid(0));
            if (!contents.TryGetValue(id, out List<byte[]>? of)) contents.Add(id, of = []);
            of.Add(reader.GetFieldValue<byte[]>(2));
        }

        return contents;
    }

    /// <summary>Removes the attachments of messages that never came, made between the two times.</summary>
    public async Task<int> DeleteOrphansAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(DeleteOrphans);
        command.Parameters.AddTyped(UuidV7.First(from)).AddTyped(UuidV7.First(to));
        return await command.ExecuteNonQueryAsync(ct);
    }
}
