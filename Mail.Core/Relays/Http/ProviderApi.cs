using System.Text.Json;

namespace Mail.Core.Relays.Http;

/// <summary>
/// A provider's HTTP API for another use than sending, with the login, the limits and the care for secrets that relays have. Answers that say yes, or no to this one request, are given back; what
/// keeps every request from being served is a <see cref="ProviderException"/>.
/// </summary>
public sealed class ProviderApi : IDisposable
{
    private readonly AuthorizedExchange _exchange;
    private readonly SecretMask _mask;

    internal ProviderApi(string title, Uri address, AuthorizedExchange exchange, SecretMask mask) => (Title, Address, _exchange, _mask) = (title, address, exchange, mask);

    /// <summary>As people write it: `Microsoft 365`.</summary>
    public string Title { get; }

    /// <summary>What all paths stand below; ends with a slash.</summary>
    public Uri Address { get; }

    /// <summary>A mailbox whose settings have the names of a relay's to the same provider.</summary>
    /// <exception cref="ArgumentException">A setting is missing or cannot be.</exception>
    public static ProviderApi Open(RelayKind kind, IReadOnlyDictionary<string, string> settings, HttpRelayEnvironment environment) => HttpRelayFactory.Open(kind, settings, environment);

    /// <exception cref="ProviderException">Not reached, no login, not allowed, too many requests, a fault of the provider's.</exception>
    public async Task<ProviderApiAnswer> SendAsync(ProviderApiRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        RelayRequest sent = new(request.Method, new Uri(Address, request.Path), request.Json is null ? null : "application/json", request.Json ?? default) { Headers = request.Headers, LongestAnswer = request.LongestAnswer };
        if (!Address.IsBaseOf(sent.Uri)) throw new ProviderException($"{Title} named an address for its next page that is not its own.", isPermanent: true); // our token goes nowhere else
        Exchange exchange = await _exchange.SendAsync(sent, null, answer => answer.Status == 401, ct);
        ct.ThrowIfCancellationRequested();
        if (exchange.Answer is not { } answer)
            throw exchange.Fault is { } fault ? new ProviderException(_mask.Clean(fault.Reason), fault.IsPermanent) : new ProviderException($"{Title} cannot be reached: {_mask.Clean(exchange.Problem)}.", exchange.IsPermanent);
        string? code = answer.Text("error", "errors", "reason") ?? answer.Text("error", "code") ?? answer.Text("error", "status");
        string words = _mask.Clean($"{answer.Status} {code} {(answer.Text("error", "message") is { Length: > 0 } said ? said : answer.Words)}");
        bool isTooMany = answer.Status == 429 || (answer.Status == 403 && code is "rateLimitExceeded" or "userRateLimitExceeded" or "dailyLimitExceeded" or "quotaExceeded" or "ApplicationThrottled");
        if (isTooMany || answer.Status is 408 or >= 500) throw new ProviderException($"{Title} does not serve us for now: {words}", isPermanent: false, answer.RetryAfter);
        if (answer.Status is 401 or 403 or (>= 300 and < 400)) throw new ProviderException($"{Title} does not let the bounce mailbox be read: {words}", isPermanent: true);
        return new ProviderApiAnswer(answer.Status, answer.Json, answer.Body, answer.IsWhole, words);
    }

    public void Dispose() => _exchange.Dispose();
}

/// <param name="Path">Below <see cref="ProviderApi.Address"/>, with the query; or a whole address there.</param>
public sealed record ProviderApiRequest(HttpMethod Method, string Path)
{
    /// <summary>A body, as JSON.</summary>
    public ReadOnlyMemory<byte>? Json { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>In bytes.</summary>
    public int LongestAnswer { get; init; } = 64 * 1024;

    public static ProviderApiRequest Get(string path) => new(HttpMethod.Get, path);

    /// <param name="members">The body's, or null for none.</param>
    public static ProviderApiRequest Post(string path, Action<Utf8JsonWriter>? members) => new(HttpMethod.Post, path) { Json = members is null ? null : JsonRequest.Body(members) };
}

/// <param name="Json">The body, when it is JSON as a whole.</param>
/// <param name="IsWhole">Whether <paramref name="Body"/> is all that there was.</param>
/// <param name="Words">Status, code and text of a refusal, fit to be shown.</param>
public sealed record ProviderApiAnswer(int Status, JsonElement? Json, ReadOnlyMemory<byte> Body, bool IsWhole, string Words)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>What the request was about is not there.</summary>
    public bool IsGone => Status is 404 or 410;
}

/// <summary>A provider serves no request of ours for now; the message says why, without a secret.</summary>
/// <param name="isPermanent">Whether somebody has to change something first.</param>
/// <param name="retryAfter">How long the provider asks us to wait.</param>
public sealed class ProviderException(string message, bool isPermanent, TimeSpan? retryAfter = null) : Exception(message)
{
    public bool IsPermanent { get; } = isPermanent;

    public TimeSpan? RetryAfter { get; } = retryAfter;
}
