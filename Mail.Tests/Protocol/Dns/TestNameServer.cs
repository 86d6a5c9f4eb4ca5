using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Mail.Protocol.Dns;

namespace Mail.Tests.Protocol.Dns;

/// <summary>A name server on loopback, over UDP and TCP, that answers what a test says.</summary>
internal sealed class TestNameServer : IAsyncDisposable
{
    private readonly Func<Query, IEnumerable<byte[]>> _answer;
    private readonly Socket _udp;
    private readonly Socket _tcp;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    /// <summary>Starts; several packets for one query are sent one after another, none is silence.</summary>
    public TestNameServer(Func<Query, IEnumerable<byte[]>> answer)
    {
        _answer = answer;
        (_udp, _tcp) = Bind();
        EndPoint = (IPEndPoint)_udp.LocalEndPoint!;
        _running = Task.WhenAll(ServeUdpAsync(), ServeTcpAsync());
    }

    public TestNameServer(Func<Query, ReplyPacket> answer) : this(query => [answer(query).ToBytes()])
    {
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>What was asked so far.</summary>
    public ConcurrentQueue<Query> Asked { get; } = [];

    /// <summary>A resolver that asks this server and waits long enough for a busy machine.</summary>
    public DnsResolver Resolver(TimeProvider? clock = null, Func<DnsResolverOptions, DnsResolverOptions>? change = null)
    {
        DnsResolverOptions options = new() { Servers = [EndPoint], TryTimeout = TimeSpan.FromSeconds(15) };
        return new DnsResolver(change?.Invoke(options) ?? options, clock ?? TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _udp.Dispose();
        _tcp.Dispose();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private static (Socket Udp, Socket Tcp) Bind()
    {
        while (true)
        {
            Socket udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            udp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            Socket tcp = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                tcp.Bind(udp.LocalEndPoint!);
                tcp.Listen();
                return (udp, tcp);
            }
            catch (SocketException)
            {
                udp.Dispose(); // the number is taken for TCP: another one
                tcp.Dispose();
            }
        }
    }

    private async Task ServeUdpAsync()
    {
        byte[] buffer = new byte[4096];
        while (true)
        {
            SocketReceiveFromResult received = await _udp.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
            foreach (byte[] packet in Answer(buffer[..received.ReceivedBytes], overTcp: false)) await _udp.SendToAsync(packet, received.RemoteEndPoint, _stop.Token);
        }
    }

    private async Task ServeTcpAsync()
    {
        while (true)
        {
            using Socket client = await _tcp.AcceptAsync(_stop.Token);
            await using NetworkStream stream = new(client);
            byte[] length = new byte[2];
            await stream.ReadExactlyAsync(length, _stop.Token);
            byte[] query = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
            await stream.ReadExactlyAsync(query, _stop.Token);
            foreach (byte[] packet in Answer(query, overTcp: true))
            {
                BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)packet.Length);
                await stream.WriteAsync((byte[])[.. length, .. packet], _stop.Token);
            }
        }
    }

    private IEnumerable<byte[]> Answer(byte[] packet, bool overTcp)
    {
        Query query = new(packet, overTcp);
        Asked.Enqueue(query);
        return _answer(query);
    }

    /// <summary>A question as it arrived.</summary>
    internal sealed record Query(byte[] Packet, bool OverTcp)
    {
        public string Name
        {
            get
            {
                StringBuilder name = new();
                for (int i = 12; Packet[i] != 0; i += Packet[i] + 1) name.Append(name.Length > 0 ? "." : "").Append(Encoding.ASCII.GetString(Packet, i + 1, Packet[i]));
                return name.ToString();
            }
        }

        public DnsRecordType Type => (DnsRecordType)Packet[12 + Name.Length + 3];
        public bool HasOpt => Packet[11] == 1;
        public ushort Id => BinaryPrimitives.ReadUInt16BigEndian(Packet);

        public ReplyPacket Reply() => new(Packet);
    }
}
