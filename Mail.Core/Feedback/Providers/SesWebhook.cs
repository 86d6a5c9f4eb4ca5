using System.Text;
using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Relays;
using Mail.Core.Relays.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mail.Core.Feedback.Providers;

/// <summary>
/// Events of Amazon SES over SNS: of a configuration set (https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html), or the notifications of an
/// identity (https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html), which bear no tags and are matched by the Message-ID among the original headers.
/// </summary>
internal sealed partial class SesWebhook(SnsVerifier verifier, SnsTransport transport, IOptions<ProviderWebhookOptions> options, ILogger<SesWebhook> logger) : IProviderWebhook
{
    public RelayKind Kind => RelayKind.Ses;

    public string Title => "Amazon SES";

    public string Setting => WebhookFields.Ses.Name;

    public int? StopsRetries => null; // SNS sends nothing again that was answered with 4xx

    public async ValueTask<Result<ProviderCall>> ReadAsync(ProviderRequest request, string proof, DateTimeOffset now, CancellationToken ct)
    {
        if (SnsMessage.Parse(request.Body) is not { } message) return WebhookRefusals.Unreadable("is no message of Amazon SNS. Raw message delivery must be off: it bears no signature.");
        if (message.TopicArn != proof) return new Failure(FailureKind.Unauthenticated, "webhook_wrong_topic", $"It comes from another topic than `settings.{Setting}` of the relay.");
        if (WebhookRefusals.Judge(message.Timestamp, now, options.Value.SesTolerance) is { } late) return late; // before anything is fetched for it
        if (await verifier.RefuseAsync(message, Setting, now, ct) is { } refusal) return refusal;
        switch (message.Type)
        {
            case SnsMessage.Subscription:
                return await ConfirmAsync(message, ct) is { } failure ? failure : new ProviderCall(message.MessageId, []);
            case SnsMessage.Unsubscription:
                LogUnsubscribed(message.TopicArn);
                return new ProviderCall(message.MessageId, []);
            default:
                return new ProviderCall(message.MessageId, [.. Read(message)]);
        }
    }

    private async Task<Failure?> ConfirmAsync(SnsMessage message, CancellationToken ct)
    {
        if (!SnsVerifier.TryAddress(message.SubscribeUrl, out Uri? url)) return WebhookRefusals.Unreadable("has a `SubscribeURL` that is not https://sns.<region>.amazonaws.com.");
        try
        {
            await transport.GetAsync(url, ct);
        }
        catch (HttpRequestException e)
        {
            LogNotConfirmed(message.TopicArn, e.Message);
            return new Failure(FailureKind.Unavailable, "service_unavailable", "The subscription could not be confirmed at Amazon SNS just now.");
        }

        LogConfirmed(message.TopicArn);
        return null;
    }

    private static IEnumerable<ProviderEvent> Read(SnsMessage message)
    {
        if (!WebhookJson.TryParse(Encoding.UTF8.GetBytes(message.Message), out JsonDocument? document)) return []; // "Successfully validated SNS topic for Amazon SES event publishing."
        using (document) return [.. Read(document.RootElement, message)];
    }

    private static IEnumerable<ProviderEvent> Read(JsonElement root, SnsMessage message)
    {
        string? type = root.Text("eventType") ?? root.Text("notificationType");
        Guid? id = MessageOf(root);
        ProviderEvent Told(ProviderEventKind kind, string recipient, DateTimeOffset? at) => new($"{message.MessageId} {recipient}", kind, id, recipient, at ?? message.Timestamp);
        string[] destinations = [.. root.Items("mail", "destination").Select(one => one.Text()).OfType<string>()];
        switch (type)
        {
            case "Delivery":
                foreach (string recipient in root.Items("delivery", "recipients").Select(one => one.Text()).OfType<string>())
                    yield return Told(ProviderEventKind.Delivered, recipient, root.Time("delivery", "timestamp")).Saying(root.Text("delivery", "smtpResponse"));
                break;
            case "DeliveryDelay":
                foreach (JsonElement one in root.Items("deliveryDelay", "delayedRecipients"))
                    if (one.Text("emailAddress") is { } recipient)
                        yield return Told(ProviderEventKind.Delayed, recipient, root.Time("deliveryDelay", "timestamp")).Saying(one.Text("diagnosticCode"), one.Text("status")) with { Word = root.Text("deliveryDelay", "delayType") };
                break;
            case "Bounce" when !IsAutomaticAnswer(root):
                foreach (JsonElement one in root.Items("bounce", "bouncedRecipients"))
                {
                    if (one.Text("emailAddress") is not { } recipient) continue;
                    ProviderEvent told = Told(ProviderEventKind.Bounced, recipient, root.Time("bounce", "timestamp")).Saying(one.Text("diagnosticCode"), one.Text("status"));
                    yield return SesWords.Bounced(told, root.Text("bounce", "bounceType"), root.Text("bounce", "bounceSubType"));
                }

                break;
            case "Complaint" when root.Text("complaint", "complaintFeedbackType") != "not-spam":
                bool isListed = root.Text("complaint", "complaintSubType") == "OnAccountSuppressionList"; // complained before, and was not written to this time
                foreach (JsonElement one in root.Items("complaint", "complainedRecipients"))
                {
                    if (one.Text("emailAddress") is not { } recipient) continue;
                    ProviderEvent told = Told(isListed ? ProviderEventKind.Bounced : ProviderEventKind.Complained, recipient, root.Time("complaint", "timestamp"));
                    yield return isListed ? told with { Cause = "recipient_inactive", IsDead = false, Word = "OnAccountSuppressionList" } : told with { Word = root.Text("complaint", "complaintFeedbackType") };
                }

                break;
            case "Reject":
                foreach (string recipient in destinations)
                    yield return Told(ProviderEventKind.Bounced, recipient, root.Time("mail", "timestamp")) with { Words = root.Text("reject", "reason"), Cause = "virus", IsDead = false, Word = "Reject" };
                break;
            case "Rendering Failure":
                foreach (string recipient in destinations)
                    yield return Told(ProviderEventKind.Bounced, recipient, root.Time("mail", "timestamp")) with { Words = root.Text("failure", "errorMessage"), Cause = "content_refused", IsDead = false, Word = type };
                break;
            case "Open" when destinations is [string only]: // of several nobody can tell who it was
                yield return Told(ProviderEventKind.Opened, only, root.Time("open", "timestamp"));
                break;
            case "Click" when destinations is [string only] && root.Text("click", "link") is { } link:
                yield return Told(ProviderEventKind.Clicked, only, root.Time("click", "timestamp")) with { Link = link };
                break;
            case "Subscription" when destinations is [string only] && root.Text("subscription", "source") is not null && root.IsTrue("subscription", "newTopicPreferences", "unsubscribeAll"):
                yield return Told(ProviderEventKind.Unsubscribed, only, root.Time("subscription", "timestamp"));
                break;
        }
    }

    /// <summary>Of the tag; of the original headers where there is none. `mail.messageId` and `commonHeaders.messageId` are SES's own.</summary>
    private static Guid? MessageOf(JsonElement root)
    {
        string? tag = root.Items("mail", "tags", ProviderWords.Tag).Select(one => one.Text()).FirstOrDefault();
        string? header = root.Items("mail", "headers").Where(one => "Message-ID".Equals(one.Text("name"), StringComparison.OrdinalIgnoreCase)).Select(one => one.Text("value")).FirstOrDefault();
        return ProviderWords.Message(tag, header);
    }

    /// <summary>SES passes absence notes on as bounces of the kind Transient, General, without a status: the mail has arrived.</summary>
    private static bool IsAutomaticAnswer(JsonElement root) =>
        root.Text("bounce", "bounceType") == "Transient" && root.Text("bounce", "bounceSubType") == "General"
        && root.Items("bounce", "bouncedRecipients").All(one => one.Text("status") is null && one.Text("diagnosticCode") is null);

    [LoggerMessage(Level = LogLevel.Information, Message = "The subscription to the topic {Topic} is confirmed")]
    private partial void LogConfirmed(string topic);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The subscription to the topic {Topic} could not be confirmed: {Problem}")]
    private partial void LogNotConfirmed(string topic, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The topic {Topic} was unsubscribed: Amazon SES tells nothing more about messages of this relay")]
    private partial void LogUnsubscribed(string topic);
}
