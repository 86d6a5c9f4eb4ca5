namespace Mail.Protocol.Smtp;

/// <summary>One conversation with an SMTP server, as a client (RFC 5321). Not for use by two callers at the same time.</summary>
public sealed class SmtpConnection : IAsyncDisposable
{
    /// <summary>What the server offers, as of the last EHLO.</summary>
    public SmtpCapabilities Capabilities => throw new NotImplementedException();

    /// <summary>Whether the connection is protected by TLS.</summary>
    public bool IsSecure => throw new NotImplementedException();

    /// <summary>Whether another transaction may be started: no failure, no 421, and the server has not closed the connection or spoken unasked as far as can be seen.</summary>
    public bool IsReusable => throw new NotImplementedException();

    /// <summary>Connects, greets, protects and authenticates: TCP, greeting, EHLO (or HELO), STARTTLS by policy, EHLO again, AUTH PLAIN or LOGIN when credentials are given.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="SmtpConnectException">Any step failed; the exception names it.</exception>
    /// <exception cref="ArgumentException">An option is not usable: an empty host, a port out of range, a control character, a user name without a password.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public static Task<SmtpConnection> ConnectAsync(SmtpConnectionOptions options, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Sends one message in one transaction (RFC 5321 §3.3), with MAIL, RCPT and DATA in one packet when PIPELINING is offered.</summary>
    /// <param name="envelope">From whom and to whom.</param>
    /// <param name="message">The message with CRLF line ends and without final dot; dots are doubled here (§4.5.2).</param>
    /// <param name="ct">Gives up; after the final dot may have been sent this is an <see cref="SmtpUnknownOutcomeException"/>.</param>
    /// <returns>One result per recipient. A message that the server's capabilities rule out gets a permanent local result and is not offered:
    /// 552 5.3.4 larger than SIZE, 553 5.6.7 needs SMTPUTF8, 554 5.6.3 needs 8BITMIME, 554 5.6.0 CR or LF alone.</returns>
    /// <exception cref="InvalidOperationException">The connection is not reusable.</exception>
    /// <exception cref="SmtpConnectionLostException">The connection ended before the final dot.</exception>
    /// <exception cref="SmtpProtocolException">The server's answer was not SMTP, before the final dot.</exception>
    /// <exception cref="TimeoutException">A step took too long, before the final dot.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled, before the final dot.</exception>
    /// <exception cref="SmtpUnknownOutcomeException">Any of these, after the final dot may have been sent.</exception>
    public Task<SmtpTransactionResult> SendAsync(SmtpEnvelope envelope, ReadOnlyMemory<byte> message, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Asks whether the server is still there (RFC 5321 §4.1.1.9).</summary>
    /// <returns>Its reply.</returns>
    /// <exception cref="InvalidOperationException">The connection is not reusable.</exception>
    /// <exception cref="SmtpException">The connection ended or the answer was not SMTP.</exception>
    /// <exception cref="TimeoutException">No answer in time.</exception>
    public Task<SmtpReply> NoopAsync(CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Says goodbye (RFC 5321 §4.1.1.10) and closes. Never throws on a server that has gone already; only <paramref name="ct"/> ends it early.</summary>
    public Task QuitAsync(CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Closes the connection at once, without QUIT.</summary>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
