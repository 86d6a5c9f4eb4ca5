using Mail.Protocol.Mime.Parsing;
using Mail.Protocol.Reports.Notices;
using Mail.Protocol.Reports.Reasons;
using Mail.Protocol.Reports.Status;

namespace Mail.Protocol.Reports;

/// <summary>Puts together what the fields for machines and the prose of a delivery report say about each recipient.</summary>
internal static class DeliveryReader
{
    /// <summary>Reads a report.</summary>
    /// <returns>One report for each recipient that is named; none when nobody is.</returns>
    public static IReadOnlyList<BounceReport> Read(ReportParts parts, NoticeWords words)
    {
        List<StatusGroup> named = [];
        StatusGroup? nameless = null;
        foreach (FieldBlock fields in parts.Status.Recipients)
        {
            StatusGroup group = StatusGroup.Read(fields, words);
            if (group.Recipient is null) nameless ??= group;
            else if (!named.Exists(earlier => earlier.IsSame(group))) named.Add(group);
        }
        if (named.Count == 0)
        {
            nameless ??= StatusGroup.Prose(words, parts.Message.Headers.Contains("X-Failed-Recipients"));
            foreach (string recipient in Recipients(parts, words))
                named.Add(nameless with { Recipient = parts.Notice.ExpandedFrom(recipient) ?? recipient, Final = recipient });
        }

        HashSet<string> all = new(named.SelectMany(group => group.Addresses), StringComparer.OrdinalIgnoreCase);
        NoticeEvidence prose = new(parts.Notice, all);
        return [.. named.Select(group => Report(group, prose, parts))];
    }

    /// <summary>Whether the prose gives a reason: a phrase that the rules know, or an SMTP reply.</summary>
    public static bool SaysWhy(Notice notice)
    {
        ReplyFacts facts = ReplyFacts.Of(notice.Text, isReply: false);
        return facts.Code >= 400 || ReasonClassifier.Decide(Evidence.Of(notice.Text, facts)).Certainty >= Certainty.Phrase;
    }

    private static BounceReport Report(StatusGroup group, NoticeEvidence prose, ReportParts parts)
    {
        Finding finding = prose.Decide(group);
        // Japanese carriers mark what the recipient's own filter returns, whatever the text says.
        if (parts.Header("X-SPASIGN").StartsWith("NG", StringComparison.Ordinal)) finding = finding with { Reason = BounceReason.Filtered };
        FieldBlock message = parts.Status.Message;
        return BounceReport.Of(finding.Evidence, finding.Reason, group.Recipient!) with
        {
            FinalRecipient = group.Final ?? group.Recipient!,
            Diagnostic = Diagnostic(finding.Text),
            RemoteMta = group.RemoteMta,
            ReportingMta = TypedValue.Host(message["Reporting-MTA"]),
            EnvelopeId = message["Original-Envelope-Id"] is { Length: > 0 } id ? id.Trim() : null,
            OriginalMessageId = MessageIdText.Of(message["X-Original-Message-ID"] ?? message["Original-Message-ID"]),
            WillRetryUntil = group.WillRetryUntil is { } until && MailDateParser.TryParse(until, out DateTimeOffset date, out _) ? date : null,
        };
    }

    private static List<string> Recipients(ReportParts parts, NoticeWords words)
    {
        ParsedMessage message = parts.Message;
        if (message.Headers["X-Failed-Recipients"]?.UnfoldedValue is { } failed && AddressScanner.FindAll(failed) is { Count: > 0 } listed)
            return [.. listed.Distinct(StringComparer.OrdinalIgnoreCase)];

        HashSet<string> others = new(StringComparer.OrdinalIgnoreCase);
        foreach (ParsedMailbox mailbox in message.To.Concat(message.From).Concat(message.Cc)) others.Add(mailbox.Address);
        string? domain = message.From.Select(from => from.Address).FirstOrDefault(address => address.Contains('@'))?.Split('@')[^1];
        List<string> found = RecipientFinder.Find(parts.Notice, others, domain, mayBeOwn: words.SaysFailure || words.SaysDelay);
        if (found.Count > 0) return found;
        // Nobody is named: it can only be the one to whom the message went.
        if (parts.KnownRecipient is { } known) return [known];
        return parts.Original is { } original && original.To.Count == 1 && original.To[0].Address.Contains('@') ? [original.To[0].Address] : [];
    }

    /// <summary>A text for <see cref="BounceReport.Diagnostic"/>.</summary>
    public static string? Diagnostic(string text)
    {
        const int Max = 2000;
        string line = string.Join(' ', OneLine.Of(text[..Math.Min(text.Length, 2 * Max)]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length > Max) line = line[..(char.IsHighSurrogate(line[Max - 1]) ? Max - 1 : Max)];
        return line.Length == 0 ? null : line;
    }
}
