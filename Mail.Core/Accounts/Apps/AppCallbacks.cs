using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Webhooks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Mail.Core.Accounts.Apps;

/// <summary>What the app made of a callback.</summary>
public enum AppVerdict
{
    /// <summary>2xx: it is done.</summary>
    Done,

    /// <summary>404 or 410: it has no such user.</summary>
    Unknown,

    /// <summary>422: it does not want this.</summary>
    Refused,

    /// <summary>Everything else, and no answer. Whether it was done is not known.</summary>
    Failed,
}

/// <param name="Reason">Of a refusal, in the app's words; null without any.</param>
/// <param name="Problem">Of a failure, for the log: no word of the app's.</param>
/// <param name="Facts">What a 2xx said, where somebody wants to know: a JSON object; null for anything else. Nothing in it is to be believed unseen.</param>
public sealed record AppAnswer(AppVerdict Verdict, string? Reason = null, string? Problem = null, JsonElement? Facts = null);

/// <summary>
/// Tells an app what to do with an account of one of its users: one request, signed as webhooks are (Standard Webhooks), with the same guard against addresses inside. What
/// it holds may be a password: it is in no log, no trace and no table, and is wiped once it is sent.
/// </summary>
public sealed class AppCallbacks : IDisposable
{
    /// <summary>From the connection to the answer's end.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private const int LongestAnswer = 4096, LongestReason = 200;
    private static readonly MediaTypeHeaderValue _json = new("application/json");

    private readonly HttpClient _http;
    private readonly WebhookSecrets _secrets;
    private readonly TimeProvider _clock;

    public AppCallbacks(WebhookSecrets secrets, IOptions<WebhookOptions> options, IHostEnvironment environment, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_secrets, _clock, AllowsPrivate) = (secrets, clock, options.Value.AllowPrivateAddresses || environment.IsDevelopment());
        SocketsHttpHandler handler = PublicHttp.CreateHandler(AllowsPrivate, followRedirects: false);
        handler.MaxResponseDrainSize = LongestAnswer;
        handler.ActivityHeadersPropagator = null; // our trace is nobody else's
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Whether an app may be on this machine or in a private network: as for webhooks.</summary>
    public bool AllowsPrivate { get; }

    public void Dispose() => _http.Dispose();

    /// <param name="id">Of what is told: the same when it is told again.</param>
    /// <param name="data">Writes the fields of `data`.</param>
    /// <param name="asks">A question: what is answered is read.</param>
    public async Task<AppAnswer> SendAsync(AppAccountSettings settings, string type, Guid id, Action<Utf8JsonWriter> data, CancellationToken ct, bool asks = false)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(data);
        if (_secrets.Key(settings.Secret) is not { } key) return new AppAnswer(AppVerdict.Failed, Problem: "its signing secret was encrypted with a key that is lost; rotate the secret");
        byte[][] keys = settings.OldSecret is { } old && _secrets.Key(old) is { } oldKey ? [key, oldKey] : [key];
        DateTimeOffset at = _clock.GetUtcNow();
        byte[] body = Body(type, at, data);
        using Activity? activity = MailTelemetry.Source.StartActivity("account callback", ActivityKind.Client);
        activity?.SetTag("mail.callback.type", type).SetTag("mail.callback.id", id);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        AppAnswer answer;
        try
        {
            answer = await ExchangeAsync(new Uri(settings.CallbackUrl), keys, $"evt_{id:N}", at, body, asks, limit.Token);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            answer = new AppAnswer(AppVerdict.Failed, Problem: (e as HttpRequestException)?.HttpRequestError is HttpRequestError.NameResolutionError ? "its name leads to no public address" : "it could not be reached, or hung up");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            answer = new AppAnswer(AppVerdict.Failed, Problem: $"it did not answer within {Limit.TotalSeconds:0} seconds");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(body);
        }

        activity?.SetStatus(answer.Verdict is AppVerdict.Failed ? ActivityStatusCode.Error : ActivityStatusCode.Ok, answer.Problem);
        return answer;
    }

    private async Task<AppAnswer> ExchangeAsync(Uri url, byte[][] keys, string id, DateTimeOffset at, byte[] body, bool asks, CancellationToken ct)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, url) { Content = new ByteArrayContent(body) { Headers = { ContentType = _json } } };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSignature.Of(keys, id, at.ToUnixTimeSeconds(), body));
        request.Headers.UserAgent.ParseAdd("Mail-Accounts/1.0");
        using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        int status = (int)response.StatusCode;
        return status switch
        {
            >= 200 and <= 299 => new AppAnswer(AppVerdict.Done, Facts: asks ? await ObjectAsync(response, ct) : null),
            404 or 410 => new AppAnswer(AppVerdict.Unknown),
            422 => new AppAnswer(AppVerdict.Refused, await ReasonAsync(response, ct)),
            >= 300 and <= 399 => new AppAnswer(AppVerdict.Failed, Problem: $"it answered {status}, and redirects are not followed"),
            _ => new AppAnswer(AppVerdict.Failed, Problem: $"it answered {status}"),
        };
    }

    /// <summary>`message` of a JSON object. Nothing else that an app answers is shown to anybody.</summary>
    private static async Task<string?> ReasonAsync(HttpResponseMessage response, CancellationToken ct) =>
        await ObjectAsync(response, ct) is { } answer && TextIn(answer, "message", LongestReason) is { } text ? text : null;

    /// <returns>Null for what is no JSON object of a few kilobytes.</returns>
    private static async Task<JsonElement?> ObjectAsync(HttpResponseMessage response, CancellationToken ct)
    {
        await using Stream stream = await response.Content.ReadAsStreamAsync(ct);
        byte[] buffer = new byte[LongestAnswer];
        int length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        try
        {
            using JsonDocument document = JsonDocument.Parse(buffer.AsMemory(0, length));
            return document.RootElement.ValueKind is JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <returns>One line that can be stored; null for anything else under that name.</returns>
    internal static string? TextIn(JsonElement answer, string name, int longest)
    {
        try
        {
            return answer.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.String
                && value.GetString() is { Length: > 0 } text && text.Length <= longest && TextRules.IsStorable(text) && !text.Any(char.IsControl) ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair
        }
    }

    private static byte[] Body(string type, DateTimeOffset at, Action<Utf8JsonWriter> data)
    {
        ArrayBufferWriter<byte> buffer = new(1024);
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteString("timestamp", at);
            json.WriteStartObject("data");
            data(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        byte[] body = buffer.WrittenSpan.ToArray();
        buffer.Clear();
        return body;
    }
}
