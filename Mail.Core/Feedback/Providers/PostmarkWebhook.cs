using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Relays;
using Mail.Core.Relays.Http;
using Microsoft.Extensions.Options;

namespace Mail.Core.Feedback.Providers;

/// <summary>
/// Postmark's webhooks (https://postmarkapp.com/developer/webhooks/webhooks-overview). They are not signed: user and password in the webhook's URL, sent by HTTP basic
/// authentication, are all the proof there is; their own time and the hash of the body keep them from counting twice.
/// </summary>
internal sealed class PostmarkWebhook(IOptions<ProviderWebhookOptions> options) : IProviderWebhook
{
    private const string Scheme = "Basic ";

    public RelayKind Kind => RelayKind.Postmark;

    public string Title => "Postmark";

    public string Setting => WebhookFields.Postmark.Name;

    public int? StopsRetries => 403;

    public ValueTask<Result<ProviderCall>> ReadAsync(ProviderRequest request, string proof, DateTimeOffset now, CancellationToken ct) => ValueTask.FromResult(Read(request, proof, now));

    private Result<ProviderCall> Read(ProviderRequest request, string proof, DateTimeOffset now)
    {
        if (request.Header("Authorization") is not { } given || !given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return WebhookRefusals.NotSigned("user and password (HTTP basic authentication)");
        byte[] login = new byte[1024];
        if (!Convert.TryFromBase64String(given[Scheme.Length..].Trim(), login, out int length)
            || !CryptographicOperations.FixedTimeEquals(SHA256.HashData(login.AsSpan(0, length)), SHA256.HashData(Encoding.UTF8.GetBytes(proof)))) return WebhookRefusals.WrongSignature(Setting);
        if (!WebhookJson.TryParse(request.Body, out JsonDocument? document)) return WebhookRefusals.Unreadable("is not JSON.");
        using (document)
        {
            JsonElement root = document.RootElement;
            if ((root.Time("BouncedAt") ?? root.Time("DeliveredAt") ?? root.Time("ReceivedAt") ?? root.Time("ChangedAt")) is not { } at)
                return WebhookRefusals.Unreadable("has none of `BouncedAt`, `DeliveredAt`, `ReceivedAt` and `ChangedAt`.");
            if (WebhookRefusals.Judge(at, now, options.Value.PostmarkTolerance) is { } late) return late;
            string hash = Convert.ToHexString(SHA256.HashData(request.Body.Span));
            return new ProviderCall(hash, Read(root, hash, at) is { } told ? [told] : []);
        }
    }

    private static ProviderEvent? Read(JsonElement root, string hash, DateTimeOffset at)
    {
        string? record = root.Text("RecordType"), type = root.Text("Type");
        ProviderEventKind? kind = record switch
        {
            "Delivery" => ProviderEventKind.Delivered,
            "Bounce" => KindOfBounce(type),
            "SpamComplaint" => ProviderEventKind.Complained,
            // Taking an address off Postmark's list takes it off none of ours.
            "SubscriptionChange" when root.IsTrue("SuppressSending") => root.Text("SuppressionReason") switch
            {
                "HardBounce" => ProviderEventKind.Bounced,
                "SpamComplaint" => ProviderEventKind.Complained,
                "ManualSuppression" when root.Text("Origin") == "Recipient" => ProviderEventKind.Unsubscribed,
                _ => null,
            },
            "Open" => ProviderEventKind.Opened,
            "Click" when root.Text("OriginalLink") is not null => ProviderEventKind.Clicked,
            _ => null,
        };
        if (kind is not { } known || (root.Text("Recipient") ?? root.Text("Email")) is not { } recipient) return null;
        ProviderEvent told = new($"event {hash}", known, ProviderWords.Message(root.Text("Metadata", ProviderWords.Tag)), recipient, at);
        return record switch
        {
            "Delivery" => told.Saying(root.Text("Details")),
            "Bounce" => Bounced(told.Saying(root.Text("Details")) with { Words = root.Text("Description") }, type),
            "SubscriptionChange" when known == ProviderEventKind.Bounced => told with { IsDead = true, Word = "HardBounce" },
            "Open" or "Click" => told with { Link = root.Text("OriginalLink") },
            _ => told,
        };
    }

    /// <summary>https://postmarkapp.com/developer/api/bounce-api#bounce-types: some of them are no bounces.</summary>
    private static ProviderEventKind? KindOfBounce(string? type) => type switch
    {
        "Transient" => ProviderEventKind.Delayed,
        "SpamComplaint" => ProviderEventKind.Complained,
        "Unsubscribe" => ProviderEventKind.Unsubscribed,
        null or "Subscribe" or "AutoResponder" or "AddressChange" or "ChallengeVerification" or "OpenRelayTest" or "InboundError" => null,
        _ => ProviderEventKind.Bounced,
    };

    private static ProviderEvent Bounced(ProviderEvent told, string? type) => told with
    {
        Word = type,
        IsDead = type is "HardBounce" or "BadEmailAddress",
        Cause = type switch
        {
            "BadEmailAddress" => "bad_address",
            "ManuallyDeactivated" => "recipient_inactive",
            "SpamNotification" => "spam",
            "VirusNotification" => "virus",
            "Blocked" => "blocked",
            "DnsError" => "receiver_network",
            "DMARCPolicy" => "authentication_failed",
            "Unconfirmed" => "sender_refused",
            _ => null,
        },
    };
}
