using System.Runtime.CompilerServices;
using Mail.Protocol.Mime;

namespace Mail.Protocol.Smtp;

/// <summary>One conversation with an SMTP server, as a client (RFC 5321). Not for use by two callers at the same time.</summary>
public sealed class SmtpConnection : IAsyncDisposable
{
    private readonly SmtpChannel _channel;
    private readonly SmtpTimeouts _timeouts;
    private readonly SmtpCommands _commands = new();
    private bool _isUsable = true;
    private int _busy;

    internal SmtpConnection(SmtpChannel channel, SmtpCapabilities capabilities, SmtpTimeouts timeouts)
    {
        _channel = channel;
        _timeouts = timeouts;
        Capabilities = capabilities;
    }

    /// <summary>What the server offers, as of the last EHLO.</summary>
    public SmtpCapabilities Capabilities { get; }

    /// <summary>Whether the connection is protected by TLS.</summary>
    public bool IsSecure => _channel.IsSecure;

    /// <summary>Whether another transaction may be started: no failure, no 421, and the server has not closed the connection or spoken unasked as far as can be seen.</summary>
    public bool IsReusable => IsHealthy && _channel.IsQuiet;

    /// <summary>The same without a look at the network.</summary>
    internal bool IsHealthy => _isUsable && Volatile.Read(ref _busy) == 0;

    /// <summary>How many transactions were begun.</summary>
    public int TransactionCount { get; private set; }

    /// <summary>Where what is said from now on is written down, or <see langword="null"/>. Secrets are masked, messages given by their size.</summary>
    public SmtpTranscript? Transcript
    {
        get => _channel.Transcript;
        set => _channel.Transcript = value;
    }

    /// <summary>From now on what is said of the latest message is kept, in place, so that <see cref="Conversation"/> can tell it. It costs a message a few copies of short lines.</summary>
    /// <param name="opening">How the connection came about.</param>
    /// <param name="clock">The one that <paramref name="opening"/> runs on.</param>
    internal void KeepJournal(SmtpTranscript opening, TimeProvider clock) => _channel.Journal = new SmtpJournal(opening, clock);

    /// <summary>How the connection came about and what was said of the latest message, secrets masked; null where no journal is kept.</summary>
    /// <param name="end">What ended it, where that was no reply.</param>
    internal SmtpTranscript? Conversation(string? end) => _channel.Journal?.Write(_channel.Secrets, end);

    /// <summary>Connects, greets, protects and authenticates: TCP, greeting, EHLO (or HELO), STARTTLS by policy, EHLO again, AUTH when credentials are given.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="SmtpConnectException">Any step failed or took too long; the exception names it.</exception>
    /// <exception cref="ArgumentException">An option is not usable: an empty host, a port out of range, a control character, a user name without a password or token.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public static Task<SmtpConnection> ConnectAsync(SmtpConnectionOptions options, CancellationToken ct) => ConnectAsync(options, transcript: null, ct);

    /// <summary>Connects as the other overload does, and writes down what is said.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="transcript">Takes the conversation, also when no connection comes about; it stays with the connection until <see cref="Transcript"/> is set.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="SmtpConnectException">Any step failed or took too long; the exception names it.</exception>
    /// <exception cref="ArgumentException">An option is not usable.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public static async Task<SmtpConnection> ConnectAsync(SmtpConnectionOptions options, SmtpTranscript? transcript, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        SmtpChannel channel = await TcpConnector.ConnectAsync(options, transcript, ct).ConfigureAwait(false);
        bool mayFallBack = options.TlsPolicy == SmtpTlsPolicy.Opportunistic && (!options.HasCredentials || options.AllowPlainTextCredentials || channel.IsLocal);
        try
        {
            return await SmtpHandshake.RunAsync(channel, options, withoutTls: false, ct).ConfigureAwait(false);
        }
        catch (SmtpConnectException e) when (mayFallBack && e.IsTlsUnusable)
        {
            // The first connection is in no known state; RFC 7435 prefers plain text to no mail.
            channel = await TcpConnector.ConnectAsync(options, transcript, ct).ConfigureAwait(false);
            return await SmtpHandshake.RunAsync(channel, options, withoutTls: true, ct).ConfigureAwait(false);
        }
    }

    /// <summary>Does the same over a stream that is connected already, such as one through a proxy. There is no other connection to fall back to:
    /// <see cref="SmtpTlsPolicy.Opportunistic"/> fails when STARTTLS is offered and does not work.</summary>
    /// <param name="transport">The stream to the server; owned by the connection from now on, also after a failure.</param>
    /// <param name="options">Host and port only name the server.</param>
    /// <param name="transcript">Takes the conversation, or <see langword="null"/>.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="SmtpConnectException">Any step failed or took too long; the exception names it.</exception>
    /// <exception cref="ArgumentException">An option is not usable.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public static Task<SmtpConnection> ConnectAsync(Stream transport, SmtpConnectionOptions options, SmtpTranscript? transcript, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return SmtpHandshake.RunAsync(new SmtpChannel(transport, socket: null, options.Clock) { Transcript = transcript }, options, withoutTls: false, ct);
    }

    /// <summary>Sends one message in one transaction (RFC 5321 §3.3), with MAIL, RCPT and DATA in one packet when PIPELINING is offered,
    /// and by BDAT instead of DATA when CHUNKING is offered and the message is large, not 7-bit or not made of lines (RFC 3030).</summary>
    /// <param name="envelope">From whom and to whom.</param>
    /// <param name="message">The message with CRLF line ends and without final dot; dots are doubled here (§4.5.2).</param>
    /// <param name="ct">Gives up; after the final dot may have been sent this is an <see cref="SmtpUnknownOutcomeException"/>.</param>
    /// <returns>One result per recipient. A message that the server's capabilities rule out gets a permanent local result and is not offered:
    /// 552 5.3.4 larger than SIZE, 553 5.6.7 needs SMTPUTF8 for the sender or a header, 554 5.6.3 needs 8BITMIME, 554 5.6.0 CR or LF alone where there is no BINARYMIME.
    /// A recipient alone that needs SMTPUTF8 gets such a result alone; the others get the message.</returns>
    /// <exception cref="InvalidOperationException">The connection is not reusable.</exception>
    /// <exception cref="SmtpConnectionLostException">The connection ended before the final dot.</exception>
    /// <exception cref="SmtpProtocolException">The server's answer was not SMTP, before the final dot.</exception>
    /// <exception cref="TimeoutException">A step took too long, before the final dot.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled, before the final dot.</exception>
    /// <exception cref="SmtpUnknownOutcomeException">Any of these, or whatever else goes wrong, after the final dot may have been sent.</exception>
    public Task<SmtpTransactionResult> SendAsync(SmtpEnvelope envelope, ReadOnlyMemory<byte> message, CancellationToken ct) =>
        SendAsync(envelope, message, beforeContent: null, wasChecked: false, ct).AsTask();

    /// <summary>Sends one message, and asks the caller when the server is ready to take it over.</summary>
    /// <param name="envelope">From whom and to whom.</param>
    /// <param name="message">The message with CRLF line ends and without final dot.</param>
    /// <param name="beforeContent">Awaited after the server has taken at least one recipient and invited to DATA, and before the first octet of the message: the last moment at which a crash or
    /// an exception leaves no doubt. An exception that it throws ends the connection and comes out of this method; the server has not taken the message.</param>
    /// <param name="ct">Gives up; after the final dot may have been sent this is an <see cref="SmtpUnknownOutcomeException"/>.</param>
    /// <returns>One result per recipient, as from the other overload, which also lists the exceptions.</returns>
    public Task<SmtpTransactionResult> SendAsync(SmtpEnvelope envelope, ReadOnlyMemory<byte> message, Func<CancellationToken, ValueTask>? beforeContent, CancellationToken ct) =>
        SendAsync(envelope, message, beforeContent, wasChecked: false, ct).AsTask();

    /// <summary>Sends one message. A connection that was found reusable in this moment is not looked at again.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<SmtpTransactionResult> SendAsync(
        SmtpEnvelope envelope, ReadOnlyMemory<byte> message, Func<CancellationToken, ValueTask>? beforeContent, bool wasChecked, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        ct.ThrowIfCancellationRequested();
        _channel.Journal?.Begin(TransactionCount);
        MessageShape shape = MessageShape.Of(message.Span);
        if (SmtpOffer.RefusalForAll(envelope, shape, Capabilities) is { } refusal)
            return new SmtpTransactionResult([.. envelope.Recipients.Select(r => new SmtpRecipientResult(r.Address, refusal, SmtpStage.Mail, IsLocal: true))]);

        Enter(wasChecked);
        TransactionCount++;
        SmtpTransaction transaction = new(_channel, _commands, Capabilities, _timeouts, envelope, SmtpOffer.Of(envelope, shape, Capabilities));
        try
        {
            await transaction.RunAsync(message, beforeContent, ct).ConfigureAwait(false);
            if (transaction.IsClosing) _isUsable = false;
            else if (transaction.NeedsReset) await CommandAsync(SmtpStage.Reset, "RSET", _timeouts.Reset, ct).ConfigureAwait(false);
            return transaction.Result;
        }
        catch (Exception e)
        {
            _isUsable = false;
            // Whatever it is: no exception, expected or not, may make a message that was taken look as if it was not.
            if (transaction.IsDecided) return transaction.Result; // every reply is known; only the tidying up failed
            if (transaction.MayBeTaken) throw UnknownOutcome(transaction, e);
            throw;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Asks whether the server would take a message from somebody, and for somebody, and takes the question back by RSET: MAIL, RCPT, RSET. Nothing is sent.
    /// Some servers decide only when they have the message; a yes is no promise.</summary>
    /// <param name="mailFrom">The sender, or <see langword="null"/> for the empty path.</param>
    /// <param name="recipient">The recipient, or <see langword="null"/> to ask for the sender only.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The reply to MAIL, and the one to RCPT when that was asked.</returns>
    /// <exception cref="InvalidOperationException">The connection is not reusable.</exception>
    /// <exception cref="SmtpException">The connection ended or the answer was not SMTP.</exception>
    /// <exception cref="TimeoutException">No answer in time.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public async Task<(SmtpReply Mail, SmtpReply? Rcpt)> AskEnvelopeAsync(EmailAddress? mailFrom, EmailAddress? recipient, CancellationToken ct)
    {
        Enter();
        bool isDone = false;
        try
        {
            bool needsUtf8 = mailFrom is { RequiresSmtpUtf8: true } || recipient is { RequiresSmtpUtf8: true };
            _commands.Clear().Mail(mailFrom, usesUtf8: needsUtf8 && Capabilities.SmtpUtf8);
            SmtpReply mail = await AskAsync(SmtpStage.Mail, _timeouts.Mail, ct).ConfigureAwait(false);
            SmtpReply? rcpt = null;
            if (mail.Class == ReplyClass.Success && recipient is not null)
            {
                _commands.Clear().Rcpt(new SmtpRecipient(recipient), SmtpCapabilities.None);
                rcpt = await AskAsync(SmtpStage.Rcpt, _timeouts.Rcpt, ct).ConfigureAwait(false);
            }

            isDone = mail.Code != 421 && rcpt?.Code != 421;
            if (isDone) await CommandAsync(SmtpStage.Reset, "RSET", _timeouts.Reset, ct).ConfigureAwait(false);
            return (mail, rcpt);
        }
        finally
        {
            if (!isDone) _isUsable = false;
            Leave();
        }
    }

    private async Task<SmtpReply> AskAsync(SmtpStage stage, TimeSpan timeout, CancellationToken ct)
    {
        await _channel.WriteAsync(_commands.Block, stage, timeout, ct).ConfigureAwait(false);
        return await _channel.ReadAsync(stage, timeout, ct).ConfigureAwait(false);
    }

    /// <summary>Asks whether the server is still there (RFC 5321 §4.1.1.9).</summary>
    /// <returns>Its reply.</returns>
    /// <exception cref="InvalidOperationException">The connection is not reusable.</exception>
    /// <exception cref="SmtpException">The connection ended or the answer was not SMTP.</exception>
    /// <exception cref="TimeoutException">No answer in time.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public async Task<SmtpReply> NoopAsync(CancellationToken ct)
    {
        Enter();
        try
        {
            return await CommandAsync(SmtpStage.Noop, "NOOP", _timeouts.Command, ct).ConfigureAwait(false);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Says goodbye (RFC 5321 §4.1.1.10) and closes. A server that has gone already or does not answer is no failure.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled; the connection is closed all the same.</exception>
    public async Task QuitAsync(CancellationToken ct)
    {
        try
        {
            if (_isUsable) await CommandAsync(SmtpStage.Quit, "QUIT", _timeouts.Quit, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SmtpException or TimeoutException)
        {
            // Nothing depends on the goodbye.
        }
        finally
        {
            await DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Closes the connection at once, without QUIT.</summary>
    public ValueTask DisposeAsync()
    {
        _isUsable = false;
        return _channel.DisposeAsync();
    }

    private async Task<SmtpReply> CommandAsync(SmtpStage stage, string command, TimeSpan timeout, CancellationToken ct)
    {
        try
        {
            await _channel.WriteAsync(_commands.Clear().Line(command).Block, stage, timeout, ct).ConfigureAwait(false);
            SmtpReply reply = await _channel.ReadAsync(stage, timeout, ct).ConfigureAwait(false);
            _channel.Journal?.Heard(reply);
            if (reply.Class != ReplyClass.Success) _isUsable = false; // a server that refuses RSET or NOOP is not to be trusted with a message
            return reply;
        }
        catch
        {
            _isUsable = false;
            throw;
        }
    }

    private static SmtpUnknownOutcomeException UnknownOutcome(SmtpTransaction transaction, Exception e)
    {
        string what = e switch
        {
            OperationCanceledException => "The wait was cancelled",
            TimeoutException => "The time was over",
            SmtpProtocolException => "The answer made no sense",
            SmtpException => "The connection was lost",
            _ => "The connection failed",
        };
        return new SmtpUnknownOutcomeException($"{what} after the message had been sent and before the server confirmed it; it may have been taken. {e.Message}", transaction.Decided, e);
    }

    private void Enter(bool wasChecked = false)
    {
        if (Interlocked.Exchange(ref _busy, 1) != 0) throw new InvalidOperationException("The connection is in use by another caller.");
        bool wasUsable = _isUsable;
        if (wasUsable && (wasChecked || _channel.IsQuiet)) return;
        _isUsable = false;
        Leave();
        if (!wasUsable) throw new InvalidOperationException("The connection is not reusable (see IsReusable); open another.");
        throw new SmtpConnectionLostException(SmtpStage.Mail, "The server has closed the connection while it was idle.");
    }

    private void Leave() => Volatile.Write(ref _busy, 0);
}
