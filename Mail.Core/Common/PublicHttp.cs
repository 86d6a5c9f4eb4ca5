using System.Net;
using System.Net.Sockets;

namespace Mail.Core.Common;

/// <summary>HTTP to an address that somebody else chose: only the public internet is reached, whatever a name resolves to and wherever a redirect leads.</summary>
public static class PublicHttp
{
    /// <param name="allowPrivate">For development and tests, where the other side is on the same machine.</param>
    /// <param name="followRedirects">Each step is checked as the first address is.</param>
    /// <param name="resolve">In place of the system's name resolution, for tests.</param>
    public static SocketsHttpHandler CreateHandler(bool allowPrivate, bool followRedirects = true, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null) => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = followRedirects,
        MaxAutomaticRedirections = 3,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        // The check stands where the connection is made: a check of the name alone could be told another address a moment later.
        ConnectCallback = (context, ct) => ConnectAsync(context.DnsEndPoint, allowPrivate, resolve ?? Dns.GetHostAddressesAsync, ct),
    };

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, bool allowPrivate, Func<string, CancellationToken, Task<IPAddress[]>> resolve, CancellationToken ct)
    {
        IPAddress[] addresses = await resolve(target.Host, ct); // once: what was checked is what is connected to
        IPAddress[] allowed = allowPrivate ? addresses : [.. addresses.Where(PublicAddress.IsPublic)];
        if (allowed.Length == 0) throw new HttpRequestException(HttpRequestError.NameResolutionError, $"{target.Host} has no public address.");
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
