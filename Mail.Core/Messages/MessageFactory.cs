using System.Diagnostics;
using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Contacts;
using Mail.Core.Domains.Senders;
using Mail.Core.Suppressions;
using Mail.Core.Templates;
using Mail.Core.Templates.Experiments;
using Mail.Core.Tracking;
using Mail.Protocol.Mime;
using Microsoft.Extensions.Options;

namespace Mail.Core.Messages;

/// <summary>Who hands a message over.</summary>
/// <param name="IsTest">By a test key: the message goes to the sandbox inbox.</param>
/// <param name="Locale">The project's language, for templates whose call names none.</param>
public sealed record MessageSender(ProjectId ProjectId, bool IsTest, string Locale)
{
    /// <summary>The one relay that may carry what is sent, for a test of it; null for any.</summary>
    public string? OnlyRelay { get; init; }

    /// <summary>What the project tracks; null for mail that nobody may track: the platform's own, and tests of a relay.</summary>
    public ProjectTracking? Tracking { get; init; }

    /// <summary>By the name that a request gives, the project's and the built-in templates that are published; null for the built-in ones alone.</summary>
    public IReadOnlyDictionary<string, PublishedTemplate>? Templates { get; init; }

    /// <summary>By address in its normal form, what the project knows of the recipients of templates.</summary>
    public IReadOnlyDictionary<string, Contact>? Contacts { get; init; }

    /// <summary>What encrypts the message's secrets; needed by one that has some.</summary>
    public MessageCipher? Cipher { get; init; }

    /// <summary>Who may send here; null where everybody may, and for mail of the platform's own.</summary>
    public SenderPolicy? Senders { get; init; }

    /// <summary>The API key, over HTTP or SMTP; null for the console, and for mail of the platform's own.</summary>
    public Guid? ApiKeyId { get; init; }

    /// <summary>The domains and addresses that the key may send from; empty for any.</summary>
    public IReadOnlyList<string> FromDomains { get; init; } = [];

    /// <summary>What the project's senders say of themselves; none for mail of the platform's own.</summary>
    public SenderProfiles Profiles { get; init; } = SenderProfiles.None;
}

/// <summary>A message that has passed every check, and its attachments' bytes.</summary>
public sealed record PreparedMessage(NewMessage New, IReadOnlyList<byte[]> Attachments);

/// <summary>
/// Turns a request into a message that can be stored and sent, or names the first field that would make it fail later:
/// nothing that could have been refused at acceptance fails in the worker.
/// </summary>
public sealed class MessageFactory(TemplateCatalog templates, TemplateRenderer renderer, TestAddresses tests, PublicUrl publicUrl, IOptions<MessageOptions> options, TimeProvider clock)
{
    /// <param name="path">Where the request stands in the body, such as `2.` in a batch; every field named in a failure begins with it.</param>
    public Result<PreparedMessage> Create(MessageSender sender, EmailRequest request, string path = "")
    {
        ArgumentNullException.ThrowIfNull(sender);
        ArgumentNullException.ThrowIfNull(request);
        DateTimeOffset now = clock.GetUtcNow();
        MessageId id = MessageId.New(now);
        try
        {
            RequestReader read = new(path, options.Value);
            MessageEnvelope envelope = read.Envelope(request);
            if (sender.FromDomains.Count > 0 && Outside(sender.FromDomains, envelope.From, request.SentBy, path) is { } outside) return outside;
            if (sender.Senders?.Objection(envelope.From, path) is { } objection) return objection;
            if (request.SentBy is { } sentBy && sender.Senders?.Objection(sentBy, path, "Sender") is { } byAnother) return byAnother;
            SenderProfile? profile = request.Raw is null ? sender.Profiles.Of(EmailAddress.Parse(envelope.From)) : null; // what an app wrote itself leaves as it is
            if (profile is not null) envelope = Completed(envelope, profile);
            if (request.ResentFrom is not null || Findable(request.Raw?.OwnMessageId) is not null) envelope = envelope with { ResentFrom = request.ResentFrom?.Value, MessageId = Findable(request.Raw?.OwnMessageId) };
            List<NewDelivery> deliveries = [.. RequestReader.Deliveries(envelope, now).Select(CheckSuppression)];
            (TemplateUse? template, string? rendered, PublishedTemplate? published, ExperimentUse? experiment) = Template(sender, request, deliveries[0].Recipient, profile, path);
            Lane lane = read.Lane(request, published?.Lane ?? Lane.Normal);
            string subject = read.Subject(request, rendered);
            (string? html, string? text) = read.Body(request);
            (IReadOnlyList<AttachmentFacts> facts, IReadOnlyList<byte[]> attachments) = read.Attachments(request);
            (RawContent? raw, byte[]? large) = Raw(request, id, now);
            if (large is not null) attachments = [large];
            SecretContent? secrets = SecretParts.Of(request, html, text, template, published, subject, path);
            bool hasSecrets = secrets is not null;
            if (hasSecrets && request.Sensitive == true && facts.Count > 0) return Failure.Field(path + "attachments", "cannot be sent with a message that is `sensitive`: only its bodies are encrypted.");
            MessageContent content = SecretParts.Without(new MessageContent(html, text, template, read.Headers(request), facts), secrets) with
            {
                Secrets = hasSecrets ? (sender.Cipher ?? throw new InvalidOperationException("A message with secrets was handed over without a cipher.")).Seal(sender.ProjectId, id, secrets!) : null,
                Sensitive = hasSecrets && request.Sensitive == true ? true : null,
                OnlyRelay = sender.OnlyRelay,
                Raw = raw,
                Calendar = request.Calendar is { } calendar ? new CalendarPart(calendar.MethodName, calendar.Unfolded) : null,
                TopicId = read.Topic(request),
                LinksTo = read.LinksTo(request, lane, published?.Lane == Lane.Critical, published?.Unsubscribe == true, publicUrl),
                Tracking = read.Tracking(request, lane, (hasSecrets && !request.TracksOpensOfSecrets) || published?.Lane == Lane.Critical, published?.Tracking != false, sender.Tracking, envelope.From, publicUrl),
            };
            StoredMessage message = new(
                sender.ProjectId, id, now, lane, sender.IsTest, read.Guarantee(request), subject,
                envelope, content, read.ScheduledAt(request, now), Activity.Current?.Id);
            return new PreparedMessage(
                new NewMessage(
                    message,
                    JsonSerializer.Serialize(envelope, StoredMessageJson.Default.MessageEnvelope),
                    JsonSerializer.Serialize(content, StoredMessageJson.Default.MessageContent),
                    deliveries)
                { Experiment = sender.IsTest ? null : experiment, ApiKeyId = sender.ApiKeyId },
                attachments);
        }
        catch (RefusedException refused)
        {
            return refused.Failure;
        }
    }

    /// <summary>A Message-ID that an index can hold; nobody looks for another.</summary>
    private static string? Findable(string? messageId) => messageId is { Length: <= 500 } && messageId.All(c => c is > ' ' and <= '~') ? messageId : null;

    private static Failure? Outside(IReadOnlyList<string> domains, string from, string? sentBy, string path) =>
        AllowedSenders.Include(domains, from) && (sentBy is null || AllowedSenders.Include(domains, sentBy)) ? null : AllowedSenders.Refusal(domains, path + "from");

    /// <summary>The finished mail of an app, if it is one, and its bytes where they are too many to stand with the message.</summary>
    private static (RawContent? Content, byte[]? Large) Raw(EmailRequest request, MessageId id, DateTimeOffset now)
    {
        if (request.Raw is not { } mail) return (null, null);
        string messageId = mail.OwnMessageId ?? $"{id}@{EmailAddress.Parse(request.From!).AsciiDomain}";
        byte[] octets = mail.Finish(messageId, now);
        bool isLarge = octets.Length > RawContent.LargestInline;
        return (new RawContent(isLarge ? null : octets, octets.Length, messageId, mail.IsSigned), isLarge ? octets : null);
    }

    /// <summary>The test address is stored as suppressed, as those are whom the list stops (<see cref="SuppressedRecipients"/>), and never queued.</summary>
    private NewDelivery CheckSuppression(NewDelivery delivery) => tests.Of(delivery.Recipient) == TestBehavior.Suppressed
        ? delivery with { Suppressed = "Not sent: this test address counts as being on the suppression list." }
        : delivery;

    internal int MostRecipients(EmailRequest request) => request.Raw is null ? options.Value.Recipients : RawMail.MostRecipients(options.Value);

    /// <returns>Its address in the normal form; null when the mail is to several people, and so about none of them.</returns>
    internal static string? OnlyRecipient(EmailRequest request) =>
        request is { To: [{ } to], Cc: null or [], Bcc: null or [] } && NormalAddress.TryParse(to, out string? address, out _) && TextRules.IsStorable(address) ? address : null;

    /// <summary>A published template renders whatever variables pass its checks, so the body can wait for the worker; the subject is what lists show.</summary>
    /// <param name="recipient">The first of them: a message is one rendering, whose version an experiment chooses by it.</param>
    private (TemplateUse?, string? Subject, PublishedTemplate?, ExperimentUse?) Template(MessageSender sender, EmailRequest request, string recipient, SenderProfile? profile, string path)
    {
        if (request.Template is null) return (null, null, null, null);
        if (request.Html is not null || request.Text is not null)
            throw new RefusedException(Failure.Field(path + "template", "cannot be used together with `html` or `text`."));
        if (string.IsNullOrEmpty(request.Template.Id)) throw new RefusedException(Failure.Missing(path + "template.id"));
        PublishedTemplate template = (sender.Templates is { } known ? known.GetValueOrDefault(request.Template.Id) : templates.Find(request.Template.Id))
            ?? throw new RefusedException(Failure.Field(path + "template.id", $"names no published template: '{request.Template.Id}'. Publish it first, or see GET /templates for those that there are."));
        if (request.Template.Locale is { } asked && !Locale.IsWellFormed(asked))
            throw new RefusedException(Failure.Field(path + "template.locale", "is not a language tag (BCP 47), such as `fr` or `fr-CA`."));

        Contact? contact = OnlyRecipient(request) is { } only ? sender.Contacts?.GetValueOrDefault(only) : null;
        if (template.Experiment is not { Arms: [_, ..] arms } experiment)
        {
            (TemplateUse use, string subject) = Use(sender, template, request.Template, contact, profile, path);
            return (use, subject, template, null);
        }

        // Whatever version it will be, all must be able to carry it: a call does not fail for half of the people.
        ExperimentUse chosen = experiment.For(NormalAddress.Of(recipient));
        (TemplateUse?, string?, PublishedTemplate?, ExperimentUse?) taken = default;
        foreach (RunningArm arm in arms)
        {
            (TemplateUse use, string subject) = Use(sender, arm.Template, request.Template, contact, profile, path);
            if (arm.Name == chosen.Arm) taken = (use, subject, arm.Template, chosen);
        }

        return taken;
    }

    private (TemplateUse Use, string Subject) Use(MessageSender sender, PublishedTemplate template, TemplateRequest request, Contact? contact, SenderProfile? profile, string path)
    {
        Dictionary<string, JsonElement> variables = Declared(template, request.Variables ?? [], path);
        Complete(variables, template, "company_name", profile?.Company); // before the contact: these are the sender's
        Complete(variables, template, "legal_footer", profile?.LegalFooter);
        Complete(variables, template, "postal_address", Address(template, profile));
        if (contact is not null) ContactVariables.AddTo(variables, template, contact);
        if (renderer.Validate(template, variables) is [TemplateVariableProblem first, ..] problems) throw new RefusedException(Refusal(path, first, problems));
        string locale = request.Locale ?? contact?.Locale ?? sender.Locale;
        try
        {
            return (new TemplateUse(template.Key, template.Version, locale, variables) { TemplateId = template.Id }, renderer.Accept(template, variables, locale));
        }
        catch (TemplateDefectException e)
        {
            throw new RefusedException(Failure.Field(path + "template", $"cannot be rendered with these variables: {e.InnerException?.Message ?? e.Message}"));
        }
    }

    /// <summary>The name and the Reply-To of the sender's identity, where the message has none.</summary>
    private static MessageEnvelope Completed(MessageEnvelope envelope, SenderProfile profile)
    {
        if (profile.Name is not null && EmailAddress.Parse(envelope.From) is { DisplayName: null } from) envelope = envelope with { From = from.WithDisplayName(profile.Name).ToString() };
        return profile.ReplyTo is null || envelope.ReplyTo.Count > 0 ? envelope : envelope with { ReplyTo = [profile.ReplyTo] };
    }

    /// <summary>What the layout tells of the sender, from its identity, where the message does not say it. The installation's own comes last, in the renderer.</summary>
    private static void Complete(Dictionary<string, JsonElement> variables, PublishedTemplate template, string name, string? value)
    {
        if (value is null || (variables.TryGetValue(name, out JsonElement given) && !TemplateRenderer.IsMissing(given))) return;
        JsonElement own = JsonSerializer.SerializeToElement(value, EmailRequestJson.Default.String);
        if (template.Variables.FirstOrDefault(variable => variable.Name == name) is { } declared && TemplateRenderer.Takes(declared, own)) variables[name] = own;
    }

    /// <summary>What the law wants said stands behind the address where the template, as the built-in set, has no place of its own for it.</summary>
    private static string? Address(PublishedTemplate template, SenderProfile? profile) =>
        profile?.LegalFooter is { } legal && template.Variables.All(variable => variable.Name != "legal_footer") ? profile.PostalAddress is { } address ? $"{address} · {legal}" : legal : profile?.PostalAddress;

    /// <summary>Only what the template declares is kept: what it ignores is not stored, sent or read again.</summary>
    private static Dictionary<string, JsonElement> Declared(PublishedTemplate template, Dictionary<string, JsonElement> given, string path)
    {
        Dictionary<string, JsonElement> declared = [];
        foreach (TemplateVariable variable in template.Variables)
        {
            if (!given.TryGetValue(variable.Name, out JsonElement value)) continue;
            if (!IsStorable(value))
                throw new RefusedException(Failure.Field($"{path}template.variables.{variable.Name}", "contains a NUL character or half of a surrogate pair, which no mail can carry."));
            declared[variable.Name] = value;
        }

        return declared;
    }

    /// <summary>Whether its texts can be stored, and carried by a mail.</summary>
    public static bool IsStorable(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Array) return value.EnumerateArray().All(IsStorable);
        if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Object)) return true;
        try
        {
            return value.ValueKind is JsonValueKind.Object
                ? value.EnumerateObject().All(property => TextRules.IsStorable(property.Name) && IsStorable(property.Value))
                : TextRules.IsStorable(value.GetString()!);
        }
        catch (InvalidOperationException)
        {
            return false; // the JSON text escapes half of a surrogate pair
        }
    }

    /// <summary>The first problem's refusal; the others are named with it, so that one try shows all of them.</summary>
    private static Failure Refusal(string path, TemplateVariableProblem first, IReadOnlyList<TemplateVariableProblem> problems)
    {
        Failure failure = first.IsMissing ? Failure.Missing(path + first.Path) : Failure.Field(path + first.Path, first.Detail);
        return failure with { Detail = string.Join(" ", problems.Skip(1).Select(problem => $"`{path}{problem.Path}` {problem.Detail}").Prepend(failure.Detail)) };
    }
}
