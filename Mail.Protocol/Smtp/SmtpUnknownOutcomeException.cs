namespace Mail.Protocol.Smtp;

/// <summary>
/// The connection was lost, cancelled, timed out or became nonsense after the final dot may have been sent: the server may have taken the message or not.
/// Sending it again may make a duplicate, not sending it again may lose it; the message's policy decides, never a fail-over to another server.
/// </summary>
public sealed class SmtpUnknownOutcomeException : SmtpException
{
    internal SmtpUnknownOutcomeException(string message, IReadOnlyList<SmtpRecipientResult> refused, Exception innerException)
        : base(SmtpStage.FinalDot, message, innerException) => Refused = refused;

    /// <summary>The recipients that the server had refused before: their fate is known, the outcome is unknown for all others.</summary>
    public IReadOnlyList<SmtpRecipientResult> Refused { get; }
}
