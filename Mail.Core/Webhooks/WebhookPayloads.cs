using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Messages;
using Npgsql;

namespace Mail.Core.Webhooks;

/// <summary>Makes the bodies of requests from what is stored, so that nothing of a message is kept twice and what is erased is not told any more. The same event makes the same bytes.</summary>
internal sealed class WebhookPayloads(NpgsqlDataSource dataSource)
{
    private static readonly JsonWriterOptions _format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>By webhook and event. What is no longer stored is missing.</returns>
    public async Task<Dictionary<(Guid WebhookId, Guid EventId), WebhookBody>> MakeAsync(IReadOnlyList<ClaimedEvent> events, CancellationToken ct)
    {
        Dictionary<(Guid, Guid), WebhookBody> bodies = new(events.Count);
        List<ClaimedEvent> ofMessages = new(events.Count);
        foreach (ClaimedEvent one in events)
        {
            if (one.Payload is { } data) bodies[(one.WebhookId, one.EventId)] = new WebhookBody(Write(one, json => json.WriteRawValue(data)), null);
            else ofMessages.Add(one);
        }

        if (ofMessages.Count == 0) return bodies;
        Dictionary<(Guid, Guid), ClaimedEvent> asked = ofMessages.ToDictionary(one => (one.WebhookId, one.EventId));
        await using NpgsqlCommand command = dataSource.CreateCommand(WebhookSql.Facts);
        command.Parameters
            .AddTyped(ofMessages.Select(one => one.ProjectId.Value).ToArray()).AddTyped(ofMessages.Select(one => one.WebhookId).ToArray())
            .AddTyped(ofMessages.Select(one => one.EventId).ToArray()).AddTyped(ofMessages.Select(one => one.SubjectId).ToArray());
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            ClaimedEvent one = asked[(reader.GetGuid(0), reader.GetGuid(1))];
            MessageEnvelope envelope = JsonSerializer.Deserialize(reader.GetString(4), StoredMessageJson.Default.MessageEnvelope)!;
            EventFacts facts = new(new MessageId(one.SubjectId), one.Type, reader.GetFieldValue<DateTimeOffset>(2), reader.GetString(3), envelope)
            {
                HappenedAt = one.HappenedAt, ScheduledAt = reader.OptionalTime(5), Recipient = reader.OptionalText(7), Relay = reader.OptionalText(8), Code = reader.OptionalInt(9),
                EnhancedCode = reader.OptionalText(10), Text = reader.OptionalText(11), Attempt = reader.OptionalInt(12), NextAttemptAt = reader.OptionalTime(13),
                Reason = reader.OptionalText(14), Cause = reader.OptionalText(15), Detail = reader.OptionalText(16),
            };
            bodies[(one.WebhookId, one.EventId)] = new WebhookBody(Write(one, facts.Write), reader.OptionalText(17));
        }

        return bodies;
    }

    private static byte[] Write(ClaimedEvent one, Action<Utf8JsonWriter> writeData)
    {
        ArrayBufferWriter<byte> body = new(1024);
        using (Utf8JsonWriter json = new(body, _format))
        {
            json.WriteStartObject();
            json.WriteString("type", one.Type);
            json.WriteString("created_at", EventFacts.Time(one.HappenedAt));
            json.WritePropertyName("data");
            writeData(json);
            json.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }
}

/// <param name="TraceParent">Of the request that accepted the message which the event is about; null where there is none.</param>
internal readonly record struct WebhookBody(byte[] Octets, string? TraceParent);
