namespace Mail.Core.Relays.Http;

/// <summary>What all HTTP relays of a process have in common.</summary>
public sealed record HttpRelayEnvironment(RelayOptions Options, TimeProvider Clock)
{
    /// <summary>Lets a configured address be http, and lead to this machine or a private network: for development and tests, where a provider is played.</summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>How long a provider has to answer once it is reached, beside the time that a large message takes to be sent. Giving up on a sent request leaves its outcome open.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
