using System.Text;
using Mail.Protocol.Mime.Parsing;
using Mail.Protocol.Reports.Notices;
using Mail.Protocol.Reports.Status;

namespace Mail.Protocol.Reports;

/// <summary>A message taken apart for the readers: the prose, the fields for machines, and the copy of the message that it is about.</summary>
internal sealed class ReportParts
{
    private const int MaxText = 64 * 1024; // characters: notices are short, copies of messages are not
    private const int MaxSubject = 1000; // no notice has as many

    private readonly StringBuilder _plain = new();
    private readonly StringBuilder _html = new();
    private string? _strayId;

    public ReportParts(ParsedMessage message)
    {
        Message = message;
        Visit(message.Root);
        // Boundaries that are nowhere to be found: everything is prose.
        if (_plain.Length == 0 && _html.Length == 0 && !HasStatusPart && Feedback.Count == 0 && Disposition is null && Enclosed.Count == 0)
            _plain.Append(Encoding.Latin1.GetString(message.Root.RawContent.Span[..Math.Min(MaxText, message.Root.RawContent.Length)]));
        string text = _plain.ToString();
        if (string.IsNullOrWhiteSpace(text) && _html.Length > 0) text = HtmlText.Of(_html.ToString());
        (string[] notice, string copy) = NoticeSplit.Part(text);
        string subject = message.Subject ?? "";
        Notice = new Notice(notice, subject.Length > MaxSubject ? subject[..MaxSubject] : subject);
        if (Status.IsEmpty) Status.Add(EmbeddedFields(notice));
        Original ??= Quoted(copy);
        if (Original is { Headers.Count: 0 } bare && Quoted(bare.Root.DecodeText()) is { } late) Original = late; // an empty line before the headers
        string? field = Status.Message["Message-ID"] ?? Status.Recipients.Select(group => group["Message-ID"]).FirstOrDefault(id => id is not null);
        OriginalMessageId = Original?.MessageId ?? _strayId ?? MessageIdText.Of(field);
    }

    /// <summary>Whom it is about, where its reader knows and it may not say.</summary>
    public string? KnownRecipient { get; init; }

    public ParsedMessage Message { get; }

    public DeliveryStatus Status { get; } = new();

    /// <summary>Whether there is a part for delivery reports, though perhaps an empty one.</summary>
    public bool HasStatusPart { get; private set; }

    public List<FieldBlock> Feedback { get; } = [];

    public FieldBlock? Disposition { get; private set; }

    public Notice Notice { get; }

    /// <summary>The copy of the message that the report is about, perhaps its headers alone; null where there is none.</summary>
    public ParsedMessage? Original { get; private set; }

    /// <summary>The id of that message: of the copy, or from where a broken structure put the copy's headers; null where it is nowhere.</summary>
    public string? OriginalMessageId { get; }

    /// <summary>The messages that are enclosed.</summary>
    public List<ParsedMessage> Enclosed { get; } = [];

    /// <summary>The value of a header for people, or "".</summary>
    public string Header(string name) => Message.Headers[name]?.Value ?? "";

    private void Visit(MimePart part)
    {
        if (part.Parts.Count > 0)
        {
            foreach (MimePart child in part.Parts) Visit(child);
            return;
        }
        if (part != Message.Root && part.Headers["Message-ID"] is { } id) _strayId ??= MessageIdText.Of(id.UnfoldedValue);
        switch (part.ContentType.MediaType)
        {
            case "message/delivery-status" or "message/global-delivery-status":
                HasStatusPart = true;
                if (!Status.Add(part.DecodeText())) Append(_plain, part); // some put their prose into the wrong part
                break;
            case "message/feedback-report":
                Feedback.Add(FieldBlock.ParseOne(part.DecodeText()));
                break;
            case "message/disposition-notification" or "message/global-disposition-notification":
                Disposition ??= FieldBlock.ParseOne(part.DecodeText());
                break;
            case "text/rfc822-headers" or "text/rfc822-header" or "message/rfc822-headers" or "message/global-headers" or "message/partial":
                Original ??= part.EnclosedMessage ?? Parse(part.DecodeContent());
                break;
            case "text/html":
                Append(_html, part);
                break;
            default:
                if (part.EnclosedMessage is { } enclosed)
                {
                    Enclosed.Add(enclosed);
                    Original ??= enclosed;
                }
                else if (part.ContentType.IsText && part.Disposition is not { IsAttachment: true }) Append(_plain, part);
                break;
        }
    }

    private static void Append(StringBuilder text, MimePart part)
    {
        int room = MaxText - text.Length;
        if (room <= 0) return;
        string content = part.DecodeText();
        text.Append(content.AsSpan(0, Math.Min(room, content.Length))).Append('\n');
    }

    // Fields of a report that stand in the prose, because the reporter knows no MIME or because a person forwarded it.
    private static string EmbeddedFields(string[] lines)
    {
        int first = Array.FindIndex(lines, line => IsField(line, "Reporting-MTA"));
        int recipient = Array.FindIndex(lines, line => IsField(line, "Final-Recipient") || IsField(line, "Original-Recipient"));
        if (recipient < 0) return "";
        if (first < 0 || first > recipient)
            for (first = recipient; first > 0 && !string.IsNullOrWhiteSpace(lines[first - 1]); first--) { }
        return string.Join('\n', lines.AsSpan(first..)!);
    }

    private static bool IsField(string line, string name) =>
        line.StartsWith(name, StringComparison.OrdinalIgnoreCase) && line.AsSpan(name.Length).TrimStart() is [':', ..];

    private static ParsedMessage? Quoted(string copy)
    {
        if (copy.Length == 0) return null;
        string headers = NoticeSplit.Headers(copy);
        return headers.Length == 0 ? null : Parse(Encoding.UTF8.GetBytes(headers + "\r\n\r\n"));
    }

    private static ParsedMessage? Parse(byte[] octets) => ParsedMessage.TryParse(octets, out ParsedMessage? parsed, out _) ? parsed : null;
}
