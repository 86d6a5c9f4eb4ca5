using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Core.Common;
using Mail.Core.Messages;
using Npgsql;

namespace Mail.Core.Privacy;

/// <summary>
/// One message in an export. Of one that went to others too, what the person could see of it: not who got blind copies, nor what became of the others. Of one that only
/// names the person, that there is one: it is somebody else's mail.
/// </summary>
internal static partial class MessageExport
{
    private const string RecipientsSql = """
        SELECT (to_jsonb(r) - 'project_id' - 'message_id')::text FROM recipients r WHERE project_id = $1 AND message_id = $2 AND id = ANY ($3) ORDER BY id
        """;

    private const string ConversionsSql = "SELECT (to_jsonb(c) - 'project_id' - 'message_id' - 'id')::text FROM conversions c WHERE project_id = $1 AND message_id = $2 ORDER BY occurred_at";
    private const string ExperimentSql = "SELECT jsonb_build_object('id', experiment_id, 'arm', arm)::text FROM experiment_messages WHERE project_id = $1 AND message_id = $2";
    private const string FilesSql = "SELECT ordinal, content FROM attachments WHERE project_id = $1 AND message_id = $2 ORDER BY ordinal";
    private const string CapturedSql = "SELECT id, captured_at, mime FROM captured_messages WHERE project_id = $1 AND message_id = $2 AND id = ANY ($3) ORDER BY id";

    public static async Task WriteAsync(NpgsqlConnection connection, ProjectId project, PersonAddress person, ConcernedMessage message, Utf8JsonWriter json, CancellationToken ct)
    {
        bool isTo = message.Deliveries.Count > 0, isCode = message.Lane == Lane.Critical || message.Content?.Secrets is not null;
        json.WriteStartObject();
        json.WriteString("id", message.Id);
        json.WriteString("created_at", message.CreatedAt);
        if (message.ScheduledAt is { } at) json.WriteString("scheduled_at", at);
        json.WriteString("role", isTo ? "recipient" : "named");
        json.WriteString("lane", message.Lane.Name());
        json.WriteBoolean("is_test", message.IsTest);
        if (message.Envelope is { } envelope) json.WriteString("from", envelope.From);
        if (isTo)
        {
            json.WriteString("subject", isCode ? Digits().Replace(message.Subject, "••••") : message.Subject);
            if (message.Envelope is { } shown) WriteEnvelope(json, shown, person);
            await WriteRowsAsync(connection, json, project, message, ct);
            await WriteAllAsync(connection, json, "experiments", ExperimentSql, project, message.Id, ct);
            await WriteAllAsync(connection, json, "conversions", ConversionsSql, project, message.Id, ct);
            if (isCode) json.WriteString("content_withheld", "Codes are not shown.");
            else if (message.Content is { } content) await WriteContentAsync(connection, json, project, message, content, ct);
        }

        json.WriteEndObject();
    }

    private static void WriteEnvelope(Utf8JsonWriter json, MessageEnvelope envelope, PersonAddress person)
    {
        WriteList(json, "to", envelope.To);
        WriteList(json, "cc", envelope.Cc);
        WriteList(json, "bcc", envelope.Bcc.Where(person.Is));
        WriteList(json, "reply_to", envelope.ReplyTo);
        json.WriteStartArray("tags");
        foreach (MessageTag tag in envelope.Tags)
        {
            json.WriteStartObject();
            json.WriteString("name", tag.Name);
            json.WriteString("value", tag.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static async Task WriteRowsAsync(NpgsqlConnection connection, Utf8JsonWriter json, ProjectId project, ConcernedMessage message, CancellationToken ct)
    {
        json.WriteStartArray("recipients");
        await using NpgsqlCommand command = Command(connection, RecipientsSql, project, message.Id);
        command.Parameters.AddTyped(message.Deliveries.ToArray());
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) json.WriteRawValue(reader.GetString(0));
        json.WriteEndArray();
    }

    private static async Task WriteAllAsync(NpgsqlConnection connection, Utf8JsonWriter json, string name, string sql, ProjectId project, Guid message, CancellationToken ct)
    {
        json.WriteStartArray(name);
        await using NpgsqlCommand command = Command(connection, sql, project, message);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) json.WriteRawValue(reader.GetString(0));
        json.WriteEndArray();
    }

    private static async Task WriteContentAsync(NpgsqlConnection connection, Utf8JsonWriter json, ProjectId project, ConcernedMessage message, MessageContent content, CancellationToken ct)
    {
        if (content.RemovedAt is { } removed) json.WriteString("content_removed_at", removed);
        if (content.Html is not null) json.WriteString("html", content.Html);
        if (content.Text is not null) json.WriteString("text", content.Text);
        if (content.TopicId is not null) json.WriteString("topic_id", content.TopicId);
        json.WriteStartObject("headers");
        foreach ((string name, string value) in content.Headers) json.WriteString(name, value);
        json.WriteEndObject();
        if (content.Template is { } template) WriteTemplate(json, template);
        if (content.Raw is { } raw && (raw.Octets ?? await MessageScan.LargeAsync(connection, project, message.Id, ct)) is { } octets) json.WriteBase64String("mail", octets);
        await WriteFilesAsync(connection, json, project, message, content, ct);
        json.WriteStartArray("captured");
        await using NpgsqlCommand command = Command(connection, CapturedSql, project, message.Id);
        command.Parameters.AddTyped(message.Deliveries.ToArray());
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            json.WriteStartObject();
            json.WriteString("id", reader.GetGuid(0));
            json.WriteString("captured_at", reader.GetFieldValue<DateTimeOffset>(1));
            json.WriteBase64String("mail", reader.GetFieldValue<byte[]>(2));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTemplate(Utf8JsonWriter json, TemplateUse template)
    {
        json.WriteStartObject("template");
        json.WriteString("id", template.Id);
        json.WriteString("version", template.Version);
        json.WriteString("locale", template.Locale);
        json.WriteStartObject("variables");
        foreach ((string name, JsonElement value) in template.Variables)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static async Task WriteFilesAsync(NpgsqlConnection connection, Utf8JsonWriter json, ProjectId project, ConcernedMessage message, MessageContent content, CancellationToken ct)
    {
        json.WriteStartArray("attachments");
        if (content.Attachments.Count > 0)
        {
            await using NpgsqlCommand command = Command(connection, FilesSql, project, message.Id);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                AttachmentFacts? facts = content.Attachments.FirstOrDefault(known => known.Ordinal == reader.GetInt32(0));
                json.WriteStartObject();
                json.WriteString("filename", facts?.FileName);
                json.WriteString("content_type", facts?.ContentType);
                json.WriteString("content_id", facts?.ContentId);
                json.WriteBase64String("content", reader.GetFieldValue<byte[]>(1));
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, ProjectId project, Guid message)
    {
#pragma warning disable CA2100 // one of the constants above
        NpgsqlCommand command = new(sql, connection);
#pragma warning restore CA2100
        command.Parameters.AddTyped(project.Value).AddTyped(message);
        return command;
    }

    /// <summary>As retention hides them.</summary>
    [GeneratedRegex("[0-9]{4,}")]
    private static partial Regex Digits();
}
