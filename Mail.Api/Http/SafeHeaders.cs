namespace Mail.Api.Http;

/// <summary>
/// Headers of every answer that does not set its own, also of errors: it is data, which a browser neither guesses the kind of, nor runs, frames, keeps or tells others
/// the address of. The console's host adds its own; this one is reached directly, too.
/// </summary>
public static class SafeHeaders
{
    private const string DataPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

    public static void UseSafeHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(WriteAsync, context); // at the end: what answers after an exception begins with no headers
        return next(context);
    });

    private static Task WriteAsync(object state)
    {
        IHeaderDictionary headers = ((HttpContext)state).Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = DataPolicy;
        if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
        headers.TryAdd("Referrer-Policy", "no-referrer");
        headers.TryAdd("Cross-Origin-Resource-Policy", "same-origin");
        return Task.CompletedTask;
    }
}
