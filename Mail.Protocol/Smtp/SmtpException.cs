namespace Mail.Protocol.Smtp;

/// <summary>A conversation that could not go on. Replies of the server are not exceptions; they stand in <see cref="SmtpTransactionResult"/>.
/// No message text ever holds a password.</summary>
public abstract class SmtpException : Exception
{
    private protected SmtpException(SmtpStage stage, string message, Exception? innerException) : base(message, innerException) => Stage = stage;

    /// <summary>How far the conversation had come.</summary>
    public SmtpStage Stage { get; }
}
