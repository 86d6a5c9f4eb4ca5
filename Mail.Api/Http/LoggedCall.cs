using System.Diagnostics;
using Mail.Core.Common;
using Mail.Core.Logs;
using Mail.Core.Projects;
using Microsoft.Net.Http.Headers;

namespace Mail.Api.Http;

/// <summary>A call whose API key is known, on its way: what becomes of it is told here and logged at its end (<see cref="RequestLogging"/>).</summary>
public sealed class LoggedCall(ProjectId project, Guid key, bool isTest, DateTimeOffset at)
{
    /// <summary>The answer says it in X-Request-Id, so that an app can name the call and find it again.</summary>
    public const string Header = "X-Request-Id";

    private const string IdMark = "\"id\":\"", MailMark = "\"email_id\":\"";

    private string? _error;
    private List<Guid>? _made;

    public Guid Id { get; } = UuidV7.New(at);

    /// <summary>From now on the call is logged, whatever comes of it.</summary>
    public static void Begin(HttpContext context, ApiKeyIdentity key, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(key);
        LoggedCall call = new(key.ProjectId, key.KeyId, key.IsTest, now);
        context.Features.Set(call);
        call.Name(context.Response);
    }

    /// <summary>The answer is a refusal. Says the id again: what went wrong took the headers along.</summary>
    public static void Refused(HttpContext context, string error)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Features.Get<LoggedCall>() is not { } call) return;
        call._error = error;
        call.Name(context.Response);
    }

    /// <summary>Which messages the call made.</summary>
    /// <param name="answer">Our own JSON, as it is sent.</param>
    public static void Made(HttpContext context, string answer)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(answer);
        if (context.Features.Get<LoggedCall>() is not { } call) return;
        string mark = answer.Contains(MailMark, StringComparison.Ordinal) ? MailMark : IdMark;
        for (int at = answer.IndexOf(mark, StringComparison.Ordinal); at >= 0; at = answer.IndexOf(mark, at, StringComparison.Ordinal))
        {
            at += mark.Length;
            if (answer.Length >= at + 36 && Guid.TryParseExact(answer.AsSpan(at, 36), "D", out Guid id)) (call._made ??= []).Add(id);
        }
    }

    /// <param name="route">The endpoint's own pattern, as documented.</param>
    internal LoggedRequest End(HttpContext context, string route, TimeSpan took) => new(
        project, Id, at, key, isTest, context.Request.Method, route, context.Response.StatusCode, _error, took, context.Connection.RemoteIpAddress,
        context.Request.Headers[HeaderNames.UserAgent], Activity.Current?.TraceId.ToHexString(), _made is null ? About(context, route) : [.. _made]);

    private static Guid[] About(HttpContext context, string route) =>
        route.StartsWith("/emails/{id}", StringComparison.Ordinal) && Guid.TryParse(context.Request.RouteValues["id"]?.ToString(), out Guid id) ? [id] : [];

    private void Name(HttpResponse response)
    {
        if (!response.HasStarted) response.Headers[Header] = Id.ToString();
    }
}
