using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Mail.Protocol.Smtp;

/// <summary>
/// Keeps connections open between messages, by server, account and all else in <see cref="SmtpConnectionOptions"/>. For any number of callers at once;
/// who finds all connections in use waits in order. A connection that turns out to be dead is replaced and fails no message.
/// </summary>
public sealed class SmtpConnectionPool : IAsyncDisposable
{
    private static readonly SmtpPoolRequest _plainRequest = new();

    private readonly ConcurrentDictionary<SmtpConnectionOptions, SmtpServerPool> _servers = new(SameServer.Comparer);
    private readonly SmtpPoolOptions _options;
    private readonly Lock _lock = new();
    private readonly ITimer _sweeper;
    private Task _sweeping = Task.CompletedTask;
    private bool _isDisposed;

    /// <summary>Makes an empty pool.</summary>
    /// <param name="options">The limits for each server and account.</param>
    /// <exception cref="ArgumentException">A limit that cannot work.</exception>
    public SmtpConnectionPool(SmtpPoolOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        TimeSpan period = options.IdleTimeout / 2;
        _sweeper = options.Clock.CreateTimer(static pool => ((SmtpConnectionPool)pool!).Sweep(), this, period, period);
    }

    /// <summary>Sends one message as <see cref="SmtpConnection.SendAsync(SmtpEnvelope, ReadOnlyMemory{byte}, CancellationToken)"/> does, over an open connection or a new one.
    /// When an open one is dead, about to close (421) or no longer signed in, and the server cannot have taken the message, a new one is tried once.</summary>
    /// <param name="server">Where to. Connections are shared by all callers whose options are equal; <see cref="SmtpConnectionOptions.AccessToken"/> is when it is the same delegate.</param>
    /// <param name="envelope">From whom and to whom.</param>
    /// <param name="message">The message with CRLF line ends and without final dot.</param>
    /// <param name="request">More about this message, or <see langword="null"/>.</param>
    /// <param name="ct">Gives up, also while waiting for a connection; after the final dot may have been sent this is an <see cref="SmtpUnknownOutcomeException"/>.</param>
    /// <returns>One result per recipient; <see langword="null"/> when <see cref="SmtpPoolRequest.MayStart"/> said no.</returns>
    /// <exception cref="SmtpConnectException">No connection came about; the message was not offered.</exception>
    /// <exception cref="SmtpException">As from the connection, when it was new.</exception>
    /// <exception cref="TimeoutException">A step took too long, before the final dot.</exception>
    /// <exception cref="ObjectDisposedException">The pool was disposed of.</exception>
    public async Task<SmtpTransactionResult?> SendAsync(
        SmtpConnectionOptions server, SmtpEnvelope envelope, ReadOnlyMemory<byte> message, SmtpPoolRequest? request, CancellationToken ct)
    {
        request ??= _plainRequest;
        (bool isOver, SmtpTransactionResult? result) = await TrySendAsync(server, envelope, message, request, mustBeNew: false, ct).ConfigureAwait(false);
        if (!isOver) (_, result) = await TrySendAsync(server, envelope, message, request, mustBeNew: true, ct).ConfigureAwait(false);
        return result;
    }

    /// <summary>Takes an open connection or opens one, for a conversation of the caller's own.</summary>
    /// <param name="server">Where to.</param>
    /// <param name="mustBeNew">Opens one in any case: to find out whether the server can be reached, or after an open one was dead and the next may be as dead.</param>
    /// <param name="request">Whether it is urgent and where the conversation is written down, or <see langword="null"/>; the rest is not used.</param>
    /// <param name="ct">Gives up, also while waiting.</param>
    /// <returns>The connection; give it back by disposing of it.</returns>
    /// <exception cref="SmtpConnectException">No connection came about.</exception>
    /// <exception cref="ArgumentException">An option is not usable.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The pool was disposed of.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<SmtpPooledConnection> RentAsync(SmtpConnectionOptions server, bool mustBeNew, SmtpPoolRequest? request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(server);
        server.Validate();
        request ??= _plainRequest;
        while (true)
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed), this);
            SmtpServerPool pool = _servers.GetOrAdd(server, static (key, options) => new SmtpServerPool(key, options), _options);
            if (Volatile.Read(ref _isDisposed)) pool.Close(); // it may have been added after DisposeAsync had looked
            if (await pool.RentAsync(request, mustBeNew, ct).ConfigureAwait(false) is { } rented) return rented;
            // It was given up by the sweeper in this moment, or by DisposeAsync.
            _servers.TryRemove(KeyValuePair.Create(server, pool));
        }
    }

    /// <summary>Says goodbye on all connections that are not in use and ends the waiting of those who wait; a connection in use is closed when it comes back.</summary>
    public async ValueTask DisposeAsync()
    {
        Task sweeping;
        lock (_lock)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            sweeping = _sweeping;
        }
        await _sweeper.DisposeAsync().ConfigureAwait(false);
        await sweeping.ConfigureAwait(false);
        await CloseAsync([.. _servers.Values.SelectMany(pool => pool.Close())]).ConfigureAwait(false);
    }

    /// <returns>Not over when another connection may be tried at once.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<(bool IsOver, SmtpTransactionResult? Result)> TrySendAsync(
        SmtpConnectionOptions server, SmtpEnvelope envelope, ReadOnlyMemory<byte> message, SmtpPoolRequest request, bool mustBeNew, CancellationToken ct)
    {
        SmtpPooledConnection rented = await RentAsync(server, mustBeNew, request, ct).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable returned = rented.ConfigureAwait(false);
        if (request.MayStart is { } mayStart && !await mayStart(ct).ConfigureAwait(false)) return (true, null);
        try
        {
            SmtpTransactionResult result = await rented.Connection.SendAsync(envelope, message, beforeContent: null, wasChecked: true, ct).ConfigureAwait(false);
            if (!result.AllAccepted) Tell(rented, request, end: null);
            if (!result.IsAccessRefused && !result.IsClosedAtOnce) return (true, result);
            await rented.Connection.QuitAsync(ct).ConfigureAwait(false); // a later message would fare no better on it
            return (!rented.WasIdle, result);
        }
        catch (SmtpConnectionLostException) when (rented.WasIdle)
        {
            return (false, null);
        }
        catch (Exception e)
        {
            Tell(rented, request, e.Message);
            throw;
        }
    }

    private static void Tell(SmtpPooledConnection rented, SmtpPoolRequest request, string? end)
    {
        if (request.OnTrouble is { } onTrouble && rented.Connection.Conversation(end) is { } conversation) onTrouble(conversation);
    }

    private void Sweep()
    {
        lock (_lock)
        {
            if (_isDisposed || !_sweeping.IsCompleted) return;
            List<SmtpConnection> expired = [];
            foreach (KeyValuePair<SmtpConnectionOptions, SmtpServerPool> server in _servers)
            {
                expired.AddRange(server.Value.TakeExpired(out bool isUnused));
                if (isUnused) _servers.TryRemove(server);
            }
            if (expired.Count > 0) _sweeping = CloseAsync(expired);
        }
    }

    // Each goodbye is bounded by its own time-out and fails nobody.
    private static Task CloseAsync(List<SmtpConnection> connections) => Task.WhenAll(connections.Select(connection => connection.QuitAsync(CancellationToken.None)));

    /// <summary>Whether a connection made for one serves the other too. On secrets it decides by equality and shows none.</summary>
    private sealed class SameServer : IEqualityComparer<SmtpConnectionOptions>
    {
        public static SameServer Comparer { get; } = new();

        public bool Equals(SmtpConnectionOptions? x, SmtpConnectionOptions? y) => ReferenceEquals(x, y) || (x is not null && y is not null
            && x.Port == y.Port && x.Host.Equals(y.Host, StringComparison.OrdinalIgnoreCase) && x.UserName == y.UserName && x.Password == y.Password && x.AccessToken == y.AccessToken
            && x.TlsPolicy == y.TlsPolicy && x.ImplicitTls == y.ImplicitTls && x.TrustedCaFile == y.TrustedCaFile && x.AllowPlainTextCredentials == y.AllowPlainTextCredentials
            && x.LocalName == y.LocalName && x.Timeouts == y.Timeouts && x.Clock == y.Clock);

        public int GetHashCode([DisallowNull] SmtpConnectionOptions options) => HashCode.Combine(options.Host.GetHashCode(StringComparison.OrdinalIgnoreCase), options.Port, options.UserName);
    }
}
