namespace Mail.Core.Relays.Http;

/// <summary>What one provider's API is like: requests out of messages, and what its answers mean. Without state and without I/O.</summary>
internal interface IMailProvider
{
    HttpRelayKind Kind { get; }

    /// <summary>Asks something that costs nothing and needs the login.</summary>
    RelayRequest Probe { get; }

    /// <exception cref="UnsendableMessageException">The message cannot be expressed in this API.</exception>
    MailDraft Draft(RelayMessage message);

    /// <param name="recipients">Those of the request.</param>
    Meaning Read(HttpAnswer answer, IReadOnlyList<RelayRecipient> recipients);

    /// <returns>Null when the relay can be used.</returns>
    RelayFault? ReadProbe(HttpAnswer answer);
}

/// <summary>A message, read once, and the requests that it becomes.</summary>
/// <param name="Parts">The recipients, by request.</param>
/// <param name="Write">Makes the request for some of the recipients; for the same ones always the same.</param>
internal sealed record MailDraft(IReadOnlyList<IReadOnlyList<RelayRecipient>> Parts, Func<IReadOnlyList<RelayRecipient>, RelayRequest> Write);

/// <summary>A message that this relay can never send; the message of the exception says why, for its sender.</summary>
internal sealed class UnsendableMessageException(string message) : Exception(message);
