namespace Mail.Web.Proxy;

/// <summary>The proxy's own failures, in the API's error format, so that the console has one kind of error to read.</summary>
internal static class ProxyProblem
{
    private sealed record Body(int StatusCode, string Name, string Message);

    /// <summary>Does nothing if the answer has already begun.</summary>
    public static Task WriteAsync(HttpContext context, int statusCode, string name, string message)
    {
        if (context.Response.HasStarted) return Task.CompletedTask;
        context.Response.StatusCode = statusCode;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(new Body(statusCode, name, message), context.RequestAborted);
    }
}
