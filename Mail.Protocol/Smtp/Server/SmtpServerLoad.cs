using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Mail.Protocol.Smtp.Server;

/// <summary>What all connections of one endpoint use together: connections, connections per address, memory for messages.</summary>
internal sealed class SmtpServerLoad(SmtpServerOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<UInt128, int> _byAddress = [];
    private int _connections;
    private long _buffered;

    public int Connections => Volatile.Read(ref _connections);

    public long Buffered => Interlocked.Read(ref _buffered);

    /// <returns>Whether one more connection may begin; then <see cref="Leave"/> must follow.</returns>
    public bool TryEnter(IPAddress? address)
    {
        UInt128 key = KeyOf(address);
        lock (_lock)
        {
            int fromThere = _byAddress.GetValueOrDefault(key);
            if (_connections >= options.MaxConnections || (address is not null && fromThere >= options.MaxConnectionsPerAddress)) return false;
            _connections++;
            _byAddress[key] = fromThere + 1;
            return true;
        }
    }

    public void Leave(IPAddress? address)
    {
        UInt128 key = KeyOf(address);
        lock (_lock)
        {
            _connections--;
            if (_byAddress[key] == 1) _byAddress.Remove(key);
            else _byAddress[key]--;
        }
    }

    public bool TryReserve(int octets)
    {
        if (Interlocked.Add(ref _buffered, octets) <= options.MaxBufferedSize) return true;
        Release(octets);
        return false;
    }

    public void Release(int octets) => Interlocked.Add(ref _buffered, -octets);

    // One IPv4 address; for IPv6 the /64 that one customer has.
    private static UInt128 KeyOf(IPAddress? address)
    {
        if (address is null) return 0;
        Span<byte> octets = stackalloc byte[16];
        octets.Clear();
        address.TryWriteBytes(octets, out _);
        if (address.AddressFamily == AddressFamily.InterNetworkV6) octets[8..].Clear();
        else octets[15] = 1; // an IPv4 address never looks like the start of an IPv6 one
        return BinaryPrimitives.ReadUInt128BigEndian(octets);
    }
}
