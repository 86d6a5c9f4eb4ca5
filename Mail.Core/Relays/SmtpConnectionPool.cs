using Mail.Core.Messages;
using Mail.Protocol.Smtp;

namespace Mail.Core.Relays;

/// <summary>A connection in a caller's hands, and how many messages it has carried.</summary>
internal sealed class PooledConnection(SmtpConnection connection)
{
    public SmtpConnection Connection { get; } = connection;

    public int Messages { get; set; }

    /// <summary>When it was given back, in milliseconds of <see cref="Environment.TickCount64"/>.</summary>
    public long IdleSince { get; set; }
}

/// <summary>
/// The open connections to one SMTP server: the one used last is used first, so that those not needed fall idle and are closed.
/// Some are kept free for critical messages, so that a flood of others never makes a code wait for a connection.
/// </summary>
internal sealed class SmtpConnectionPool(SmtpConnectionOptions server, RelayOptions options) : IAsyncDisposable
{
    private readonly SemaphoreSlim _all = new(options.MaxConnections);
    private readonly SemaphoreSlim _forOthers = new(Math.Max(1, options.MaxConnections - options.ConnectionsForCritical));
    private readonly Lock _lock = new();
    private readonly List<PooledConnection> _idle = new(options.MaxConnections);
    private Timer? _sweeper;
    private bool _disposed;

    /// <summary>Waits for room, then gives an open connection or opens one.</summary>
    /// <param name="mustBeNew">After one from the pool turned out to be dead: the next may be as dead.</param>
    /// <exception cref="SmtpConnectException">None could be opened.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<PooledConnection> RentAsync(Lane lane, bool mustBeNew, CancellationToken ct)
    {
        if (lane != Lane.Critical) await _forOthers.WaitAsync(ct);
        try
        {
            await _all.WaitAsync(ct);
            try
            {
                return (mustBeNew ? null : TakeIdle()) ?? new PooledConnection(await SmtpConnection.ConnectAsync(server, ct));
            }
            catch
            {
                _all.Release();
                throw;
            }
        }
        catch
        {
            if (lane != Lane.Critical) _forOthers.Release();
            throw;
        }
    }

    /// <summary>Ends a <see cref="RentAsync"/>. A connection that cannot be used again is closed.</summary>
    public async ValueTask ReturnAsync(PooledConnection rented, Lane lane)
    {
        try
        {
            if (!rented.Connection.IsReusable) await rented.Connection.DisposeAsync();
            else if (rented.Messages >= options.MessagesPerConnection || !TryKeep(rented)) await CloseAsync([rented]);
        }
        finally
        {
            _all.Release();
            if (lane != Lane.Critical) _forOthers.Release();
        }
    }

    /// <summary>Closes what is idle; what is in use is closed when it comes back.</summary>
    public async ValueTask DisposeAsync()
    {
        List<PooledConnection> idle;
        lock (_lock)
        {
            if (_disposed) return;
            _disposed = true;
            idle = [.. _idle];
            _idle.Clear();
        }

        if (_sweeper is not null) await _sweeper.DisposeAsync();
        await CloseAsync(idle);
    }

    private PooledConnection? TakeIdle()
    {
        while (true)
        {
            PooledConnection taken;
            lock (_lock)
            {
                if (_idle.Count == 0) return null;
                taken = _idle[^1];
                _idle.RemoveAt(_idle.Count - 1);
            }

            if (taken.Connection.IsReusable) return taken;
            _ = taken.Connection.DisposeAsync().AsTask(); // the server has closed it: nothing is left to say
        }
    }

    private bool TryKeep(PooledConnection connection)
    {
        lock (_lock)
        {
            if (_disposed) return false;
            connection.IdleSince = Environment.TickCount64;
            _idle.Add(connection);
            _sweeper ??= new Timer(static pool => ((SmtpConnectionPool)pool!).Sweep(), this, options.IdleTimeout / 2, options.IdleTimeout / 2);
            return true;
        }
    }

    /// <summary>The longest unused stand first.</summary>
    private void Sweep()
    {
        List<PooledConnection> old;
        lock (_lock)
        {
            long before = Environment.TickCount64 - (long)options.IdleTimeout.TotalMilliseconds;
            int count = _idle.FindIndex(connection => connection.IdleSince >= before);
            if (count < 0) count = _idle.Count;
            old = _idle.GetRange(0, count);
            _idle.RemoveRange(0, count);
        }

        _ = CloseAsync(old);
    }

    private static async Task CloseAsync(List<PooledConnection> connections)
    {
        foreach (PooledConnection connection in connections)
        {
            await connection.Connection.QuitAsync(CancellationToken.None); // bounded by its own time-out, never throws on a server that has gone
            await connection.Connection.DisposeAsync();
        }
    }
}
