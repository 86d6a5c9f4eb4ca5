using System.Net;
using Mail.Core.Common;

namespace Mail.Core.Mailboxes.Providers.Http;

/// <summary>
/// The way out to all providers of mailboxes, one for the process: only the public internet, no redirects, no cookies, an end to each wait and to each answer.
/// </summary>
public sealed class ProviderLine : IDisposable
{
    private const int LongestAnswer = 4 * 1024 * 1024; // a full page of a directory is less than one

    private static readonly TimeSpan _usualTimeout = TimeSpan.FromSeconds(30);

    private readonly HttpMessageInvoker _http;
    private readonly TimeSpan _timeout;

    /// <param name="allowPrivateAddresses">Lets a configured address be http, and lead to this machine or a private network: for development and tests, where a provider is played.</param>
    /// <param name="answerTimeout">How long a provider has for its whole answer. Giving up leaves open whether it acted.</param>
    public ProviderLine(TimeProvider clock, bool allowPrivateAddresses, TimeSpan? answerTimeout = null)
    {
        (Clock, AllowsPrivate, _timeout) = (clock, allowPrivateAddresses, answerTimeout ?? _usualTimeout);
        SocketsHttpHandler handler = PublicHttp.CreateHandler(allowPrivateAddresses, followRedirects: false); // a key was meant for one host
        handler.MaxResponseDrainSize = 64 * 1024;
        _http = new HttpMessageInvoker(handler);
    }

    internal TimeProvider Clock { get; }

    /// <summary>Whether addresses may be http and lead inside.</summary>
    public bool AllowsPrivate { get; }

    public void Dispose() => _http.Dispose();

    /// <summary>One request, one answer.</summary>
    /// <param name="headers">Those of the login.</param>
    /// <returns>Any answer at all, or why there is none.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    internal async Task<ProviderOutcome<ProviderReply>> SendAsync(ProviderCall call, IReadOnlyList<KeyValuePair<string, string>> headers, ProviderWords words, CancellationToken ct)
    {
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(_timeout);
        using HttpRequestMessage message = new(call.Method, call.Uri) { Version = HttpVersion.Version11 };
        if (call.ContentType is not null)
        {
            message.Content = new ReadOnlyMemoryContent(call.Body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", call.ContentType); // as it was signed
        }

        message.Headers.TryAddWithoutValidation("User-Agent", "Mail.Aspire/0.1"); // some providers refuse a request without one
        message.Headers.TryAddWithoutValidation("Accept", "application/json, text/xml");
        foreach ((string name, string value) in (IEnumerable<KeyValuePair<string, string>>)[.. call.Headers, .. headers]) message.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(message, timeout.Token);
            ReadOnlyMemory<byte>? body = await ReadAsync(response.Content, timeout.Token);
            if (body is null) return words.TooLong((int)response.StatusCode);
            return new ProviderReply((int)response.StatusCode, response.Headers, body.Value, Clock.GetUtcNow());
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return words.Lost($"no answer came within {_timeout.TotalSeconds:0.#} seconds");
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError || e.Message.EndsWith("no public address.", StringComparison.Ordinal))
        {
            return words.Unreachable(Innermost(e));
        }
        catch (Exception e) when (e is HttpRequestException or IOException && !ct.IsCancellationRequested)
        {
            return words.Lost(Innermost(e));
        }
    }

    /// <returns>Null when it is longer than anybody needs.</returns>
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, CancellationToken ct)
    {
        byte[] buffer = new byte[8192];
        int length = 0;
        await using Stream body = await content.ReadAsStreamAsync(ct);
        while (true)
        {
            int read = await body.ReadAsync(buffer.AsMemory(length), ct);
            if (read == 0) return buffer.AsMemory(0, length);
            length += read;
            if (length < buffer.Length) continue;
            if (length >= LongestAnswer) return null;
            Array.Resize(ref buffer, Math.Min(buffer.Length * 2, LongestAnswer));
        }
    }

    private static string Innermost(Exception e)
    {
        while (e.InnerException is { } inner) e = inner;
        return e.Message.TrimEnd('.');
    }
}
