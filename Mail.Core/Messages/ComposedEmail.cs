using Mail.Protocol.Mime.Parsing;

namespace Mail.Core.Messages;

/// <summary>A message as it leaves: for all of its recipients the same.</summary>
public sealed class ComposedEmail
{
    private readonly bool _isRaw;

    public ComposedEmail(string subject, string? html, string? text, ReadOnlyMemory<byte> mime) => (Subject, Html, Text, Mime) = (subject, html, text, mime);

    /// <summary>A mail that its app wrote. Its parts are looked for when somebody asks: who sends it does not.</summary>
    public ComposedEmail(string subject, ReadOnlyMemory<byte> raw) => (Subject, Mime, _isRaw) = (subject, raw, true);

    public string Subject { get; }

    /// <summary>Null when it has no HTML part.</summary>
    public string? Html { get => field ?? Parsed?.HtmlBody; }

    /// <summary>Null when it has no plain text part.</summary>
    public string? Text { get => field ?? Parsed?.TextBody; }

    /// <summary>The whole message with CRLF line ends, the same bytes each time it is composed.</summary>
    public ReadOnlyMemory<byte> Mime { get; }

    private ParsedMessage? Parsed => field ??= _isRaw && ParsedMessage.TryParse(Mime, out ParsedMessage? parsed, out _) ? parsed : null;
}

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
