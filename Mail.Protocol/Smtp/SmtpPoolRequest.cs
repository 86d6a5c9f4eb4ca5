namespace Mail.Protocol.Smtp;

/// <summary>How one message wants to be sent by a <see cref="SmtpConnectionPool"/>.</summary>
public sealed record SmtpPoolRequest
{
    /// <summary>Goes before all that wait and are not urgent, and may use the connections reserved for such.</summary>
    public bool IsUrgent { get; init; }

    /// <summary>
    /// Asked when a connection is ready and the server has heard nothing of the message; false gives the message back. Asked again when that connection
    /// turned out to be dead and another one is tried. An exception that it throws comes out of the send; the server has not taken the message.
    /// </summary>
    public Func<CancellationToken, ValueTask<bool>>? MayStart { get; init; }

    /// <summary>Takes the conversation about this message, and how the connection came about if it was opened for it; or <see langword="null"/>.</summary>
    public SmtpTranscript? Transcript { get; init; }

    /// <summary>
    /// Is given the conversation when the message was not taken for every recipient, whatever the reason: how the connection came about, and what was said of this message. Once for each
    /// connection that was tried, before the result or the exception; never for a message that is taken. Needs <see cref="SmtpPoolOptions.KeepsConversations"/>. Must not throw.
    /// </summary>
    public Action<SmtpTranscript>? OnTrouble { get; init; }
}
