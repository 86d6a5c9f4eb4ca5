namespace Mail.Web.Frontend;

/// <summary>What a person sees while the React app has not been built: why, and the command that mends it.</summary>
internal static class NotBuiltPage
{
    private const string Html = """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="3"><title>Mail: the console is not built yet</title></head>
        <body style="font: 16px/1.6 system-ui, sans-serif; max-width: 40em; margin: 15vh auto; padding: 0 1.5em; color-scheme: light dark">
        <h1 style="font-size: 1.5em">The console is not built yet</h1>
        <p>If the system has just been started for the first time, it is being built now: this page tries again every three seconds.</p>
        <p>To build it by hand:</p>
        <pre style="padding: 1em; border: 1px solid #8886; border-radius: 6px; overflow: auto">cd Mail.Web/ClientApp
        npm ci
        npm run build</pre>
        <p>The API and the workers do not wait for it.</p>
        </body>
        </html>
        """;

    public static Task SendAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.RetryAfter = "3";
        return context.Response.WriteAsync(Html, context.RequestAborted);
    }
}
