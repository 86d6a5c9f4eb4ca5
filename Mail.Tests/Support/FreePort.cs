using System.Net;
using System.Net.Sockets;

namespace Mail.Tests.Support;

/// <summary>
/// Loopback ports below those that the system hands out by itself: while a server is down, or not up yet, no other test's server and no client comes to sit on its
/// port. None is given twice by one process before all others were.
/// </summary>
internal static class FreePort
{
    private const int First = 12_000, Count = 20_000; // the system's own begin at 32,768 (Linux) or 49,152
    private static int _next = Random.Shared.Next(Count);

    /// <summary>A port on which nothing listens, for TCP and UDP.</summary>
    public static int Next()
    {
        while (true)
        {
            int port = First + (int)((uint)Interlocked.Increment(ref _next) % Count);
            if (IsFree(SocketType.Stream, ProtocolType.Tcp, port) && IsFree(SocketType.Dgram, ProtocolType.Udp, port)) return port;
        }
    }

    private static bool IsFree(SocketType type, ProtocolType protocol, int port)
    {
        using Socket socket = new(AddressFamily.InterNetwork, type, protocol);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
