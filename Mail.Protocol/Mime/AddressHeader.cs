using System.Buffers;

namespace Mail.Protocol.Mime;

/// <summary>Writes one header field of addresses alone: for those who change the recipients of a message that is written already.</summary>
public static class AddressHeader
{
    /// <summary>Writes the field with its final CRLF: folded, names encoded (RFC 2047), internationalized domains as A-labels. Nothing for an empty list.</summary>
    /// <param name="output">Takes the octets.</param>
    /// <param name="name">The field's name, such as <c>To</c>: 1 to 76 printable ASCII characters without a colon.</param>
    /// <param name="addresses">The mailboxes, in their order.</param>
    /// <exception cref="ArgumentException">The name is no name of a header field.</exception>
    public static void Write(IBufferWriter<byte> output, string name, IList<EmailAddress> addresses)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(addresses);
        if (string.IsNullOrEmpty(name) || name.Length > 76 || name.AsSpan().ContainsAnyExceptInRange('!', '~') || name.Contains(':', StringComparison.Ordinal))
            throw new ArgumentException("A header's name has 1 to 76 printable ASCII characters without a colon.", nameof(name));
        if (addresses.Count == 0) return;
        HeaderWriter header = new(output);
        header.Begin(name);
        AddressHeaders.WriteList(header, addresses);
    }
}
