using System.Diagnostics.CodeAnalysis;

namespace Mail.Protocol.Mime;

/// <summary>One more form of the same message beside its text and HTML (multipart/alternative, RFC 2046 §5.1.4), such as the calendar data of an
/// invitation. Checked when it is made. Immutable.</summary>
public sealed class MimeAlternative
{
    private MimeAlternative(MimeContentType type, string content)
    {
        Type = type;
        Content = content;
    }

    /// <summary>The media type with its parameters, such as <c>text/calendar; method=REQUEST</c>; always written with <c>charset=utf-8</c>.</summary>
    public string ContentType => Type.ToString();

    /// <summary>The text. CR, LF and CRLF all count as a line end and are written as CRLF.</summary>
    public string Content { get; }

    internal MimeContentType Type { get; }

    /// <summary>Checks a form that a caller wants to add.</summary>
    /// <param name="contentType">A media type under <c>text/</c>. A charset is left out, since the text is written in UTF-8.</param>
    /// <param name="content">The text.</param>
    /// <param name="alternative">The form, or <see langword="null"/> when the result is <see langword="false"/>.</param>
    /// <param name="error">One sentence for people that says what is wrong, or <see langword="null"/> when the result is <see langword="true"/>.</param>
    /// <returns>Whether it can be added.</returns>
    public static bool TryCreate(string contentType, string content, [NotNullWhen(true)] out MimeAlternative? alternative, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(contentType);
        ArgumentNullException.ThrowIfNull(content);
        alternative = null;
        if (!MimeContentType.TryParse(contentType, out MimeContentType? type, out error)) return false;
        if (!type.MediaType.StartsWith("text/", StringComparison.Ordinal))
        {
            error = $"The content type {type.MediaType} is not text; only text can be another form of a message.";
            return false;
        }
        alternative = new MimeAlternative(type.Without("charset"), content);
        return true;
    }

    /// <summary>Makes a form as <see cref="TryCreate"/> does.</summary>
    /// <exception cref="ArgumentException">It cannot be added; the message says why.</exception>
    public static MimeAlternative Create(string contentType, string content) =>
        TryCreate(contentType, content, out MimeAlternative? alternative, out string? error) ? alternative : throw new ArgumentException(error, nameof(contentType));
}
