using Mail.Protocol.Smtp;

namespace Mail.Protocol.Reports.Reasons;

/// <summary>How sure a reason is; a surer one from another text of the same report wins.</summary>
internal enum Certainty
{
    None,
    Guess,
    Status,
    Phrase,
    Code,
}

/// <summary>
/// Finds the reason of a failure. In this order: a code of the provider's own, a status code that can only mean one thing, what the server says in
/// words, the status code, weaker words, the command that was refused.
/// </summary>
internal static class ReasonClassifier
{
    // Earlier rules win. What is said about the sender stands before what is said about the recipient, because "sender address rejected: user unknown"
    // says both; what passes by itself stands before what does not, because suppressing an address by mistake costs more than trying it again.
    private static readonly (BounceReason Reason, string[] Phrases)[] _rules =
    [
        // Words that are meant although others, which alone would mean something else, stand beside them.
        (BounceReason.SpamDetected, ["due to spam", "rejected as spam", "spam classification"]),
        (BounceReason.PolicyViolation, ["for policy reasons"]),
        (BounceReason.HostUnknown, ["account or domain may not exist", "unknown domain name"]),
        (BounceReason.SecurityError, ["unauthenticated senders not allowed", "authentication credentials", "credentials invalid"]),
        (BounceReason.SystemFull, ["not enough free space"]),
        (BounceReason.SystemError, ["aliasing/forwarding loop broken", "create a mail loop", "loop was found in", "loops back to myself"]),
        (BounceReason.SyntaxError, ["smtp protocol violation"]),
        (BounceReason.NotAccept, ["account inbounds disabled"]),
        (BounceReason.NetworkError, ["exceeded*hops"]),
        (BounceReason.UserUnknown, ["domain or user isnt in my list"]),
        (BounceReason.VirusDetected, ["prohibited virus", "virus phishing"]),
        (BounceReason.Rejected, ["sender is spammer", "spam reporting address"]),
        (BounceReason.Blocked,
        [
            "sender ip address", "dynamic ip", "dynamic/zombied", "are sending spam", "currently sending spam", "spams from your ip", "like spammer",
            "unusual rate of",
        ]),
        (BounceReason.Blocked, ["dnsbl"]),
        (BounceReason.Expired, ["allowed queue period", "not delivered within"]),
        (BounceReason.ExceedLimit, ["message header size exceeds limit"]),
        (BounceReason.ContentError, ["headers too large", "header too large", "header size exceeds", "header size or recipient list", "too many received"]),
        (BounceReason.NotCompliantRfc, MessagePhrases.NotCompliantRfc),
        (BounceReason.RequirePtr, SenderPhrases.RequirePtr),
        (BounceReason.BadReputation, SenderPhrases.BadReputation),
        (BounceReason.AuthFailure, SenderPhrases.AuthFailure),
        (BounceReason.TooManyConnections, SenderPhrases.TooManyConnections),
        (BounceReason.Speeding, SenderPhrases.Speeding),
        (BounceReason.SystemFull, SystemPhrases.SystemFull),
        (BounceReason.MailboxFull, RecipientPhrases.MailboxFull),
        (BounceReason.ExceedLimit, MessagePhrases.ExceedLimit),
        (BounceReason.MessageTooBig, MessagePhrases.TooBig),
        (BounceReason.HasMoved, RecipientPhrases.HasMoved),
        (BounceReason.Suspend, RecipientPhrases.Suspend),
        (BounceReason.NoRelaying, SenderPhrases.NoRelaying),
        (BounceReason.Filtered, RecipientPhrases.Filtered),
        (BounceReason.SpamDetected, MessagePhrases.Spam),
        (BounceReason.VirusDetected, MessagePhrases.Virus),
        (BounceReason.Rejected, SenderPhrases.Rejected),
        (BounceReason.PolicyViolation, MessagePhrases.Policy),
        (BounceReason.Blocked, SenderPhrases.Blocked),
        (BounceReason.NotAccept, SystemPhrases.NotAccept),
        (BounceReason.NetworkError, SystemPhrases.Network),
        (BounceReason.UserUnknown, RecipientPhrases.UserUnknown),
        (BounceReason.HostUnknown, SystemPhrases.HostUnknown),
        (BounceReason.ContentError, MessagePhrases.Content),
        (BounceReason.MailerError, SystemPhrases.Mailer),
        (BounceReason.Expired, ["queue too long", "message expired", "envelope expired", "delivery time expired"]),
        (BounceReason.SystemError, SystemPhrases.SystemError),
        (BounceReason.SecurityError, SystemPhrases.Security),
        (BounceReason.SyntaxError, SystemPhrases.Syntax),
        (BounceReason.Expired, SystemPhrases.Expired),
    ];

    private const int UnknownHint = 100;
    private const int SpamHint = 101;
    private const int DenialHint = 102;
    private const int UnavailableHint = 103;
    private const int NamedHint = 104;
    private const int PolicyHint = 105;
    private const int RemoteHint = 106;
    private const int ContentHint = 107;

    private static readonly PhraseSet _phrases = Build();

    public static (BounceReason Reason, Certainty Certainty) Decide(in Evidence evidence)
    {
        if (evidence.Action is BounceAction.Delivered or BounceAction.Relayed or BounceAction.Expanded || evidence.Class is ReplyClass.Success)
            return (BounceReason.Delivered, Certainty.Code);
        if (ProviderCodes.Find(evidence.Text) is { } known) return (known, Certainty.Code);

        ReasonText text = ReasonText.Of(evidence.Text);
        UInt128 found = _phrases.Find(text.Words);
        if (evidence.IsProgram && !Has(found, BounceReason.MailboxFull)) return (BounceReason.MailerError, Certainty.Phrase);
        if (StatusReasons.Certain(evidence.Status, evidence.Code) is { } certain) return (Refine(certain, found, text), Certainty.Code);

        if (ReasonLinks.Find(text.Links) is { } linked && Place(linked, evidence) is { } fromLink) return (fromLink, Certainty.Phrase);
        // KDDI says it in this form, and only this, of recipients that are not there; of those who take no mail from this sender, without the address.
        if ((found >> NamedHint & 1) == 1 && evidence.Stage is null) return (BounceReason.UserUnknown, Certainty.Phrase);
        for (int rule = 0; rule < _rules.Length; rule++)
            if ((found >> rule & 1) == 1 && Place(_rules[rule].Reason, evidence) is { } reason)
                return (reason, Certainty.Phrase);

        if ((found >> ContentHint & 1) == 1 && evidence.Status is { Subject: 7 }) return (BounceReason.SpamDetected, Certainty.Phrase);
        if (StatusReasons.Usual(evidence.Status) is { } usual && Place(usual, evidence) is { } fromStatus) return (fromStatus, Certainty.Status);
        return (Guess(evidence, found, text), Certainty.Guess);
    }

    /// <summary>What a reason means at the command that was refused; null where it cannot be meant there.</summary>
    private static BounceReason? Place(BounceReason reason, in Evidence evidence)
    {
        switch (evidence.Stage)
        {
            case SmtpStage.Connect or SmtpStage.Greeting or SmtpStage.Hello:
                // No recipient was named yet: the words can only be about the host that connects.
                return reason is BounceReason.UserUnknown or BounceReason.HostUnknown or BounceReason.Filtered or BounceReason.MailboxFull or BounceReason.Suspend
                    or BounceReason.HasMoved or BounceReason.Rejected or BounceReason.SyntaxError or BounceReason.Expired or BounceReason.PolicyViolation ? null : reason;
            case SmtpStage.Mail:
                return reason is BounceReason.UserUnknown or BounceReason.HostUnknown or BounceReason.Filtered ? BounceReason.Rejected : reason;
            case SmtpStage.Rcpt:
                return reason;
            case SmtpStage.Data or SmtpStage.Content or SmtpStage.FinalDot:
                return reason is BounceReason.UserUnknown && evidence.Status is not { Subject: 1 } ? BounceReason.Filtered : reason;
            default:
                if (reason is not BounceReason.UserUnknown || evidence.Status is { Subject: 1 }) return reason;
                // 5.2.z is about a mailbox that there is. Prose that quotes a reply and not its command comes from servers that had taken the recipient.
                return evidence.Status is { Subject: 2 } || (evidence.Code is not null && !evidence.HasFields) ? BounceReason.Filtered : reason;
        }
    }

    private static BounceReason Guess(in Evidence evidence, UInt128 found, ReasonText text)
    {
        bool denied = (found >> DenialHint & 1) == 1;
        if (evidence.Stage is SmtpStage.Connect or SmtpStage.Greeting or SmtpStage.Hello) return BounceReason.Blocked;
        if (evidence.Stage is SmtpStage.Mail && denied) return BounceReason.Rejected;
        if (NamesMissingDomain(text.Words) && evidence.Status is not { Subject: 1 }) return BounceReason.HostUnknown;
        if ((found >> UnknownHint & 1) == 1) return Place(BounceReason.UserUnknown, evidence) ?? BounceReason.UserUnknown;
        if ((found >> SpamHint & 1) == 1) return BounceReason.SpamDetected;
        if ((found >> PolicyHint & 1) == 1 && evidence.Status is not { Subject: 7 }) return BounceReason.PolicyViolation;
        if (StatusReasons.Vague(evidence.Status, evidence.Code) is { } vague) return vague;
        if ((found >> UnavailableHint & 1) == 1) return BounceReason.SystemError;
        if ((found >> RemoteHint & 1) == 1) return BounceReason.Filtered;
        if (evidence.Action is BounceAction.Delayed) return BounceReason.Expired;
        return text.IsEmpty ? BounceReason.Undefined : BounceReason.OnHold;
    }

    /// <summary>Codes that some providers use for a neighbour of what they mean, so that their words count more.</summary>
    private static BounceReason Refine(BounceReason reason, UInt128 found, ReasonText text) => reason switch
    {
        BounceReason.ExceedLimit when Has(found, BounceReason.MailboxFull) => BounceReason.MailboxFull,
        BounceReason.ExceedLimit when text.Words.Contains("recipsizelimit", StringComparison.Ordinal) => BounceReason.MessageTooBig,
        BounceReason.MessageTooBig when Has(found, BounceReason.ExceedLimit) => BounceReason.ExceedLimit,
        BounceReason.MailboxFull when Has(found, BounceReason.Speeding) => BounceReason.Speeding,
        BounceReason.AuthFailure when Has(found, BounceReason.RequirePtr) => BounceReason.RequirePtr,
        BounceReason.AuthFailure when text.Words.Contains(" tls/ssl ", StringComparison.Ordinal) => BounceReason.SecurityError,
        _ => reason,
    };

    /// <summary>Whether a host name, a word with two dots, is what "does not exist".</summary>
    private static bool NamesMissingDomain(string words)
    {
        int at = words.IndexOf(" does not exist", StringComparison.Ordinal);
        if (at <= 0) return false;
        ReadOnlySpan<char> name = words.AsSpan(words.LastIndexOf(' ', at - 1) + 1, at - words.LastIndexOf(' ', at - 1) - 1);
        return name.Count('.') >= 2;
    }

    private static bool Has(UInt128 found, BounceReason reason)
    {
        for (int rule = 0; rule < _rules.Length; rule++)
            if (_rules[rule].Reason == reason && (found >> rule & 1) == 1) return true;
        return false;
    }

    private static PhraseSet Build()
    {
        PhraseSet set = new();
        for (int rule = 0; rule < _rules.Length; rule++)
            foreach (string phrase in _rules[rule].Phrases) set.Add(phrase, rule);
        foreach (string phrase in RecipientPhrases.UserUnknownWeak) set.Add(phrase, UnknownHint);
        foreach (string phrase in MessagePhrases.SpamWeak) set.Add(phrase, SpamHint);
        foreach (string phrase in SenderPhrases.Denial) set.Add(phrase, DenialHint);
        set.Add("service unavailable", UnavailableHint); // Sendmail's summary of any refusal
        set.Add("# : @ : user unknown", NamedHint);
        set.Add("policy", PolicyHint);
        set.Add("content rejected", ContentHint);
        set.Add("rejected by a remote mail server", RemoteHint);
        return set;
    }
}
