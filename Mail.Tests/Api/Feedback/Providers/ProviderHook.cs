using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mail.Tests.Core.Relays.Fakes;

namespace Mail.Tests.Api.Feedback.Providers;

internal enum Happening
{
    Delivered,
    Delayed,
    Bounced,
    Complained,
    Clicked,
}

/// <summary>A webhook's request as the provider would send it.</summary>
internal sealed record HookRequest(string Body, params (string Name, string Value)[] Headers);

/// <summary>A provider that tells what became of messages: its payloads as its documentation shows them, signed as it signs.</summary>
internal abstract class ProviderHook(IProvider api, string setting, string proof)
{
    public static TheoryData<string> All => ["sendgrid", "ses", "mailgun", "postmark", "resend"];

    public IProvider Api => api;

    public string Setting => setting;

    /// <summary>The setting's value.</summary>
    public string Proof => proof;

    /// <summary>How old a request may not be any more.</summary>
    public abstract TimeSpan TooOld { get; }

    /// <summary>The status by which the provider learns that this request is never taken: too old, or taken before.</summary>
    public virtual (int TooOld, int Repeated) Refusals => (403, 409);

    public static ProviderHook Of(string name) => name switch
    {
        "sendgrid" => new SendGridHook(),
        "ses" => new SesHook(),
        "mailgun" => new MailgunHook(),
        "postmark" => new PostmarkHook(),
        _ => new ResendHook(),
    };

    /// <summary>Signed with the right key, now.</summary>
    public HookRequest Tell(Happening what, string message, string recipient) => Tell(what, message, recipient, DateTimeOffset.UtcNow);

    public HookRequest Tell(Happening what, string message, string recipient, DateTimeOffset at) => Sign(Event(what, message, recipient, at), at);

    /// <param name="happening">What the provider says, before it is wrapped and signed.</param>
    public abstract HookRequest Sign(string happening, DateTimeOffset at, bool withWrongKey = false);

    /// <summary>Something that the signature covers is another one.</summary>
    public abstract HookRequest Alter(HookRequest request);

    protected abstract string Event(Happening what, string message, string recipient, DateTimeOffset at);

    protected static string Json(object value) => JsonSerializer.Serialize(value);
}

/// <summary>https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event</summary>
internal sealed class SendGridHook : ProviderHook
{
    private static readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256), _other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public SendGridHook() : base(new SendGridFake(), "webhook_public_key", Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo()))
    {
    }

    public override TimeSpan TooOld => TimeSpan.FromHours(26);

    public override HookRequest Sign(string happening, DateTimeOffset at, bool withWrongKey = false)
    {
        string timestamp = $"{at.ToUnixTimeSeconds()}";
        byte[] signature = (withWrongKey ? _other : _key).SignData(Encoding.UTF8.GetBytes(timestamp + happening), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return new HookRequest(happening, ("X-Twilio-Email-Event-Webhook-Signature", Convert.ToBase64String(signature)), ("X-Twilio-Email-Event-Webhook-Timestamp", timestamp));
    }

    public override HookRequest Alter(HookRequest request) => request with { Body = request.Body.Replace("@", "x@", StringComparison.Ordinal) };

    protected override string Event(Happening what, string message, string recipient, DateTimeOffset at) => $"[{One(what, message, recipient, at)}]";

    public static string One(Happening what, string message, string recipient, DateTimeOffset at)
    {
        Dictionary<string, object> told = new()
        {
            ["email"] = recipient, ["timestamp"] = at.ToUnixTimeSeconds(), ["smtp-id"] = "<14c5d75ce93.dfd.64b469@ismtpd-555>", ["category"] = new[] { "cat facts" },
            ["sg_event_id"] = Guid.NewGuid().ToString("N"), ["sg_message_id"] = "14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0", ["mail_message_id"] = message,
        };
        (string Name, object Value)[] more = what switch
        {
            Happening.Delivered => [("event", "delivered"), ("response", "250 OK")],
            Happening.Delayed => [("event", "deferred"), ("response", "451 4.7.1 Greylisted, try again later"), ("attempt", "5")],
            Happening.Bounced => [("event", "bounce"), ("type", "bounce"), ("bounce_classification", "Invalid Address"), ("reason", "550 5.1.1 The email account that you tried to reach does not exist"), ("status", "5.1.1")],
            Happening.Complained => [("event", "spamreport")],
            _ => [("event", "click"), ("url", "https://shop.example.com/?a=1"), ("useragent", "Mozilla/5.0"), ("ip", "255.255.255.255")],
        };
        foreach ((string name, object value) in more) told[name] = value;
        return Json(told);
    }
}

/// <summary>https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/webhook-payloads</summary>
internal sealed class MailgunHook() : ProviderHook(new MailgunFake(), "webhook_signing_key", "f4ke-signing-key-0123456789abcdef")
{
    public override TimeSpan TooOld => TimeSpan.FromHours(10);

    public override (int, int) Refusals => (406, 406);

    public override HookRequest Sign(string happening, DateTimeOffset at, bool withWrongKey = false)
    {
        string timestamp = $"{at.ToUnixTimeSeconds()}", token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(25));
        string signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(withWrongKey ? "another-key" : Proof), Encoding.UTF8.GetBytes(timestamp + token)));
        return new HookRequest($$"""{"signature":{"timestamp":"{{timestamp}}","token":"{{token}}","signature":"{{signature}}"},"event-data":{{happening}}}""");
    }

    /// <summary>The body is not signed.</summary>
    public override HookRequest Alter(HookRequest request) => request with { Body = request.Body.Replace("\"token\":\"", "\"token\":\"0", StringComparison.Ordinal) };

    protected override string Event(Happening what, string message, string recipient, DateTimeOffset at)
    {
        Dictionary<string, object> data = new()
        {
            ["id"] = Guid.NewGuid().ToString("N"), ["timestamp"] = at.ToUnixTimeMilliseconds() / 1000.0, ["recipient"] = recipient, ["log-level"] = "error", ["tags"] = Array.Empty<string>(),
            ["message"] = new { headers = new Dictionary<string, string> { ["message-id"] = "20130503192659.13651.20287@mg.example.com" } },
            ["user-variables"] = new Dictionary<string, string> { ["mail_message_id"] = message },
        };
        (string Name, object Value)[] more = what switch
        {
            Happening.Delivered => [("event", "delivered"), ("delivery-status", Status(250, "OK", 1))],
            Happening.Delayed => [("event", "failed"), ("severity", "temporary"), ("reason", "generic"), ("delivery-status", Status(451, "4.7.1 Greylisted, try again later", 2))],
            Happening.Bounced => [("event", "failed"), ("severity", "permanent"), ("reason", "bounce"), ("delivery-status", Status(550, "5.1.1 The email account that you tried to reach does not exist", 1))],
            Happening.Complained => [("event", "complained")],
            _ => [("event", "clicked"), ("url", "https://shop.example.com/?a=1"), ("ip", "50.56.129.169"), ("client-info", new Dictionary<string, string> { ["user-agent"] = "Mozilla/5.0", ["bot"] = "" })],
        };
        foreach ((string name, object value) in more) data[name] = value;
        return Json(data);
    }

    private static Dictionary<string, object> Status(int code, string text, int attempt) => new() { ["code"] = code, ["message"] = text, ["description"] = "", ["attempt-no"] = attempt };
}

/// <summary>https://postmarkapp.com/developer/webhooks/webhooks-overview</summary>
internal sealed class PostmarkHook() : ProviderHook(new PostmarkFake(), "webhook_login", "postmark:fake-password-of-this-test")
{
    public override TimeSpan TooOld => TimeSpan.FromHours(25);

    public override (int, int) Refusals => (403, 403);

    public override HookRequest Sign(string happening, DateTimeOffset at, bool withWrongKey = false) =>
        new(happening, ("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(withWrongKey ? "postmark:another-password-of-this" : Proof))}"));

    /// <summary>Nothing is signed: the password is all there is.</summary>
    public override HookRequest Alter(HookRequest request) => Sign(request.Body, default, withWrongKey: true);

    protected override string Event(Happening what, string message, string recipient, DateTimeOffset at)
    {
        string time = at.UtcDateTime.ToString("O");
        Dictionary<string, object> told = new() { ["MessageID"] = "883953f4-6105-42a2-a16a-77a8eac79483", ["ServerID"] = 23, ["MessageStream"] = "outbound", ["Tag"] = "welcome", ["Metadata"] = new Dictionary<string, string> { ["mail_message_id"] = message } };
        (string Name, object Value)[] more = what switch
        {
            Happening.Delivered => [("RecordType", "Delivery"), ("Recipient", recipient), ("DeliveredAt", time), ("Details", "smtp;250 2.0.0 OK")],
            Happening.Delayed => Bounce("Transient", 2, "smtp;451 4.7.1 Greylisted, try again later"),
            Happening.Bounced => Bounce("HardBounce", 1, "smtp;550 5.1.1 The email account that you tried to reach does not exist"),
            Happening.Complained => [.. Bounce("SpamComplaint", 100001, "Test spam complaint details"), ("RecordType", "SpamComplaint")],
            _ => [("RecordType", "Click"), ("Recipient", recipient), ("ReceivedAt", time), ("OriginalLink", "https://shop.example.com/?a=1"), ("UserAgent", "Mozilla/5.0")],
        };
        foreach ((string name, object value) in more) told[name] = value;
        return Json(told);

        (string, object)[] Bounce(string type, int code, string details) =>
            [("RecordType", "Bounce"), ("ID", 42), ("Type", type), ("TypeCode", code), ("Email", recipient), ("BouncedAt", time), ("Details", details), ("Description", "The server was unable to deliver your message."), ("Inactive", true)];
    }
}

/// <summary>https://resend.com/docs/webhooks/event-types</summary>
internal sealed class ResendHook() : ProviderHook(new ResendFake(), "webhook_secret", $"whsec_{Convert.ToBase64String(Encoding.ASCII.GetBytes("f4ke-secret-of-24-octets"))}")
{
    public override TimeSpan TooOld => TimeSpan.FromMinutes(6);

    public override HookRequest Sign(string happening, DateTimeOffset at, bool withWrongKey = false)
    {
        string id = $"msg_{Guid.NewGuid():N}", timestamp = $"{at.ToUnixTimeSeconds()}";
        byte[] key = withWrongKey ? "another-secret-of-octets"u8.ToArray() : Convert.FromBase64String(Proof["whsec_".Length..]);
        string signature = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{happening}")));
        return new HookRequest(happening, ("svix-id", id), ("svix-timestamp", timestamp), ("svix-signature", $"v1,{Convert.ToBase64String(new byte[32])} v2,abc v1,{signature}"));
    }

    public override HookRequest Alter(HookRequest request) => request with { Body = request.Body.Replace("@", "x@", StringComparison.Ordinal) };

    protected override string Event(Happening what, string message, string recipient, DateTimeOffset at)
    {
        Dictionary<string, object> data = new()
        {
            ["email_id"] = "56761188-7520-42d8-8898-ff6fc54ce618", ["created_at"] = "2026-11-20T18:00:00.000Z", ["from"] = "Shop <shop@example.com>", ["to"] = new[] { recipient }, ["subject"] = "Your order",
            ["tags"] = new Dictionary<string, string> { ["mail_message_id"] = message },
        };
        (string Name, object Value)? more = what switch
        {
            Happening.Bounced => ("bounce", new { message = "The recipient's server refused it.", subType = "General", type = "Permanent", diagnosticCode = new[] { "smtp; 550 5.1.1 The email account that you tried to reach does not exist" } }),
            Happening.Clicked => ("click", new { ipAddress = "122.115.53.11", link = "https://shop.example.com/?a=1", timestamp = "2026-11-20T18:00:00.000Z", userAgent = "Mozilla/5.0" }),
            _ => null,
        };
        if (more is { } one) data[one.Name] = one.Value;
        string type = what switch { Happening.Delivered => "delivered", Happening.Delayed => "delivery_delayed", Happening.Bounced => "bounced", Happening.Complained => "complained", _ => "clicked" };
        return Json(new { type = $"email.{type}", created_at = at.UtcDateTime.ToString("O"), data });
    }
}
