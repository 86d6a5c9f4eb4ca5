namespace Mail.Core.Relays;

/// <summary>What a reply means for one recipient.</summary>
public enum RelayVerdict
{
    /// <summary>The relay took the message for this recipient.</summary>
    Accepted,

    /// <summary>Not now: a later attempt may succeed. The relay has not taken the message.</summary>
    Transient,

    /// <summary>Never in this form. The relay has not taken the message.</summary>
    Permanent,

    /// <summary>Nobody knows whether the relay took it: the connection was lost after the last byte.</summary>
    Unknown,
}

/// <summary>Whom a reply that is no acceptance is about: it decides whether another relay would do better, and whether the address is to blame.</summary>
public enum ReplyScope
{
    /// <summary>This recipient.</summary>
    Recipient,

    /// <summary>The message, whoever gets it: its size, its form.</summary>
    Message,

    /// <summary>The sender, who may not send over this relay. Another relay may serve him.</summary>
    Sender,

    /// <summary>The recipient's domain, or the relay's way to it: it takes less than it gets just now. Mail to other domains goes on.</summary>
    Domain,

    /// <summary>The relay, which takes no message just now: too many requests, a quota that is used up, a fault on its side.</summary>
    Relay,
}

/// <summary>What a relay said about one recipient.</summary>
/// <param name="Code">Three digits of SMTP or HTTP; null when there was no reply.</param>
/// <param name="EnhancedCode">As in RFC 3463 (`5.1.1`), when given.</param>
/// <param name="Text">The relay's own words, or ours when it said none.</param>
public sealed record RelayReply(RelayVerdict Verdict, int? Code, string? EnhancedCode, string Text)
{
    public ReplyScope Scope { get; init; }

    /// <summary>A refusal that another relay need not share.</summary>
    public bool IsRelaysOwn => Verdict is RelayVerdict.Transient or RelayVerdict.Permanent && Scope is ReplyScope.Sender or ReplyScope.Domain or ReplyScope.Relay;

    /// <summary>Whether it asks to be sent less: 421 and 4.7.x about a domain, 4.7.x and HTTP 429 about the relay as a whole. A greylist does not.</summary>
    internal bool AsksForLessOf(ReplyScope scope) => Verdict == RelayVerdict.Transient && Scope == scope && scope switch
    {
        ReplyScope.Domain => true,
        ReplyScope.Relay => Code == 429 || EnhancedCode?.StartsWith("4.7.", StringComparison.Ordinal) == true,
        _ => false,
    };

    /// <summary>Its cause in the catalogue of errors, where it is not read out of the words.</summary>
    public string? Cause { get; init; }

    /// <summary>The provider's own name or number of the error, such as `MessageRejected` or `406`; null when it gave none, and for SMTP.</summary>
    public string? ProviderCode { get; init; }

    /// <summary>The id by which the provider will speak of an accepted message in its webhooks; null when it gave none, and for SMTP.</summary>
    public string? ProviderMessageId { get; init; }

    /// <summary>How long the relay asks to be left alone; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What was said (<see cref="AttemptTranscript"/>), as far as it concerns this recipient; null for an acceptance, whose words are all there is to tell, and where nothing was.</summary>
    public string? Transcript { get; init; }
}

/// <summary>Why a relay cannot be used, whatever the message.</summary>
/// <param name="Reason">A sentence for people, shown on every message that waits for this.</param>
/// <param name="IsPermanent">Whether someone has to change something first: a refused password, an invalid certificate.</param>
public sealed record RelayFault(string Reason, bool IsPermanent)
{
    /// <summary>Its cause in the catalogue of errors, where it is not read out of the words.</summary>
    public string? Cause { get; init; }

    /// <summary>What was said when it was tried (<see cref="AttemptTranscript"/>), for the message that tried and no other. Null where nothing was.</summary>
    public string? Transcript { get; init; }

    /// <summary>The relay seems to be back, and another message is trying it just now.</summary>
    public bool IsOnTrial { get; init; }
}

public enum RelayOutcomeKind
{
    /// <summary>There is a reply for every recipient.</summary>
    Answered,

    /// <summary>The relay could not be used; the message was not offered to it.</summary>
    Unavailable,

    /// <summary>The message was taken back before the relay could take it.</summary>
    Withdrawn,
}

/// <summary>What became of one <see cref="IRelay.SendAsync"/>.</summary>
public sealed class RelayOutcome
{
    private RelayOutcome(RelayOutcomeKind kind, IReadOnlyList<RelayReply> replies, RelayFault? fault) => (Kind, Replies, Fault) = (kind, replies, fault);

    public static RelayOutcome Withdrawn { get; } = new(RelayOutcomeKind.Withdrawn, [], null);

    public RelayOutcomeKind Kind { get; }

    /// <summary>One per recipient and in their order, when answered.</summary>
    public IReadOnlyList<RelayReply> Replies { get; }

    /// <summary>Set when unavailable.</summary>
    public RelayFault? Fault { get; }

    public static RelayOutcome Answered(IReadOnlyList<RelayReply> replies) => new(RelayOutcomeKind.Answered, replies, null);

    /// <summary>The same for every recipient.</summary>
    public static RelayOutcome Answered(RelayReply reply, int recipients) => Answered([.. Enumerable.Repeat(reply, recipients)]);

    public static RelayOutcome Unavailable(RelayFault fault) => new(RelayOutcomeKind.Unavailable, [], fault);
}
