using Mail.Protocol.Mime.Parsing;

namespace Mail.Tests.Protocol.Mime.Parsing;

/// <summary>Asks a message for everything it can say, so that nothing lazy stays unread.</summary>
internal static class WholeMessage
{
    /// <summary>How much there was, so that no reading is left out as without effect.</summary>
    public static long Read(ParsedMessage message)
    {
        long total = (message.Subject?.Length ?? 0) + (message.Date?.Ticks ?? 0) + (message.MessageId?.Length ?? 0) + message.InReplyTo.Count + message.References.Count
            + message.From.Count + message.Sender.Count + message.To.Count + message.Cc.Count + message.Bcc.Count + message.ReplyTo.Count
            + (message.TextBody?.Length ?? 0) + (message.HtmlBody?.Length ?? 0) + message.Attachments.Count;
        total += Read(message.Root);
        return total + message.Defects.Count;
    }

    private static long Read(MimePart part)
    {
        long total = part.ContentType.Parameters.Count + (part.Charset?.Length ?? 0) + (part.Disposition?.Parameters.Count ?? 0) + (part.FileName?.Length ?? 0)
            + (part.ContentId?.Length ?? 0) + part.TransferEncoding.Length + part.RawContent.Length + part.Offset;
        foreach (ParsedHeader header in part.Headers) total += header.Name.Length + header.Value.Length + header.RawValue.Length;
        if (part.Parts.Count == 0) total += part.DecodeContent().Length + (part.ContentType.IsText ? part.DecodeText().Length : 0);
        foreach (MimePart child in part.Parts) total += Read(child);
        return part.EnclosedMessage is { } enclosed ? total + Read(enclosed) : total;
    }
}
