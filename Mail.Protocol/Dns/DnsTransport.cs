using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Mail.Protocol.Dns;

/// <summary>Carries one question to one server and the answer back.</summary>
internal static class DnsTransport
{
    private const int ReceiveLength = 4096;     // more than we say that we take; a longer answer is cut and asked for again over TCP
    private const int MaxForeignPackets = 1000; // then somebody floods us: better ask anew from another port than go on guessing
    private const int PortTries = 4;

    /// <summary>Asks over UDP, from a port and with an id that cannot be guessed (RFC 5452 §9).</summary>
    /// <exception cref="SocketException">The server cannot be reached.</exception>
    /// <exception cref="OperationCanceledException">No answer in time.</exception>
    public static async Task<DnsResponse> AskUdpAsync(IPEndPoint server, DnsQuestion question, bool extended, CancellationToken ct)
    {
        byte[] packet = ArrayPool<byte>.Shared.Rent(ReceiveLength);
        try
        {
            using Socket socket = Open(server);
            await socket.ConnectAsync(server, ct).ConfigureAwait(false); // the system now drops what others send
            ushort id = (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1);
            int length = question.Write(packet, id, extended);
            await socket.SendAsync(packet.AsMemory(0, length), ct).ConfigureAwait(false);
            for (int foreign = 0; foreign < MaxForeignPackets; foreign++)
            {
                int received = await ReceiveAsync(socket, packet.AsMemory(0, ReceiveLength), ct).ConfigureAwait(false);
                if (received < 0) return new DnsResponse(DnsResponseKind.Truncated);
                DnsResponse response = DnsResponse.Read(packet.AsSpan(0, received), id, question);
                if (response.Kind != DnsResponseKind.Foreign) return response;
            }
            return new DnsResponse(DnsResponseKind.Malformed);
        }
        finally { ArrayPool<byte>.Shared.Return(packet); }
    }

    /// <summary>Asks over TCP (RFC 7766): two octets of length before each packet.</summary>
    /// <exception cref="SocketException">The server cannot be reached, or ended the connection.</exception>
    /// <exception cref="OperationCanceledException">No answer in time.</exception>
    public static async Task<DnsResponse> AskTcpAsync(IPEndPoint server, DnsQuestion question, bool extended, CancellationToken ct)
    {
        using Socket socket = new(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, ct).ConfigureAwait(false);
        ushort id = (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1);
        byte[] packet = ArrayPool<byte>.Shared.Rent(2 + DnsQuestion.MaxPacket);
        try
        {
            int length = question.Write(packet.AsSpan(2), id, extended);
            BinaryPrimitives.WriteUInt16BigEndian(packet, (ushort)length);
            for (int sent = 0; sent < length + 2;) sent += await socket.SendAsync(packet.AsMemory(sent, length + 2 - sent), ct).ConfigureAwait(false);

            await FillAsync(socket, packet.AsMemory(0, 2), ct).ConfigureAwait(false);
            length = BinaryPrimitives.ReadUInt16BigEndian(packet);
            if (length > packet.Length)
            {
                ArrayPool<byte>.Shared.Return(packet);
                packet = [];
                packet = ArrayPool<byte>.Shared.Rent(length);
            }
            await FillAsync(socket, packet.AsMemory(0, length), ct).ConfigureAwait(false);
            DnsResponse response = DnsResponse.Read(packet.AsSpan(0, length), id, question);
            // On a connection of its own, what is no answer, or is cut, will not be followed by a better one.
            return response.Kind is DnsResponseKind.Foreign or DnsResponseKind.Truncated ? new DnsResponse(DnsResponseKind.Malformed) : response;
        }
        finally { ArrayPool<byte>.Shared.Return(packet); }
    }

    // Systems that hand out ports in a row would make forged answers easy: we choose one ourselves.
    private static Socket Open(IPEndPoint server)
    {
        Socket socket = new(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        IPAddress any = server.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any;
        for (int i = 0; i < PortTries; i++)
        {
            try
            {
                socket.Bind(new IPEndPoint(any, RandomNumberGenerator.GetInt32(1024, 65536)));
                return socket;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied) { } // another port, then
        }
        return socket; // the system's choice, on connecting
    }

    private static async Task<int> ReceiveAsync(Socket socket, Memory<byte> packet, CancellationToken ct)
    {
        try { return await socket.ReceiveAsync(packet, ct).ConfigureAwait(false); }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.MessageSize) { return -1; } // longer than the place for it
    }

    private static async Task FillAsync(Socket socket, Memory<byte> place, CancellationToken ct)
    {
        while (!place.IsEmpty)
        {
            int received = await socket.ReceiveAsync(place, ct).ConfigureAwait(false);
            if (received == 0) throw new SocketException((int)SocketError.ConnectionReset);
            place = place[received..];
        }
    }
}
