namespace Mail.Core.Relays.Http;

/// <summary>What one answer of a provider means for the recipients of its request.</summary>
internal sealed record Meaning
{
    private Meaning()
    {
    }

    /// <summary>Set when the relay cannot be used, and nothing was taken.</summary>
    public RelayFault? Fault { get; private init; }

    /// <summary>Whether the provider did not know our login: a token may have ended before its time.</summary>
    public bool IsLoginRefused { get; private init; }

    /// <summary>For the recipients in <see cref="About"/>, or for all of them when it is empty.</summary>
    public RelayReply? Reply { get; private init; }

    /// <summary>Those whom the answer names.</summary>
    public IReadOnlyList<RelayRecipient> About { get; private init; } = [];

    /// <summary>For those whom the answer does not name; null when the provider took nothing, so that they can be tried without the others.</summary>
    public RelayReply? Others { get; private init; }

    /// <summary>The same with what was said, wherever that is no acceptance.</summary>
    public Meaning Told(string transcript) => this with { Fault = Fault is { } fault ? fault with { Transcript = transcript } : null, Reply = Told(Reply, transcript), Others = Told(Others, transcript) };

    private static RelayReply? Told(RelayReply? reply, string transcript) => reply is { Verdict: not RelayVerdict.Accepted } ? reply with { Transcript = transcript } : reply;

    /// <summary>Whether the provider took the message for all whom the request was for.</summary>
    public bool IsAccepted => Fault is null && Reply is { Verdict: RelayVerdict.Accepted } && Others is null or { Verdict: RelayVerdict.Accepted };

    public static Meaning Of(RelayReply reply) => new() { Reply = reply };

    public static Meaning Accepted(HttpAnswer answer, string? id, string text) => Of(new RelayReply(RelayVerdict.Accepted, answer.Status, null, text) { ProviderMessageId = id });

    /// <summary>Not now, and no fault of the message: too many requests, a quota, a fault of the provider's.</summary>
    public static Meaning NotNow(HttpAnswer answer, string? code, string text) => Of(Refusal(answer, RelayVerdict.Transient, ReplyScope.Relay, code, text));

    /// <summary>Never, whoever gets it.</summary>
    public static Meaning Never(HttpAnswer answer, string? code, string text) => Of(Refusal(answer, RelayVerdict.Permanent, ReplyScope.Message, code, text));

    /// <summary>
    /// This sender may not send over this relay, others may. Transient: the message is sound, and goes when the sender is verified or another relay takes it.
    /// </summary>
    public static Meaning SenderRefused(HttpAnswer answer, string? code, string text) =>
        Of(Refusal(answer, RelayVerdict.Transient, ReplyScope.Sender, code, $"The relay may not send for this sender: {text}"));

    /// <summary>Never, because of a recipient: of those whose address the provider's words hold, else nobody knows which.</summary>
    public static Meaning RecipientRefused(HttpAnswer answer, string? code, string text, IReadOnlyList<RelayRecipient> recipients) =>
        new() { Reply = Refusal(answer, RelayVerdict.Permanent, ReplyScope.Recipient, code, text), About = MentionedIn(text, recipients) };

    /// <summary>The provider took the message, but not for the recipients whom its words name.</summary>
    public static Meaning AcceptedBut(HttpAnswer answer, string? id, string text, string refusal, string? code, IReadOnlyList<RelayRecipient> refused) => new()
    {
        Reply = Refusal(answer, RelayVerdict.Permanent, ReplyScope.Recipient, code, refusal),
        About = refused,
        Others = new RelayReply(RelayVerdict.Accepted, answer.Status, null, text) { ProviderMessageId = id },
    };

    /// <summary>The provider answered, but nobody knows what it did.</summary>
    public static Meaning Unknown(HttpAnswer answer, string? code, string text) => Of(Refusal(answer, RelayVerdict.Unknown, ReplyScope.Relay, code, text));

    public static Meaning Unusable(string reason, bool isPermanent = true) => new() { Fault = new RelayFault(reason, isPermanent) };

    /// <summary>Our key, token or signature is not known.</summary>
    public static Meaning LoginRefused(string reason) => new() { Fault = new RelayFault(reason, IsPermanent: true), IsLoginRefused = true };

    /// <summary>The recipients whose address stands in a text as a whole word.</summary>
    public static IReadOnlyList<RelayRecipient> MentionedIn(string text, IReadOnlyList<RelayRecipient> recipients) =>
        [.. recipients.Where(recipient => Mentions(text, recipient.Address.Address) || Mentions(text, $"{recipient.Address.LocalPart}@{recipient.Address.AsciiDomain}"))];

    private static bool Mentions(string text, string address)
    {
        for (int at = text.IndexOf(address, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(address, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            int after = at + address.Length;
            if ((at == 0 || !IsPart(text, at - 1)) && (after == text.Length || !IsPart(text, after))) return true;
        }

        return false;
    }

    /// <summary>Whether a character belongs to a longer address: a dot does when another character of it follows, and ends a sentence when not.</summary>
    private static bool IsPart(string text, int at) =>
        char.IsLetterOrDigit(text[at]) || text[at] is '-' or '_' or '+' or '@' || (text[at] == '.' && at + 1 < text.Length && char.IsLetterOrDigit(text[at + 1]));

    private static RelayReply Refusal(HttpAnswer answer, RelayVerdict verdict, ReplyScope scope, string? code, string text) =>
        new(verdict, answer.Status, null, text) { Scope = scope, ProviderCode = code, RetryAfter = answer.RetryAfter };
}
