namespace Mail.Protocol.Smtp;

/// <summary>Who said a line of a <see cref="SmtpTranscript"/>.</summary>
public enum SmtpSpeaker
{
    /// <summary>This side.</summary>
    Client,

    /// <summary>The other side.</summary>
    Server,

    /// <summary>Nobody: what happened to the connection, such as the TLS that was agreed on.</summary>
    Note,
}

/// <summary>One line of a conversation.</summary>
/// <param name="Offset">When, counted from the start of the transcript.</param>
/// <param name="Speaker">Who.</param>
/// <param name="Text">What, without line end and without control characters; secrets are <c>***</c>, a message is its size: <c>(1,234 octets)</c>.</param>
public readonly record struct SmtpTranscriptLine(TimeSpan Offset, SmtpSpeaker Speaker, string Text);
