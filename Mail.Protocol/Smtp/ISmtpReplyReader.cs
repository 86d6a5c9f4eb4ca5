namespace Mail.Protocol.Smtp;

/// <summary>Reads a server's replies.</summary>
public interface ISmtpReplyReader
{
    /// <summary>Reads one complete reply and joins its continuation lines (RFC 5321 §4.2.1).</summary>
    /// <param name="stage">What is waited for; named in the exceptions.</param>
    /// <param name="timeout">Limit for the whole reply; RFC 5321 §4.5.3.2 asks for 2 to 10 minutes, by command.</param>
    /// <param name="ct">Stops waiting; what was read of the reply is lost, so close the connection.</param>
    /// <returns>The code (200 to 599) and the text without CRLF.</returns>
    /// <exception cref="SmtpProtocolException">Not a reply: no code, two different codes, or a line or a reply over the limit. Close the connection.</exception>
    /// <exception cref="SmtpConnectionLostException">The server closed the connection, or the network did.</exception>
    /// <exception cref="TimeoutException">After the final dot this means unknown, not failed: the server may have taken the message.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    ValueTask<SmtpReply> ReadAsync(SmtpStage stage, TimeSpan timeout, CancellationToken ct);
}
