using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Mail.Protocol.Dns;

/// <summary>The name servers that the system is set to use.</summary>
internal static class SystemNameServers
{
    private const string ResolvConf = "/etc/resolv.conf"; // Linux, the BSDs; macOS writes it too
    private const int Port = 53;
    private const int MaxServers = 3;        // as resolv.conf(5) has it
    private const int MaxLength = 64 * 1024; // octets of the file

    /// <summary>Reads them anew: from resolv.conf, or else from the network interfaces, those with a gateway first.</summary>
    /// <returns>At least one; as resolv.conf(5) says, that of this machine when none is set.</returns>
    public static IReadOnlyList<IPEndPoint> Read()
    {
        IReadOnlyList<IPEndPoint> servers = [];
        if (!OperatingSystem.IsWindows() && File.Exists(ResolvConf)) servers = Parse(ReadStart(ResolvConf));
        if (servers.Count == 0) servers = FromInterfaces();
        return servers.Count > 0 ? servers : [new IPEndPoint(IPAddress.Loopback, Port)];
    }

    /// <summary>The servers in the text of a resolv.conf; lines that name none are passed over.</summary>
    public static IReadOnlyList<IPEndPoint> Parse(string text)
    {
        List<IPEndPoint> servers = [];
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            ReadOnlySpan<char> rest = line.Trim();
            if (!rest.StartsWith("nameserver", StringComparison.Ordinal) || rest.Length == 10 || rest[10] is not (' ' or '\t')) continue;
            rest = rest[10..].Trim();
            int end = rest.IndexOfAny(' ', '\t', '#');
            if (TryParseAddress(end < 0 ? rest : rest[..end], out IPAddress? address) && servers.Count < MaxServers) servers.Add(new IPEndPoint(address!, Port));
        }
        return servers;
    }

    // fe80::1%eth0: where the interface is known by name only, its number must be found.
    private static bool TryParseAddress(ReadOnlySpan<char> text, out IPAddress? address)
    {
        if (IPAddress.TryParse(text, out address) && (address.ScopeIdOrZero() != 0 || !text.Contains('%'))) return true;
        int percent = text.IndexOf('%');
        if (percent < 0 || !IPAddress.TryParse(text[..percent], out IPAddress? bare) || bare.AddressFamily != AddressFamily.InterNetworkV6) return false;
        string name = text[(percent + 1)..].ToString();
        NetworkInterface? link = NetworkInterface.GetAllNetworkInterfaces().FirstOrDefault(i => i.Name == name);
        if (link is null) return false;
        address = new IPAddress(bare.GetAddressBytes(), link.GetIPProperties().GetIPv6Properties().Index);
        return true;
    }

    private static long ScopeIdOrZero(this IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? address.ScopeId : 0;

    private static List<IPEndPoint> FromInterfaces()
    {
        IEnumerable<IPInterfaceProperties> properties = NetworkInterface.GetAllNetworkInterfaces()
            .Where(link => link.OperationalStatus == OperationalStatus.Up && link.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .Select(link => link.GetIPProperties())
            .OrderByDescending(link => link.GatewayAddresses.Count > 0);
        // fec0:0:0:ffff::1 to ::3 is what Windows names when it knows none.
        return [.. properties.SelectMany(link => link.DnsAddresses).Where(address => !address.IsIPv6SiteLocal).Distinct().Take(MaxServers).Select(address => new IPEndPoint(address, Port))];
    }

    private static string ReadStart(string path)
    {
        using StreamReader reader = new(path);
        char[] text = new char[MaxLength];
        return new string(text, 0, reader.ReadBlock(text));
    }
}
