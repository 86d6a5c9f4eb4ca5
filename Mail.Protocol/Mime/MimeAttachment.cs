using System.Diagnostics.CodeAnalysis;

namespace Mail.Protocol.Mime;

/// <summary>A file that travels with a message, checked when it is made. Immutable; the content is referred to, not copied.</summary>
public sealed class MimeAttachment
{
    private MimeAttachment(string fileName, MimeContentType type, ReadOnlyMemory<byte> content, string? contentId)
    {
        FileName = fileName;
        Type = type;
        Content = content;
        ContentId = contentId;
    }

    /// <summary>The name shown to the reader, in Unicode: 1 to 255 characters without control characters.</summary>
    public string FileName { get; }

    /// <summary>The media type with its parameters (RFC 2045 §5.1), such as <c>application/pdf</c>.</summary>
    public string ContentType => Type.ToString();

    /// <summary>The bytes of the file.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>The id without angle brackets under which the HTML body shows the file (<c>&lt;img src="cid:..."&gt;</c>, RFC 2392),
    /// or <see langword="null"/> for a file that stands beside the text.</summary>
    public string? ContentId { get; }

    internal MimeContentType Type { get; }

    /// <summary>Checks a file that a caller wants to attach.</summary>
    /// <param name="fileName">1 to 255 characters without control characters.</param>
    /// <param name="contentType">A media type, or <see langword="null"/> for <c>application/octet-stream</c>. <c>multipart/*</c> is refused: it is built from parts.</param>
    /// <param name="content">The bytes; they must not change until the message is written.</param>
    /// <param name="contentId">1 to 200 printable ASCII characters without spaces and angle brackets makes the file inline; <see langword="null"/> makes it an attachment.</param>
    /// <param name="attachment">The attachment, or <see langword="null"/> when the result is <see langword="false"/>.</param>
    /// <param name="error">One sentence for people that says what is wrong, or <see langword="null"/> when the result is <see langword="true"/>.</param>
    /// <returns>Whether the file can be attached.</returns>
    public static bool TryCreate(
        string? fileName, string? contentType, ReadOnlyMemory<byte> content, string? contentId,
        [NotNullWhen(true)] out MimeAttachment? attachment, [NotNullWhen(false)] out string? error)
    {
        attachment = null;
        MimeContentType? type = MimeContentType.OctetStream;
        error = FileNameError(fileName) ?? ContentIdError(contentId);
        if (error is not null) return false;
        if (contentType is not null && !MimeContentType.TryParse(contentType, out type, out error)) return false;
        attachment = new MimeAttachment(fileName!, type, content, contentId);
        return true;
    }

    /// <summary>Makes an attachment as <see cref="TryCreate"/> does.</summary>
    /// <exception cref="ArgumentException">The file cannot be attached; the message says why.</exception>
    public static MimeAttachment Create(string fileName, string? contentType, ReadOnlyMemory<byte> content, string? contentId = null) =>
        TryCreate(fileName, contentType, content, contentId, out MimeAttachment? attachment, out string? error) ? attachment : throw new ArgumentException(error);

    private static string? FileNameError(string? fileName)
    {
        if (string.IsNullOrWhiteSpace(fileName)) return "The attachment has no file name.";
        if (fileName.Length > 255) return "The file name is longer than 255 characters.";
        if (fileName.Contains('\t', StringComparison.Ordinal)) return "The file name contains a tab.";
        return HeaderRules.TextError(fileName) is { } error ? $"The file name {error}" : null;
    }

    private static string? ContentIdError(string? contentId)
    {
        if (contentId is null) return null;
        if (contentId.Length is 0 or > 200) return "The content id must have 1 to 200 characters.";
        foreach (char c in contentId)
            if (c is <= ' ' or >= '\x7F' or '<' or '>') return $"The content id contains the character U+{(int)c:X4}; only printable ASCII without spaces and angle brackets is allowed.";
        return null;
    }
}
