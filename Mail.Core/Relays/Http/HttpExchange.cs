using System.Net;
using System.Security.Authentication;
using Mail.Core.Common;

namespace Mail.Core.Relays.Http;

internal enum ExchangeEnd
{
    Answered,

    /// <summary>The request did not leave, or not as a whole: the provider cannot have acted on it.</summary>
    Unreachable,

    /// <summary>The request was sent, and no answer came.</summary>
    Lost,

    /// <summary>The message was taken back, or the caller gave up, before the request was sent.</summary>
    Withdrawn,
}

/// <param name="Answer">When answered.</param>
/// <param name="Problem">Why there is no answer, as the end of a sentence.</param>
/// <param name="IsPermanent">Whether someone has to change something before the provider can be reached.</param>
internal sealed record Exchange(ExchangeEnd End, HttpAnswer? Answer = null, string Problem = "", bool IsPermanent = false)
{
    /// <summary>Set when there was no login to be had, in place of a problem of the line.</summary>
    public RelayFault? Fault { get; init; }

    /// <summary>What was said (<see cref="AttemptTranscript"/>), when nothing was taken.</summary>
    public string? Transcript { get; init; }
}

/// <summary>Sends requests over the pooled connections of one relay. Follows no redirect, keeps no cookie and reads only the beginning of a long answer.</summary>
internal sealed class HttpExchange : IDisposable
{
    private const int BytesPerSecond = 100 * 1024; // the slowest line that a large message is given time for

    private readonly HttpMessageInvoker _http;
    private readonly HttpRelayEnvironment _environment;

    public HttpExchange(HttpRelayEnvironment environment)
    {
        _environment = environment;
        SocketsHttpHandler handler = PublicHttp.CreateHandler(environment.AllowPrivateAddresses);
        handler.AllowAutoRedirect = false; // a message goes to whom it was meant for, or nowhere
        handler.PooledConnectionIdleTimeout = environment.Options.IdleTimeout;
        handler.MaxResponseDrainSize = RelayRequest.UsualAnswer;
        _http = new HttpMessageInvoker(handler);
    }

    /// <param name="mayStart">Asked when the connection stands; false takes the request back.</param>
    /// <returns>How it ended. Cancelled by the caller before the request was sent, it is withdrawn; afterwards it is lost.</returns>
    public async Task<Exchange> SendAsync(RelayRequest request, Authorization authorization, Func<CancellationToken, ValueTask<bool>>? mayStart, CancellationToken ct)
    {
        TimeSpan limit = _environment.AnswerTimeout + TimeSpan.FromSeconds(request.Body.Length / BytesPerSecond);
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(limit);
        using OutgoingContent? content = request.ContentType is null ? null : new OutgoingContent(request.Body, request.ContentType, mayStart);
        using HttpRequestMessage message = new(request.Method, request.Uri) { Content = content, Version = HttpVersion.Version11 };
        message.Headers.TryAddWithoutValidation("User-Agent", "Mail.Aspire/0.1"); // some providers refuse a request without one
        message.Headers.TryAddWithoutValidation("Accept", "application/json");
        foreach ((string name, string value) in (IEnumerable<KeyValuePair<string, string>>)[.. request.Headers, .. authorization.Headers]) message.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(message, timeout.Token);
            if (request.LongestAnswer > RelayRequest.UsualAnswer) timeout.CancelAfter(limit + TimeSpan.FromSeconds(request.LongestAnswer / BytesPerSecond));
            (ReadOnlyMemory<byte> body, bool isWhole) = await ReadAsync(response.Content, request.LongestAnswer, timeout.Token);
            return new Exchange(ExchangeEnd.Answered, new HttpAnswer((int)response.StatusCode, response.Headers, body, _environment.Clock.GetUtcNow()) { IsWhole = isWhole });
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            if (content is { IsWithdrawn: true } || (ct.IsCancellationRequested && content is not { MayHaveArrived: true })) return new Exchange(ExchangeEnd.Withdrawn);
            string problem = ct.IsCancellationRequested ? "the worker stopped" : e is OperationCanceledException && timeout.IsCancellationRequested ? $"no answer came within {limit.TotalSeconds:0.#} seconds" : Innermost(e);
            return content is { MayHaveArrived: true } ? new Exchange(ExchangeEnd.Lost, null, problem) : new Exchange(ExchangeEnd.Unreachable, null, problem, NeedsSomeone(e));
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>An answer that breaks off still has its status; what is missing makes no JSON.</summary>
    private static async Task<(ReadOnlyMemory<byte> Body, bool IsWhole)> ReadAsync(HttpContent content, int longest, CancellationToken ct)
    {
        byte[] buffer = new byte[4096];
        int length = 0;
        try
        {
            await using Stream body = await content.ReadAsStreamAsync(ct);
            while (true)
            {
                int read = await body.ReadAsync(buffer.AsMemory(length), ct);
                if (read == 0) return (buffer.AsMemory(0, length), true);
                length += read;
                if (length < buffer.Length) continue;
                if (length >= longest) return (buffer, false);
                Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, longest));
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return (buffer.AsMemory(0, length), false);
        }
    }

    private static string Innermost(Exception e)
    {
        while (e.InnerException is { } inner) e = inner;
        return e.Message.TrimEnd('.');
    }

    private static bool NeedsSomeone(Exception e) => e is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } or { InnerException: AuthenticationException };
}
