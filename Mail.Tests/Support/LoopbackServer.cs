using System.Net;
using System.Net.Sockets;

namespace Mail.Tests.Support;

/// <summary>A server on a free loopback port that does with each connection what a test says, byte by byte if it must: for what no real server would say.</summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<NetworkStream, int, CancellationToken, Task> _serve;
    private readonly Task _accepting;
    private int _connections;

    /// <param name="serve">Gets the connection and its number, from 1; the connection is closed when it returns.</param>
    public LoopbackServer(Func<NetworkStream, int, CancellationToken, Task> serve)
    {
        _serve = serve;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections were ever accepted.</summary>
    public int ConnectionCount => Volatile.Read(ref _connections);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting; // first: a listener that is gone takes no next call
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> sessions = [];
        try
        {
            while (true) sessions.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token), Interlocked.Increment(ref _connections)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException) { }
        await Task.WhenAll(sessions);
    }

    private async Task ServeAsync(TcpClient client, int number)
    {
        using (client)
        {
            client.NoDelay = true;
            // A client that goes away in the middle is part of what tests do.
            try { await _serve(client.GetStream(), number, _stop.Token); }
            catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException) { }
        }
    }
}
