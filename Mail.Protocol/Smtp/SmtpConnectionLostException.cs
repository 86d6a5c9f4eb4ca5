namespace Mail.Protocol.Smtp;

/// <summary>The connection ended before the final dot was sent, so the server has not taken the message: sending it again, also elsewhere, makes no duplicate.</summary>
public sealed class SmtpConnectionLostException : SmtpException
{
    internal SmtpConnectionLostException(SmtpStage stage, string message, Exception? innerException = null) : base(stage, message, innerException) { }
}
