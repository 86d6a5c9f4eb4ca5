namespace Mail.Protocol.Smtp;

/// <summary>A connection of a <see cref="SmtpConnectionPool"/> in the hands of one caller, who gives it back by disposing of this.</summary>
public sealed class SmtpPooledConnection : IAsyncDisposable
{
    private readonly SmtpServerPool _pool;
    private readonly bool _isUrgent;
    private int _returned;

    internal SmtpPooledConnection(SmtpServerPool pool, SmtpConnection connection, bool wasIdle, bool isUrgent)
    {
        _pool = pool;
        _isUrgent = isUrgent;
        Connection = connection;
        WasIdle = wasIdle;
    }

    /// <summary>The connection. Not to be used after it was given back.</summary>
    public SmtpConnection Connection { get; }

    /// <summary>Whether it had been open before it was asked for: the server may have closed it since, or think that it is no longer signed in.</summary>
    public bool WasIdle { get; }

    /// <summary>Gives the connection back. One that cannot be used again, or has carried its number of transactions, is closed.</summary>
    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _returned, 1) == 0 ? _pool.ReturnAsync(Connection, _isUrgent) : ValueTask.CompletedTask;
}
