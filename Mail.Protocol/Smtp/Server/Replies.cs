using System.Globalization;

namespace Mail.Protocol.Smtp.Server;

/// <summary>What the server itself answers. Made once: no reply on the way of a message is allocated.</summary>
internal static class Replies
{
    public static readonly SmtpReply Reset = new(250, "2.0.0 Ok");
    public static readonly SmtpReply Noop = new(250, "2.0.0 Ok");
    public static readonly SmtpReply Bye = new(221, "2.0.0 Bye");
    public static readonly SmtpReply Help = new(214, "2.0.0 RFC 5321\nEHLO HELO MAIL RCPT DATA BDAT RSET NOOP QUIT VRFY HELP STARTTLS AUTH");
    public static readonly SmtpReply CannotVerify = new(252, "2.5.0 Not verified; send a message to find out");
    public static readonly SmtpReply NoExpansion = new(502, "5.5.1 Lists are not shown");
    public static readonly SmtpReply ReadyForTls = new(220, "2.0.0 Ready to start TLS");
    public static readonly SmtpReply SendMessage = new(354, "End the message with CRLF.CRLF");

    public static readonly SmtpReply LineTooLong = new(500, "5.5.2 The line is too long");
    public static readonly SmtpReply BareLineFeed = new(521, "5.5.2 A line ends with CRLF, not with LF alone (RFC 5321 section 2.3.8)");
    public static readonly SmtpReply ControlCharacter = new(500, "5.5.2 The command contains a control character");
    public static readonly SmtpReply NotUtf8 = new(500, "5.5.2 The command is not valid UTF-8");
    public static readonly SmtpReply Unknown = new(500, "5.5.1 The command is not known");
    public static readonly SmtpReply Http = new(502, "5.7.0 This is SMTP, not HTTP");
    public static readonly SmtpReply TlsInClear = new(500, "5.5.1 A TLS handshake came where SMTP begins in clear: use STARTTLS, or the port for TLS");
    public static readonly SmtpReply NoParameter = new(501, "5.5.4 The command takes no parameter");
    public static readonly SmtpReply ParametersNeedEhlo = new(555, "5.5.4 Parameters need EHLO");
    public static readonly SmtpReply UnknownParameter = new(555, "5.5.4 A parameter is not known");
    public static readonly SmtpReply RepeatedParameter = new(501, "5.5.4 A parameter stands twice");
    public static readonly SmtpReply MalformedParameter = new(501, "5.5.4 A parameter is not of the form KEY=value");
    public static readonly SmtpReply NeedsSmtpUtf8 = new(553, "5.6.7 The address needs the parameter SMTPUTF8 of MAIL (RFC 6531)");
    public static readonly SmtpReply EmptyRecipient = new(501, "5.1.3 A recipient cannot be empty");
    public static readonly SmtpReply NeedsName = new(501, "5.5.4 A host name must follow");
    public static readonly SmtpReply HelloFirst = new(503, "5.5.1 Send EHLO first");
    public static readonly SmtpReply MailFirst = new(503, "5.5.1 Send MAIL first");
    public static readonly SmtpReply NestedMail = new(503, "5.5.1 A message is under way; RSET gives it up");
    public static readonly SmtpReply NotDuringMessage = new(503, "5.5.1 Not while a message is under way");
    public static readonly SmtpReply NotAfterBdat = new(503, "5.5.1 The message has begun with BDAT and goes on with BDAT");
    public static readonly SmtpReply NoRecipients = new(554, "5.5.1 There is no valid recipient");
    public static readonly SmtpReply TooManyRecipients = new(452, "4.5.3 Too many recipients for one message; send the others another copy");
    public static readonly SmtpReply TooBig = new(552, "5.3.4 The message is longer than this server takes");
    public static readonly SmtpReply NoRoom = new(452, "4.3.1 No room for the message now, try again later");
    public static readonly SmtpReply BareLineEnd = new(554, "5.6.0 The message contains a CR or LF that is not part of a CRLF (RFC 5321 section 2.3.8)");
    public static readonly SmtpReply TextLineTooLong = new(554, "5.6.0 The message contains a line that is too long");
    public static readonly SmtpReply BdatSyntax = new(501, "5.5.4 BDAT takes the number of octets, and LAST for the last ones (RFC 3030)");

    public static readonly SmtpReply TlsFirst = new(530, "5.7.0 Send STARTTLS first");
    public static readonly SmtpReply AuthFirst = new(530, "5.7.0 Sign in first (AUTH)");
    public static readonly SmtpReply NoTls = new(502, "5.5.1 TLS is not offered");
    public static readonly SmtpReply HasTls = new(503, "5.5.1 The connection has TLS already");
    public static readonly SmtpReply NotAfterAuth = new(503, "5.5.1 TLS must begin before AUTH");
    public static readonly SmtpReply NothingAfterStartTls = new(503, "5.5.1 Nothing may follow STARTTLS before its answer (RFC 3207)");
    public static readonly SmtpReply NoAuth = new(502, "5.5.1 AUTH is not offered");
    public static readonly SmtpReply AuthNeedsTls = new(538, "5.7.11 Signing in needs TLS: send STARTTLS first");
    public static readonly SmtpReply HasAuth = new(503, "5.5.1 You have signed in already");
    public static readonly SmtpReply UnknownMechanism = new(504, "5.5.4 The mechanism is not known: PLAIN and LOGIN are");
    public static readonly SmtpReply AuthCancelled = new(501, "5.7.0 Authentication cancelled");
    public static readonly SmtpReply AuthSyntax = new(501, "5.5.2 The response cannot be read");
    public static readonly SmtpReply AuthTooLong = new(500, "5.5.6 The authentication line is too long");

    public static readonly SmtpReply ShuttingDown = new(421, "4.3.2 The server is shutting down");
    public static readonly SmtpReply TimedOut = new(421, "4.4.2 Nothing came for too long");
    public static readonly SmtpReply SessionOver = new(421, "4.4.2 The connection has lasted too long; open another");
    public static readonly SmtpReply TooManyErrors = new(421, "4.7.0 Too many errors");
    public static readonly SmtpReply TooManyAuthFailures = new(421, "4.7.0 Too many failed attempts to sign in");
    public static readonly SmtpReply TooManyCommands = new(421, "4.7.0 Too many commands without a message");
    public static readonly SmtpReply TooManyRefusals = new(421, "4.7.0 Too many refused senders or recipients");
    public static readonly SmtpReply TooManyConnections = new(421, "4.7.0 Too many connections, try again later");

    public static SmtpReply Chunk(long octets) => new(250, string.Create(CultureInfo.InvariantCulture, $"2.0.0 {octets} octets received"));
}
