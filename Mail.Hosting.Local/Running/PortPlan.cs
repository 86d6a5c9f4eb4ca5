using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Mail.Hosting.Local.Running;

/// <summary>
/// Hands out ports that nobody listens on. A port that was handed out stays ours until the end: a lock file keeps other applications of
/// this machine (tests run beside a developer's stack) from choosing it before the child listens.
/// </summary>
/// <param name="random">Ignore wishes; tests do.</param>
internal sealed class PortPlan(bool random) : IDisposable
{
    // Below the range from which the system takes ports for outgoing connections, which would race with us.
    private const int First = 20_000;
    private const int Last = 31_999;
    private const int Attempts = 500;

    private static readonly string _lockFolder = Path.Combine(Path.GetTempPath(), "mail-local-ports");

    private readonly Lock _gate = new();
    private readonly List<FileStream> _reservations = [];

    /// <summary>The wanted port if it is free, else the next free one after it; any free one without a wish.</summary>
    /// <exception cref="LocalHostException">No port is free.</exception>
    public int Take(int? wanted)
    {
        lock (_gate)
        {
            for (int attempt = 0; attempt < Attempts; attempt++)
            {
                int port = wanted is { } wish && !random ? wish + attempt : RandomNumberGenerator.GetInt32(First, Last + 1);
                if (port <= IPEndPoint.MaxPort && Reserve(port)) return port;
            }
        }

        throw new LocalHostException($"No free port was found{(wanted is null ? "" : $" from {wanted} upwards")}; end a program that listens there.");
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (FileStream reservation in _reservations) reservation.Dispose();
            _reservations.Clear();
        }
    }

    private bool Reserve(int port)
    {
        FileStream reservation;
        try
        {
            CreateLockFolder();
            reservation = new FileStream(Path.Combine(_lockFolder, $"{port}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // another application holds it
        }

        if (IsFree(port))
        {
            _reservations.Add(reservation);
            return true;
        }

        reservation.Dispose();
        return false;
    }

    private static void CreateLockFolder()
    {
        // Shared by every user of the machine, like the temporary folder itself.
        if (OperatingSystem.IsWindows() || Directory.Exists(_lockFolder)) Directory.CreateDirectory(_lockFolder);
        else Directory.CreateDirectory(_lockFolder, (UnixFileMode)0b_111_111_111).UnixFileMode = (UnixFileMode)0b_111_111_111;
    }

    private static bool IsFree(int port) =>
        CanListen(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || CanListen(IPAddress.IPv6Loopback, port));

    private static bool CanListen(IPAddress address, int port)
    {
        using Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(1);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressNotAvailable)
        {
            return true; // IPv6 is built in but has no loopback address here
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
