using Mail.Web.Frontend;
using Mail.Web.Proxy;
using Microsoft.Extensions.Primitives;

namespace Mail.Web.Security;

/// <summary>Headers on every answer: what a browser may load, and who may put the answer into a frame.</summary>
public static class SecurityHeaders
{
    // Mantine writes style elements and attributes at run time; scripts come from our own files only.
    private const string ConsolePolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; frame-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    // Somebody's HTML mail, shown in the console's iframe: it may show pictures and style itself, and do nothing else.
    // `sandbox` gives it an origin of its own, so it reaches neither the session cookie nor the console, also when opened alone.
    private const string PreviewPolicy =
        "default-src 'none'; img-src http: https: data:; style-src 'unsafe-inline' http: https:; font-src http: https: data:; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox";

    // A draft of the template editor, which the console itself has posted (Frontend/DraftPreview.cs). It keeps its origin, so that the editor can
    // hold the place to which somebody has scrolled; without `allow-scripts` the mail itself can do nothing with it.
    private const string DraftPolicy =
        "default-src 'none'; img-src http: https: data:; style-src 'unsafe-inline' http: https:; font-src http: https: data:; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin";

    // The page in which the visual editor draws a draft (Frontend/DraftCanvas.cs): as a mail may look, and nothing runs in it. The editor reaches in from outside,
    // so it is not sandboxed: browsers differ in whether listeners of the page around it are called in a sandbox without scripts.
    private const string CanvasPolicy =
        "default-src 'none'; img-src http: https: data:; style-src 'unsafe-inline' http: https:; font-src http: https: data:; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private const string ApiPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() => { Write(context); return Task.CompletedTask; });
        return next(context);
    });

    private static void Write(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        Endpoint? endpoint = context.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<ProxiedToApi>() is not null && headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
        if (endpoint?.Metadata.GetMetadata<ProxiedPreview>() is not null)
        {
            headers["Referrer-Policy"] = "no-referrer"; // the sender's pictures must not learn the message's address
            AppendPolicy(headers, PreviewPolicy);
        }
        else if (endpoint?.Metadata.GetMetadata<DraftPreviewed>() is not null)
        {
            headers["Referrer-Policy"] = "no-referrer";
            headers.ContentSecurityPolicy = DraftPolicy;
        }
        else if (endpoint?.Metadata.GetMetadata<DraftDrawn>() is not null)
        {
            headers["Referrer-Policy"] = "no-referrer";
            headers.ContentSecurityPolicy = CanvasPolicy;
        }
        else if (endpoint?.Metadata.GetMetadata<ProxiedToApi>() is not null)
        {
            headers["Referrer-Policy"] = "no-referrer";
            // A page that the API itself gave a policy keeps it; it is only kept out of frames.
            AppendPolicy(headers, StringValues.IsNullOrEmpty(headers.ContentSecurityPolicy) ? ApiPolicy : "frame-ancestors 'none'");
        }
        else
        {
            headers["Referrer-Policy"] = "same-origin";
            headers.ContentSecurityPolicy = ConsolePolicy;
        }
    }

    // Several policies hold together: the API's own stays, ours is enforced beside it.
    private static void AppendPolicy(IHeaderDictionary headers, string policy) =>
        headers.ContentSecurityPolicy = StringValues.Concat(headers.ContentSecurityPolicy, policy);
}
