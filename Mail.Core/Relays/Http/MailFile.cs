using Mail.Protocol.Mime.Parsing;

namespace Mail.Core.Relays.Http;

/// <summary>An attachment or inline image taken out of a message.</summary>
/// <param name="Name">Never empty: some providers drop a file without a name.</param>
/// <param name="ContentType">With the parameters that matter outside of the message: a calendar's method, a text's charset.</param>
/// <param name="ContentId">Without angle brackets, when the HTML shows it; null for a file beside the text.</param>
internal sealed record MailFile(string Name, string ContentType, byte[] Content, string? ContentId)
{
    /// <param name="html">Tells an inline image from a file that only has an id.</param>
    public static MailFile Of(MimePart part, string? html)
    {
        string? id = part.ContentId;
        bool isShown = id is not null && html?.Contains($"cid:{id}", StringComparison.OrdinalIgnoreCase) is true;
        return new MailFile(part.FileName is { Length: > 0 } name ? name : Unnamed(part.ContentType.MediaType), Type(part.ContentType), part.DecodeContent(), isShown ? id : null);
    }

    private static string Type(ParsedContentType type) =>
        string.Concat([type.MediaType, .. type.Parameters.Where(parameter => type.IsText && parameter.Key is "charset" or "method" or "component").Select(parameter => $"; {parameter.Key}={parameter.Value}")]);

    private static string Unnamed(string mediaType) => mediaType switch
    {
        "text/calendar" => "invite.ics",
        "message/rfc822" => "message.eml",
        "application/pdf" => "attachment.pdf",
        "text/plain" => "attachment.txt",
        "text/html" => "attachment.html",
        "text/csv" => "attachment.csv",
        "image/jpeg" => "image.jpg",
        _ when mediaType.StartsWith("image/", StringComparison.Ordinal) => $"image.{mediaType[6..].Split('+')[0]}",
        _ => "attachment.bin",
    };
}
