using Mail.Core.Common;
using Mail.Core.Suppressions;
using Mail.Core.Tracking;
using Mail.Protocol.Mime;
using Microsoft.AspNetCore.StaticFiles;

namespace Mail.Core.Messages;

/// <summary>Reads one request field by field.</summary>
/// <param name="path">What stands before every field's name in a refusal.</param>
internal sealed class RequestReader(string path, MessageOptions options)
{
    private const int MostAttachments = 100;

    private static readonly FileExtensionContentTypeProvider _contentTypes = new();

    public MessageEnvelope Envelope(EmailRequest request)
    {
        string from = Text("from", request.From) ?? Text("from", options.DefaultFrom) ?? throw new RefusedException(Failure.Missing(path + "from"));
        if (!EmailAddress.TryParse(from, out _, out string? error)) throw new RefusedException(new Failure(FailureKind.Invalid, "invalid_from_address", $"`{path}from` is not an address: {error}"));
        if (request.To is null or [] && request.Raw is null) throw new RefusedException(Failure.Missing(path + "to"));

        int recipients = (request.To?.Length ?? 0) + (request.Cc?.Length ?? 0) + (request.Bcc?.Length ?? 0);
        int most = request.Raw is null ? options.Recipients : RawMail.MostRecipients(options);
        if (recipients > most) throw Refused("to", $"and `cc` and `bcc` have {recipients} recipients; at most {most} are allowed in one message.");
        if (request.ReplyTo?.Length > options.Recipients) throw Refused("reply_to", $"has {request.ReplyTo.Length} addresses; at most {options.Recipients} are allowed.");
        return new MessageEnvelope(from, Addresses("to", request.To), Addresses("cc", request.Cc), Addresses("bcc", request.Bcc), Addresses("reply_to", request.ReplyTo), Tags(request));
    }

    /// <summary>One per address, in the order given; an address that stands twice gets the message once.</summary>
    public static List<NewDelivery> Deliveries(MessageEnvelope envelope, DateTimeOffset now)
    {
        List<NewDelivery> deliveries = [];
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach ((RecipientKind kind, IReadOnlyList<string> list) in new[] { (RecipientKind.To, envelope.To), (RecipientKind.Cc, envelope.Cc), (RecipientKind.Bcc, envelope.Bcc) })
        {
            foreach (string recipient in list)
            {
                string address = EmailAddress.Parse(recipient).Address;
                if (seen.Add(address)) deliveries.Add(new NewDelivery(DeliveryId.New(now), address, kind));
            }
        }

        return deliveries;
    }

    public string Subject(EmailRequest request, string? rendered)
    {
        string subject = Text("subject", request.Subject) ?? rendered ?? throw new RefusedException(Failure.Missing(path + "subject"));
        if (subject.Length > 998) throw Refused("subject", "is longer than 998 characters.");
        return TextRules.HasControlCharacter(subject) ? throw Refused("subject", "must not contain line breaks or control characters.") : subject;
    }

    public (string? Html, string? Text) Body(EmailRequest request)
    {
        if (request.Html is null && request.Text is null && request.Template is null && request.Raw is null) throw new RefusedException(new Failure(FailureKind.Invalid, "missing_required_field", $"Missing `{path}html` or `{path}text` field."));
        return (Long("html", request.Html), Long("text", request.Text));

        string? Long(string field, string? body) => Text(field, body) is { Length: var length } && length > options.BodyCharacters
            ? throw Refused(field, $"is longer than {options.BodyCharacters:N0} characters.")
            : body;
    }

    public Dictionary<string, string> Headers(EmailRequest request)
    {
        if (request.Headers?.Count > 50) throw Refused("headers", "are more than 50.");
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string? value) in request.Headers ?? [])
        {
            Text("headers", name);
            if (!MimeHeader.TryCreate(name, Text($"headers.{name}", value), out _, out string? error)) throw Refused($"headers.{name}", $"cannot be set: {error}");
            if (!headers.TryAdd(name, value!)) throw Refused($"headers.{name}", "stands twice.");
        }

        return headers;
    }

    public (IReadOnlyList<AttachmentFacts> Facts, IReadOnlyList<byte[]> Contents) Attachments(EmailRequest request)
    {
        List<AttachmentFacts> facts = [];
        List<byte[]> contents = [];
        long encoded = 0;
        if (request.Attachments?.Length > MostAttachments) throw Refused("attachments", $"are {request.Attachments.Length}; at most {MostAttachments} are allowed.");
        foreach (AttachmentRequest? attachment in request.Attachments ?? [])
        {
            string field = $"attachments.{facts.Count}";
            if (attachment is null) throw Refused(field, "must be an object.");
            if (attachment.Content is not { } content) throw new RefusedException(Failure.Missing($"{path}{field}.content"));
            encoded += (content.LongLength + 2) / 3 * 4;
            if (encoded > options.AttachmentBytes)
                throw new RefusedException(new Failure(FailureKind.TooLarge, "invalid_attachment", $"`{path}{field}.content` takes the attachments over {options.AttachmentBytes / 1024 / 1024} MB, counted in base64."));
            string name = Text($"{field}.filename", attachment.Filename) ?? $"attachment-{facts.Count + 1}";
            string type = Text($"{field}.content_type", attachment.ContentType) ?? (_contentTypes.TryGetContentType(name, out string? known) ? known : "application/octet-stream");
            string? contentId = Text($"{field}.content_id", attachment.ContentId)?.Trim('<', '>');
            if (!MimeAttachment.TryCreate(name, type, content, contentId, out _, out string? error))
                throw new RefusedException(new Failure(FailureKind.Invalid, "invalid_attachment", $"`{path}{field}` cannot be attached: {error}"));
            facts.Add(new AttachmentFacts(facts.Count, name, type, contentId, content.Length));
            contents.Add(content);
        }

        return (facts, contents);
    }

    public Lane Lane(EmailRequest request, Lane fallback)
    {
        if (request.Lane is null) return fallback;
        return StoredNames.TryParseLane(request.Lane, out Lane lane) ? lane : throw Refused("lane", "must be `critical`, `normal` or `bulk`.");
    }

    public string? Topic(EmailRequest request)
    {
        if (request.TopicId is null) return null;
        return Topics.Problem(request.TopicId) is { } problem ? throw Refused("topic_id", problem) : request.TopicId;
    }

    /// <param name="isSecurity">Whether its template is for codes and the like.</param>
    /// <param name="byTemplate">Whether its template asks for a link.</param>
    /// <returns>Where the unsubscribe link leads; null when it carries none.</returns>
    public string? LinksTo(EmailRequest request, Lane lane, bool isSecurity, bool byTemplate, PublicUrl publicUrl)
    {
        if (lane == Messages.Lane.Critical || isSecurity)
        {
            if (lane == Messages.Lane.Bulk) throw Refused("lane", "must not be `bulk`: the template is for codes and account security, from which nobody can unsubscribe.");
            return request.Unsubscribe is true ? throw Refused("unsubscribe", "must not be true: nobody can unsubscribe from codes and account security.") : null;
        }

        if (request.Raw is { } raw && (lane != Messages.Lane.Bulk || !raw.MayGetUnsubscribe)) return null; // it leaves as its app wrote it
        if (lane == Messages.Lane.Bulk && request.Unsubscribe is false) throw Refused("unsubscribe", "must not be false: bulk mail always carries a way to unsubscribe.");
        if (request.Headers?.Keys.Any(name => name.Equals("List-Unsubscribe", StringComparison.OrdinalIgnoreCase) || name.Equals("List-Unsubscribe-Post", StringComparison.OrdinalIgnoreCase)) == true)
            return request.Unsubscribe is true ? throw Refused("headers.List-Unsubscribe", "cannot be set together with `unsubscribe`: the message would carry two.") : null;
        if (lane != Messages.Lane.Bulk && !(request.Unsubscribe ?? byTemplate)) return null;
        return publicUrl.Value?.AbsoluteUri.TrimEnd('/')
            ?? throw Refused(request.Unsubscribe is true ? "unsubscribe" : request.Raw is null ? "lane" : RawMailOptions.LaneName, $"needs an unsubscribe link, and this installation does not know its public address. Set {PublicUrl.Name} of the API, such as https://mail.example.com.");
    }

    /// <summary>How the message is tracked: by its own wish, else by its template's and its project's.</summary>
    /// <param name="template">The template's own word; false for account mail.</param>
    /// <param name="project">Null for mail that nobody may track: the platform's own, and tests of a relay.</param>
    /// <returns>Null for a message that is not tracked, also because it has nothing to track.</returns>
    public TrackingUse? Tracking(EmailRequest request, Lane lane, bool isSecurity, bool template, ProjectTracking? project, string from, PublicUrl publicUrl)
    {
        if (project is null) return null;
        if (lane == Messages.Lane.Critical || isSecurity)
        {
            if (request.Tracking is { Opens: not true, Clicks: not true } or null) return null;
            throw Refused(request.Tracking.Opens is true ? "tracking.opens" : "tracking.clicks", "must not be true: codes, personal links and account security are never tracked.");
        }

        bool opens = request.Tracking?.Opens ?? (template && project.Opens), clicks = request.Tracking?.Clicks ?? (template && project.Clicks);
        if (!(opens || clicks) || (request.Template is null && request.Html is null && request.Raw?.MayBeMarked is not true)) return null;
        if ((project.LinksToFor(EmailAddress.Parse(from)) ?? publicUrl.Value?.AbsoluteUri.TrimEnd('/')) is { } linksTo) return new TrackingUse(opens, clicks, linksTo);
        return request.Tracking is null ? null : throw Refused("tracking", $"needs links to this installation, and it does not know its public address. Set {PublicUrl.Name} of the API, such as https://mail.example.com.");
    }

    public DeliveryGuarantee Guarantee(EmailRequest request)
    {
        if (request.DeliveryGuarantee is null) return DeliveryGuarantee.AtLeastOnce;
        return StoredNames.TryParseGuarantee(request.DeliveryGuarantee, out DeliveryGuarantee guarantee) ? guarantee : throw Refused("delivery_guarantee", "must be `at_least_once` or `at_most_once`.");
    }

    /// <returns>Null for at once; a time that is past is at once too.</returns>
    public DateTimeOffset? ScheduledAt(EmailRequest request, DateTimeOffset now)
    {
        if (request.ScheduledAt is null) return null;
        Result<DateTimeOffset?> at = ScheduledTime.Read(request.ScheduledAt, path + "scheduled_at", now, options.ScheduleAhead);
        return at.IsSuccess ? at.Value : throw new RefusedException(at.Failure);
    }

    private List<MessageTag> Tags(EmailRequest request)
    {
        if (request.Tags?.Length > 50) throw Refused("tags", "are more than 50.");
        List<MessageTag> tags = [];
        foreach (TagRequest? tag in request.Tags ?? [])
        {
            string field = $"tags.{tags.Count}";
            if (tag is null) throw Refused(field, "must be an object.");
            if (!IsTagText(tag.Name)) throw Refused($"{field}.name", "must be 1 to 256 ASCII letters, digits, underscores or dashes.");
            if (!IsTagText(tag.Value)) throw Refused($"{field}.value", "must be 1 to 256 ASCII letters, digits, underscores or dashes.");
            tags.Add(new MessageTag(tag.Name!, tag.Value!));
        }

        return tags;
    }

    internal static bool IsTagText(string? text) => text is { Length: >= 1 and <= 256 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    private string[] Addresses(string field, string[]? addresses)
    {
        for (int i = 0; i < addresses?.Length; i++)
        {
            if (!EmailAddress.TryParse(addresses[i], out _, out string? error)) throw Refused($"{field}.{i}", $"is not an address: {error}");
        }

        return addresses ?? [];
    }

    private string? Text(string field, string? text) =>
        text is null || TextRules.IsStorable(text) ? text : throw Refused(field, "contains a NUL character or half of a surrogate pair, which no mail can carry.");

    private RefusedException Refused(string field, string problem) => new(Failure.Field(path + field, problem));
}
