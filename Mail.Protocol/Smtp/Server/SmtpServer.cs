using System.Net;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;

namespace Mail.Protocol.Smtp.Server;

/// <summary>Speaks SMTP (RFC 5321) on the connections of one endpoint and asks an application what to do with what comes.</summary>
public sealed class SmtpServer : ConnectionHandler
{
    private readonly SmtpServerOptions _options;
    private readonly ISmtpServerHandler _handler;
    private readonly SmtpServerLog _log;
    private readonly TimeProvider _clock;
    private readonly SmtpServerLoad _load;

    /// <summary>Makes the server of one endpoint.</summary>
    /// <param name="options">How it behaves; not to be changed afterwards.</param>
    /// <param name="handler">The application.</param>
    /// <param name="logger">Where it logs; addresses are masked.</param>
    /// <param name="clock">The clock of its time limits.</param>
    /// <exception cref="ArgumentException">An option that cannot work.</exception>
    public SmtpServer(SmtpServerOptions options, ISmtpServerHandler handler, ILogger<SmtpServer> logger, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(logger);
        ArgumentNullException.ThrowIfNull(clock);
        options.Validate();
        (_options, _handler, _log, _clock, _load) = (options, handler, new SmtpServerLog(logger), clock, new SmtpServerLoad(options));
    }

    /// <summary>Connections that are open now.</summary>
    public int Connections => _load.Connections;

    /// <summary>Octets of messages that are being received or handled now, in whole blocks of memory.</summary>
    public long BufferedSize => _load.Buffered;

    /// <inheritdoc/>
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        IPAddress? address = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        if (address is { IsIPv4MappedToIPv6: true }) address = address.MapToIPv4();
        SmtpServerSession session = new()
        {
            ConnectionId = connection.ConnectionId, Options = _options, LocalEndPoint = connection.LocalEndPoint, RemoteEndPoint = connection.RemoteEndPoint, RemoteAddress = address,
            StartedAt = _clock.GetUtcNow(),
        };

        // Shutting down asks connections to end; those that have not ended in time are torn down, and only then the application is told to stop.
        CancellationToken shutdown = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
        using CancellationTokenSource aborted = new();
        await using CancellationTokenRegistration closed = connection.ConnectionClosed.UnsafeRegister(_ =>
        {
            if (shutdown.IsCancellationRequested) aborted.Cancel();
        }, null);

        SmtpServerChannel channel = new(connection.Transport, _options, _clock, shutdown);
        await using (channel.ConfigureAwait(false))
        {
            SmtpServerLoad.AddressLoad? load = _load.TryEnter(address);
            try
            {
                if (load is not null) await ServeAsync(session, channel, load, aborted.Token).ConfigureAwait(false);
                else await TurnAwayAsync(session, channel).ConfigureAwait(false);
            }
            finally
            {
                // It counts until the host has closed it, which may wait for the client to read the last reply.
                if (load is not null) connection.ConnectionClosed.UnsafeRegister(_ => _load.Leave(address), null);
                AbortWhenUnread(connection);
            }
        }
    }

    // What was said last is still to be sent, by us and then by Kestrel, which waits for it as long as it takes: a client that never reads must not keep the connection for ever.
    private void AbortWhenUnread(ConnectionContext connection)
    {
        long ended = _clock.GetTimestamp();
        if (connection.Features.Get<IConnectionHeartbeatFeature>() is not { } heartbeat)
        {
            _ = WatchEndAsync(connection);
            return;
        }
        heartbeat.OnHeartbeat(
            state =>
            {
                if (_clock.GetElapsedTime(ended) > _options.WriteTimeout) ((ConnectionContext)state).Abort(new ConnectionAbortedException("The client does not read what it is told."));
            },
            connection);
    }

    // A host without heartbeat.
    private async Task WatchEndAsync(ConnectionContext connection)
    {
        try
        {
            await Task.Delay(_options.WriteTimeout, _clock, connection.ConnectionClosed).ConfigureAwait(false);
            connection.Abort();
        }
        catch (OperationCanceledException)
        {
            // It is closed.
        }
    }

    private async Task ServeAsync(SmtpServerSession session, SmtpServerChannel channel, SmtpServerLoad.AddressLoad load, CancellationToken aborted)
    {
        _log.Connected(session.ConnectionId, session.RemoteEndPoint);
        if (_options.ImplicitTls && !await TrySecureAsync(session, channel).ConfigureAwait(false)) return;
        using HandlerCalls application = new(_handler, session, _log, _clock, aborted);
        using SmtpConversation conversation = new(channel, session, application, load, _log, _clock, () => TrySecureAsync(session, channel));
        await conversation.RunAsync().ConfigureAwait(false);
    }

    // A reply before the handshake would break it, so that there the closed connection must say it all.
    private async Task TurnAwayAsync(SmtpServerSession session, SmtpServerChannel channel)
    {
        _log.TooManyConnections(session.RemoteEndPoint, _load.Connections);
        if (_options.ImplicitTls) return;
        channel.Write(Replies.TooManyConnections);
        await channel.CloseAsync(isUnasked: false).ConfigureAwait(false);
    }

    private async Task<bool> TrySecureAsync(SmtpServerSession session, SmtpServerChannel channel)
    {
        try
        {
            session.Tls = await channel.SecureAsync(_options.Tls!).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (SmtpServerChannel.IsLoss(e) || e is AuthenticationException)
        {
            _log.TlsFailed(session.ConnectionId, session.RemoteEndPoint, e.Message);
            return false;
        }
    }
}
