namespace Mail.Protocol.Smtp;

/// <summary>The server did not answer in time, before the final dot was sent: it has not taken the message.</summary>
public sealed class SmtpTimeoutException : TimeoutException
{
    internal SmtpTimeoutException(SmtpStage stage, TimeSpan timeout)
        : base($"The server did not answer within {timeout.TotalSeconds:0.###} s ({stage}).")
    {
        Stage = stage;
        Timeout = timeout;
    }

    /// <summary>What was waited for.</summary>
    public SmtpStage Stage { get; }

    /// <summary>How long it was waited for.</summary>
    public TimeSpan Timeout { get; }
}
