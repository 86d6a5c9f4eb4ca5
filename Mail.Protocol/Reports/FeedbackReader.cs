using System.Globalization;
using System.Net;
using Mail.Protocol.Mime.Parsing;
using Mail.Protocol.Reports.Status;

namespace Mail.Protocol.Reports;

/// <summary>Reads reports of feedback loops (RFC 5965, RFC 6591), and the three kinds that come without fields for machines.</summary>
internal static class FeedbackReader
{
    public static MailReport? TryRead(ReportParts parts)
    {
        if (parts.Feedback.Count > 0) return Report([.. parts.Feedback.Select(fields => FromFields(fields, parts.Original))]);
        if (FromHotmail(parts) is { } hotmail) return Report([hotmail]);
        if (FromProse(parts) is { } prose) return Report([prose]);
        return null;
    }

    private static MailReport Report(IReadOnlyList<FeedbackReport> feedback) => new() { Kind = ReportKind.Feedback, Feedback = feedback };

    private static FeedbackReport FromFields(FieldBlock fields, ParsedMessage? original)
    {
        string type = (fields["Feedback-Type"] ?? "").Trim().ToLowerInvariant();
        string[] recipients = [.. fields.All("Original-Rcpt-To").Select(TypedValue.Address).OfType<string>()];
        if (recipients.Length == 0) recipients = [.. fields.All("Removal-Recipient").Select(TypedValue.Address).OfType<string>()];
        if (recipients.Length == 0 && original is not null) recipients = [.. original.To.Select(to => to.Address).Where(address => address.Contains('@'))];
        return new FeedbackReport
        {
            Type = TypeOf(type),
            TypeName = type,
            Recipients = recipients,
            OriginalMailFrom = TypedValue.Address(fields["Original-Mail-From"]),
            SourceIp = AddressOf(fields["Source-IP"]),
            ArrivalDate = DateOf(fields["Arrival-Date"] ?? fields["Received-Date"]),
            ReportedDomains = [.. fields.All("Reported-Domain").Select(domain => domain.Trim()).Where(domain => domain.Length > 0)],
            AuthFailure = fields["Auth-Failure"]?.Trim().ToLowerInvariant(),
            DeliveryResult = fields["Delivery-Result"]?.Trim().ToLowerInvariant(),
            UserAgent = fields["User-Agent"],
            Incidents = int.TryParse(fields["Incidents"], NumberStyles.None, CultureInfo.InvariantCulture, out int incidents) && incidents > 0 ? incidents : 1,
            OriginalMessageId = original?.MessageId ?? MessageIdText.Of(fields["Message-ID"] ?? fields["Original-Message-ID"]),
        };
    }

    public static FeedbackType TypeOf(string type) => type switch
    {
        "abuse" or "complaint" or "spam" => FeedbackType.Abuse,
        "fraud" or "phishing" => FeedbackType.Fraud,
        "virus" => FeedbackType.Virus,
        "not-spam" => FeedbackType.NotSpam,
        "opt-out" or "opt-out-list" => FeedbackType.OptOut,
        "auth-failure" or "dmarc" or "dkim" => FeedbackType.AuthFailure,
        _ => FeedbackType.Other,
    };

    // Outlook.com's programme (JMRP): the message is enclosed, and the recipient stands in a header that was put into it.
    private static FeedbackReport? FromHotmail(ReportParts parts)
    {
        if (!parts.Notice.Subject.Contains("complaint about message from", StringComparison.OrdinalIgnoreCase)) return null;
        foreach (ParsedMessage enclosed in parts.Enclosed)
        {
            string? recipient = enclosed.Headers["X-HmXmrOriginalRecipient"]?.UnfoldedValue.Trim().Trim('<', '>');
            string[] recipients = recipient is { Length: > 0 } ? [recipient] : [.. enclosed.To.Select(to => to.Address).Where(address => address.Contains('@'))];
            string subject = parts.Notice.Subject;
            return new FeedbackReport
            {
                Type = FeedbackType.Abuse,
                TypeName = "abuse",
                Recipients = recipients,
                SourceIp = IPAddress.TryParse(subject[(subject.LastIndexOf(' ') + 1)..].Trim('[', ']', '.'), out IPAddress? address) ? address : null,
                OriginalMessageId = enclosed.MessageId,
            };
        }
        return null;
    }

    private static FeedbackReport? FromProse(ReportParts parts)
    {
        string text = parts.Notice.Text;
        if (text.Contains("failed the published DMARC policy", StringComparison.OrdinalIgnoreCase) || IsFailureTitle(parts))
        {
            return new FeedbackReport
            {
                Type = FeedbackType.AuthFailure,
                TypeName = "auth-failure",
                AuthFailure = "dmarc",
                SourceIp = AddressOf(ValueOf(parts, "Sender IP Address")),
                ReportedDomains = ValueOf(parts, "Sender Domain") is { } domain ? [domain] : [],
                ArrivalDate = DateOf(ValueOf(parts, "Received date")),
                OriginalMessageId = parts.Original?.MessageId,
            };
        }
        // Apple Mail's button sends a mail where List-Unsubscribe names an address.
        if (text.Contains("Apple Mail sent this email to unsubscribe", StringComparison.OrdinalIgnoreCase))
            return new FeedbackReport { Type = FeedbackType.OptOut, TypeName = "opt-out", Recipients = [.. parts.Message.From.Select(from => from.Address)] };
        return null;
    }

    private static bool IsFailureTitle(ReportParts parts) =>
        parts.Notice.Subject.StartsWith("DMARC Forensic Report", StringComparison.OrdinalIgnoreCase)
        || parts.Notice.Subject.StartsWith("DMARC Failure Report", StringComparison.OrdinalIgnoreCase);

    private static string? ValueOf(ReportParts parts, string label)
    {
        foreach (string line in parts.Notice.Lines)
            if (line.AsSpan().TrimStart().StartsWith(label, StringComparison.OrdinalIgnoreCase)
                && line.IndexOf(':') is int colon and > 0) return line[(colon + 1)..].Trim();
        return null;
    }

    // Some add the host's name in brackets.
    private static IPAddress? AddressOf(string? value)
    {
        ReadOnlySpan<char> text = value.AsSpan().Trim();
        int end = text.IndexOfAny(" \t(");
        return IPAddress.TryParse((end < 0 ? text : text[..end]).Trim("[]"), out IPAddress? address) ? address : null;
    }

    private static DateTimeOffset? DateOf(string? value) => value is not null && MailDateParser.TryParse(value, out DateTimeOffset date, out _) ? date : null;
}
