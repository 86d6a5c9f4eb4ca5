using Mail.Core.Common;

namespace Mail.Core.Feedback.Providers;

/// <summary>Fetches what messages of SNS point at: only from the public internet, without redirects, little of it, and for a short time.</summary>
public sealed class SnsTransport : IDisposable
{
    private const int LongestAnswer = 64 * 1024;

    private readonly HttpClient _http;

    public SnsTransport()
        : this(PublicHttp.CreateHandler(allowPrivate: false, followRedirects: false))
    {
    }

    /// <summary>For tests, where Amazon is played.</summary>
    internal SnsTransport(HttpMessageHandler handler) => _http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = LongestAnswer };

    /// <param name="url">One that <see cref="SnsVerifier.TryAddress"/> has let through.</param>
    /// <exception cref="HttpRequestException">It was not to be had.</exception>
    internal async Task<string> GetAsync(Uri url, CancellationToken ct)
    {
        try
        {
            using HttpResponseMessage answer = await _http.GetAsync(url, ct);
            return (int)answer.StatusCode is >= 200 and < 300
                ? await answer.Content.ReadAsStringAsync(ct)
                : throw new HttpRequestException($"{url.Host} answered {(int)answer.StatusCode}.", null, answer.StatusCode);
        }
        catch (TaskCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new HttpRequestException($"{url.Host} did not answer in time.", e);
        }
    }

    public void Dispose() => _http.Dispose();
}
