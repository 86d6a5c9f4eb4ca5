using System.Buffers;
using Mail.Protocol.Mime;
using Mail.Protocol.Mime.Parsing;

namespace Mail.Core.Privacy;

/// <summary>Takes a person out of the To and Cc of a mail that its app wrote. All else stays byte for byte.</summary>
internal static class RawRecipients
{
    private static readonly string[] _lists = ["To", "Cc"];

    /// <returns>Null when it names nobody there whom to take out, or cannot be read.</returns>
    public static byte[]? Without(byte[] octets, PersonAddress person)
    {
        ParsedHeaders headers;
        int body;
        try
        {
            headers = ParsedHeaders.Parse(octets, out body);
        }
        catch (MimeFormatException)
        {
            return null;
        }

        int fieldsEnd = octets.AsSpan(0, body).EndsWith("\r\n\r\n"u8) ? body - 2 : body;
        ArrayBufferWriter<byte> output = new(octets.Length);
        bool changed = false;
        for (int i = 0; i < headers.Count; i++)
        {
            ReadOnlySpan<byte> field = octets.AsSpan((int)headers[i].Offset, (i + 1 < headers.Count ? (int)headers[i + 1].Offset : fieldsEnd) - (int)headers[i].Offset);
            if (!_lists.Contains(headers[i].Name, StringComparer.OrdinalIgnoreCase) || Others(headers[i], person) is not { } others)
            {
                output.Write(field);
                continue;
            }

            changed = true;
            AddressHeader.Write(output, headers[i].Name, others);
        }

        if (!changed) return null;
        output.Write(octets.AsSpan(fieldsEnd));
        return output.WrittenSpan.ToArray();
    }

    /// <returns>Null when the person is not among them.</returns>
    private static List<EmailAddress>? Others(ParsedHeader header, PersonAddress person)
    {
        _ = AddressListParser.TryParse(header.UnfoldedValue, out IReadOnlyList<ParsedMailbox> listed, out _);
        List<EmailAddress> others = [];
        bool isThere = false;
        foreach (ParsedMailbox mailbox in listed)
        {
            if (person.Is(mailbox.Address)) isThere = true;
            else if (EmailAddress.TryParse(mailbox.Address, out EmailAddress? address, out _)) others.Add(Named(address, mailbox.DisplayName));
        }

        return isThere ? others : null;
    }

    private static EmailAddress Named(EmailAddress address, string? name)
    {
        try
        {
            return address.WithDisplayName(name);
        }
        catch (FormatException)
        {
            return address;
        }
    }
}
