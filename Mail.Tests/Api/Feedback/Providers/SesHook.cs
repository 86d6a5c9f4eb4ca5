using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Mail.Tests.Core.Relays.Fakes;

namespace Mail.Tests.Api.Feedback.Providers;

/// <summary>https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-examples.html, within https://docs.aws.amazon.com/sns/latest/dg/http-notification-json.html</summary>
internal sealed class SesHook() : ProviderHook(new SesFake(), "webhook_topic_arn", "arn:aws:sns:eu-west-3:123456789012:mail-events")
{
    private static readonly RSA _key = RSA.Create(2048), _other = RSA.Create(2048);

    public static string CertificateUrl => "https://sns.eu-west-3.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem";

    /// <summary>What stands there.</summary>
    public static string Certificate { get; } = CertificateFor("sns.amazonaws.com", DateTimeOffset.UtcNow.AddDays(100));

    public override TimeSpan TooOld => TimeSpan.FromMinutes(80);

    /// <summary>With the key of this test.</summary>
    public static string CertificateFor(string name, DateTimeOffset until)
    {
        CertificateRequest request = new($"CN={name}", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(until.AddDays(-200), until);
        return certificate.ExportCertificatePem();
    }

    public override HookRequest Sign(string happening, DateTimeOffset at, bool withWrongKey = false) =>
        Wrap(new() { ["Type"] = "Notification", ["Message"] = happening, ["Subject"] = "Amazon SES Email Event Notification" }, at, withWrongKey ? _other : _key, version: "1");

    public HookRequest Sign(Dictionary<string, string> fields, DateTimeOffset at, string version = "2") => Wrap(fields, at, _key, version);

    public override HookRequest Alter(HookRequest request) => request with { Body = request.Body.Replace("@", "x@", StringComparison.Ordinal) };

    /// <param name="fields">What is not the same in all of them.</param>
    private HookRequest Wrap(Dictionary<string, string> fields, DateTimeOffset at, RSA key, string version)
    {
        Dictionary<string, string> message = new(fields);
        message.TryAdd("MessageId", Guid.NewGuid().ToString());
        message.TryAdd("TopicArn", Proof);
        message.TryAdd("Timestamp", Time(at));
        string[] signed = message["Type"] == "Notification" ? ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"] : ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];
        string text = string.Concat(signed.Where(message.ContainsKey).Select(name => $"{name}\n{message[name]}\n"));
        message["SignatureVersion"] = version;
        message["Signature"] = Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(text), version == "1" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        message.TryAdd("SigningCertURL", CertificateUrl);
        return new HookRequest(Json(message), ("x-amz-sns-message-type", message["Type"]));
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    protected override string Event(Happening what, string message, string recipient, DateTimeOffset at)
    {
        string time = Time(at);
        (string type, string name, object told) = what switch
        {
            Happening.Delivered => ("Delivery", "delivery", (object)new { timestamp = time, processingTimeMillis = 11893, recipients = new[] { recipient }, smtpResponse = "250 2.6.0 Message received", reportingMTA = "mta.example.com" }),
            Happening.Delayed => ("DeliveryDelay", "deliveryDelay", new { timestamp = time, delayType = "TransientCommunicationFailure", delayedRecipients = new[] { new { emailAddress = recipient, status = "4.4.1", diagnosticCode = "smtp; 421 4.4.1 Unable to connect to remote host" } } }),
            Happening.Bounced => ("Bounce", "bounce", new
            {
                timestamp = time, bounceType = "Permanent", bounceSubType = "General", feedbackId = "01000157c44f053b-61b59c11-9236-11e6-8f96-7be8aexample-000000", reportingMTA = "dsn; mta.example.com",
                bouncedRecipients = new[] { new { emailAddress = recipient, action = "failed", status = "5.1.1", diagnosticCode = "smtp; 550 5.1.1 The email account that you tried to reach does not exist" } },
            }),
            Happening.Complained => ("Complaint", "complaint", new { timestamp = time, complainedRecipients = new[] { new { emailAddress = recipient } }, complaintFeedbackType = "abuse", feedbackId = "01000157c44f053b" }),
            _ => ("Click", "click", new { timestamp = time, ipAddress = "192.0.2.1", link = "https://shop.example.com/?a=1", userAgent = "Mozilla/5.0" }),
        };
        return JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["eventType"] = type, [name] = told,
            ["mail"] = new Dictionary<string, object>
            {
                ["timestamp"] = time, ["source"] = "shop@example.com", ["messageId"] = "EXAMPLE7c191be45-e9aedb9a-02f9-4d12-a87d-dd0099a07f8a-000000", ["destination"] = new[] { recipient },
                ["tags"] = new Dictionary<string, string[]> { ["ses:configuration-set"] = ["mail-events"], ["mail_message_id"] = [message] },
            },
        });
    }
}

/// <summary>Amazon, as far as SNS points at it.</summary>
internal sealed class FakeSns : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private readonly List<Uri> _asked = [];

    /// <summary>What is answered; null for what is not there.</summary>
    public Func<Uri, HttpResponseMessage?> Answer { get; set; } = url => url.AbsoluteUri == SesHook.CertificateUrl ? new(System.Net.HttpStatusCode.OK) { Content = new StringContent(SesHook.Certificate) } : null;

    public IReadOnlyList<Uri> Asked
    {
        get { lock (_lock) return [.. _asked]; }
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (_lock) _asked.Add(request.RequestUri!);
        return Task.FromResult(Answer(request.RequestUri!) ?? new HttpResponseMessage(System.Net.HttpStatusCode.NotFound));
    }
}
