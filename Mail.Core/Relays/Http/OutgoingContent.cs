using System.Net;
using System.Net.Http.Headers;

namespace Mail.Core.Relays.Http;

/// <summary>
/// A request's body that asks, when the connection stands and before anything of the request has left, whether it may, and that knows afterwards
/// whether the provider can have had all of it. HttpClient never sends a body twice: a request is repeated by itself only before its body was begun.
/// </summary>
internal sealed class OutgoingContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> _body;
    private readonly Func<CancellationToken, ValueTask<bool>>? _mayStart;

    public OutgoingContent(ReadOnlyMemory<byte> body, string contentType, Func<CancellationToken, ValueTask<bool>>? mayStart)
    {
        (_body, _mayStart) = (body, mayStart);
        Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
    }

    /// <summary>The message was taken back; the exception that ends the request means nothing else.</summary>
    public bool IsWithdrawn { get; private set; }

    /// <summary>The last bytes were given to the connection: what happens now leaves open whether they arrived.</summary>
    public bool MayHaveArrived { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (_mayStart is not null && !await _mayStart(cancellationToken))
        {
            IsWithdrawn = true;
            throw new OperationCanceledException("The message was taken back.");
        }

        int last = Math.Min(_body.Length, 1);
        await stream.WriteAsync(_body[..^last], cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        MayHaveArrived = true;
        await stream.WriteAsync(_body[^last..], cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
