using System.Buffers;
using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Messages;

namespace Mail.Core.Webhooks;

/// <summary>Events of a made-up message, as real ones look, so that a receiver can be tried before anything happens.</summary>
internal static class TestEvents
{
    public static JsonElement Of(string type, DateTimeOffset now)
    {
        ArrayBufferWriter<byte> data = new();
        using (Utf8JsonWriter json = new(data))
        {
            if (type.StartsWith("email.", StringComparison.Ordinal)) Message(type, now).Write(json);
            else WriteOther(json, type);
        }

        return JsonDocument.Parse(data.WrittenMemory).RootElement;
    }

    private static EventFacts Message(string type, DateTimeOffset now)
    {
        MessageEnvelope envelope = new("Example <hello@example.com>", ["someone@example.com"], [], [], [], [new MessageTag("test", "true")]);
        EventFacts facts = new(new MessageId(Guid.AllBitsSet), type, now, "A test of your webhook", envelope) { HappenedAt = now, Recipient = "someone@example.com", Relay = "example", Attempt = 1 };
        return type switch
        {
            WebhookEvents.Scheduled => facts with { ScheduledAt = now.AddHours(1), Relay = null, Attempt = null },
            "email.delivery_delayed" => facts with { Code = 451, EnhancedCode = "4.7.1", Text = "Please try again later", NextAttemptAt = now.AddMinutes(5), Cause = "greylisted" },
            "email.bounced" => facts with { Code = 550, EnhancedCode = "5.1.1", Text = "No such user here", Cause = "unknown_user" },
            "email.failed" => facts with { Reason = "No relay took it within its time." },
            "email.suppressed" => facts with { Reason = "The address is on the suppression list.", Relay = null, Attempt = null },
            "email.clicked" => facts with { Detail = $$"""{ "click": { "ipAddress": "192.0.2.1", "link": "https://example.com/", "timestamp": "{{EventFacts.Time(now)}}", "userAgent": "Test" } }""", Relay = null, Attempt = null },
            _ => facts,
        };
    }

    private static void WriteOther(Utf8JsonWriter json, string type)
    {
        json.WriteStartObject();
        json.WriteBoolean("test", true);
        json.WriteString("message", $"A test of your webhook with an event of the type {type}.");
        json.WriteEndObject();
    }
}
