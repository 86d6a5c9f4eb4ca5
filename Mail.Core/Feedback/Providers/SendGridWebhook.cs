using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Relays;
using Mail.Core.Relays.Http;
using Microsoft.Extensions.Options;

namespace Mail.Core.Feedback.Providers;

/// <summary>
/// SendGrid's Event Webhook (https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event), signed with ECDSA over P-256 and SHA-256 of timestamp and body
/// (https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features). A request holds many events.
/// </summary>
internal sealed class SendGridWebhook(IOptions<ProviderWebhookOptions> options) : IProviderWebhook
{
    private const string SignatureHeader = "X-Twilio-Email-Event-Webhook-Signature", TimestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp";

    public RelayKind Kind => RelayKind.SendGrid;

    public string Title => "SendGrid";

    public string Setting => WebhookFields.SendGrid.Name;

    public int? StopsRetries => null;

    public ValueTask<Result<ProviderCall>> ReadAsync(ProviderRequest request, string proof, DateTimeOffset now, CancellationToken ct) => ValueTask.FromResult(Read(request, proof, now));

    private Result<ProviderCall> Read(ProviderRequest request, string proof, DateTimeOffset now)
    {
        if (request.Header(SignatureHeader) is not { } signature || request.Header(TimestampHeader) is not { } timestamp) return WebhookRefusals.NotSigned($"{SignatureHeader} and {TimestampHeader}");
        if (!WebhookRefusals.TryReadSeconds(timestamp, out DateTimeOffset at) || !IsSigned(request.Body.Span, timestamp, signature, proof)) return WebhookRefusals.WrongSignature(Setting);
        if (WebhookRefusals.Judge(at, now, options.Value.SendGridTolerance) is { } late) return late;
        if (!WebhookJson.TryParse(request.Body, out JsonDocument? document)) return WebhookRefusals.Unreadable("is not JSON.");
        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Array) return WebhookRefusals.Unreadable("is no list of events.");
            return new ProviderCall($"{timestamp}.{Convert.ToHexString(SHA256.HashData(request.Body.Span))}", [.. document.RootElement.EnumerateArray().Select(Read).OfType<ProviderEvent>()]);
        }
    }

    private static bool IsSigned(ReadOnlySpan<byte> body, string timestamp, string signature, string key)
    {
        using ECDsa? verifier = WebhookFields.EventKey(key);
        byte[] der = new byte[256];
        if (verifier is null || !Convert.TryFromBase64String(signature, der, out int length)) return false;
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes(timestamp));
        hash.AppendData(body);
        return verifier.VerifyHash(hash.GetHashAndReset(), der.AsSpan(0, length), DSASignatureFormat.Rfc3279DerSequence);
    }

    private static ProviderEvent? Read(JsonElement one)
    {
        string? name = one.Text("event");
        if (one.Text("email") is not { } recipient || one.Seconds("timestamp") is not { } at || KindOf(name, one) is not { } kind) return null;
        // Not by sg_event_id alone: it is another one when SendGrid tells the same thing again.
        string key = string.Join('|', name, one.Text("sg_message_id"), one.Text(ProviderWords.Tag), recipient, at.ToUnixTimeSeconds(), one.Text("attempt"), one.Text("url"));
        ProviderEvent told = new(key, kind, ProviderWords.Message(one.Text(ProviderWords.Tag), one.Text("smtp-id")), recipient, at);
        return name switch
        {
            "delivered" or "deferred" => told.Saying(one.Text("response")),
            "bounce" => told.Saying(one.Text("reason"), one.Text("status")) with { IsDead = one.Text("type") != "blocked", Word = one.Text("bounce_classification") ?? one.Text("type") },
            "dropped" => Dropped(told, one.Text("reason") ?? ""),
            "group_unsubscribe" => told with { IsTopicOnly = true },
            "open" => told with { IsMachine = one.IsTrue("sg_machine_open") },
            "click" => told with { Link = one.Text("url") },
            _ => told,
        };
    }

    private static ProviderEventKind? KindOf(string? name, JsonElement one) => name switch
    {
        "delivered" => ProviderEventKind.Delivered,
        "deferred" => ProviderEventKind.Delayed,
        "bounce" or "dropped" => ProviderEventKind.Bounced,
        "spamreport" => ProviderEventKind.Complained,
        "unsubscribe" or "group_unsubscribe" => ProviderEventKind.Unsubscribed,
        "open" => ProviderEventKind.Opened,
        "click" when one.Text("url") is not null => ProviderEventKind.Clicked,
        _ => null, // processed, group_resubscribe, account_status_change, and what may yet come
    };

    /// <summary>Not offered to any server, for one of SendGrid's own reasons.</summary>
    private static ProviderEvent Dropped(ProviderEvent told, string reason)
    {
        ProviderEvent said = told with { Words = reason, Word = "dropped", IsDead = false };
        return reason switch
        {
            "Bounced Address" => said with { Cause = "recipient_inactive", IsDead = true },
            "Spam Reporting Address" or "Unsubscribed Address" => said with { Cause = "recipient_inactive" },
            "Invalid" or "Invalid Address" => said with { Cause = "bad_address", IsDead = true },
            "Spam Content" or "Spam Content (if Spam Checker app is enabled)" => said with { Cause = "spam" },
            "Recipient List over Package Quota" => said with { Cause = "provider_allowance_used" },
            _ => said,
        };
    }
}
