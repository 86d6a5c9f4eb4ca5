using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Mail.Tests.Support;

/// <summary>A port that leads to another one, until it is cut: how a server looks that has gone away.</summary>
internal sealed class TcpForwarder : IDisposable
{
    private readonly string _host;
    private readonly int _target;
    private readonly ConcurrentBag<TcpClient> _open = [];
    private TcpListener _listener;

    public TcpForwarder(string host, int target)
    {
        (_host, _target) = (host, target);
        Port = FreePort.Next();
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _ = AcceptAsync(_listener);
    }

    public int Port { get; }

    /// <summary>Cuts what is open and takes nothing more.</summary>
    public void Cut()
    {
        _listener.Stop();
        while (_open.TryTake(out TcpClient? client)) client.Dispose();
    }

    public void Mend()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Start();
        _ = AcceptAsync(_listener);
    }

    public void Dispose() => Cut();

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                TcpClient from = await listener.AcceptTcpClientAsync(), to = new();
                _open.Add(from);
                _open.Add(to);
                await to.ConnectAsync(_host, _target);
                _ = PumpAsync(from, to);
                _ = PumpAsync(to, from);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
    }

    private static async Task PumpAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
        finally
        {
            from.Dispose();
            to.Dispose();
        }
    }
}
