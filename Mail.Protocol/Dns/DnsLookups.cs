using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mail.Protocol.Dns;

/// <summary>Questions by name.</summary>
public static class DnsLookups
{
    /// <summary>The hosts that take a domain's mail: <see cref="DnsAnswer.MailExchangers"/>, <see cref="DnsAnswer.IsNullMx"/>. A domain without MX records takes
    /// mail at its own address, if it has one (RFC 5321 §5.1): ask for that.</summary>
    public static ValueTask<DnsAnswer> MailExchangersAsync(this IDnsResolver resolver, string domain, CancellationToken ct) => Ask(resolver, domain, DnsRecordType.Mx, ct);

    /// <summary>The texts at a name: <see cref="DnsAnswer.Texts"/>.</summary>
    public static ValueTask<DnsAnswer> TextsAsync(this IDnsResolver resolver, string name, CancellationToken ct) => Ask(resolver, name, DnsRecordType.Txt, ct);

    /// <summary>The name behind an alias, one step: <see cref="DnsAnswer.Targets"/>. For checking that a tracking or return-path host points where it should.</summary>
    public static ValueTask<DnsAnswer> AliasAsync(this IDnsResolver resolver, string name, CancellationToken ct) => Ask(resolver, name, DnsRecordType.Cname, ct);

    /// <summary>The addresses of one family: <see cref="DnsAnswer.Addresses"/>.</summary>
    /// <param name="resolver">Answers.</param>
    /// <param name="host">The host.</param>
    /// <param name="family"><see cref="AddressFamily.InterNetwork"/> or <see cref="AddressFamily.InterNetworkV6"/>.</param>
    /// <param name="ct">Ends the wait.</param>
    public static ValueTask<DnsAnswer> AddressesAsync(this IDnsResolver resolver, string host, AddressFamily family, CancellationToken ct) => Ask(resolver, host, family switch
    {
        AddressFamily.InterNetwork => DnsRecordType.A,
        AddressFamily.InterNetworkV6 => DnsRecordType.Aaaa,
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "IPv4 or IPv6 is asked for."),
    }, ct);

    /// <summary>The names of an address: <see cref="DnsAnswer.Targets"/>.</summary>
    public static ValueTask<DnsAnswer> NamesOfAsync(this IDnsResolver resolver, IPAddress address, CancellationToken ct) => Ask(resolver, ReverseName(address), DnsRecordType.Ptr, ct);

    /// <summary>Where the names of an address stand: below in-addr.arpa (RFC 1035 §3.5) or ip6.arpa (RFC 3596 §2.5).</summary>
    public static string ReverseName(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        byte[] octets = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes();
        StringBuilder name = new();
        for (int i = octets.Length - 1; i >= 0; i--)
        {
            if (octets.Length == 4) name.Append(CultureInfo.InvariantCulture, $"{octets[i]}.");
            else name.Append(CultureInfo.InvariantCulture, $"{octets[i] & 0xF:x}.{octets[i] >> 4:x}.");
        }
        return name.Append(octets.Length == 4 ? "in-addr.arpa" : "ip6.arpa").ToString();
    }

    private static ValueTask<DnsAnswer> Ask(IDnsResolver resolver, string name, DnsRecordType type, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(resolver);
        return resolver.ResolveAsync(name, type, ct);
    }
}
