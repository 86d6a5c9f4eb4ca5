using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using Mail.Core.Common;
using Mail.Core.Suppressions;
using Mail.Core.Templates;
using Mail.Core.Templates.Storage;
using Mail.Core.Tracking;
using Mail.Protocol.Calendar;
using Mail.Protocol.Mime;

namespace Mail.Core.Messages;

/// <summary>Turns a stored message into the mail that leaves: template, then MIME. Knows nothing of the queue; the API shows the same bytes.</summary>
public sealed class MessageComposer(AttachmentStore attachments, TemplateDirectory templates, TemplateRenderer renderer, MessageSecrets secrets)
{
    /// <param name="unsubscribeUrl">The recipient's own link, for a message that carries one; without it the copy is a preview, whose link leads to nobody.</param>
    /// <param name="marks">The recipient's own links and picture, for a message that is tracked; without them nobody who looks at the copy is counted.</param>
    /// <param name="masked">Whether what is secret is left out, for somebody who is not the recipient. Of a sensitive message nothing is left.</param>
    /// <exception cref="CompositionException">What is stored makes no mail.</exception>
    public async Task<ComposedEmail> ComposeAsync(StoredMessage message, CancellationToken ct, string? unsubscribeUrl = null, MailMarks? marks = null, bool masked = false)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Content.RemovedAt is { } removed) throw new CompositionException(string.Create(CultureInfo.InvariantCulture, $"Its content was removed on {removed:yyyy-MM-dd}, as the project's retention says."));
        string? link = message.Content.LinksTo is { } linksTo ? unsubscribeUrl ?? UnsubscribeLinks.PreviewUrl(linksTo) : null;
        if (message.Content.Raw is { } raw)
        {
            ReadOnlyMemory<byte> octets = Mark(raw.Octets ?? await LoadRawAsync(message, ct), marks);
            return new ComposedEmail(message.Subject, link is null ? octets : UnsubscribeHeaders.Before(octets, link));
        }

        PublishedTemplate? template = message.Content.Template is { } use ? await templates.PinnedAsync(message.ProjectId, use, ct) : null;
        if (message.Content.Secrets is { } hidden) message = message with { Content = await OpenAsync(message, hidden, template, masked, ct) };
        return Compose(message, template, link, marks, message.Content.Attachments.Count == 0 ? [] : await LoadAttachmentsAsync(message, ct));
    }

    /// <summary>The id in the header Message-ID, without angle brackets: one per message, the same at every attempt.</summary>
    public static string MessageIdHeader(StoredMessage message, EmailAddress from) =>
        message.Content.Raw?.MessageId ?? $"{message.Id}@{from.AsciiDomain}";

    private async ValueTask<MessageContent> OpenAsync(StoredMessage message, byte[] hidden, PublishedTemplate? template, bool masked, CancellationToken ct)
    {
        try
        {
            SecretContent opened = (await secrets.CipherAsync(ct)).Open(message.ProjectId, message.Id, hidden);
            return SecretParts.With(message.Content, masked ? SecretParts.Masked(opened, template) : opened);
        }
        catch (CryptographicException e)
        {
            throw new CompositionException("What is secret in it cannot be decrypted: it was stored under another key ring.", e);
        }
    }

    private async Task<byte[]> LoadRawAsync(StoredMessage message, CancellationToken ct) =>
        (await attachments.LoadAsync([(message.ProjectId, message.Id)], ct)).GetValueOrDefault(message.Id) is [byte[] octets, ..] ? octets : throw new CompositionException("Its bytes are gone.");

    private async Task<List<byte[]>> LoadAttachmentsAsync(StoredMessage message, CancellationToken ct)
    {
        Dictionary<MessageId, List<byte[]>> loaded = await attachments.LoadAsync([(message.ProjectId, message.Id)], ct);
        List<byte[]> contents = loaded.GetValueOrDefault(message.Id) ?? [];
        return contents.Count == message.Content.Attachments.Count
            ? contents
            : throw new CompositionException($"{message.Content.Attachments.Count - contents.Count} of its {message.Content.Attachments.Count} attachments are gone.");
    }

    private ComposedEmail Compose(StoredMessage message, PublishedTemplate? template, string? link, MailMarks? marks, List<byte[]> contents)
    {
        try
        {
            (string? html, string? text) = Body(message.Content, template, link);
            if (marks is not null && html is not null)
            {
                if (message.Content.LinksTo is { } linksTo) marks.LeaveAlone(linksTo + UnsubscribeLinks.Path);
                marks.LeaveAloneListed(message.Content.Headers.FirstOrDefault(header => header.Key.Equals("List-Unsubscribe", StringComparison.OrdinalIgnoreCase)).Value);
                html = marks.Apply(html);
            }

            MimeMessage mime = Mime(message, html, text, contents);
            if (link is not null) foreach (MimeHeader header in UnsubscribeHeaders.Of(link)) mime.Headers.Add(header);
            ArrayBufferWriter<byte> bytes = new(EstimatedSize(html, text, contents));
            mime.WriteTo(bytes);
            return new ComposedEmail(message.Subject, html, text, bytes.WrittenMemory);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or TemplateDefectException)
        {
            throw new CompositionException($"The mail cannot be composed: {e.Message}", e) { DependsOnVersion = IsOfAnotherVersion(message.Content.Template, template) };
        }
    }

    /// <summary>Nothing but the HTML of a mail that nobody has signed is touched.</summary>
    private static ReadOnlyMemory<byte> Mark(byte[] octets, MailMarks? marks)
    {
        if (marks is null) return octets;
        if (RawMail.Read(new ReadOnlySequence<byte>(octets)) is { IsSuccess: true } mail) marks.LeaveAloneListed(mail.Value.Headers["List-Unsubscribe"]?.UnfoldedValue);
        return HtmlPartRewriter.Rewrite(octets, marks.Apply);
    }

    /// <summary>Of the built-in set there is one version of each template, so a message that waits over an upgrade takes the new one, if its variables suffice.</summary>
    private (string? Html, string? Text) Body(MessageContent content, PublishedTemplate? template, string? link)
    {
        if (content.Template is not { } use) return (UnsubscribeHeaders.FillIn(content.Html, link), UnsubscribeHeaders.FillIn(content.Text, link));
        if (template is null) throw new CompositionException($"The template '{use.Id}' is not known to this version of the mail system.") { DependsOnVersion = true };
        RenderedEmail rendered = renderer.Render(template, link is null ? use.Variables : UnsubscribeHeaders.With(use.Variables, link), use.Locale);
        return (rendered.Html, rendered.Text);
    }

    /// <summary>Variables were checked at acceptance against the version that the message names; another one may want others.</summary>
    private static bool IsOfAnotherVersion(TemplateUse? use, PublishedTemplate? template) => use is not null && template?.Version != use.Version;

    private static MimeMessage Mime(StoredMessage message, string? html, string? text, List<byte[]> contents)
    {
        EmailAddress from = EmailAddress.Parse(message.Envelope.From);
        MimeMessage mime = new()
        {
            From = from,
            Subject = message.Subject,
            Date = message.PlannedAt ?? message.CreatedAt, // a mail that is 30 days old when it arrives looks like spam
            MessageId = MessageIdHeader(message, from),
            HtmlBody = html,
            TextBody = text,
        };
        foreach (string address in message.Envelope.To) mime.To.Add(EmailAddress.Parse(address));
        foreach (string address in message.Envelope.Cc) mime.Cc.Add(EmailAddress.Parse(address));
        foreach (string address in message.Envelope.ReplyTo) mime.ReplyTo.Add(EmailAddress.Parse(address));
        foreach ((string name, string value) in message.Content.Headers) mime.Headers.Add(MimeHeader.Create(name, value));
        foreach (AttachmentFacts facts in message.Content.Attachments)
            mime.Attachments.Add(MimeAttachment.Create(facts.FileName, facts.ContentType, contents[facts.Ordinal], facts.ContentId));
        if (message.Content.Calendar is { } calendar) CalendarMessage.AddTo(mime, calendar.Method, calendar.Text);
        return mime;
    }

    /// <summary>Quoted-printable and base64 need about a third more, the headers about a kilobyte.</summary>
    private static int EstimatedSize(string? html, string? text, List<byte[]> contents) =>
        1024 + ((html?.Length ?? 0) + (text?.Length ?? 0)) * 4 / 3 + contents.Sum(content => content.Length + content.Length * 2 / 5);
}
