namespace Mail.Protocol.Reports.Reasons;

/// <summary>What servers say about the message itself: size, form, content, policy. The form is that of <see cref="PhraseSet.Add"/>.</summary>
internal static class MessagePhrases
{
    public static readonly string[] TooBig =
    [
        "message*too big", "message*too large", "message too long", "message is too long", "mail*too big", "mail*too large", "email*too large",
        "email*too big", "data*too large", "too big for system", "too large for this recipient", "size*exceed*limit", "size*exceed*maximum",
        "size*exceed*allowed", "exceed*size limit", "exceed*message size", "exceeded maximum inbound message size", "exceed*maximum size",
        "maximum*message size", "max*message size", "message size*limit", "message size*exceed", "message length exceed", "message exceed",
        "message file too big", "line limit exceeded", "size limit exceeded", "mail size limit", "size limit", "size=*too big", "larger than the*limit",
        "larger than the*maximum", "larger than*allowed", "over the*size limit", "oversized", "too many bytes",
        "taille*message*limite", "taille limite", "message*trop volumineux", "message*trop gros", "nachricht*zu groß", "nachricht*zu gross",
        "mensaje*demasiado grande", "messaggio*troppo grande", "wiadomość*za duża", "слишком больш", "サイズ*超", "サイズ*大き",
        "maximum email size",
    ];

    public static readonly string[] ExceedLimit =
    [
        "header size exceeds limit", "message too large for this organization", "sendsizelimit", "message header size limit", "individual header size",
        "header name limit", "limit of*attachments",
    ];

    public static readonly string[] NotCompliantRfc =
    [
        "not rfc 5322 compliant", "not rfc 2822 compliant", "rfc 5322 compliant", "not rfc5322", "not compliant with rfc", "rfc*noncompliant",
        "rfc*non compliant", "rfc 5322*violation", "message violates rfc", "headers are not rfc", "rfc violation", "not conform*rfc", "must be rfc",
        "multiple from", "missing message id header", "missing*required header", "more than one from header", "missing from header",
        "missing a valid*from", "multiple addresses in from", "missing a valid message id", "encoded word syntax", "unicode character in a disallowed",
        "not a valid rfc",
    ];

    public static readonly string[] Spam =
    [
        "as spam", "be spam", "is spam", "was spam", "spam score", "spam detected", "spam content", "spam message", "spam email", "spam mail", "spam filter",
        "spam block", "spam pattern", "spam reject", "spam not", "spam refused", "spam check", "spam points", "spam like", "spam classification",
        "spam signature", "spam engine", "spam probability", "spam or virus", "spam/virus", "spam list", "spam_ .", "spam exceeded", "spam*exceeded",
        "spam*identified", "identified*spam", "detected*spam",
        "classified*spam", "considered*spam", "considered unsolicited", "spam is embedded", "looks like spam", "looked like spam", "probable spam",
        "possible spam", "probably spam", "likely spam", "suspected spam", "flagged*spam", "tagged*spam", "marked*spam", "contains spam", "contain*spam",
        "similar to spam", "probability of*spam", "too much spam", "no spam", "spam complaints", "spamming not allowed", "spamassassin", "spamprofiler",
        "antispam", "anti spam", "anti_spam", "dont accept spam", "do not accept spam", "spam_ rejected",
        "unsolicited", "bulk mail", "bulk email", "bulk.advertising", "uribl", "surbl", "blacklisted url", "url*blacklist", "url*blocklist", "content filter",
        "filtered by content", "by content filtering", "message filtered", "mail content denied", "unacceptable content", "rejecting banned content",
        "rejecting mail content", "recurrent pattern", "junk mail", "junk email", "as junk", "message looks like", "appears to be unsolicited", "greylisted",
        "blocked for abuse", "antispam check", "phishing",
        "nature of the content", "suspicious*content", "our system has detected that this message", "advertisement mail", "indesirable", "indésirable",
        "als spam", "спам", "垃圾邮件", "迷惑メール",
        "rejected by*spam_", "reject id=", "blocked by our filter",
        "rejected ube",
    ];

    public static readonly string[] Virus =
    [
        "virus_", "viruses", "infected with", "malware", "trojan", "worm detected", "potentially executable attachment", "malicious", "ransomware", "viren",
        "вирус", "ウイルス", "病毒",
    ];

    public static readonly string[] Policy =
    [
        "policy reasons", "for policy", "violates*policy", "violation of*policy", "local policy", "organization policy", "organizational policy",
        "organisation policy", "security policies", "security policy", "content policy", "corporate policy", "company policy", "site policy",
        "denied by policy", "rejected by policy", "rejected due to policy", "policy*prohibited", "policy restrictions", "due to policy",
        "prohibited by administrator", "policy rejection", "message policy", "email policy",
        "illegal attachment", "attachment*not allowed", "attachment*not accepted", "attachment*forbidden", "attachment*blocked", "attachment*prohibited",
        "attachments are not", "blocked attachment", "forbidden attachment", "prohibited attachment", "banned attachment", "file type*not allowed",
        "not accepting mail with", "not accept messages containing", "content presents a potential", "potential security issue", "closed mailing list",
        "members only", "non member", "nonmember", "not subscribed to this",
        "only subscribers", "protocol violation", "header error", "header are not accepted", "header*not accepted", "mass mailer", "captcha",
        "organizational settings", "message given low priority", "messages with multiple addresses", "message not allowed", "same message id",
        "no data before greeting", "administrator*prohibit", "x dg ref header", "anti spoofing policy", "content examination policy",
        "organisational settings",
    ];

    public static readonly string[] Content =
    [
        "duplicate header", "header size exceeds", "8 bit data", "8bit*header", "eight bit", "mime complexity", "mime header", "mime format", "mime*invalid",
        "invalid mime", "malformed mime", "malformed message", "malformed header", "media error", "media type", "media not supported", "improperly formatted",
        "unnecessary base64", "too many received", "received : headers", "bare lf", "bare linefeed", "bare newline", "bare cr", "binary content",
        "conversion required", "conversion failed", "content conversion", "invalid message content", "message content*invalid",
        "invalid characters", "non ascii", "unsupported content", "message depth exceeded", "related errors", "too many mime", "nested too deep",
        "content error", "recipient list exceeds policy", "message is not valid", "lines too long", "line too long", "header line",
    ];

    /// <summary>Words that hint at spam where nothing else is said.</summary>
    public static readonly string[] SpamWeak = ["spam", "content rejected", "content denied", "content", "junk"];
}
