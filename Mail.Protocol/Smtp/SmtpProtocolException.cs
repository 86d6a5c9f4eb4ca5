namespace Mail.Protocol.Smtp;

/// <summary>The server sent something that is not SMTP. Close the connection. Before the final dot: the server has not taken the message.</summary>
public sealed class SmtpProtocolException : SmtpException
{
    internal SmtpProtocolException(SmtpStage stage, string message) : base(stage, message, null) { }
}
