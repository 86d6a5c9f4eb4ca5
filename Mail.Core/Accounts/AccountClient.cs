using System.Net;
using System.Net.Sockets;

namespace Mail.Core.Accounts;

/// <summary>From where somebody does something with an account: what our mails and the list of sessions say.</summary>
/// <param name="Ip">As text; null when it is not known.</param>
/// <param name="Browser">Browser and system, as a person would name them.</param>
public sealed record AccountClient(string? Ip, string Browser)
{
    /// <summary>Somebody we know nothing of.</summary>
    public static AccountClient Unknown { get; } = new(null, BrowserName.Of(null));

    public string IpText => Ip ?? "—";

    /// <summary>By what the tries of one place are counted: who has an IPv6 address has 2^64 of them.</summary>
    public string Network => !IPAddress.TryParse(Ip, out IPAddress? ip) ? IpText
        : ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4().ToString()
        : ip.AddressFamily is AddressFamily.InterNetworkV6 ? new IPNetwork(new IPAddress([.. ip.GetAddressBytes()[..8], .. new byte[8]]), 64).ToString() : ip.ToString();
}
