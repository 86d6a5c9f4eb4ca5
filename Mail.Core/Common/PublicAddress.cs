using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Mail.Core.Common;

/// <summary>Tells the public internet from everything else (IANA's special-purpose registries, RFC 6890), so that nobody can make us ask our own network.</summary>
public static class PublicAddress
{
    private static readonly IPNetwork[] _special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
            "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    public static bool IsPublic(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.AddressFamily is AddressFamily.InterNetworkV6 && Embedded(address) is { } inner) return IsPublic(inner);
        return !_special.Any(network => network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address));
    }

    /// <summary>IPv4 inside IPv6: mapped (::ffff:0:0/96), NAT64 (64:ff9b::/96, RFC 6052), 6to4 (2002::/16, RFC 3056). What counts is where it leads.</summary>
    private static IPAddress? Embedded(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        if (BinaryPrimitives.ReadUInt16BigEndian(bytes) == 0x2002) return new IPAddress(bytes[2..6]);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes) == 0x0064_FF9B_0000_0000 && BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]) == 0 ? new IPAddress(bytes[12..]) : null;
    }
}
