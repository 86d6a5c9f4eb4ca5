using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Delivery;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Messages;

/// <summary>What a list shows of a message.</summary>
public sealed record MessageSummary(MessageId Id, DateTimeOffset CreatedAt, string Subject, MessageEnvelope Envelope, DateTimeOffset? ScheduledAt, DeliveryState State);

/// <summary>What became of one recipient so far.</summary>
public sealed record RecipientStatus(
    string Email, string Kind, DeliveryState State, int? Code, string? EnhancedCode, string? Text, string? Relay, int Attempts, DateTimeOffset? NextAttemptAt, string? Reason, string? Cause = null);

/// <summary>Opens and clicks of a recipient: those of people, when the first was, and those of machines.</summary>
public sealed record RecipientReading(long Opens, DateTimeOffset? OpenedAt, long Clicks, DateTimeOffset? ClickedAt, long MachineOpens, long MachineClicks);

/// <summary>One thing that happened to a message or to one of its recipients; type is the wire name.</summary>
public sealed record MessageEvent(
    Guid Id, string Type, DateTimeOffset CreatedAt, string? Recipient, string? Relay, int? Code, string? EnhancedCode, string? Text, int? Attempt, DateTimeOffset? NextAttemptAt, string? Reason, string? Cause = null, string? Detail = null);

/// <param name="After">Only messages older than this one (the next page).</param>
/// <param name="Before">Only messages newer than this one (the page before).</param>
/// <param name="State">Only messages of which a recipient is in that state.</param>
/// <param name="Recipient">Only messages of which a recipient's address contains that text.</param>
public sealed record MessageFilter(int Limit, MessageId? After, MessageId? Before, DeliveryState? State, string? Recipient)
{
    /// <summary>Only messages that took part in that experiment.</summary>
    public Guid? ExperimentId { get; init; }

    /// <summary>Of those, the ones that took that arm; null for all.</summary>
    public string? Arm { get; init; }

    /// <summary>Only messages of test keys.</summary>
    public bool OnlyTest { get; init; }
}

/// <summary>Reads messages, their recipients and events, for the API and the console. Always within one project.</summary>
public sealed class MessageReader(NpgsqlDataSource dataSource)
{
    // Ids are UUIDv7: newest first is the primary key backwards, and a page is a range of it, bounded on both sides so that the index
    // serves every form of the question. One row too many tells whether there is another page.
    private const string ListSql = """
        SELECT m.id, m.created_at, m.subject, m.envelope, coalesce(m.rescheduled_at, m.scheduled_at),
               (SELECT array_agg(DISTINCT r.state) FROM recipients r WHERE r.project_id = m.project_id AND r.message_id = m.id)
        FROM messages m
        WHERE m.project_id = $1 AND m.id < $2 AND m.id > $3
          AND (($4::text IS NULL AND $5::text IS NULL) OR EXISTS (
              SELECT 1 FROM recipients r WHERE r.project_id = m.project_id AND r.message_id = m.id
              AND ($4 IS NULL OR r.state = $4) AND ($5 IS NULL OR position(lower($5) IN lower(r.recipient)) > 0)))
          AND ($6::uuid IS NULL OR EXISTS (
              SELECT 1 FROM experiment_messages x WHERE x.project_id = m.project_id AND x.message_id = m.id AND x.experiment_id = $6 AND ($7::text IS NULL OR x.arm = $7)))
          AND (NOT $9 OR m.is_test)
        """;

    private const string ListOlderSql = ListSql + " ORDER BY m.id DESC LIMIT $8";
    private const string ListNewerSql = ListSql + " ORDER BY m.id LIMIT $8";

    private const string FindSql = """
        SELECT created_at, lane, is_test, guarantee, subject, envelope, content, scheduled_at, trace_parent, rescheduled_at FROM messages WHERE project_id = $1 AND id = $2
        """;

    private const string RecipientsSql = """
        SELECT recipient, kind, state, code, enhanced_code, reply, relay, attempts, next_attempt_at, reason, cause
        FROM recipients WHERE project_id = $1 AND message_id = $2 ORDER BY id
        """;

    private const string EventsSql = """
        SELECT id, type, created_at, recipient, relay, code, enhanced_code, reply, attempt, next_attempt_at, reason, cause, detail::text
        FROM events WHERE project_id = $1 AND message_id = $2 ORDER BY id
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

    /// <returns>Newest first, and whether there are more in the direction asked for.</returns>
    public async Task<(IReadOnlyList<MessageSummary> Page, bool HasMore)> ListAsync(ProjectId projectId, MessageFilter filter, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using NpgsqlCommand command = dataSource.CreateCommand(filter.Before is null ? ListOlderSql : ListNewerSql);
        command.Parameters
            .AddTyped(projectId.Value).AddTyped(filter.After?.Value ?? Guid.AllBitsSet).AddTyped(filter.Before?.Value ?? Guid.Empty)
            .AddTyped(filter.State?.Name(), NpgsqlDbType.Text).AddTyped(filter.Recipient, NpgsqlDbType.Text)
            .AddTyped(filter.ExperimentId, NpgsqlDbType.Uuid).AddTyped(filter.Arm, NpgsqlDbType.Text).AddTyped(filter.Limit + 1).AddTyped(filter.OnlyTest);
        List<MessageSummary> page = new(filter.Limit + 1);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            page.Add(new MessageSummary(
                new MessageId(reader.GetGuid(0)), reader.GetFieldValue<DateTimeOffset>(1), reader.GetString(2), Envelope(reader.GetString(3)), reader.OptionalTime(4),
                DeliveryStates.Worst(reader.GetFieldValue<string[]>(5).Select(DeliveryStates.Parse))));
        }

        bool hasMore = page.Count > filter.Limit;
        if (hasMore) page.RemoveAt(filter.Limit);
        if (filter.Before is not null) page.Reverse();
        return (page, hasMore);
    }

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
                reader.OptionalText(6), reader.OptionalText(7), reader.OptionalInt(8), reader.OptionalTime(9), reader.OptionalText(10), reader.OptionalText(11), reader.OptionalText(12)));
        }

        return events;
    }

    private static MessageEnvelope Envelope(string json) => JsonSerializer.Deserialize(json, StoredMessageJson.Default.MessageEnvelope)!;
}
