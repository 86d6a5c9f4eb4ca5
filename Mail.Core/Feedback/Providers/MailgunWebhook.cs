using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Relays;
using Mail.Core.Relays.Http;
using Microsoft.Extensions.Options;

namespace Mail.Core.Feedback.Providers;

/// <summary>
/// Mailgun's webhooks (https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/webhook-payloads), signed with HMAC-SHA256 of timestamp and token
/// (https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks): the body is not signed, which is why each token counts once.
/// </summary>
internal sealed class MailgunWebhook(IOptions<ProviderWebhookOptions> options) : IProviderWebhook
{
    public RelayKind Kind => RelayKind.Mailgun;

    public string Title => "Mailgun";

    public string Setting => WebhookFields.Mailgun.Name;

    public int? StopsRetries => 406;

    public ValueTask<Result<ProviderCall>> ReadAsync(ProviderRequest request, string proof, DateTimeOffset now, CancellationToken ct) => ValueTask.FromResult(Read(request, proof, now));

    private Result<ProviderCall> Read(ProviderRequest request, string proof, DateTimeOffset now)
    {
        if (!WebhookJson.TryParse(request.Body, out JsonDocument? document)) return WebhookRefusals.Unreadable("is not JSON.");
        using (document)
        {
            JsonElement root = document.RootElement;
            if (root.Text("signature", "timestamp") is not { } timestamp || root.Text("signature", "token") is not { } token || root.Text("signature", "signature") is not { } signature)
                return WebhookRefusals.NotSigned("`signature` with timestamp, token and signature");
            byte[] expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(proof), Encoding.UTF8.GetBytes(timestamp + token));
            if (!WebhookRefusals.TryReadSeconds(timestamp, out DateTimeOffset at) || !IsHexOf(signature, expected)) return WebhookRefusals.WrongSignature(Setting);
            if (WebhookRefusals.Judge(at, now, options.Value.MailgunTolerance) is { } late) return late;
            if (root.At("event-data") is not { ValueKind: JsonValueKind.Object } data) return WebhookRefusals.Unreadable("has no `event-data`.");
            return new ProviderCall(token, Read(data, at) is { } told ? [told] : []);
        }
    }

    private static bool IsHexOf(string hex, byte[] expected)
    {
        byte[] given = new byte[expected.Length];
        return hex.Length == 2 * expected.Length && Convert.FromHexString(hex, given, out _, out _) == System.Buffers.OperationStatus.Done && CryptographicOperations.FixedTimeEquals(given, expected);
    }

    private static ProviderEvent? Read(JsonElement data, DateTimeOffset signed)
    {
        string? name = data.Text("event");
        ProviderEventKind? kind = name switch
        {
            "delivered" => ProviderEventKind.Delivered,
            "failed" => data.Text("severity") == "temporary" ? ProviderEventKind.Delayed : ProviderEventKind.Bounced,
            "rejected" => ProviderEventKind.Bounced,
            "complained" => ProviderEventKind.Complained,
            "unsubscribed" => ProviderEventKind.Unsubscribed,
            "opened" => ProviderEventKind.Opened,
            "clicked" when data.Text("url") is not null => ProviderEventKind.Clicked,
            _ => null, // accepted, stored
        };
        if (kind is not { } known || data.Text("recipient") is not { } recipient) return null;
        Guid? message = ProviderWords.Message(data.Text("user-variables", ProviderWords.Tag), data.Text("message", "headers", "message-id"));
        ProviderEvent told = new($"event {data.Text("id")} {name} {recipient}", known, message, recipient, data.Seconds("timestamp") ?? signed);
        return known switch
        {
            ProviderEventKind.Delivered or ProviderEventKind.Delayed => Status(told, data),
            ProviderEventKind.Bounced => Bounced(Status(told, data), data, name == "rejected"),
            ProviderEventKind.Opened or ProviderEventKind.Clicked => told with { Link = data.Text("url"), IsMachine = data.Text("client-info", "bot") is { Length: > 0 } },
            _ => told,
        };
    }

    private static ProviderEvent Status(ProviderEvent told, JsonElement data)
    {
        string? text = data.Text("delivery-status", "message") is { Length: > 0 } message ? message : data.Text("delivery-status", "description");
        return told.Saying(text, data.Text("delivery-status", "enhanced-code"), data.Number("delivery-status", "code"));
    }

    private static ProviderEvent Bounced(ProviderEvent told, JsonElement data, bool isRejected)
    {
        if (isRejected) return told with { Words = data.Text("reject", "description") is { Length: > 0 } words ? words : data.Text("reject", "reason"), Word = "rejected", IsDead = false };
        string? reason = data.Text("reason");
        ProviderEvent said = told with { Word = reason };
        return reason switch
        {
            // Not offered to any server: it is on a list of Mailgun's. The code, 605 to 607, is none of SMTP.
            "suppress-bounce" => said with { Cause = "recipient_inactive", IsDead = true, Text = null, Words = told.Text },
            "suppress-complaint" or "suppress-unsubscribe" => said with { Cause = "recipient_inactive", IsDead = false, Text = null, Words = told.Text },
            "espblock" => said with { Cause = "blocked", IsDead = false },
            "old" => said with { Cause = "receiver_gave_up", IsDead = false },
            _ => said with { IsDead = data.Text("delivery-status", "bounce-type") is { } type ? type == "hard" : reason == "bounce" },
        };
    }
}
