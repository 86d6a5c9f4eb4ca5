using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Delivery;
using Npgsql;

namespace Mail.Core.Messages;

/// <summary>What became of one recipient so far.</summary>
public sealed record RecipientStatus(
    string Email, string Kind, DeliveryState State, int? Code, string? EnhancedCode, string? Text, string? Relay, int Attempts, DateTimeOffset? NextAttemptAt, string? Reason, string? Cause = null);

/// <summary>The API key that handed a message over.</summary>
/// <param name="Name">Null when it is gone, as the password of a mailbox goes with it.</param>
/// <param name="IsRevoked">Whether it works no more.</param>
/// <param name="MailboxId">The mailbox whose password it is; null for a key of the project's list.</param>
public sealed record MessageKey(Guid Id, string? Name, bool IsRevoked, Guid? MailboxId);

/// <summary>Opens and clicks of a recipient: those of people, when the first was, and those of machines.</summary>
public sealed record RecipientReading(long Opens, DateTimeOffset? OpenedAt, long Clicks, DateTimeOffset? ClickedAt, long MachineOpens, long MachineClicks);

/// <summary>One thing that happened to a message or to one of its recipients; type is the wire name.</summary>
public sealed record MessageEvent(
    Guid Id, string Type, DateTimeOffset CreatedAt, string? Recipient, string? Relay, int? Code, string? EnhancedCode, string? Text, int? Attempt, DateTimeOffset? NextAttemptAt, string? Reason, string? Cause = null, string? Detail = null, bool HasTranscript = false);

/// <summary>Reads messages, their recipients and events, for the API and the console. Always within one project.</summary>
public sealed class MessageReader(NpgsqlDataSource dataSource)
{
    private const string FindSql = """
        SELECT created_at, lane, is_test, guarantee, subject, envelope, content, scheduled_at, trace_parent, rescheduled_at FROM messages WHERE project_id = $1 AND id = $2
        """;

    private const string KeySql = """
        SELECT m.api_key_id, k.name, k.id IS NULL OR k.revoked_at IS NOT NULL, k.mailbox_id FROM messages m LEFT JOIN api_keys k ON k.project_id = m.project_id AND k.id = m.api_key_id
        WHERE m.project_id = $1 AND m.id = $2 AND m.api_key_id IS NOT NULL
        """;

    private const string RecipientsSql = """
        SELECT recipient, kind, state, code, enhanced_code, reply, relay, attempts, next_attempt_at, reason, cause
        FROM recipients WHERE project_id = $1 AND message_id = $2 ORDER BY id
        """;

    private const string EventsSql = """
        SELECT id, type, created_at, recipient, relay, code, enhanced_code, reply, attempt, next_attempt_at, reason, cause, detail::text, transcript IS NOT NULL
        FROM events WHERE project_id = $1 AND message_id = $2 ORDER BY id
        """;

    private const string TranscriptSql = """
        SELECT type, created_at, recipient, relay, attempt, transcript FROM events WHERE project_id = $1 AND message_id = $2 AND id = $3 AND transcript IS NOT NULL
        """;

    private const string ReadingSql = """
        SELECT recipient,
               count(*) FILTER (WHERE is_open AND NOT machine), min(created_at) FILTER (WHERE is_open AND NOT machine),
               count(*) FILTER (WHERE NOT is_open AND NOT machine), min(created_at) FILTER (WHERE NOT is_open AND NOT machine),
               count(*) FILTER (WHERE is_open AND machine), count(*) FILTER (WHERE NOT is_open AND machine)
        FROM (SELECT recipient, created_at, type = 'email.opened' AS is_open, coalesce((detail ->> 'machine')::boolean, false) AS machine
              FROM events WHERE project_id = $1 AND message_id = $2 AND type IN ('email.opened', 'email.clicked')) AS hit
        GROUP BY recipient
        """;

    /// <returns>Whether a test key has sent it, and which part of Mail made it, if one did. Null when this project has no such message.</returns>
    public async Task<(bool IsTest, string? Source)?> OriginAsync(ProjectId projectId, MessageId id, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand("SELECT is_test, envelope ->> 'source' FROM messages WHERE project_id = $1 AND id = $2");
        command.Parameters.AddTyped(projectId.Value).AddTyped(id.Value);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? (reader.GetBoolean(0), reader.OptionalText(1)) : null;
    }

    /// <returns>Null when this project has no such message.</returns>
    public async Task<StoredMessage?> FindAsync(ProjectId projectId, MessageId id, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(FindSql);
        command.Parameters.AddTyped(projectId.Value).AddTyped(id.Value);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return null;
        return new StoredMessage(
            projectId, id, reader.GetFieldValue<DateTimeOffset>(0), (Lane)reader.GetInt16(1), reader.GetBoolean(2), StoredNames.ParseGuarantee(reader.GetString(3)), reader.GetString(4),
            Envelope(reader.GetString(5)), JsonSerializer.Deserialize(reader.GetString(6), StoredMessageJson.Default.MessageContent)!, reader.OptionalTime(7), reader.OptionalText(8))
        { RescheduledAt = reader.OptionalTime(9) };
    }

    /// <returns>Null for what no key handed over.</returns>
    public async Task<MessageKey?> KeyAsync(ProjectId projectId, MessageId id, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(KeySql);
        command.Parameters.AddTyped(projectId.Value).AddTyped(id.Value);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new MessageKey(reader.GetGuid(0), reader.OptionalText(1), reader.GetBoolean(2), reader.IsDBNull(3) ? null : reader.GetGuid(3)) : null;
    }

    /// <returns>Null when it took part in none.</returns>
    public async Task<(Guid Experiment, string Arm)?> ExperimentAsync(ProjectId projectId, MessageId id, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand("SELECT experiment_id, arm FROM experiment_messages WHERE project_id = $1 AND message_id = $2");
        command.Parameters.AddTyped(projectId.Value).AddTyped(id.Value);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? (reader.GetGuid(0), reader.GetString(1)) : null;
    }

    /// <summary>In the order of the message's to, cc and bcc.</summary>
    public async Task<IReadOnlyList<RecipientStatus>> RecipientsAsync(ProjectId projectId, MessageId id, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(RecipientsSql);
        command.Parameters.AddTyped(projectId.Value).AddTyped(id.Value);
        List<RecipientStatus> recipients = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            recipients.Add(new RecipientStatus(
                reader.GetString(0), reader.GetString(1), DeliveryStates.Parse(reader.GetString(2)), reader.OptionalInt(3), reader.OptionalText(4), reader.OptionalText(5),
                reader.OptionalText(6), reader.GetInt32(7), reader.OptionalTime(8), reader.OptionalText(9), reader.OptionalText(10)));
        }

        return recipients;
    }

    /// <returns>By recipient; empty for a message that nobody has opened, or that is not tracked.</returns>
    public async Task<IReadOnlyDictionary<string, RecipientReading>> ReadingAsync(ProjectId projectId, MessageId id, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ReadingSql);
        command.Parameters.AddTyped(projectId.Value).AddTyped(id.Value);
        Dictionary<string, RecipientReading> reading = new(StringComparer.OrdinalIgnoreCase);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            if (reader.OptionalText(0) is { } recipient) reading[recipient] = new RecipientReading(reader.GetInt64(1), reader.OptionalTime(2), reader.GetInt64(3), reader.OptionalTime(4), reader.GetInt64(5), reader.GetInt64(6));
        return reading;
    }

    /// <summary>In the order in which things happened.</summary>
    public async Task<IReadOnlyList<MessageEvent>> EventsAsync(ProjectId projectId, MessageId id, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(EventsSql);
        command.Parameters.AddTyped(projectId.Value).AddTyped(id.Value);
        List<MessageEvent> events = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            events.Add(new MessageEvent(
                reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2), reader.OptionalText(3), reader.OptionalText(4), reader.OptionalInt(5),
                reader.OptionalText(6), reader.OptionalText(7), reader.OptionalInt(8), reader.OptionalTime(9), reader.OptionalText(10), reader.OptionalText(11), reader.OptionalText(12), reader.GetBoolean(13)));
        }

        return events;
    }

    /// <summary>What was said in an attempt (<see cref="Relays.AttemptTranscript"/>).</summary>
    /// <returns>Null when this project has no such event, or it has no transcript.</returns>
    public async Task<(MessageEvent Event, string Transcript)?> TranscriptAsync(ProjectId projectId, MessageId id, Guid eventId, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(TranscriptSql);
        command.Parameters.AddTyped(projectId.Value).AddTyped(id.Value).AddTyped(eventId);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return null;
        MessageEvent happened = new(eventId, reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1), reader.OptionalText(2), reader.OptionalText(3), null, null, null, reader.OptionalInt(4), null, null, HasTranscript: true);
        return (happened, reader.GetString(5));
    }

    internal static MessageEnvelope Envelope(string json) => JsonSerializer.Deserialize(json, StoredMessageJson.Default.MessageEnvelope)!;
}
