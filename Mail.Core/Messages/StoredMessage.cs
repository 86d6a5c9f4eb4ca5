using System.Text.Json;
using System.Text.Json.Serialization;
using Mail.Core.Common;
using Mail.Core.Suppressions;
using Mail.Core.Tracking;

namespace Mail.Core.Messages;

/// <summary>A message as it stands in the table `messages`: everything that composing it needs but its attachments.</summary>
/// <param name="IsTest">Handed over with a test key: goes to the project's sandbox inbox, whatever its relays are.</param>
/// <param name="Subject">The subject in the recipient's language, as rendered at acceptance.</param>
/// <param name="ScheduledAt">When the sender wanted it out at acceptance; null for at once.</param>
/// <param name="TraceParent">W3C trace context of the accepting request, so that the worker's spans join its trace.</param>
public sealed record StoredMessage(
    ProjectId ProjectId, MessageId Id, DateTimeOffset CreatedAt, Lane Lane, bool IsTest, DeliveryGuarantee Guarantee, string Subject,
    MessageEnvelope Envelope, MessageContent Content, DateTimeOffset? ScheduledAt, string? TraceParent)
{
    /// <summary>When the sender wanted it out after a change of mind; null without one.</summary>
    public DateTimeOffset? RescheduledAt { get; init; }

    /// <summary>When it is to leave by the sender's last word; null for at once.</summary>
    public DateTimeOffset? PlannedAt => RescheduledAt ?? ScheduledAt;

    /// <summary>What the suppression list asks of it.</summary>
    public MailKind Kind => MailKind.Of(Lane, Content.TopicId, Content.LinksTo is not null) with { IsOfAccount = Envelope.IsOfAccount == true };
}

/// <summary>Who a message is from and for, and the facts about it that a list shows. Column `envelope`. Addresses are as given: `Name &lt;a@b&gt;` or `a@b`.</summary>
public sealed record MessageEnvelope(
    string From, IReadOnlyList<string> To, IReadOnlyList<string> Cc, IReadOnlyList<string> Bcc, IReadOnlyList<string> ReplyTo, IReadOnlyList<MessageTag> Tags)
{
    /// <summary>Which part of Mail made it (<see cref="MessageSources"/>); null for what an app handed over.</summary>
    public string? Source { get; init; }

    /// <summary>Goes to somebody with an account about that account, which is no matter of the project's; null for everything else.</summary>
    public bool? IsOfAccount { get; init; }

    /// <summary>The message that this one repeats, because somebody asked for it; null for most.</summary>
    public Guid? ResentFrom { get; init; }

    /// <summary>The Message-ID that a finished mail came with, without angle brackets, so that it is found by it; null for one whose Message-ID is ours.</summary>
    public string? MessageId { get; init; }

    /// <summary>The name of the relay that it must not go over, because it tells of that relay's trouble.</summary>
    public string? Avoids { get; init; }
}

/// <summary>Messages of Mail's own.</summary>
public static class MessageSources
{
    /// <summary>Tells those who run Mail of trouble. Its own trouble is no news.</summary>
    public const string Alert = "alert";

    /// <summary>Holds a link that proves who reads the mailbox: only its recipient may read it.</summary>
    public const string Verification = "verification";
}

/// <summary>A label that the sender gave, for filters and webhooks.</summary>
public sealed record MessageTag(string Name, string Value);

/// <summary>The body: either html and text as given, or a template's version with its variables. Column `content`.</summary>
public sealed record MessageContent(
    string? Html, string? Text, TemplateUse? Template, IReadOnlyDictionary<string, string> Headers, IReadOnlyList<AttachmentFacts> Attachments)
{
    /// <summary>The one relay that may carry it, because it is a test of that relay; null for any.</summary>
    public string? OnlyRelay { get; init; }

    /// <summary>When body, headers and attachments were removed by the project's retention; null while they are here.</summary>
    public DateTimeOffset? RemovedAt { get; init; }

    /// <summary>The finished mail, for a message that came as one; then there is neither body nor template beside it.</summary>
    public RawContent? Raw { get; init; }

    /// <summary>What of it is secret, encrypted (<see cref="MessageCipher"/>), and stands nowhere else; null for most messages.</summary>
    public byte[]? Secrets { get; init; }

    /// <summary>True when all of the bodies is secret, because the sender said so; null otherwise.</summary>
    public bool? Sensitive { get; init; }

    /// <summary>Which of the sender's topics it belongs to, for unsubscriptions; null for none.</summary>
    public string? TopicId { get; init; }

    /// <summary>
    /// Where its unsubscribe link leads, without what follows for each recipient; null for a message that carries none. Kept with the message, so that workers
    /// need no setting and every attempt carries the same bytes.
    /// </summary>
    public string? LinksTo { get; init; }

    /// <summary>An appointment for the recipient's calendar; null for most messages.</summary>
    public CalendarPart? Calendar { get; init; }

    /// <summary>How it is tracked; null for a message that is not.</summary>
    public TrackingUse? Tracking { get; init; }
}

/// <summary>An appointment as it leaves (RFC 6047).</summary>
/// <param name="Method">`REQUEST` or `CANCEL`, which the part's header repeats.</param>
/// <param name="Text">The calendar, with CRLF line ends and lines that are not folded: who looks for an address finds it.</param>
public sealed record CalendarPart(string Method, string Text);

/// <summary>A mail that leaves as its app wrote it.</summary>
/// <param name="Octets">The mail; null for a large one, which stands in the table `attachments` as the message's only row.</param>
/// <param name="MessageId">Its Message-ID, without angle brackets.</param>
/// <param name="IsSigned">It came with a DKIM signature, so that nobody signs it again.</param>
public sealed record RawContent(byte[]? Octets, int Bytes, string MessageId, bool IsSigned)
{
    /// <summary>Up to here it stands with the message, and is committed with others in one go.</summary>
    public const int LargestInline = 128 * 1024;
}

/// <summary>Which template, pinned to the version that was published at acceptance.</summary>
public sealed record TemplateUse(string Id, string Version, string Locale, IReadOnlyDictionary<string, JsonElement> Variables)
{
    /// <summary>Where the template stands in the project; null for one of the built-in set.</summary>
    public Guid? TemplateId { get; init; }
}

/// <summary>What is known of an attachment without its bytes, which stand in the table `attachments` under (message id, ordinal).</summary>
/// <param name="ContentId">Without angle brackets; when set, the part is inline and html refers to it by `cid:`.</param>
public sealed record AttachmentFacts(int Ordinal, string FileName, string ContentType, string? ContentId, int Bytes);

/// <summary>The stored form of the columns `envelope` and `content`.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MessageEnvelope))]
[JsonSerializable(typeof(MessageContent))]
public sealed partial class StoredMessageJson : JsonSerializerContext;
