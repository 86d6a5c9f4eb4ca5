using System.Buffers;

namespace Mail.Web.Proxy;

/// <summary>Copies what arrives when it arrives.</summary>
internal static class StreamCopy
{
    private const int BufferSize = 16 * 1024;

    /// <summary>Unlike <see cref="Stream.CopyToAsync(Stream)"/> it flushes after each read: a few bytes that arrived alone are passed on alone.</summary>
    /// <exception cref="IOException">One of the two connections broke.</exception>
    public static async Task CopyAsync(Stream from, Stream to, CancellationToken ct)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            int read;
            while ((read = await from.ReadAsync(buffer, ct)) > 0)
            {
                await to.WriteAsync(buffer.AsMemory(0, read), ct);
                await to.FlushAsync(ct);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
