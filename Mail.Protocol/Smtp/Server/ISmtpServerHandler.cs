namespace Mail.Protocol.Smtp.Server;

/// <summary>
/// The application behind a server: it decides, the server speaks. One handler serves all connections of an endpoint at the same time; what belongs to one
/// connection is kept in <see cref="SmtpServerSession.State"/>. Nothing more is read from a client while one of these methods works for it.
/// </summary>
/// <remarks>
/// Each method answers with a reply of 2yz, 4yz or 5yz; <see cref="SmtpServerReplies"/> has the usual ones. The server adds an enhanced status code where the text
/// begins with none (RFC 2034), and closes the connection after a 421. A method that throws, answers with nothing or with another code is logged, and the client hears
/// 451 (454 when it wanted to sign in) and may try again. The token fires when <see cref="SmtpServerOptions.HandlerTimeout"/> is over or the server is
/// stopped by force, not when the client has gone: work that is half done may be finished.
/// </remarks>
public interface ISmtpServerHandler
{
    /// <summary>Judges a name and a password (RFC 4954). Called over TLS, or from loopback where that is allowed.</summary>
    /// <returns>2yz: signed in, and <see cref="SmtpServerSession.UserName"/> is set. <see cref="SmtpServerReplies.WrongCredentials"/> (535) when they are wrong, a 4yz when that cannot be found out now.</returns>
    ValueTask<SmtpReply> AuthenticateAsync(SmtpServerSession session, SmtpCredentials credentials, CancellationToken ct);

    /// <summary>Judges a sender, at MAIL.</summary>
    /// <returns>2yz: go on. Otherwise there is no message.</returns>
    ValueTask<SmtpReply> MailAsync(SmtpServerSession session, SmtpSender sender, CancellationToken ct);

    /// <summary>Judges a recipient, at RCPT. <see cref="SmtpServerSession.Sender"/> and <see cref="SmtpServerSession.Recipients"/> say what came before.
    /// <c>postmaster</c> without a domain (RFC 5321 §4.5.1) comes here with the endpoint's host name.</summary>
    /// <returns>2yz: this recipient shall get the message.</returns>
    ValueTask<SmtpReply> RcptAsync(SmtpServerSession session, SmtpRecipient recipient, CancellationToken ct);

    /// <summary>Takes a whole message. By a 2yz the application takes it over for good: answer so only once it is stored as durably as it will ever be.</summary>
    /// <param name="session">Who sends it.</param>
    /// <param name="message">The message; its content is valid until the returned task completes.</param>
    /// <param name="ct">Fires when the time is over or the server is stopped by force.</param>
    /// <returns>2yz: stored. 4yz: the client keeps the message and comes again. 5yz: the client gives it up.</returns>
    ValueTask<SmtpReply> MessageAsync(SmtpServerSession session, SmtpServerMessage message, CancellationToken ct);
}
