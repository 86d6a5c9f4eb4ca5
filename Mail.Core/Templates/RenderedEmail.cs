namespace Mail.Core.Templates;

/// <summary>A template with its variables filled in, for one recipient's language.</summary>
/// <param name="Subject">One line, not yet encoded as a header.</param>
/// <param name="Html">A whole HTML document.</param>
/// <param name="Text">Plain text, lines ended by LF and, links aside, at most 76 characters long.</param>
/// <param name="Locale">The language it is written in, which may be a fallback of the one asked for.</param>
public sealed record RenderedEmail(string Subject, string Html, string Text, string Locale);
