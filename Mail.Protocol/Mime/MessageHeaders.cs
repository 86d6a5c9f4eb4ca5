using System.Globalization;

namespace Mail.Protocol.Mime;

/// <summary>Writes the header block of a message up to <c>MIME-Version</c>; the fields of its root part follow.</summary>
internal static class MessageHeaders
{
    public static void Write(HeaderWriter header, MimeMessage message)
    {
        WriteDate(header, "Date: "u8, message.Date);
        AddressHeaders.Write(header, "From"u8, message.From);
        if (message.Sender is { } sender) AddressHeaders.Write(header, "Sender"u8, sender);
        AddressHeaders.Write(header, "Reply-To"u8, message.ReplyTo);
        AddressHeaders.Write(header, "To"u8, message.To);
        AddressHeaders.Write(header, "Cc"u8, message.Cc);
        if (message.To.Count + message.Cc.Count == 0) header.Line("To: undisclosed-recipients:;\r\n"u8);
        header.Unstructured("Subject", message.Subject);
        header.Id("Message-ID"u8, message.MessageId);
        for (int i = 0; i < message.Headers.Count; i++)
        {
            MimeHeader extra = message.Headers[i];
            if (HeaderRules.IsStructured(extra.Name)) header.Structured(extra.Name, extra.Value);
            else header.Unstructured(extra.Name, extra.Value);
        }
        header.Line("MIME-Version: 1.0\r\n"u8);
    }

    /// <summary>A whole field (RFC 5322 §3.3).</summary>
    /// <param name="header">Takes it.</param>
    /// <param name="name">With colon and space.</param>
    /// <param name="date">Written with its offset, to the second.</param>
    public static void WriteDate(HeaderWriter header, ReadOnlySpan<byte> name, DateTimeOffset date)
    {
        Span<byte> line = stackalloc byte[64];
        name.CopyTo(line);
        date.TryFormat(line[name.Length..], out int length, "ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture);
        length += name.Length;
        line[length++] = date.Offset < TimeSpan.Zero ? (byte)'-' : (byte)'+';
        date.Offset.TryFormat(line[length..], out int written, "hhmm", CultureInfo.InvariantCulture);
        length += written;
        "\r\n"u8.CopyTo(line[length..]);
        header.Line(line[..(length + 2)]);
    }
}
