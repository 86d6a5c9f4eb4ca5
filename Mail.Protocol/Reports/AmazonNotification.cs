using System.Text;
using System.Text.Json;
using Mail.Protocol.Mime.Parsing;
using Mail.Protocol.Reports.Reasons;
using Mail.Protocol.Reports.Status;

namespace Mail.Protocol.Reports;

/// <summary>Reads notifications of Amazon SES that SNS sends by mail: JSON in the text, often with another JSON around it.</summary>
internal static class AmazonNotification
{
    private static readonly JsonDocumentOptions _options = new() { MaxDepth = 32, AllowTrailingCommas = true };

    public static MailReport? TryRead(ReportParts parts)
    {
        string text = parts.Notice.Text;
        int start = text.IndexOf('{');
        if (start < 0 || !text.Contains("notificationType", StringComparison.Ordinal) && !text.Contains("eventType", StringComparison.Ordinal)) return null;
        return Parse(JsonText(text, start)) is { } document ? Read(document) : null;
    }

    private static MailReport? Read(JsonDocument document)
    {
        using (document)
        {
            JsonElement root = document.RootElement;
            if (Text(root, "Message") is { } inner && Text(root, "Type") is not null) return Parse(inner) is { } within ? Read(within) : null;
            string? id = root.TryGetProperty("mail", out JsonElement mail) && mail.ValueKind is JsonValueKind.Object ? OriginalId(mail) : null;
            return (Text(root, "notificationType") ?? Text(root, "eventType")) switch
            {
                "Bounce" when Object(root, "bounce") is { } bounce => Delivery(Recipients(bounce, "bouncedRecipients").Select(recipient => Bounce(recipient, bounce, id)), id),
                "Delivery" when Object(root, "delivery") is { } delivery => Delivery(Names(delivery, "recipients").Select(address => Delivered(address, delivery, id)), id),
                "Complaint" when Object(root, "complaint") is { } complaint => Complaint(complaint, id),
                _ => null,
            };
        }
    }

    private static MailReport? Delivery(IEnumerable<BounceReport> recipients, string? id)
    {
        BounceReport[] all = [.. recipients];
        return all.Length == 0 ? null : new MailReport { Kind = ReportKind.Delivery, Recipients = all, OriginalMessageId = id };
    }

    private static BounceReport Bounce(JsonElement recipient, JsonElement bounce, string? id)
    {
        string diagnostic = Text(recipient, "diagnosticCode") is { } code ? TypedValue.Split(code).Value : "";
        ReplyFacts facts = ReplyFacts.Of(diagnostic, isReply: true);
        Evidence evidence = new()
        {
            Text = diagnostic,
            Status = TypedValue.Status(Text(recipient, "status")).Code ?? facts.Status,
            Code = facts.Code,
            HasFields = true,
        };
        (BounceReason reason, Certainty certainty) = ReasonClassifier.Decide(evidence);
        if (certainty < Certainty.Status) reason = SubType(Text(bounce, "bounceSubType")) ?? reason;
        return BounceReport.Of(evidence, reason, Text(recipient, "emailAddress") ?? "") with
        {
            Diagnostic = DeliveryReader.Diagnostic(diagnostic),
            ReportingMta = TypedValue.Host(Text(bounce, "reportingMTA")),
            OriginalMessageId = id,
        };
    }

    private static BounceReason? SubType(string? subType) => subType switch
    {
        "NoEmail" => BounceReason.UserUnknown,
        "MailboxFull" => BounceReason.MailboxFull,
        "MessageTooLarge" => BounceReason.MessageTooBig,
        "ContentRejected" => BounceReason.ContentError,
        "AttachmentRejected" => BounceReason.PolicyViolation,
        "Suppressed" or "OnAccountSuppressionList" => BounceReason.Filtered,
        _ => null,
    };

    private static BounceReport Delivered(string address, JsonElement delivery, string? id)
    {
        string response = Text(delivery, "smtpResponse") ?? "";
        ReplyFacts facts = ReplyFacts.Of(response, isReply: true);
        Evidence evidence = new() { Text = response, Status = facts.Status, Code = facts.Code, Action = BounceAction.Delivered };
        return BounceReport.Of(evidence, BounceReason.Delivered, address) with
        {
            Diagnostic = DeliveryReader.Diagnostic(response),
            ReportingMta = Text(delivery, "reportingMTA"),
            RemoteMta = Text(delivery, "remoteMtaIp"),
            OriginalMessageId = id,
        };
    }

    private static MailReport Complaint(JsonElement complaint, string? id)
    {
        string type = (Text(complaint, "complaintFeedbackType") ?? "abuse").ToLowerInvariant();
        FeedbackReport report = new()
        {
            Type = FeedbackReader.TypeOf(type),
            TypeName = type,
            Recipients = [.. Recipients(complaint, "complainedRecipients").Select(recipient => Text(recipient, "emailAddress")).OfType<string>()],
            UserAgent = Text(complaint, "userAgent"),
            OriginalMessageId = id,
        };
        return new MailReport { Kind = ReportKind.Feedback, Feedback = [report], OriginalMessageId = id };
    }

    // The Message-ID that the sender wrote, where the notification has the headers; SES gives the message another one.
    private static string? OriginalId(JsonElement mail)
    {
        if (Object(mail, "commonHeaders") is { } headers && Text(headers, "messageId") is { } written) return MessageIdText.Of(written);
        return MessageIdText.Of(Text(mail, "messageId"));
    }

    private static IEnumerable<JsonElement> Recipients(JsonElement element, string name) =>
        Items(element, name).Where(item => Text(item, "emailAddress") is not null);

    private static IEnumerable<string> Names(JsonElement element, string name) =>
        Items(element, name).Select(Text).OfType<string>();

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement list) && list.ValueKind is JsonValueKind.Array ? list.EnumerateArray() : default;

    private static JsonElement? Object(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.Object ? value : null;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? Text(value) : null;

    private static string? Text(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.String) return null;
        try { return OneLine.Of(value.GetString()!); }
        catch (InvalidOperationException) { return null; } // an escape that is half a character; there is no Try form
    }

    // Mail programs fold the one long line: a line end is no part of the JSON, within or between its strings.
    private static string JsonText(string text, int start)
    {
        int end = text.LastIndexOf('}');
        if (end <= start) return "";
        return text[start..(end + 1)].Replace("\r", "", StringComparison.Ordinal).Replace("\n ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
    }

    private static JsonDocument? Parse(string json)
    {
        try
        {
            JsonDocument document = JsonDocument.Parse(Encoding.UTF8.GetBytes(json), _options);
            if (document.RootElement.ValueKind is JsonValueKind.Object) return document;
            document.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null; // prose with braces
        }
    }
}
