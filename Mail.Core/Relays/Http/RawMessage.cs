using System.Buffers;
using Mail.Protocol.Mime;
using Mail.Protocol.Mime.Parsing;

namespace Mail.Core.Relays.Http;

/// <summary>
/// The finished message for providers that take it as MIME. Those that get the recipients beside it get it as it is, without a Bcc that somebody left in it.
/// For those that read the recipients from its headers, these name exactly the recipients of the transfer: To and Cc lose whom this transfer
/// is not for, and who stands in neither gets a Bcc, which the provider takes out again.
/// </summary>
internal static class RawMessage
{
    private static readonly string[] _blind = ["Bcc", "Resent-Bcc"];
    private static readonly string[] _otherRecipients = ["Bcc", "Resent-To", "Resent-Cc", "Resent-Bcc"];

    /// <summary>As it is, but nobody's blind copy shows.</summary>
    public static ReadOnlyMemory<byte> WithoutBcc(ReadOnlyMemory<byte> mime)
    {
        ParsedHeaders headers = ParsedHeaders.Parse(mime, out int body);
        if (!_blind.Any(headers.Contains)) return mime;
        ArrayBufferWriter<byte> output = new(mime.Length);
        foreach ((ParsedHeader header, ReadOnlyMemory<byte> field) in Fields(mime, headers, body))
            if (!Is(header, _blind)) output.Write(field.Span);
        output.Write(mime.Span[FieldsEnd(mime, headers, body)..]);
        return output.WrittenMemory;
    }

    /// <summary>With headers that name these recipients and no other.</summary>
    public static ReadOnlyMemory<byte> For(ReadOnlyMemory<byte> mime, IReadOnlyList<RelayRecipient> recipients)
    {
        ParsedHeaders headers = ParsedHeaders.Parse(mime, out int body);
        HashSet<string> hidden = [.. recipients.Select(recipient => Mailbox(recipient.Address))];
        List<(ParsedHeader Header, ReadOnlyMemory<byte> Field)> fields = [.. Fields(mime, headers, body)];
        ReadOnlyMemory<byte>?[] written = new ReadOnlyMemory<byte>?[fields.Count];
        bool isChanged = false;
        HashSet<string> wanted = [.. hidden];
        for (int i = 0; i < fields.Count; i++)
        {
            (ParsedHeader header, ReadOnlyMemory<byte> field) = fields[i];
            if (Is(header, _otherRecipients)) continue;
            written[i] = field;
            if (!Is(header, "To") && !Is(header, "Cc")) continue;
            IReadOnlyList<ParsedMailbox> listed = Listed(header, out bool isValid);
            List<EmailAddress> kept = Kept(listed, wanted);
            hidden.ExceptWith(kept.Select(Mailbox));
            if (isValid && kept.Count == listed.Count && kept.Count > 0) continue;
            isChanged |= listed.Count > 0;
            written[i] = kept.Count == 0 ? null : Written(header.Name, kept); // a group without members is no recipient, and some refuse it
        }

        ArrayBufferWriter<byte> output = new(mime.Length + 256);
        for (int i = 0; i < fields.Count; i++)
        {
            // A signature over To or Cc that is no longer true is worse than none; the provider signs by itself.
            if (written[i] is { } field && !(isChanged && Is(fields[i].Header, "DKIM-Signature"))) output.Write(field.Span);
        }

        EmailAddress[] blind = [.. recipients.Select(recipient => recipient.Address).Where(address => hidden.Remove(Mailbox(address))).Select(address => address.WithDisplayName(null))];
        AddressHeader.Write(output, "Bcc", blind);
        output.Write(mime.Span[FieldsEnd(mime, headers, body)..]);
        return output.WrittenMemory;
    }

    /// <summary>The mailbox as providers take it: with its domain as A-labels.</summary>
    public static string Mailbox(EmailAddress address) => $"{address.LocalPart}@{address.AsciiDomain}";

    /// <summary>The first author; null when From holds no address.</summary>
    public static EmailAddress? Author(ReadOnlyMemory<byte> mime) =>
        ParsedHeaders.Parse(mime, out _)["From"] is { } from ? Listed(from, out _).Select(Address).FirstOrDefault(address => address is not null) : null;

    /// <summary>A mailbox as an address with its name, where it is one.</summary>
    public static EmailAddress? Address(ParsedMailbox mailbox)
    {
        if (!EmailAddress.TryParse(mailbox.Address, out EmailAddress? address, out _)) return null;
        try
        {
            return address.WithDisplayName(mailbox.DisplayName);
        }
        catch (FormatException)
        {
            return address; // a name with a control character in it
        }
    }

    private static IReadOnlyList<ParsedMailbox> Listed(ParsedHeader header, out bool isValid)
    {
        isValid = AddressListParser.TryParse(header.UnfoldedValue, out IReadOnlyList<ParsedMailbox> listed, out _);
        return listed;
    }

    private static List<EmailAddress> Kept(IReadOnlyList<ParsedMailbox> listed, HashSet<string> wanted)
    {
        List<EmailAddress> kept = [];
        foreach (ParsedMailbox mailbox in listed)
            if (Address(mailbox) is { } address && wanted.Contains(Mailbox(address))) kept.Add(address);
        return kept;
    }

    private static ReadOnlyMemory<byte> Written(string name, List<EmailAddress> addresses)
    {
        ArrayBufferWriter<byte> output = new();
        AddressHeader.Write(output, name, addresses);
        return output.WrittenMemory;
    }

    private static IEnumerable<(ParsedHeader Header, ReadOnlyMemory<byte> Field)> Fields(ReadOnlyMemory<byte> mime, ParsedHeaders headers, int body)
    {
        for (int i = 0; i < headers.Count; i++)
        {
            int end = i + 1 < headers.Count ? (int)headers[i + 1].Offset : FieldsEnd(mime, headers, body);
            yield return (headers[i], mime[(int)headers[i].Offset..end]);
        }
    }

    /// <summary>Where the empty line between headers and body begins.</summary>
    private static int FieldsEnd(ReadOnlyMemory<byte> mime, ParsedHeaders headers, int body)
    {
        ReadOnlySpan<byte> head = mime.Span[..body];
        if (headers.Count == 0) return 0;
        if (head.EndsWith("\r\n\r\n"u8)) return body - 2;
        return head.EndsWith("\n\n"u8) ? body - 1 : body;
    }

    private static bool Is(ParsedHeader header, params ReadOnlySpan<string> names)
    {
        string name = header.Name;
        foreach (string one in names)
            if (name.Equals(one, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
