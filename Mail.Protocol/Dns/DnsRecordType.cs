namespace Mail.Protocol.Dns;

/// <summary>What is asked for, by its number in DNS (RFC 1035 §3.2.2).</summary>
public enum DnsRecordType
{
    /// <summary>An IPv4 address: <see cref="DnsAddressRecord"/>.</summary>
    A = 1,

    /// <summary>A name server of the zone: <see cref="DnsNameRecord"/>.</summary>
    Ns = 2,

    /// <summary>The name behind an alias: <see cref="DnsNameRecord"/>. Asked for, it is not followed.</summary>
    Cname = 5,

    /// <summary>The name of an address, asked for at <see cref="DnsLookups.ReverseName"/>: <see cref="DnsNameRecord"/>.</summary>
#pragma warning disable CA1720 // DNS calls it so
    Ptr = 12,
#pragma warning restore CA1720

    /// <summary>A host that takes the domain's mail: <see cref="DnsMxRecord"/>.</summary>
    Mx = 15,

    /// <summary>Text such as SPF, DKIM and DMARC records: <see cref="DnsTxtRecord"/>.</summary>
    Txt = 16,

    /// <summary>An IPv6 address (RFC 3596): <see cref="DnsAddressRecord"/>.</summary>
    Aaaa = 28,
}
