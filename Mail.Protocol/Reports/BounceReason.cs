namespace Mail.Protocol.Reports;

/// <summary>
/// Why a message did not arrive, in the vocabulary of the bounce parser sisimai: 34 words that have grown out of what servers really answer.
/// <see cref="BounceReasons"/> has the names on the wire; docs/guides/bounce-reasons.md says what each means for a sender.
/// </summary>
public enum BounceReason
{
    /// <summary>The report says nothing that tells why.</summary>
    Undefined = 0,

    /// <summary>SPF, DKIM, DMARC or ARC failed, and the receiver's policy turns such mail away.</summary>
    AuthFailure,

    /// <summary>The reputation of the sending address or domain is too low.</summary>
    BadReputation,

    /// <summary>The sending host is on a block list, or was turned away before it could name a recipient.</summary>
    Blocked,

    /// <summary>Something in the message cannot be taken: broken MIME, a bad header, an encoding.</summary>
    ContentError,

    /// <summary>The message was delivered: a success, not a bounce.</summary>
    Delivered,

    /// <summary>The message is larger than this mailbox may receive (5.2.3).</summary>
    ExceedLimit,

    /// <summary>The queue gave up, or still waits: no answer, time-outs, retries used up.</summary>
    Expired,

    /// <summary>A person or a feedback loop complained, or asked to be removed: not a bounce.</summary>
    Feedback,

    /// <summary>Turned away by the recipient's own rules, or after the content was seen; also "unknown user" from a server that had taken the recipient.</summary>
    Filtered,

    /// <summary>The mailbox has moved and nothing is forwarded.</summary>
    HasMoved,

    /// <summary>The domain of the address does not exist.</summary>
    HostUnknown,

    /// <summary>The mailbox has no room.</summary>
    MailboxFull,

    /// <summary>A program to which the mail is piped, such as procmail, failed.</summary>
    MailerError,

    /// <summary>The message is larger than the server takes.</summary>
    MessageTooBig,

    /// <summary>DNS, routing or connections failed, or the mail ran in a loop.</summary>
    NetworkError,

    /// <summary>The server does not relay to this domain, or not for this sender.</summary>
    NoRelaying,

    /// <summary>The host or domain takes no mail at all (null MX, 521, 556).</summary>
    NotAccept,

    /// <summary>The message breaks RFC 5322, in the eyes of the receiver.</summary>
    NotCompliantRfc,

    /// <summary>There is a text, but none of the rules knows it: worth reading.</summary>
    OnHold,

    /// <summary>A policy of the receiving system forbids this message.</summary>
    PolicyViolation,

    /// <summary>The sender's address (envelope or From) is turned away.</summary>
    Rejected,

    /// <summary>The sending address has no reverse DNS entry, or a wrong one.</summary>
    RequirePtr,

    /// <summary>Security: authentication or TLS is missing or failed, or another 5.7.z.</summary>
    SecurityError,

    /// <summary>The message looks like spam to the receiver.</summary>
    SpamDetected,

    /// <summary>Sent too fast, or more than an allowance.</summary>
    Speeding,

    /// <summary>The mailbox exists and is disabled, suspended or frozen.</summary>
    Suspend,

    /// <summary>The server did not understand a command.</summary>
    SyntaxError,

    /// <summary>An error inside the receiving system.</summary>
    SystemError,

    /// <summary>The receiving system (not the mailbox) is out of room.</summary>
    SystemFull,

    /// <summary>Too many connections or recipients at once.</summary>
    TooManyConnections,

    /// <summary>There is no such user.</summary>
    UserUnknown,

    /// <summary>An automatic answer of a person who is away: not a bounce.</summary>
    Vacation,

    /// <summary>The receiver found a virus, or what could be one.</summary>
    VirusDetected,
}
