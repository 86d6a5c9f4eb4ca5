using System.Net;
using System.Net.Sockets;

namespace Mail.Tests.ServiceDefaults;

internal static class FreePort
{
    /// <summary>A loopback port on which nothing listens.</summary>
    public static int Next()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
