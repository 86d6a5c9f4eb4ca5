using System.Globalization;

namespace Mail.Protocol.Mime;

/// <summary>Writes the header block of a message up to <c>MIME-Version</c>; the fields of its root part follow.</summary>
internal static class MessageHeaders
{
    public static void Write(HeaderWriter header, MimeMessage message)
    {
        header.Structured("Date", message.Date.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + Offset(message.Date.Offset));
        AddressHeaders.Write(header, "From", message.From);
        if (message.Sender is { } sender) AddressHeaders.Write(header, "Sender", sender);
        AddressHeaders.Write(header, "Reply-To", message.ReplyTo);
        AddressHeaders.Write(header, "To", message.To);
        AddressHeaders.Write(header, "Cc", message.Cc);
        if (message.To.Count + message.Cc.Count == 0) header.Structured("To", "undisclosed-recipients:;");
        header.Unstructured("Subject", message.Subject);
        header.Structured("Message-ID", $"<{message.MessageId}>");
        foreach (MimeHeader extra in message.Headers)
        {
            if (HeaderRules.IsStructured(extra.Name)) header.Structured(extra.Name, extra.Value);
            else header.Unstructured(extra.Name, extra.Value);
        }
        header.Structured("MIME-Version", "1.0");
    }

    private static string Offset(TimeSpan offset) => (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hhmm", CultureInfo.InvariantCulture);
}
