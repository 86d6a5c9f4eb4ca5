using Mail.Protocol.Reports.Notices;
using Mail.Protocol.Reports.Reasons;
using Mail.Protocol.Reports.Status;
using Mail.Protocol.Smtp;

namespace Mail.Protocol.Reports;

/// <summary>A reason with the text that gave it.</summary>
internal readonly record struct Finding(BounceReason Reason, Certainty Certainty, Evidence Evidence, string Text);

/// <summary>
/// Decides about the recipients of one report. First the Diagnostic-Code speaks, then the recipient's own section of the prose, then the lines that name
/// it, then all of it; the first that gives a known reason wins, so that what is said about one recipient is not held against another.
/// </summary>
internal sealed class NoticeEvidence(Notice notice, IReadOnlySet<string> recipients)
{
    private const int MaxText = 1024 * 1024; // characters of prose that are weighed for all recipients together: some twenty times the longest notice

    private (BounceReason Reason, Certainty Certainty, ReplyFacts Facts)? _whole;
    private int _left = MaxText;

    public Finding Decide(StatusGroup group)
    {
        Finding best = FromFields(group);
        SmtpStage? stage = best.Evidence.Stage;
        string? own = null;
        foreach (string address in group.Addresses)
        {
            foreach (string section in notice.Sections(address, recipients))
            {
                if (!MayRead(section)) break;
                own = section;
                stage ??= ReplyFacts.Of(section, isReply: false).Stage;
                if (Better(ref best, group, section, stage)) break;
            }
        }
        if (own is not null) stage ??= ReplyFacts.Of(own, isReply: false).Stage;
        if (best.Certainty < Certainty.Phrase || stage is null)
            foreach (string address in group.Addresses)
                if (_left > 0 && notice.Mentions(address, recipients) is { Length: > 0 } lines && MayRead(lines))
                {
                    stage ??= ReplyFacts.Of(lines, isReply: false).Stage;
                    Better(ref best, group, lines, stage);
                }
        if (stage is null && recipients.Count == 1) stage = Whole().Facts.Stage;
        if (stage != best.Evidence.Stage) best = Again(best, stage);
        if (best.Certainty < Certainty.Status && (Whole().Certainty > best.Certainty || best.Text.Length == 0) && MayRead(notice.Text)) Better(ref best, group, notice.Text, stage);
        // "Mail System Error" is a title, not a reason.
        if (best.Certainty < Certainty.Status && MayRead(notice.Subject)) Better(ref best, group, notice.Subject.Replace("system error", "", StringComparison.OrdinalIgnoreCase), stage);
        return Categorized(best, group.Category);
    }

    // A report of a thousand recipients, each held against the same long prose, would cost a thousand times the prose.
    private bool MayRead(string text)
    {
        if (_left <= 0) return false;
        _left -= text.Length;
        return true;
    }

    private static Finding FromFields(StatusGroup group)
    {
        string text = group.Diagnostic.Length > 0 ? group.Diagnostic : group.Comment;
        ReplyFacts facts = ReplyFacts.Of(group.Diagnostic, isReply: group.DiagnosticType is "" or "smtp");
        Evidence evidence = new()
        {
            Text = text,
            Status = Prefer(group.Status, facts),
            Code = facts.Code,
            Stage = facts.Stage,
            Action = group.Action,
            IsProgram = group.DiagnosticType is "x-unix",
            HasFields = group.HasFields,
        };
        return Found(evidence, text);
    }

    /// <summary>Looks at another text; it wins when it is surer than what is known.</summary>
    private static bool Better(ref Finding best, StatusGroup group, string text, SmtpStage? stage)
    {
        if (best.Certainty >= Certainty.Phrase) return true;
        ReplyFacts facts = ReplyFacts.Of(text, isReply: false);
        Finding found = Found(best.Evidence with
        {
            Text = text,
            Status = Prefer(best.Evidence.Status, facts),
            Code = best.Evidence.Code ?? facts.Code,
            Stage = stage ?? facts.Stage,
        }, group.Diagnostic.Length > 0 ? group.Diagnostic : text);
        if (found.Certainty > best.Certainty || best.Text.Length == 0) best = found;
        return best.Certainty >= Certainty.Phrase;
    }

    private static Finding Again(Finding best, SmtpStage? stage) => Found(best.Evidence with { Stage = stage }, best.Text);

    private static Finding Found(Evidence evidence, string text)
    {
        (BounceReason reason, Certainty certainty) = ReasonClassifier.Decide(evidence);
        return new Finding(reason, certainty, evidence, text);
    }

    /// <summary>
    /// The remote server's own code, quoted in its reply, before the one that the reporter put into the Status field, unless the reply's says less:
    /// Exim writes 5.0.0 whatever the server said, and some gateways 5.1.1.
    /// </summary>
    private static EnhancedStatusCode? Prefer(EnhancedStatusCode? field, ReplyFacts facts)
    {
        if (facts.Status is not { Class: not 2 } quoted) return field; // of a transcript's other commands
        if (field is not { } status) return quoted;
        if (facts.Code is { } code && code / 100 is int digit && (status.Class == digit) != (quoted.Class == digit)) return quoted.Class == digit ? quoted : status;
        return Weight(quoted) >= Weight(status) ? quoted : status;
    }

    private static int Weight(EnhancedStatusCode code) => code switch
    {
        { Subject: 0 } => 0,
        { Class: 4, Subject: 4, Detail: 7 } => 1,
        { Detail: 0 } => 2,
        _ => 3,
    };

    private static Finding Categorized(Finding best, string? category)
    {
        BounceReason? reason = category?.Trim().ToLowerInvariant() switch
        {
            "bad-mailbox" => BounceReason.UserUnknown,
            "bad-domain" => BounceReason.HostUnknown,
            "inactive-mailbox" => BounceReason.Suspend,
            "quota-issues" => BounceReason.MailboxFull,
            "message-expired" or "no-answer-from-host" => BounceReason.Expired,
            "spam-related" => BounceReason.SpamDetected,
            "virus-related" => BounceReason.VirusDetected,
            "policy-related" => BounceReason.PolicyViolation,
            "relaying-issues" => BounceReason.NoRelaying,
            "routing-errors" => BounceReason.NetworkError,
            "content-related" => BounceReason.ContentError,
            _ => null,
        };
        // The reporter knows whether "user unknown" was said of the recipient.
        if (reason is not { } known) return best;
        bool isBetter = best.Certainty < Certainty.Phrase || (best.Reason is BounceReason.Filtered && known is BounceReason.UserUnknown);
        return isBetter ? best with { Reason = known } : best;
    }

    private (BounceReason Reason, Certainty Certainty, ReplyFacts Facts) Whole()
    {
        if (_whole is { } known) return known;
        ReplyFacts facts = ReplyFacts.Of(notice.Text, isReply: false);
        (BounceReason reason, Certainty certainty) = ReasonClassifier.Decide(Evidence.Of(notice.Text, facts));
        _whole = (reason, certainty, facts);
        return _whole.Value;
    }
}
