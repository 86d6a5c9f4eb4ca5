using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Reservations.Widget;

namespace Mail.Api.Reservations.Widget;

/// <summary>
/// Who may call a widget's endpoints: pages of exactly the origins that its project has named, told by the Origin header that every browser sends and no page can forge. Other programs can forge it;
/// what they could do then is held by the clients' rate and by codes.
/// </summary>
internal static class WidgetAccess
{
    public static RouteGroupBuilder ForAllowedOrigins(this RouteGroupBuilder widget) => widget.WithMetadata(new RefusalForOtherSites()).AddEndpointFilter(async (context, next) =>
    {
        HttpContext http = context.HttpContext;
        http.Response.Headers.Vary = "Origin";
        if (await http.RequestServices.GetRequiredService<WidgetSettingsStore>().FindAsync(http.Request.RouteValues["widget"] as string ?? "", http.RequestAborted) is not { } settings)
            return Failure.NotFound("Widget").ToApiError();
        string origin = http.Request.Headers.Origin.ToString();
        if (!settings.AllowedOrigins.Contains(origin, StringComparer.Ordinal))
            return new Failure(FailureKind.Unauthenticated, "origin_not_allowed", "This site may not use this widget. Its owner can allow it by `PUT /reservation-settings`.").ToApiError();
        http.Response.OnStarting(() => // also of an answer that begins anew after a fault, without the headers of before
        {
            http.Response.Headers.Vary = "Origin";
            http.Response.Headers.AccessControlAllowOrigin = origin;
            http.Response.Headers.AccessControlExposeHeaders = "Retry-After";
            return Task.CompletedTask;
        });
        http.Features.Set(settings);
        return await next(context);
    });

    public static WidgetSettings Widget(this HttpContext http) => http.Features.Get<WidgetSettings>() ?? throw new InvalidOperationException("This endpoint is not behind WidgetAccess.");
}
