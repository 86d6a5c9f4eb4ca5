using System.Globalization;
using System.Net;
using Mail.Protocol.Mime;
using Microsoft.Extensions.Logging;

namespace Mail.Protocol.Smtp.Server;

/// <summary>All that the server logs. Addresses are masked; bodies, passwords and full command lines never appear.</summary>
internal sealed partial class SmtpServerLog(ILogger logger)
{
    [LoggerMessage(1, LogLevel.Debug, "{Connection}: connection from {Remote}")]
    public partial void Connected(string connection, EndPoint? remote);

    [LoggerMessage(2, LogLevel.Debug, "{Connection}: closed after {Messages} messages: {Reason}")]
    public partial void Closed(string connection, int messages, string reason);

    [LoggerMessage(3, LogLevel.Warning, "A connection from {Remote} is turned away: {Connections} connections are open, or too many from there")]
    public partial void TooManyConnections(EndPoint? remote, int connections);

    [LoggerMessage(4, LogLevel.Information, "{Connection}: no TLS with {Remote}: {Reason}")]
    public partial void TlsFailed(string connection, EndPoint? remote, string reason);

    [LoggerMessage(5, LogLevel.Warning, "{Connection}: {Remote} sent commands between STARTTLS and the handshake; the connection is closed")]
    public partial void InjectedBeforeTls(string connection, EndPoint? remote);

    [LoggerMessage(6, LogLevel.Information, "{Connection}: {User} signed in by {Mechanism} from {Remote}")]
    public partial void SignedIn(string connection, string user, string mechanism, EndPoint? remote);

    [LoggerMessage(7, LogLevel.Warning, "{Connection}: {User} from {Remote} was not signed in: {Code}")]
    public partial void NotSignedIn(string connection, string user, EndPoint? remote, int code);

    [LoggerMessage(8, LogLevel.Information, "{Connection}: message of {Size} octets from {Sender} for {Recipients} recipients is taken ({Protocol})", SkipEnabledCheck = true)]
    private partial void Taken(string connection, long size, string sender, int recipients, string protocol);

    [LoggerMessage(9, LogLevel.Information, "{Connection}: message of {Size} octets from {Sender} for {Recipients} recipients is refused: {Code}", SkipEnabledCheck = true)]
    private partial void Refused(string connection, long size, string sender, int recipients, int code);

    [LoggerMessage(10, LogLevel.Debug, "{Connection}: an error of the client is answered {Reply}")]
    public partial void Fault(string connection, SmtpReply reply);

    [LoggerMessage(11, LogLevel.Information, "{Connection}: {Remote} is sent away: {Reply}")]
    public partial void SentAway(string connection, EndPoint? remote, SmtpReply reply);

    [LoggerMessage(12, LogLevel.Error, "{Connection}: {Step} failed in the application; the client hears {Code}")]
    public partial void HandlerFailed(Exception exception, string connection, string step, int code);

    [LoggerMessage(13, LogLevel.Error, "{Connection}: {Step} took the application longer than {Limit}; the client hears {Code}")]
    public partial void HandlerTimedOut(string connection, string step, TimeSpan limit, int code);

    [LoggerMessage(14, LogLevel.Error, "{Connection}: {Step} was answered by the application with {Answer}, which is no final reply; the client hears {Code}")]
    public partial void HandlerAnsweredNonsense(string connection, string step, string answer, int code);

    [LoggerMessage(15, LogLevel.Warning, "{Connection}: no room for a message: {Buffered} octets are being received and handled")]
    public partial void NoRoom(string connection, long buffered);

    /// <summary>The message under way is stored.</summary>
    public void Taken(SmtpServerSession session, long size)
    {
        if (logger.IsEnabled(LogLevel.Information)) Taken(session.ConnectionId, size, Mask(session.Sender!.Address), session.RecipientList.Count, session.Protocol);
    }

    /// <summary>The message under way is not taken.</summary>
    public void Refused(SmtpServerSession session, long size, SmtpReply reply)
    {
        if (logger.IsEnabled(LogLevel.Information)) Refused(session.ConnectionId, size, Mask(session.Sender!.Address), session.RecipientList.Count, reply.Code);
    }

    /// <summary>Enough to recognise, too little to harvest: <c>a***@example.com</c>.</summary>
    private static string Mask(EmailAddress? address) => address is null ? "<>" : Mask(address.LocalPart, address.Domain);

    /// <summary>A user name, which mostly is an address; the name of a key is masked to its first characters too.</summary>
    public static string Mask(string userName)
    {
        int at = userName.LastIndexOf('@');
        return at > 0 ? Mask(userName[..at], Printable(userName[(at + 1)..])) : Mask(userName, "");
    }

    private static string Mask(string localPart, string domain)
    {
        string first = localPart.Length > 1 ? Printable(StringInfo.GetNextTextElement(localPart)) : "";
        return domain.Length == 0 ? $"{first}***" : $"{first}***@{domain}";
    }

    // A name comes from the client and goes to logs: no line breaks, no walls of text.
    private static string Printable(string text) => string.Concat(text.Take(100).Select(c => char.IsControl(c) ? '?' : c));
}
