using System.Diagnostics;
using System.Globalization;
using Mail.ServiceDefaults.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Mail.ServiceDefaults.Telemetry;

/// <summary>
/// Completes the activity that ASP.NET Core makes for a request: it lacks the route, the status and the error, which are
/// known only after the pipeline has run (names: OpenTelemetry's semantic conventions for HTTP server spans).
/// </summary>
internal sealed class RequestSpans : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(HandleAsync);
        next(app);
    };

    private static async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is not { IsAllDataRequested: true } activity)
        {
            await next(context);
            return;
        }

        // Before the pipeline runs, so that what a probe does inside (a query) is not recorded either.
        if (HealthEndpoints.IsProbe(context.Request.Path))
        {
            UnrecordedParents.Unrecord(activity);
            await next(context);
            return;
        }

        try
        {
            await next(context);
            Complete(activity, context, context.Response.StatusCode, context.Features.Get<IExceptionHandlerFeature>()?.Error);
        }
        catch (Exception e)
        {
            Complete(activity, context, StatusCodes.Status500InternalServerError, e);
            throw;
        }
    }

    private static void Complete(Activity activity, HttpContext context, int status, Exception? error)
    {
        // An exception handler runs the pipeline again: the route that failed is then in its feature.
        Endpoint? endpoint = context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint();
        // ASP.NET Core writes `_OTHER` for a method that it does not know; a span's name must not repeat what a caller made up.
        string method = activity.GetTagItem("http.request.method") is string known and not "_OTHER" ? known : "HTTP";
        if (endpoint is RouteEndpoint { RoutePattern.RawText: { } route })
        {
            activity.SetTag("http.route", route);
            activity.DisplayName = $"{method} {route}";
        }
        else
        {
            activity.DisplayName = method;
        }

        activity.SetTag("http.response.status_code", status);
        if (status < StatusCodes.Status500InternalServerError) return;
        activity.SetTag("error.type", error?.GetType().FullName ?? status.ToString(CultureInfo.InvariantCulture));
        activity.SetStatus(ActivityStatusCode.Error);
    }
}
