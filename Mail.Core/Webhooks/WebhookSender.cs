using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Mail.Core.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Mail.Core.Webhooks;

/// <summary>One request to an endpoint, and what its answer means: 2xx took it, everything else did not. No redirect is followed, and only the public internet is reached.</summary>
internal sealed class WebhookSender : IDisposable
{
    private const int LongestAnswer = 64 * 1024; // that much is read, so that the connection can be used again
    private const int ShownAnswer = 1024;
    private static readonly MediaTypeHeaderValue _json = new("application/json");

    private readonly HttpClient _http;
    private readonly WebhookSecrets _secrets;
    private readonly WebhookOptions _options;
    private readonly TimeProvider _clock;

    public WebhookSender(WebhookSecrets secrets, IOptions<WebhookOptions> options, IHostEnvironment environment, TimeProvider clock)
        : this(secrets, options, clock, PublicHttp.CreateHandler(options.Value.AllowPrivateAddresses || environment.IsDevelopment(), followRedirects: false))
    {
    }

    /// <summary>For tests: another resolver of names.</summary>
    internal WebhookSender(WebhookSecrets secrets, IOptions<WebhookOptions> options, TimeProvider clock, SocketsHttpHandler handler)
    {
        (_secrets, _options, _clock) = (secrets, options.Value, clock);
        handler.MaxResponseDrainSize = LongestAnswer;
        handler.ActivityHeadersPropagator = null; // our trace is nobody else's
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public void Dispose() => _http.Dispose();

    /// <exception cref="OperationCanceledException"><paramref name="abort"/>: whether it was taken is not known.</exception>
    public async Task<WebhookOutcome> SendAsync(ClaimedEvent one, WebhookBody body, CancellationToken abort)
    {
        using Activity? activity = MailTelemetry.Source.StartActivity("webhook deliver", ActivityKind.Client, body.TraceParent);
        activity?.SetTag("mail.webhook.id", one.WebhookId).SetTag("mail.event.id", one.EventId).SetTag("mail.event.type", one.Type);
        DateTimeOffset at = _clock.GetUtcNow();
        long started = Stopwatch.GetTimestamp();
        Answer answer;
        using (CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(abort))
        {
            limit.CancelAfter(_options.Timeout);
            try
            {
                answer = await ExchangeAsync(one, body.Octets, at, limit.Token);
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                answer = new Answer(null, Words(e), null, null);
            }
            catch (OperationCanceledException) when (!abort.IsCancellationRequested)
            {
                answer = new Answer(null, $"There was no complete answer within {_options.Timeout.TotalSeconds:0.#} seconds.", null, null);
            }
        }

        WebhookOutcome outcome = OutcomeOf(one, at, Stopwatch.GetElapsedTime(started), answer);
        activity?.SetTag("http.response.status_code", answer.Status).SetStatus(outcome.IsTaken ? ActivityStatusCode.Ok : ActivityStatusCode.Error, outcome.Problem);
        return outcome;
    }

    private async Task<Answer> ExchangeAsync(ClaimedEvent one, byte[] body, DateTimeOffset at, CancellationToken ct)
    {
        if (_secrets.Key(one.Secret) is not { } key) return new Answer(null, "Its signing secret was encrypted with a key that is lost; rotate the secret.", null, null);
        byte[][] keys = one.OldSecret is { } old && _secrets.Key(old) is { } oldKey ? [key, oldKey] : [key];
        using HttpRequestMessage request = new(HttpMethod.Post, one.Endpoint) { Content = new ByteArrayContent(body) { Headers = { ContentType = _json } } };
        string id = $"evt_{one.EventId:N}", timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        string signature = WebhookSignature.Of(keys, id, at.ToUnixTimeSeconds(), body);
        foreach (string prefix in (string[])["webhook", "svix"]) // the standard's names, and those that Resend's users verify
        {
            request.Headers.Add($"{prefix}-id", id);
            request.Headers.Add($"{prefix}-timestamp", timestamp);
            request.Headers.Add($"{prefix}-signature", signature);
        }

        request.Headers.UserAgent.ParseAdd("Mail-Webhooks/1.0");
        using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        string beginning = await BeginningAsync(response, ct);
        return new Answer((int)response.StatusCode, null, beginning, WaitUntil(response, at));
    }

    private WebhookOutcome OutcomeOf(ClaimedEvent one, DateTimeOffset at, TimeSpan took, Answer answer)
    {
        if (answer.Status is >= 200 and <= 299) return new WebhookOutcome(one, at, took, true, null, answer.Status, null, answer.Beginning);
        DateTimeOffset now = _clock.GetUtcNow();
        DateTimeOffset? next = WebhookRetries.DelayAfter(one.Attempts + 1) is { } delay ? now + delay : null;
        if (next < answer.WaitUntil) next = answer.WaitUntil;
        string problem = answer.Problem ?? answer.Status switch
        {
            >= 300 and <= 399 => $"It answered {answer.Status}: redirects are not followed. Enter the address that it leads to.",
            410 => "It answered 410: it is gone.",
            _ => $"It answered {answer.Status}; only 2xx says that it was taken.",
        };
        return new WebhookOutcome(one, at, took, false, next, answer.Status, problem, answer.Beginning) { IsGone = answer.Status == 410, AskedToWaitUntil = answer.WaitUntil };
    }

    /// <summary>What is longer is cut off: nobody makes us read on and on.</summary>
    private static async Task<string> BeginningAsync(HttpResponseMessage response, CancellationToken ct)
    {
        byte[] buffer = new byte[8 * 1024];
        byte[] shown = new byte[ShownAnswer];
        int total = 0;
        await using Stream body = await response.Content.ReadAsStreamAsync(ct);
        for (int read; total < LongestAnswer && (read = await body.ReadAsync(buffer, ct)) > 0; total += read)
            if (total < ShownAnswer) buffer.AsSpan(0, Math.Min(read, ShownAnswer - total)).CopyTo(shown.AsSpan(total));
        return Encoding.UTF8.GetString(shown, 0, Math.Min(total, ShownAnswer)).Replace("\0", "", StringComparison.Ordinal); // PostgreSQL stores no NUL
    }

    /// <summary>Retry-After (RFC 9110 §10.2.3), a day at most.</summary>
    private DateTimeOffset? WaitUntil(HttpResponseMessage response, DateTimeOffset at)
    {
        if (response.IsSuccessStatusCode || response.Headers.RetryAfter is not { } asked) return null;
        DateTimeOffset latest = at + WebhookRetries.LongestWait;
        DateTimeOffset? until = asked.Delta is { } delta ? (delta < WebhookRetries.LongestWait ? _clock.GetUtcNow() + delta : latest) : asked.Date;
        return until > latest ? latest : until;
    }

    /// <summary>One text for what is not found and what is found inside: it must not tell which names exist in our network.</summary>
    private static string Words(Exception e) => (e.InnerException as HttpRequestException ?? e as HttpRequestException)?.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "Its name leads to no public address.",
        HttpRequestError.SecureConnectionError => "No secure connection could be made: its certificate is not valid for this name, or it speaks no TLS.",
        HttpRequestError.ConnectionError => "No connection could be made.",
        HttpRequestError.ConfigurationLimitExceeded => "Its answer's headers are too long.",
        _ => "The connection ended before the answer was complete.",
    };

    private sealed record Answer(int? Status, string? Problem, string? Beginning, DateTimeOffset? WaitUntil);
}
