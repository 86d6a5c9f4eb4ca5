using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Relays;
using Mail.Core.Relays.Http;
using Microsoft.Extensions.Options;

namespace Mail.Core.Feedback.Providers;

/// <summary>
/// Resend's webhooks (https://resend.com/docs/webhooks/event-types), signed as Svix does: HMAC-SHA256 of id, timestamp and body
/// (https://docs.svix.com/receiving/verifying-payloads/how-manual). An event may be about several recipients, those in `to`.
/// </summary>
internal sealed class ResendWebhook(IOptions<ProviderWebhookOptions> options) : IProviderWebhook
{
    private const string Prefix = "whsec_";

    public RelayKind Kind => RelayKind.Resend;

    public string Title => "Resend";

    public string Setting => WebhookFields.Resend.Name;

    public int? StopsRetries => null;

    public ValueTask<Result<ProviderCall>> ReadAsync(ProviderRequest request, string proof, DateTimeOffset now, CancellationToken ct) => ValueTask.FromResult(Read(request, proof, now));

    private Result<ProviderCall> Read(ProviderRequest request, string proof, DateTimeOffset now)
    {
        string? Header(string name) => request.Header($"svix-{name}") ?? request.Header($"webhook-{name}");
        if (Header("id") is not { } id || Header("timestamp") is not { } timestamp || Header("signature") is not { } signatures) return WebhookRefusals.NotSigned("svix-id, svix-timestamp and svix-signature");
        if (!WebhookRefusals.TryReadSeconds(timestamp, out DateTimeOffset at) || !IsSigned(id, timestamp, request.Body.Span, signatures, proof)) return WebhookRefusals.WrongSignature(Setting);
        if (WebhookRefusals.Judge(at, now, options.Value.ResendTolerance) is { } late) return late;
        if (!WebhookJson.TryParse(request.Body, out JsonDocument? document)) return WebhookRefusals.Unreadable("is not JSON.");
        using (document) return new ProviderCall(id, [.. Read(document.RootElement, id, at)]);
    }

    /// <summary>Several signatures stand there while a secret is being exchanged: one has to fit.</summary>
    private static bool IsSigned(string id, string timestamp, ReadOnlySpan<byte> body, string signatures, string secret)
    {
        byte[] key = new byte[1024];
        if (!Convert.TryFromBase64String(secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret[Prefix.Length..] : secret, key, out int length)) return false;
        using IncrementalHash hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.AsSpan(0, length));
        hmac.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hmac.AppendData(body);
        byte[] expected = hmac.GetHashAndReset(), given = new byte[expected.Length];
        foreach (string signature in signatures.Split(' ', 20))
        {
            if (signature.StartsWith("v1,", StringComparison.Ordinal) && Convert.TryFromBase64String(signature[3..], given, out int written) && written == expected.Length
                && CryptographicOperations.FixedTimeEquals(given, expected)) return true;
        }

        return false;
    }

    private static IEnumerable<ProviderEvent> Read(JsonElement root, string id, DateTimeOffset signed)
    {
        string? type = root.Text("type");
        ProviderEventKind? kind = type switch
        {
            "email.delivered" => ProviderEventKind.Delivered,
            "email.delivery_delayed" => ProviderEventKind.Delayed,
            "email.bounced" or "email.suppressed" or "email.failed" => ProviderEventKind.Bounced,
            "email.complained" => ProviderEventKind.Complained,
            "email.opened" => ProviderEventKind.Opened,
            "email.clicked" => ProviderEventKind.Clicked,
            _ => null, // sent, scheduled, received, and what is about contacts and domains
        };
        if (kind is not { } known || root.At("data") is not { } data) yield break;
        string? tag = data.Text("tags", ProviderWords.Tag) ?? data.Items("tags").Where(one => one.Text("name") == ProviderWords.Tag).Select(one => one.Text("value")).FirstOrDefault();
        string[] recipients = [.. data.Items("to").Select(one => one.Text()).OfType<string>().Select(Bare)];
        for (int i = 0; i < recipients.Length; i++)
        {
            if (known is ProviderEventKind.Opened or ProviderEventKind.Clicked && recipients.Length > 1) yield break; // nobody can tell who it was
            ProviderEvent told = new($"event {id} {recipients[i]}", known, ProviderWords.Message(tag), recipients[i], root.Time("created_at") ?? signed);
            yield return type switch
            {
                "email.bounced" => SesWords.Bounced(told.Saying(Said(data, "bounce", i)), data.Text("bounce", "type"), data.Text("bounce", "subType")),
                "email.suppressed" => told with { Words = Said(data, "suppressed", i), Cause = "recipient_inactive", Word = data.Text("suppressed", "reason"), IsDead = data.Text("suppressed", "reason") == "previous_bounce" },
                "email.failed" => told with { Words = data.Text("failed", "reason"), Word = "failed", IsDead = false },
                "email.clicked" => told with { Link = data.Text("click", "link") },
                _ => told,
            };
        }
    }

    /// <summary>What the recipient's server said stands there in the order of the recipients.</summary>
    private static string? Said(JsonElement data, string name, int index) => data.Items(name, "diagnosticCode").ElementAtOrDefault(index) is { ValueKind: JsonValueKind.String } one ? one.Text() : data.Text(name, "message");

    /// <summary>`Name &lt;a@b&gt;` or the address alone.</summary>
    private static string Bare(string address)
    {
        int open = address.LastIndexOf('<');
        return open < 0 ? address.Trim() : address[(open + 1)..].TrimEnd('>', ' ');
    }
}
