namespace Mail.Core.Relays.Http;

/// <summary>How a provider treats a message that it takes: what routing, DKIM signing and the matching of reports have to know.</summary>
/// <param name="MaxRecipients">Of one request; a message for more is split.</param>
/// <param name="MaxMessageBytes">About how large a message can be, as MIME. The provider's own answer is what counts.</param>
public sealed record RelayProfile(int MaxRecipients, int MaxMessageBytes)
{
    /// <summary>Recipients see another Message-ID than ours: reports are matched by the provider's id.</summary>
    public bool RewritesMessageId { get; init; }

    /// <summary>Recipients see another Date than ours.</summary>
    public bool RewritesDate { get; init; }

    /// <summary>It makes the message anew from its parts: a DKIM signature of ours, and one over the whole message, do not survive.</summary>
    public bool RebuildsMessage { get; init; }

    /// <summary>It delivers to the addresses in the headers: To and Cc name only the recipients of the transfer, and the hidden ones stand in Bcc.</summary>
    public bool ReadsRecipientsFromHeaders { get; init; }

    /// <summary>It recognises a repeated request, so that a lost answer makes no duplicate.</summary>
    public bool RecognisesRepetition { get; init; }

    /// <summary>Requests at the same time that it bears from one sender; null when it names no limit.</summary>
    public int? MaxConcurrency { get; init; }
}
