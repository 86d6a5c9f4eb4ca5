using Mail.Protocol.Mime.Parsing;
using Mail.Protocol.Reports.Notices;
using Mail.Protocol.Reports.Status;

namespace Mail.Protocol.Reports;

/// <summary>
/// Reads what comes back to a sender: delivery reports (RFC 3464, RFC 6533), notices in the prose of the common mail systems, read receipts (RFC 8098),
/// complaints and failure reports (RFC 5965, RFC 6591), automatic answers (RFC 3834). Rules read what a message says, not where it comes from. The
/// cost is linear in the size of the message; of prose the first 64 K characters are read.
/// </summary>
public static class ReportReader
{
    private const int MaxNesting = 2;

    /// <summary>Reads a message.</summary>
    /// <param name="message">The octets from the first header on.</param>
    /// <param name="limits">What the message may cost; <see cref="MimeLimits.Default"/> when <see langword="null"/>.</param>
    /// <returns>What it is; <see cref="ReportKind.None"/> when it is no report, also when it cannot be read as a message at all.</returns>
    public static MailReport Read(ReadOnlyMemory<byte> message, MimeLimits? limits = null) =>
        ParsedMessage.TryParse(message, out ParsedMessage? parsed, out _, limits) ? Read(parsed) : MailReport.None;

    /// <summary>Reads a message that was parsed.</summary>
    /// <param name="message">The message; not changed.</param>
    /// <param name="knownRecipient">Whom it is about, as the return path knows that it was sent to: for notices in prose that name nobody. <see langword="null"/> when that is not known.</param>
    public static MailReport Read(ParsedMessage message, string? knownRecipient = null) => Read(message, 0, knownRecipient);

    private static MailReport Read(ParsedMessage message, int nesting, string? knownRecipient = null)
    {
        ReportParts parts = new(message) { KnownRecipient = knownRecipient };
        if (FeedbackReader.TryRead(parts) is { } feedback) return Complete(feedback, parts);
        if (parts.Disposition is { } disposition) return Complete(DispositionReader.Read(disposition), parts);
        if (AmazonNotification.TryRead(parts) is { } notification) return notification;

        NoticeWords words = NoticeSigns.Read(parts.Notice);
        bool isFromDaemon = NoticeSigns.IsFromDaemon(message);
        bool isPersonal = !isFromDaemon && NoticeSigns.IsOfAPerson(message); // who quotes a notice reports nothing
        if (parts.HasStatusPart || (parts.Status.Recipients.Count > 0 && !isPersonal))
        {
            // With a 5yz the message does not wait for a proof: it is gone.
            bool mayWait = !parts.Status.Recipients.Any(group => TypedValue.Status(group["Status"]).Code is { Class: 5 });
            if (words.AsksForProof && mayWait && !words.SaysDelay) return Complete(new MailReport { Kind = ReportKind.AutoReply, AutoReply = AutoReplyKind.Challenge }, parts);
            if (DeliveryReader.Read(parts, words) is { Count: > 0 } delivery) return Complete(Delivery(delivery), parts);
        }
        // A gateway that sends a report on as an attachment. Where it says itself that something failed, the attachment is what failed.
        if (nesting < MaxNesting && isFromDaemon && (!words.SaysFailure || !parts.Notice.HasAddresses))
            foreach (ParsedMessage enclosed in parts.Enclosed)
                if (enclosed.Root.ContentType.MediaType is "multipart/report"
                    && Read(enclosed, nesting + 1) is { Kind: not (ReportKind.None or ReportKind.AutoReply) } inner) return inner;
        AutoReplyKind answer = AutoReplies.Find(parts, words.AsksForProof);
        if (answer is AutoReplyKind.Vacation or AutoReplyKind.Challenge && !isFromDaemon && !parts.Message.Headers.Contains("X-Failed-Recipients"))
            return Complete(new MailReport { Kind = ReportKind.AutoReply, AutoReply = answer }, parts);
        if (IsNotice(parts, words, isFromDaemon, isPersonal)) return Complete(Delivery(DeliveryReader.Read(parts, words)), parts);
        return answer is AutoReplyKind.None ? MailReport.None : Complete(new MailReport { Kind = ReportKind.AutoReply, AutoReply = answer }, parts);
    }

    private static bool IsNotice(ReportParts parts, NoticeWords words, bool isFromDaemon, bool isPersonal)
    {
        if (parts.Message.Headers.Contains("X-Failed-Recipients")) return true;
        if (isPersonal) return false;
        bool speaks = words.SaysFailure || words.SaysDelay;
        if (isFromDaemon) return speaks || words.HasTitle || (parts.Enclosed.Count > 0 && parts.Notice.Leading.Count > 0) || DeliveryReader.SaysWhy(parts.Notice);
        if (AutoReplies.HasSubject(parts.Notice.Subject)) return false;
        return words.HasTitle ? speaks : words.SaysFailure && NoticeSigns.HasNullReturnPath(parts.Message) && DeliveryReader.SaysWhy(parts.Notice);
    }

    private static MailReport Delivery(IReadOnlyList<BounceReport> recipients) => new() { Kind = ReportKind.Delivery, Recipients = recipients };

    private static MailReport Complete(MailReport report, ReportParts parts)
    {
        ParsedMessage? original = parts.Original;
        string? id = parts.OriginalMessageId
            ?? report.Disposition?.OriginalMessageId
            ?? report.Feedback.Select(feedback => feedback.OriginalMessageId).FirstOrDefault(given => given is not null)
            ?? (parts.Message.InReplyTo is [string answered, ..] ? answered : null) ?? (parts.Message.References is [.., string last] ? last : null);
        return report with
        {
            OriginalMessageId = id,
            OriginalSubject = original?.Subject,
            OriginalTo = original is null ? [] : [.. original.To.Select(to => to.Address).Where(address => address.Length > 0)],
            Recipients = [.. report.Recipients.Select(recipient => recipient with { OriginalMessageId = recipient.OriginalMessageId ?? id })],
            Feedback = [.. report.Feedback.Select(feedback => feedback with { OriginalMessageId = feedback.OriginalMessageId ?? id })],
        };
    }
}
