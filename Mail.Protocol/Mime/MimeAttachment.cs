using System.Diagnostics.CodeAnalysis;

namespace Mail.Protocol.Mime;

/// <summary>A file that travels with a message, checked when it is made. Immutable; the content is referred to, not copied.</summary>
public sealed class MimeAttachment
{
    private MimeAttachment(string fileName, MimeContentType type, string? contentId)
    {
        FileName = fileName;
        Type = type;
        ContentId = contentId;
    }

    private MimeAttachment(MimeAttachment other, string contentLocation) : this(other.FileName, other.Type, other.ContentId)
    {
        Content = other.Content;
        Length = other.Length;
        Open = other.Open;
        ContentLocation = contentLocation;
    }

    /// <summary>The name shown to the reader, in Unicode: 1 to 255 characters without control characters.</summary>
    public string FileName { get; }

    /// <summary>The media type with its parameters (RFC 2045 §5.1), such as <c>application/pdf</c>.</summary>
    public string ContentType => Type.ToString();

    /// <summary>The bytes of the file; empty when they come from a stream.</summary>
    public ReadOnlyMemory<byte> Content { get; private init; }

    /// <summary>The size of the file in octets, before it is encoded.</summary>
    public long Length { get; private init; }

    /// <summary>Whether the content is read from a stream when the message is written.</summary>
    public bool IsStreamed => Open is not null;

    /// <summary>The id without angle brackets under which the HTML body shows the file (<c>&lt;img src="cid:..."&gt;</c>, RFC 2392),
    /// or <see langword="null"/> for a file that stands beside the text.</summary>
    public string? ContentId { get; }

    /// <summary>The URL by which the HTML may also show the file (RFC 2557 §4.2), in ASCII, or <see langword="null"/>.</summary>
    public string? ContentLocation { get; }

    internal MimeContentType Type { get; }

    internal Func<CancellationToken, ValueTask<Stream>>? Open { get; private init; }

    /// <summary>Checks a file that a caller wants to attach.</summary>
    /// <param name="fileName">1 to 255 characters without control characters.</param>
    /// <param name="contentType">A media type, or <see langword="null"/> for <c>application/octet-stream</c>. <c>multipart/*</c> is refused: it is built from parts.
    /// A <c>message/rfc822</c> is never encoded (RFC 2046 §5.2.1): its line ends become CRLF, and what is 8-bit within is re-encoded part by part.</param>
    /// <param name="content">The bytes; they must not change until the message is written.</param>
    /// <param name="contentId">1 to 200 printable ASCII characters without spaces and angle brackets makes the file inline; <see langword="null"/> makes it an attachment.</param>
    /// <param name="attachment">The attachment, or <see langword="null"/> when the result is <see langword="false"/>.</param>
    /// <param name="error">One sentence for people that says what is wrong, or <see langword="null"/> when the result is <see langword="true"/>.</param>
    /// <returns>Whether the file can be attached.</returns>
    public static bool TryCreate(
        string? fileName, string? contentType, ReadOnlyMemory<byte> content, string? contentId,
        [NotNullWhen(true)] out MimeAttachment? attachment, [NotNullWhen(false)] out string? error)
    {
        error = Check(fileName, contentType, contentId, out MimeContentType type);
        attachment = error is null ? new MimeAttachment(fileName!, type, contentId) { Content = content, Length = content.Length } : null;
        return error is null;
    }

    /// <summary>Makes an attachment as <see cref="TryCreate"/> does.</summary>
    /// <exception cref="ArgumentException">The file cannot be attached; the message says why.</exception>
    public static MimeAttachment Create(string fileName, string? contentType, ReadOnlyMemory<byte> content, string? contentId = null) =>
        TryCreate(fileName, contentType, content, contentId, out MimeAttachment? attachment, out string? error) ? attachment : throw new ArgumentException(error);

    /// <summary>Attaches a file that is never held in memory as a whole. The message is then written by <see cref="MimeMessage.WriteToAsync(Stream, CancellationToken)"/>.</summary>
    /// <param name="fileName">1 to 255 characters without control characters.</param>
    /// <param name="contentType">A media type, or <see langword="null"/> for <c>application/octet-stream</c>. <c>message/*</c> is refused: its content decides how it is written.</param>
    /// <param name="length">The size in octets. Writing fails when the stream holds less or more: the size of the message is announced before it is sent (RFC 1870).</param>
    /// <param name="open">Opens the content at its start; called once for each time the message is written, which disposes the stream.</param>
    /// <param name="contentId">As for <see cref="TryCreate"/>.</param>
    /// <exception cref="ArgumentException">The file cannot be attached; the message says why.</exception>
    public static MimeAttachment FromStream(string fileName, string? contentType, long length, Func<CancellationToken, ValueTask<Stream>> open, string? contentId = null)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (Check(fileName, contentType, contentId, out MimeContentType type) is { } error) throw new ArgumentException(error);
        if (type.IsMessage) throw new ArgumentException($"The content type {type.MediaType} cannot come from a stream; give its bytes.", nameof(contentType));
        return new MimeAttachment(fileName, type, contentId) { Length = length, Open = open };
    }

    /// <summary>The same file under a URL as well, for HTML that names its images by URL (RFC 2557).</summary>
    /// <param name="location">An absolute URL; an internationalized host is written as A-labels.</param>
    /// <exception cref="ArgumentException">Not absolute, longer than 900 characters, or holding a control character.</exception>
    public MimeAttachment WithContentLocation(Uri location) => new(this, HeaderUrls.Write(location, "content location"));

    private static string? Check(string? fileName, string? contentType, string? contentId, out MimeContentType type)
    {
        type = MimeContentType.OctetStream;
        if ((FileNameError(fileName) ?? ContentIdError(contentId)) is { } error) return error;
        if (contentType is null) return null;
        if (!MimeContentType.TryParse(contentType, out MimeContentType? parsed, out string? typeError)) return typeError;
        type = parsed;
        return null;
    }

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
