namespace Mail.Core.Relays.Http;

/// <summary>How a relay proves who it is. Safe for many threads.</summary>
internal interface ICredentials
{
    /// <returns>The headers that prove it for one request, or why there are none.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ValueTask<Authorization> AuthorizeAsync(RelayRequest request, CancellationToken ct);

    /// <summary>The provider did not accept a proof.</summary>
    /// <returns>Whether a new one may be better.</returns>
    bool Forget(Authorization refused);
}

/// <param name="Fault">Set when the relay cannot be used for want of a proof.</param>
internal sealed record Authorization(IReadOnlyList<KeyValuePair<string, string>> Headers, RelayFault? Fault = null);

/// <summary>A key that goes with every request as it is.</summary>
internal sealed class HeaderCredentials(string header, string value) : ICredentials
{
    private readonly Authorization _authorization = new([new(header, value)]);

    public static HeaderCredentials Bearer(Secret key) => new("Authorization", $"Bearer {key.Value}");

    public ValueTask<Authorization> AuthorizeAsync(RelayRequest request, CancellationToken ct) => ValueTask.FromResult(_authorization);

    public bool Forget(Authorization refused) => false;
}
