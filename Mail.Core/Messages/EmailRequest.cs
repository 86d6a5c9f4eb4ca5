using System.Text.Json;
using System.Text.Json.Serialization;
using Mail.Core.Common;
using Mail.Core.Tracking;
using Mail.Protocol.Calendar;

namespace Mail.Core.Messages;

/// <summary>A message as an app hands it over, in Resend's shape (POST /emails), not yet checked. Unknown fields are ignored, null counts as absent.</summary>
public sealed record EmailRequest
{
    public string? From { get; init; }

    [JsonConverter(typeof(OneOrManyConverter))] public string[]? To { get; init; }

    [JsonConverter(typeof(OneOrManyConverter))] public string[]? Cc { get; init; }

    [JsonConverter(typeof(OneOrManyConverter))] public string[]? Bcc { get; init; }

    [JsonConverter(typeof(OneOrManyConverter))] public string[]? ReplyTo { get; init; }

    public string? Subject { get; init; }

    public string? Html { get; init; }

    public string? Text { get; init; }

    public Dictionary<string, string?>? Headers { get; init; }

    public TagRequest?[]? Tags { get; init; }

    public AttachmentRequest?[]? Attachments { get; init; }

    /// <summary>ISO 8601, or words, which are UTC: `in 5 minutes`, `tomorrow at 9am`, `friday at 14:30`; at most 30 days ahead.</summary>
    public string? ScheduledAt { get; init; }

    public TemplateRequest? Template { get; init; }

    /// <summary>`critical`, `normal` or `bulk`; without it the template's lane, else normal.</summary>
    public string? Lane { get; init; }

    /// <summary>`at_least_once` (default) or `at_most_once`: what to do when nobody knows whether the relay took the message.</summary>
    public string? DeliveryGuarantee { get; init; }

    /// <summary>What the message is about, in the sender's own words, such as `weekly-news`: who unsubscribes, unsubscribes from it alone.</summary>
    public string? TopicId { get; init; }

    /// <summary>Whether the message carries a one-click unsubscribe link (RFC 8058). Bulk mail always does, a code never; without it the template decides.</summary>
    public bool? Unsubscribe { get; init; }

    /// <summary>Whether opens and clicks are recorded; without it the template and the project decide. Codes and account security are never tracked.</summary>
    public TrackingRequest? Tracking { get; init; }

    /// <summary>
    /// Whether the bodies, or the template's variables, hold a code or a link that proves who reads the mailbox: then they are stored encrypted, shown to nobody but the
    /// recipient, and not tracked. The subject is stored as it is. Variables that the template declares as secret need no such word.
    /// </summary>
    public bool? Sensitive { get; init; }

    /// <summary>Variables that are secret whatever the template declares.</summary>
    [JsonIgnore] public IReadOnlyCollection<string> SecretVariables { get; init; } = [];

    /// <summary>Of a flow's mail whose opens alone are recorded: its links, which are its secrets, stay as they are.</summary>
    [JsonIgnore] public bool TracksOpensOfSecrets { get; init; }

    /// <summary>An appointment for the recipient's calendar, beside the bodies.</summary>
    [JsonIgnore] public CalendarMessage? Calendar { get; init; }

    /// <summary>The finished mail of an app that speaks SMTP, in place of the bodies; the other fields are read from it.</summary>
    [JsonIgnore] public RawMail? Raw { get; init; }

    /// <summary>The message that this one repeats.</summary>
    [JsonIgnore] public MessageId? ResentFrom { get; init; }

    /// <summary>Of such a mail: the address in its header Sender, which programs show beside that in From.</summary>
    [JsonIgnore] public string? SentBy { get; init; }
}

public sealed record TagRequest(string? Name, string? Value);

/// <param name="Content">Base64, or the JSON form of a Node Buffer.</param>
/// <param name="Path">A URL to fetch the content from.</param>
public sealed record AttachmentRequest(
    [property: JsonConverter(typeof(FileNameConverter))] string? Filename,
    [property: JsonConverter(typeof(AttachmentContentConverter))] byte[]? Content,
    string? Path, string? ContentType, string? ContentId);

/// <param name="Locale">BCP 47; without it the project's default.</param>
public sealed record TemplateRequest(string? Id, Dictionary<string, JsonElement>? Variables, string? Locale);

/// <summary>The wire form: snake_case, as Resend's.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, MaxDepth = 32)]
[JsonSerializable(typeof(EmailRequest))]
[JsonSerializable(typeof(EmailRequest[]))]
[JsonSerializable(typeof(JsonElement))]
public sealed partial class EmailRequestJson : JsonSerializerContext;
