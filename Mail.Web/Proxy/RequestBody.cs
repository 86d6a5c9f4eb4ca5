using System.Net;
using Microsoft.AspNetCore.Http.Features;

namespace Mail.Web.Proxy;

/// <summary>The client's request body, passed on as it arrives: nothing is collected in memory.</summary>
internal sealed class RequestBody(HttpRequest request) : HttpContent
{
    public static HttpContent? Of(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true }) return null;
        // The API has its own size limit and the better answer to a body over it.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        return new RequestBody(context.Request);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        StreamCopy.CopyAsync(request.Body, stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = request.ContentLength ?? 0;
        return request.ContentLength is not null;
    }
}
