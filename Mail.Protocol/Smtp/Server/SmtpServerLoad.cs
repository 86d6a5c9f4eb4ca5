using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Mail.Protocol.Smtp.Server;

/// <summary>What all connections of one endpoint use together: connections, connections per address, memory for messages.</summary>
internal sealed class SmtpServerLoad(SmtpServerOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<UInt128, AddressLoad> _byAddress = [];
    private int _connections;
    private long _buffered;

    public int Connections => Volatile.Read(ref _connections);

    public long Buffered => Interlocked.Read(ref _buffered);

    /// <returns>What the connections from there use, when one more may begin; then <see cref="Leave"/> must follow. Null when not.</returns>
    public AddressLoad? TryEnter(IPAddress? address)
    {
        UInt128 key = KeyOf(address);
        lock (_lock)
        {
            AddressLoad there = _byAddress.GetValueOrDefault(key) ?? new AddressLoad(this, address is null || IPAddress.IsLoopback(address) ? long.MaxValue : options.ShareOfAddress);
            if (_connections >= options.MaxConnections || (address is not null && there.Connections >= options.MaxConnectionsPerAddress)) return null;
            _connections++;
            there.Connections++;
            return _byAddress[key] = there;
        }
    }

    public void Leave(IPAddress? address)
    {
        UInt128 key = KeyOf(address);
        lock (_lock)
        {
            _connections--;
            if (--_byAddress[key].Connections == 0) _byAddress.Remove(key);
        }
    }

    private bool TryReserve(int octets)
    {
        if (Interlocked.Add(ref _buffered, octets) <= options.MaxBufferedSize) return true;
        Interlocked.Add(ref _buffered, -octets);
        return false;
    }

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

    /// <summary>What the connections from one address use of it.</summary>
    internal sealed class AddressLoad(SmtpServerLoad all, long share)
    {
        private long _buffered;

        /// <summary>Guarded by the lock of the whole.</summary>
        public int Connections { get; set; }

        public long Buffered => Interlocked.Read(ref _buffered);

        /// <returns>Whether there is room, for this address and in all; then <see cref="Release"/> must follow.</returns>
        public bool TryReserve(int octets)
        {
            if (Interlocked.Add(ref _buffered, octets) <= share)
            {
                if (all.TryReserve(octets)) return true;
            }

            Interlocked.Add(ref _buffered, -octets);
            return false;
        }

        public void Release(int octets)
        {
            Interlocked.Add(ref _buffered, -octets);
            Interlocked.Add(ref all._buffered, -octets);
        }
    }
}
