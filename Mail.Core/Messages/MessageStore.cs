using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Database;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mail.Core.Messages;

/// <summary>Reads stored messages for the workers: many at once, of any project, without their attachments.</summary>
public sealed partial class MessageStore(NpgsqlDataSource dataSource, ILogger<MessageStore> logger) : IAsyncDisposable
{
    // One row of unnest is one probe of one primary key: the list may hold messages of any project and month.
    private const string LoadSql = """
        SELECT m.project_id, m.id, m.created_at, m.lane, m.is_test, m.guarantee, m.subject, m.envelope, m.content, m.scheduled_at, m.trace_parent, m.rescheduled_at
        FROM unnest($1::uuid[], $2::uuid[]) AS wanted(project_id, id) JOIN messages m USING (project_id, id)
        """;

    private readonly HeldConnection _connection = new(dataSource);

    /// <returns>Those that there are; null stands for one that this version cannot read, which is logged: it must not stop the others.</returns>
    public Task<Dictionary<MessageId, StoredMessage?>> LoadAsync(IReadOnlyCollection<(ProjectId ProjectId, MessageId Id)> wanted, CancellationToken ct) => _connection.UseAsync(async (connection, ct) =>
    {
        await using NpgsqlCommand command = new(LoadSql, connection);
        command.Parameters.AddTyped(wanted.Select(key => key.ProjectId.Value).ToArray()).AddTyped(wanted.Select(key => key.Id.Value).ToArray());
        await command.PrepareAsync(ct);
        Dictionary<MessageId, StoredMessage?> messages = new(wanted.Count);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            MessageId id = new(reader.GetGuid(1));
            try
            {
                messages[id] = Read(reader, id);
            }
            catch (Exception e) when (e is JsonException or FormatException or InvalidCastException)
            {
                messages[id] = null;
                LogUnreadable(e, id);
            }
        }

        return messages;
    }, ct);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static StoredMessage Read(NpgsqlDataReader reader, MessageId id) => new(
        new ProjectId(reader.GetGuid(0)), id, reader.GetFieldValue<DateTimeOffset>(2), (Lane)reader.GetInt16(3), reader.GetBoolean(4),
        StoredNames.ParseGuarantee(reader.GetString(5)), reader.GetString(6),
        JsonSerializer.Deserialize(reader.GetString(7), StoredMessageJson.Default.MessageEnvelope) ?? throw new JsonException("The envelope is null."),
        JsonSerializer.Deserialize(reader.GetString(8), StoredMessageJson.Default.MessageContent) ?? throw new JsonException("The content is null."),
        reader.OptionalTime(9), reader.OptionalText(10))
    { RescheduledAt = reader.OptionalTime(11) };

    [LoggerMessage(Level = LogLevel.Error, Message = "The stored message {MessageId} cannot be read")]
    private partial void LogUnreadable(Exception e, MessageId messageId);
}
