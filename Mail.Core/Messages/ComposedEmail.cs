namespace Mail.Core.Messages;

/// <summary>A message as it leaves: for all of its recipients the same.</summary>
/// <param name="Html">Null when it has no HTML part.</param>
/// <param name="Text">Null when it has no plain text part.</param>
/// <param name="Mime">The whole message with CRLF line ends, the same bytes each time it is composed.</param>
public sealed record ComposedEmail(string Subject, string? Html, string? Text, ReadOnlyMemory<byte> Mime);

/// <summary>This message cannot be composed as it is stored; the text says why and is shown to its sender.</summary>
public sealed class CompositionException : Exception
{
    public CompositionException(string message) : base(message) { }

    public CompositionException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>
    /// Whether another version of this program may be able to: the message names a template, or a template's version, that this one does not
    /// have. During an upgrade old and new workers share a queue, so what one of them does not know is no verdict.
    /// </summary>
    public bool DependsOnVersion { get; init; }
}
