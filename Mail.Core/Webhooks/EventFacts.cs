using System.Globalization;
using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Delivery.Catalogue;
using Mail.Core.Messages;
using Mail.Protocol.Mime;

namespace Mail.Core.Webhooks;

/// <summary>What happened to a message, written as the `data` of a webhook: Resend's fields, and what else we know.</summary>
internal sealed record EventFacts(MessageId MessageId, string Type, DateTimeOffset AcceptedAt, string Subject, MessageEnvelope Envelope)
{
    public DateTimeOffset HappenedAt { get; init; }

    public DateTimeOffset? ScheduledAt { get; init; }

    public string? Recipient { get; init; }

    public string? Relay { get; init; }

    public int? Code { get; init; }

    public string? EnhancedCode { get; init; }

    public string? Text { get; init; }

    public int? Attempt { get; init; }

    public DateTimeOffset? NextAttemptAt { get; init; }

    public string? Reason { get; init; }

    public string? Cause { get; init; }

    /// <summary>A JSON object of what events of this type alone say; its fields go into `data` as they are, before ours of the same name.</summary>
    public string? Detail { get; init; }

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public void Write(Utf8JsonWriter json)
    {
        using JsonDocument? detail = Detail is null ? null : JsonDocument.Parse(Detail);
        HashSet<string> said = [.. detail?.RootElement is { ValueKind: JsonValueKind.Object } fields ? fields.EnumerateObject().Select(field => field.Name) : []];
        json.WriteStartObject();
        json.WriteString("email_id", MessageId.ToString());
        json.WriteString("message_id", MessageIdHeader());
        json.WriteString("from", Envelope.From);
        WriteList(json, "to", Envelope.To);
        if (Envelope.Cc.Count > 0) WriteList(json, "cc", Envelope.Cc);
        if (Envelope.Bcc.Count > 0) WriteList(json, "bcc", Envelope.Bcc);
        json.WriteString("subject", Subject);
        json.WriteString("created_at", Time(AcceptedAt));
        WriteTags(json);
        if (Type == WebhookEvents.Scheduled && (NextAttemptAt ?? ScheduledAt) is { } scheduled) json.WriteString("scheduled_at", Time(scheduled));
        if (Recipient is not null) json.WriteString("recipient", Recipient);
        if (Relay is not null) json.WriteString("relay", Relay);
        if (Code is { } code) json.WriteNumber("code", code);
        if (EnhancedCode is not null) json.WriteString("enhanced_code", EnhancedCode);
        if (Text is not null) json.WriteString("text", Text);
        if (Attempt is { } attempt) json.WriteNumber("attempt", attempt);
        if (NextAttemptAt is { } next && Type != WebhookEvents.Scheduled) json.WriteString("next_attempt_at", Time(next));
        if (Reason is not null) json.WriteString("reason", Reason);
        WriteCause(json);
        WriteExtras(json, said);
        if (detail is not null)
            foreach (string name in said.Where(name => !_ours.Contains(name)))
            {
                json.WritePropertyName(name);
                detail.RootElement.GetProperty(name).WriteTo(json);
            }

        json.WriteEndObject();
    }

    private static readonly HashSet<string> _ours = ["email_id", "message_id", "from", "to", "cc", "bcc", "subject", "created_at", "tags", "recipient", "relay", "code", "enhanced_code", "text", "attempt", "next_attempt_at", "reason", "cause"];

    private string MessageIdHeader() => EmailAddress.TryParse(Envelope.From, out EmailAddress? from, out _) ? $"<{MessageId}@{from.AsciiDomain}>" : $"<{MessageId}>";

    private void WriteTags(Utf8JsonWriter json)
    {
        json.WriteStartObject("tags");
        foreach (MessageTag tag in Envelope.Tags.DistinctBy(tag => tag.Name)) json.WriteString(tag.Name, tag.Value);
        json.WriteEndObject();
    }

    private void WriteCause(Utf8JsonWriter json)
    {
        if (StoredCause.OfEvent(Type, Cause, Reason) is not { } cause) return;
        json.WriteStartObject("cause");
        json.WriteString("code", cause.Code);
        json.WriteString("title", cause.English.Title);
        json.WriteString("remedy", cause.English.Remedy);
        json.WriteEndObject();
    }

    /// <summary>As Resend has them, unless the event's detail says it better.</summary>
    private void WriteExtras(Utf8JsonWriter json, HashSet<string> said)
    {
        string words = Text ?? Reason ?? "";
        switch (Type)
        {
            case "email.bounced" when !said.Contains("bounce"):
                json.WriteStartObject("bounce");
                json.WriteString("type", "Permanent"); // our state: what may yet arrive is delivery_delayed
                json.WriteString("subType", "General");
                json.WriteString("message", words);
                json.WriteEndObject();
                break;
            case "email.failed" when !said.Contains("failed"):
                json.WriteStartObject("failed");
                json.WriteString("reason", Reason ?? words);
                json.WriteEndObject();
                break;
            case "email.suppressed" when !said.Contains("suppressed"):
                json.WriteStartObject("suppressed");
                json.WriteString("type", "OnSuppressionList");
                json.WriteString("message", Reason ?? words);
                json.WriteEndObject();
                break;
        }
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
