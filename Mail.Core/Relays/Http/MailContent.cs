using Mail.Protocol.Mime;
using Mail.Protocol.Mime.Parsing;

namespace Mail.Core.Relays.Http;

/// <summary>A finished message taken apart, for providers that take parts instead of MIME and put them together again.</summary>
internal sealed class MailContent
{
    /// <summary>Set anew by every provider, or meant for one transfer only.</summary>
    private static readonly HashSet<string> _notKept = new(StringComparer.OrdinalIgnoreCase)
    {
        "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Subject", "Date", "Message-ID", "MIME-Version", "Return-Path", "Received", "DKIM-Signature", "DomainKey-Signature", "Authentication-Results",
    };

    private static readonly string[] _notKeptPrefixes = ["Content-", "Resent-", "ARC-"];

    private readonly ParsedMessage _message;

    private MailContent(ParsedMessage message, EmailAddress from)
    {
        (_message, From) = (message, from);
        List<MailFile> files = [];
        foreach (MimePart part in message.Attachments)
        {
            if (Calendar is null && part.ContentType.MediaType == "text/calendar" && part.Disposition is not { IsAttachment: true }) Calendar = MailFile.Of(part, null);
            else files.Add(MailFile.Of(part, Html));
        }

        Files = files;
        To = Addresses(message.To);
        Cc = Addresses(message.Cc);
        ReplyTo = Addresses(message.ReplyTo);
        Headers = Kept(message.Headers);
    }

    public EmailAddress From { get; }

    public IReadOnlyList<EmailAddress> To { get; }

    public IReadOnlyList<EmailAddress> Cc { get; }

    public IReadOnlyList<EmailAddress> ReplyTo { get; }

    public string Subject => _message.Subject ?? "";

    public string? Text => _message.TextBody;

    public string? Html => _message.HtmlBody;

    /// <summary>With angle brackets; null when it has none.</summary>
    public string? MessageId => _message.MessageId is { } id ? $"<{id}>" : null;

    /// <summary>An invitation shown by calendars: another form of the text, not a file beside it.</summary>
    public MailFile? Calendar { get; }

    public IReadOnlyList<MailFile> Files { get; }

    /// <summary>Headers that no provider sets by itself, unfolded and encoded as they were.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <exception cref="UnsendableMessageException">It is signed or encrypted as a whole, or has no author.</exception>
    public static MailContent Read(RelayMessage message, string title)
    {
        if (!ParsedMessage.TryParse(message.Mime, out ParsedMessage? parsed, out MimeDefect? defect)) throw new UnsendableMessageException($"The message cannot be read: {defect}");
        if (parsed.Root.ContentType.MediaType is "multipart/signed" or "multipart/encrypted" or "multipart/report" or "application/pkcs7-mime" or "application/x-pkcs7-mime")
            throw new UnsendableMessageException($"{title} makes every message anew from its text and files, so one of type {parsed.Root.ContentType} (signed, encrypted or a report) cannot go through it. Use a relay that takes MIME, such as smtp, ses or mailgun.");
        if (parsed.From.Select(RawMessage.Address).FirstOrDefault(address => address is not null) is not { } from) throw new UnsendableMessageException("The message has no author: its From header holds no address.");
        return new MailContent(parsed, from);
    }

    /// <summary>
    /// Splits the recipients into requests. Whom To or Cc name is seen by the others and goes first; the hidden ones join a request that has a visible one.
    /// Without one, each of them gets a request of his own, because somebody has to stand in To.
    /// </summary>
    public MailDraft Draft(RelayMessage message, int maxRecipients, Func<Addressing, RelayRequest> write)
    {
        HashSet<string> visible = [.. To.Concat(Cc).Select(RawMessage.Mailbox)];
        List<IReadOnlyList<RelayRecipient>> parts = [];
        foreach (RelayRecipient[] part in message.Recipients.OrderBy(recipient => !visible.Contains(RawMessage.Mailbox(recipient.Address))).Chunk(maxRecipients))
        {
            if (visible.Contains(RawMessage.Mailbox(part[0].Address))) parts.Add(part);
            else parts.AddRange(part.GroupBy(recipient => RawMessage.Mailbox(recipient.Address)).Select(same => same.ToArray()));
        }

        return new MailDraft(parts, recipients => write(Addressing.Of(this, recipients)));
    }

    private static List<EmailAddress> Addresses(IReadOnlyList<ParsedMailbox> mailboxes) => [.. mailboxes.Select(RawMessage.Address).OfType<EmailAddress>()];

    private static List<KeyValuePair<string, string>> Kept(ParsedHeaders headers)
    {
        List<KeyValuePair<string, string>> kept = [];
        foreach (ParsedHeader header in headers)
        {
            string name = header.Name;
            if (!_notKept.Contains(name) && !_notKeptPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))) kept.Add(new(name, header.UnfoldedValue));
        }

        return kept;
    }
}

/// <summary>Who stands where in one request; together exactly its recipients, each once.</summary>
internal sealed record Addressing(IReadOnlyList<EmailAddress> To, IReadOnlyList<EmailAddress> Cc, IReadOnlyList<EmailAddress> Bcc)
{
    /// <summary>With the names of the message. Providers want somebody in To: else those of Cc move there, or the only hidden one.</summary>
    public static Addressing Of(MailContent mail, IReadOnlyList<RelayRecipient> recipients)
    {
        Dictionary<string, EmailAddress> open = [];
        foreach (RelayRecipient recipient in recipients) open[RawMessage.Mailbox(recipient.Address)] = recipient.Address;
        List<EmailAddress> to = Take(mail.To, open), cc = Take(mail.Cc, open);
        List<EmailAddress> bcc = [.. recipients.Select(recipient => recipient.Address).Where(address => open.Remove(RawMessage.Mailbox(address))).Select(address => address.WithDisplayName(null))];
        if (to.Count == 0) (to, cc) = (cc, []);
        if (to.Count == 0) (to, bcc) = (bcc, []);
        return new Addressing(to, cc, bcc);
    }

    private static List<EmailAddress> Take(IReadOnlyList<EmailAddress> listed, Dictionary<string, EmailAddress> open) =>
        [.. listed.Where(address => open.ContainsKey(RawMessage.Mailbox(address))).Select(address => open.Remove(RawMessage.Mailbox(address), out EmailAddress? mine) ? mine.WithDisplayName(address.DisplayName) : null).OfType<EmailAddress>()];
}
