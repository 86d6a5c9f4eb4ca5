using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Mail.Core.Relays.Http;

/// <summary>Where access tokens come from: a request that proves who we are. Made anew each time, because some of them are signed for the moment.</summary>
internal delegate RelayRequest TokenRequest(DateTimeOffset now);

/// <summary>
/// Access tokens of OAuth 2.0 (RFC 6749): kept until shortly before they end, fetched by one caller at a time while the others wait. A token service
/// that is away for a moment does no harm as long as the old token holds.
/// </summary>
/// <param name="whose">Who logs in, as the texts for people have it.</param>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asked for holds nothing that must be freed.")]
internal sealed class TokenCredentials(string title, HttpExchange exchange, TokenRequest request, SecretMask mask, TimeProvider clock, string whose = "the relay") : ICredentials
{
    private static readonly Authorization _nobody = new([]);
    private static readonly TimeSpan _longestMargin = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _refresh = new(1);
    private Token? _token;

    private sealed record Token(Authorization Authorization, DateTimeOffset RefreshAt, DateTimeOffset EndsAt);

    public async ValueTask<Authorization> AuthorizeAsync(RelayRequest request, CancellationToken ct)
    {
        if (Fresh() is { } known) return known;
        await _refresh.WaitAsync(ct);
        try
        {
            if (Fresh() is { } fetched) return fetched; // by the one before us
            RelayFault? fault = await FetchAsync(ct);
            return fault is null || (!fault.IsPermanent && _token?.EndsAt > clock.GetUtcNow()) ? _token!.Authorization : new Authorization([], fault);
        }
        finally
        {
            _refresh.Release();
        }
    }

    public bool Forget(Authorization refused)
    {
        Token? token = _token;
        if (ReferenceEquals(token?.Authorization, refused)) Interlocked.CompareExchange(ref _token, null, token);
        return true;
    }

    private Authorization? Fresh() => Volatile.Read(ref _token) is { } token && token.RefreshAt > clock.GetUtcNow() ? token.Authorization : null;

    private async Task<RelayFault?> FetchAsync(CancellationToken ct)
    {
        DateTimeOffset asked = clock.GetUtcNow();
        Exchange answered = await exchange.SendAsync(request(asked), _nobody, null, ct);
        ct.ThrowIfCancellationRequested();
        if (answered.Answer is not { } answer) return new RelayFault($"The login at {title} cannot be reached: {answered.Problem}.", answered.IsPermanent);
        if (!answer.IsSuccess) return Refused(answer);
        if (answer.Text("access_token") is not { Length: > 0 } text || text.AsSpan().ContainsAnyExceptInRange('!', '~') || answer.Json is not { } json || Lifetime(json) is not { } lifetime)
            return new RelayFault($"What answered {answer.Status} is not the login of {title}. Check the addresses of {whose}.", IsPermanent: true);
        mask.Add(text);
        TimeSpan margin = lifetime / 10 < _longestMargin ? lifetime / 10 : _longestMargin;
        Volatile.Write(ref _token, new Token(new Authorization([new("Authorization", $"Bearer {text}")]), asked + lifetime - margin, asked + lifetime));
        return null;
    }

    /// <summary>RFC 6749 §5.2: `error` is a code, `error_description` is for people.</summary>
    private RelayFault Refused(HttpAnswer answer)
    {
        string words = answer.Text("error_description") ?? answer.Words;
        return new RelayFault($"{title} refused the login of {whose}: {answer.Status} {answer.Text("error")} {words}", IsPermanent: answer.Status is >= 300 and < 500 and not 408 and not 429);
    }

    private static TimeSpan? Lifetime(JsonElement json)
    {
        if (!json.TryGetProperty("expires_in", out JsonElement value)) return TimeSpan.FromHours(1); // optional there; both providers say an hour
        double seconds = value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetDouble(out double number) => number,
            JsonValueKind.String when double.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out double number) => number,
            _ => 0,
        };
        return seconds is > 0 and < 1e9 ? TimeSpan.FromSeconds(seconds) : null;
    }
}
