using Mail.Core.Messages;
using Mail.Core.Relays;
using Mail.Protocol.Reports;
using Mail.Protocol.Smtp;

namespace Mail.Core.Delivery.Catalogue;

/// <summary>
/// Finds the cause in what a relay said or what kept it from being used. Providers' own words come first, then the reason by which
/// <see cref="BounceClassifier"/> reads replies; there is always one.
/// </summary>
public static class CauseFinder
{
    /// <summary>Of a reply that is no acceptance.</summary>
    /// <param name="guarantee">Whether an unknown outcome is the end of it.</param>
    public static string OfReply(RelayReply reply, DeliveryGuarantee guarantee = DeliveryGuarantee.AtLeastOnce)
    {
        ArgumentNullException.ThrowIfNull(reply);
        if (reply.Cause is { } known) return known;
        if (reply.Verdict == RelayVerdict.Unknown) return guarantee == DeliveryGuarantee.AtMostOnce ? CauseCodes.UnknownOutcomeFinal : CauseCodes.UnknownOutcome;
        if (reply.Code is not { } code) return Phrase.Find(ReplyPhrases.All, reply.Text) ?? OfFault(reply.Text, fallback: reply.Scope == ReplyScope.Message ? "content_refused" : CauseCodes.RelayBroke);
        return Words(reply.Text, reply.ProviderCode) ?? ByStatus(reply, code) ?? OfReason(Reason(reply, code), reply);
    }

    /// <summary>Of a relay that cannot be used.</summary>
    public static string OfFault(RelayFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return fault.Cause ?? OfFault(fault.Reason, CauseCodes.RelayUnreachable);
    }

    /// <summary>Of what is stored about a relay that was passed by: its fault or its reply, in words alone.</summary>
    public static string OfDetour(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (Phrase.Find(FaultPhrases.All, reason) is { } fault) return fault;
        return SmtpCode(reason) is { } code
            ? OfReply(new RelayReply(code >= 500 ? RelayVerdict.Permanent : RelayVerdict.Transient, code, null, reason) { Scope = ReplyScope.Relay })
            : Words(reason, null) ?? "relay_busy";
    }

    /// <summary>Of a report that came after the relay had taken the message; null for one that tells of no failure.</summary>
    public static string? OfReport(DeliveryReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.State switch
        {
            DeliveryState.Complained => CauseCodes.Complained,
            DeliveryState.Bounced when report.Text is { } text && OfReply(new RelayReply(RelayVerdict.Permanent, report.Code ?? 550, report.EnhancedCode, text)) is var told
                && (report.Cause is null || told is not ("unclear" or "no_reason_given")) => told,
            DeliveryState.Bounced => report.Cause ?? "no_reason_given",
            _ => null,
        };
    }

    /// <summary>The cause of a reason of the bounce classifier.</summary>
    public static string OfReason(BounceReason reason) => reason switch
    {
        BounceReason.AuthFailure => "authentication_failed",
        BounceReason.BadReputation => "bad_reputation",
        BounceReason.Blocked => "blocked",
        BounceReason.ContentError => "content_refused",
        BounceReason.Delivered => "delivered",
        BounceReason.ExceedLimit => "mailbox_size_limit",
        BounceReason.Expired => "receiver_gave_up",
        BounceReason.Feedback => CauseCodes.Complained,
        BounceReason.Filtered => "recipient_filter",
        BounceReason.HasMoved => "moved",
        BounceReason.HostUnknown => "unknown_domain",
        BounceReason.MailboxFull => "mailbox_full",
        BounceReason.MailerError => "mailbox_program",
        BounceReason.MessageTooBig => "too_large",
        BounceReason.NetworkError => "receiver_network",
        BounceReason.NoRelaying => "relaying_denied",
        BounceReason.NotAccept => "domain_takes_no_mail",
        BounceReason.NotCompliantRfc => "not_compliant",
        BounceReason.OnHold => "unclear",
        BounceReason.PolicyViolation => "policy",
        BounceReason.Rejected => "sender_refused",
        BounceReason.RequirePtr => "reverse_dns_missing",
        BounceReason.SecurityError => "security",
        BounceReason.SpamDetected => "spam",
        BounceReason.Speeding => "rate_limited",
        BounceReason.Suspend => "mailbox_disabled",
        BounceReason.SyntaxError => "protocol_error",
        BounceReason.SystemError => "receiver_error",
        BounceReason.SystemFull => "receiver_full",
        BounceReason.TooManyConnections => "too_many_connections",
        BounceReason.UserUnknown => "unknown_user",
        BounceReason.Vacation => "away",
        BounceReason.VirusDetected => "virus",
        _ => "no_reason_given",
    };

    private static string OfReason(BounceReason reason, RelayReply reply)
    {
        bool isTransient = reply.Verdict == RelayVerdict.Transient;
        return reason switch
        {
            BounceReason.AuthFailure => Provider(reply.Text) is { } whose and ("gmail" or "outlook" or "yahoo") ? $"authentication_failed_{whose}" : "authentication_failed",
            BounceReason.Blocked or BounceReason.BadReputation => Provider(reply.Text) is { } whose ? $"blocked_{whose}" : OfReason(reason),
            BounceReason.SpamDetected when Provider(reply.Text) is "gmail" => "blocked_gmail",
            BounceReason.Speeding when Provider(reply.Text) is "gmail" => "rate_limited_gmail",
            BounceReason.Expired when isTransient => "receiver_network",
            BounceReason.UserUnknown or BounceReason.Filtered when isTransient => "mailbox_busy",
            BounceReason.OnHold or BounceReason.Undefined or BounceReason.SystemError when isTransient && reply.Scope == ReplyScope.Relay => "relay_busy",
            BounceReason.OnHold or BounceReason.Undefined when reply.Scope == ReplyScope.Sender => "sender_refused",
            BounceReason.OnHold or BounceReason.Undefined when reply.Scope == ReplyScope.Message && IsHttp(reply) => "content_refused",
            _ => OfReason(reason),
        };
    }

    /// <summary>The classifier wants three digits of SMTP and the command that was answered: both follow from what the relay made of the reply.</summary>
    private static BounceReason Reason(RelayReply reply, int code)
    {
        int smtp = IsHttp(reply) ? (reply.Verdict == RelayVerdict.Permanent ? 550 : 450) : code;
        string text = reply.EnhancedCode is { } enhanced && !reply.Text.StartsWith(enhanced, StringComparison.Ordinal) ? $"{enhanced} {reply.Text}" : reply.Text;
        return BounceClassifier.Classify(new SmtpReply(smtp, text), reply.Scope switch
        {
            ReplyScope.Sender => SmtpStage.Mail,
            ReplyScope.Recipient => SmtpStage.Rcpt,
            _ => SmtpStage.FinalDot,
        });
    }

    private static string? Words(string text, string? providerCode) =>
        Phrase.Find(ReplyPhrases.All, text) ?? (providerCode is null ? null : Phrase.Find(ReplyPhrases.All, $"{providerCode} {text}"));

    private static string? ByStatus(RelayReply reply, int code) => code switch
    {
        429 => "rate_limited",
        413 => "too_large",
        402 or 420 => "provider_allowance_used",
        _ when IsHttp(reply) && reply is { Verdict: RelayVerdict.Permanent, Scope: ReplyScope.Recipient } => "bad_address",
        _ => null,
    };

    /// <summary>SMTP has no 400 to 420, 422 to 449, and its 500 to 504 are refusals.</summary>
    private static bool IsHttp(RelayReply reply) =>
        reply.ProviderCode is not null || reply.Code is (>= 200 and < 211) or (>= 400 and < 421) or (> 421 and < 432) || (reply.Code is >= 500 and < 505 && reply.Verdict == RelayVerdict.Transient);

    /// <summary>Whose server it is, by marks that no other one leaves.</summary>
    private static string? Provider(string text) =>
        Has(text, "gsmtp") || Has(text, "support.google.com") ? "gmail"
        : Has(text, "outlook") || Has(text, "hotmail") || Has(text, "microsoft") || Has(text, "office365") ? "outlook"
        : Has(text, "yahoo") ? "yahoo"
        : Has(text, "ofr_") ? "orange"
        : Has(text, "icloud") || Has(text, "apple.com") ? "icloud"
        : null;

    private static string OfFault(string reason, string fallback) => Phrase.Find(FaultPhrases.All, reason) ?? Phrase.Find(ReplyPhrases.All, reason) ?? fallback;

    private static int? SmtpCode(string text) => text.Length > 3 && text[0] is '4' or '5' && char.IsAsciiDigit(text[1]) && char.IsAsciiDigit(text[2]) && text[3] is ' ' or '-' ? int.Parse(text.AsSpan(0, 3), provider: null) : null;

    private static bool Has(string text, string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);
}
