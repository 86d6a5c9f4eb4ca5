using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mail.Protocol.Smtp.Server;

/// <summary>Writes the trace header that a server puts before every message it takes (RFC 5321 §4.4). The server itself changes no message: the application calls this.</summary>
public static class ReceivedHeader
{
    private static readonly SearchValues<char> _domain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._:[]");

    /// <summary>Writes one Received header with its CRLF, folded below 78 octets where the values allow.</summary>
    /// <param name="output">Where to; the message follows.</param>
    /// <param name="session">Who sent the message and how.</param>
    /// <param name="message">The message. A single recipient is named (<c>for</c>); of several none is, so that none learns of the others.</param>
    /// <param name="id">How the application names the message: an atom of ASCII such as a GUID or a number.</param>
    /// <param name="receivedAt">When it came.</param>
    /// <param name="withClient">Whether the client's name and address are told. Mail of people who submit from home is better without.</param>
    /// <exception cref="ArgumentException">The id is not an atom.</exception>
    public static void Write(IBufferWriter<byte> output, SmtpServerSession session, SmtpServerMessage message, string id, DateTimeOffset receivedAt, bool withClient = true)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(message);
        ArgumentException.ThrowIfNullOrEmpty(id);
        if (id.AsSpan().ContainsAnyExcept(_domain)) throw new ArgumentException("The id must be letters, digits, hyphens and dots.", nameof(id));

        StringBuilder text = new("Received: ");
        if (withClient)
        {
            text.Append("from ").Append(Printable(session.ClientName));
            if (session.RemoteAddress is { } address) text.Append(" (").Append(Literal(address)).Append(')');
            text.Append("\r\n\t");
        }
        text.Append("by ").Append(session.Options.Hostname).Append(" with ").Append(session.Protocol);
        if (session.Tls is { } tls) text.Append(CultureInfo.InvariantCulture, $"\r\n\t(version={tls.Version} cipher={tls.CipherSuite})");
        text.Append("\r\n\tid ").Append(id);
        if (message.Recipients is [var only]) text.Append("\r\n\tfor <").Append(message.Sender.IsSmtpUtf8 ? only.Address.Address : $"{only.Address.LocalPart}@{only.Address.AsciiDomain}").Append('>');
        text.Append(CultureInfo.InvariantCulture, $";\r\n\t{receivedAt:ddd, d MMM yyyy HH:mm:ss} {(receivedAt.Offset < TimeSpan.Zero ? '-' : '+')}{receivedAt.Offset:hhmm}\r\n");
        Encoding.UTF8.GetBytes(text.ToString(), output);
    }

    // What is no domain or literal would be a comment or a parameter to whoever reads the header.
    private static string Printable(string? name) => string.IsNullOrEmpty(name) || name.AsSpan().ContainsAnyExcept(_domain) ? "unknown" : name;

    // RFC 5321 §4.1.3; without the zone of a link-local address, which means something on this machine only.
    private static string Literal(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[IPv6:{new IPAddress(address.GetAddressBytes())}]" : $"[{address}]";
}
