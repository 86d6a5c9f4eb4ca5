using System.Net;
using Microsoft.AspNetCore.Http.Features;

namespace Mail.Web.Proxy;

/// <summary>
/// Forwards one request to Mail.Api and streams the answer back byte by byte as it comes, so that server-sent events are not held up.
/// Cookies pass through untouched: the session belongs to the API, and the console's origin is the only one that the browser sees.
/// </summary>
public sealed partial class ApiProxy(HttpMessageInvoker client, Uri api, TimeProvider clock, ILogger<ApiProxy> logger)
{
    /// <summary>How long the API may take until its answer begins. Later pauses are unlimited: an event stream may be silent for long.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(75);

    public async Task ForwardAsync(HttpContext context)
    {
        using CancellationTokenSource waiting = new(AnswerTimeout, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(waiting.Token, context.RequestAborted);
        HttpResponseMessage answer;
        try
        {
            using HttpRequestMessage request = Translate(context);
            answer = await client.SendAsync(request, either.Token);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            return; // the browser went away; nobody is left to be told
        }
        catch (OperationCanceledException) when (waiting.IsCancellationRequested)
        {
            LogTimeout(context.Request.Path, AnswerTimeout.TotalSeconds);
            await ProxyProblem.WriteAsync(context, 504, "api_timeout", "The Mail API did not answer in time. Try again in a moment.");
            return;
        }
        catch (HttpRequestException e) when (e.InnerException is BadHttpRequestException bad)
        {
            await ProxyProblem.WriteAsync(context, bad.StatusCode, "invalid_request", "The request body could not be read.");
            return;
        }
        catch (HttpRequestException e)
        {
            LogUnreachable(api, context.Request.Path, e);
            await ProxyProblem.WriteAsync(context, 502, "api_unreachable", "The Mail API cannot be reached. It may be starting; try again in a moment.");
            return;
        }
        using (answer) await ReturnAsync(answer, context);
    }

    private HttpRequestMessage Translate(HttpContext context)
    {
        HttpRequestMessage request = new(HttpMethod.Parse(context.Request.Method), TargetOf(context.Request)) { Content = RequestBody.Of(context) };
        ProxyHeaders.CopyRequest(context.Request, request);
        return request;
    }

    // Joined as text: resolved as a relative address, "/api//other.example/" would name another host.
    private Uri TargetOf(HttpRequest request)
    {
        request.Path.StartsWithSegments("/api", out PathString rest);
        string path = IsOfAnApp(request) ? request.Path.ToUriComponent() : rest.HasValue ? rest.ToUriComponent() : "/";
        return new Uri(api.GetLeftPart(UriPartial.Authority) + path + request.QueryString.ToUriComponent());
    }

    /// <summary>Apps know the whole path. With a key it is theirs: the console, whose own accounts have the path without the prefix, sends none.</summary>
    private static bool IsOfAnApp(HttpRequest request) => request.Path.StartsWithSegments("/api/auth/password-reset") && request.Headers.Authorization.Count > 0;

    private async Task ReturnAsync(HttpResponseMessage answer, HttpContext context)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        ProxyHeaders.CopyResponse(answer, context.Response);
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        if (answer.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.ResetContent or HttpStatusCode.NotModified) return;

        try
        {
            // A stream of unknown length may stay silent for long: its headers go out before its first byte.
            if (answer.Content.Headers.ContentLength is null) await context.Response.Body.FlushAsync(context.RequestAborted);
            await using Stream body = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
            await StreamCopy.CopyAsync(body, context.Response.Body, context.RequestAborted);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // the browser closed the stream: the usual end of server-sent events
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            LogCutOff(context.Request.Path, e);
            context.Abort(); // a cut answer must not look like a complete one
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The API at {Api} cannot be reached for {Path}")]
    private partial void LogUnreachable(Uri api, PathString path, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The API began no answer to {Path} within {Seconds} s")]
    private partial void LogTimeout(PathString path, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The API's answer to {Path} was cut off")]
    private partial void LogCutOff(PathString path, Exception exception);
}
