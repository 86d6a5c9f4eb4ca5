using Mail.Core.Logs;

namespace Mail.Api.Logs;

/// <summary>A call that one of the project's API keys made.</summary>
/// <param name="Id">As in the answer's header X-Request-Id.</param>
/// <param name="Mode">`live` or `test`, as the key is.</param>
/// <param name="Method">Of HTTP, or `SMTP`.</param>
/// <param name="Path">The path as documented, such as `/emails/{id}`: without what stood in it. With SMTP `AUTH` for signing in and `MAIL` for a mail.</param>
/// <param name="Status">Of the answer; with SMTP the reply's code.</param>
/// <param name="Error">The name of the refusal, such as `validation_error`; null for a success.</param>
/// <param name="DurationMs">From the first byte to the end of the answer.</param>
/// <param name="Ip">Where it came from.</param>
/// <param name="UserAgent">What the app says it is, without addresses; null when it says nothing.</param>
/// <param name="TraceId">Of the trace (W3C), where it is traced.</param>
/// <param name="EmailIds">The messages that it made or is about.</param>
public sealed record RequestLogResponse(
    string Object, string Id, DateTimeOffset CreatedAt, RequestLogResponse.LoggedKey ApiKey, string Mode, string Method, string Path, int Status, string? Error, double DurationMs, string? Ip, string? UserAgent,
    string? TraceId, IReadOnlyList<string> EmailIds)
{
    /// <param name="Name">Null when the key is gone.</param>
    public sealed record LoggedKey(string Id, string? Name);

    public static RequestLogResponse Of(ReadRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new(
            "request_log", request.Id.ToString(), request.At, new LoggedKey(request.KeyId.ToString(), request.KeyName), request.IsTest ? "test" : "live", request.Method, request.Route, request.Status, request.Error,
            Math.Round(request.Took.TotalMilliseconds, 3), request.Client, request.UserAgent, request.TraceId, [.. request.MessageIds.Select(id => id.ToString())]);
    }
}
