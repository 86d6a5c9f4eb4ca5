using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Mail.Core.Logs;

namespace Mail.Api.Http;

/// <summary>Logs each call of an API key when it is answered. Before all that answers, so that the status is the one that goes out.</summary>
public sealed partial class RequestLogging(RequestDelegate next, RequestLog log, TimeProvider clock)
{
    /// <summary>As many as there are endpoints.</summary>
    private static readonly ConcurrentDictionary<string, string> _routes = new(StringComparer.Ordinal);

    public async Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        long began = clock.GetTimestamp();
        string? route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText; // now: an exception takes the endpoint away
        await next(context);
        if (route is not null && context.Features.Get<LoggedCall>() is { } call) log.Add(call.End(context, _routes.GetOrAdd(route, Documented), clock.GetElapsedTime(began)));
    }

    /// <summary>As the OpenAPI document writes it: without the constraints of parameters.</summary>
    private static string Documented(string pattern) => "/" + Constraint().Replace(pattern, "}").Trim('/');

    [GeneratedRegex("(:[^{}]*)\\}")]
    private static partial Regex Constraint();
}
