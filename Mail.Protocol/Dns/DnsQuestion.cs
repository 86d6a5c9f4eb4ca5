using System.Buffers.Binary;

namespace Mail.Protocol.Dns;

/// <summary>One question and the packet that asks it (RFC 1035 §4.1, RFC 6891).</summary>
internal sealed class DnsQuestion(byte[] name, DnsRecordType type)
{
    /// <summary>The octets of an answer over UDP that we take: what passes every path without fragments (RFC 9715 §3.1 and DNS flag day 2020).</summary>
    public const int UdpPayload = 1232;

    /// <summary>The longest packet that <see cref="Write"/> makes: header, name, type and class, and the OPT record.</summary>
    public const int MaxPacket = 12 + DnsName.MaxLength + 4 + 11;

    /// <summary>The name as octets, in lower case.</summary>
    public ReadOnlySpan<byte> Name => name;

    public DnsRecordType Type => type;

    /// <summary>The name as text.</summary>
    public string Text { get; } = DnsName.ToText(name);

    /// <summary>The question about another name.</summary>
    public DnsQuestion At(byte[] other) => new(other, type);

    /// <summary>Writes the packet.</summary>
    /// <param name="packet">At least <see cref="MaxPacket"/> octets.</param>
    /// <param name="id">What the answer must repeat; unpredictable.</param>
    /// <param name="extended">Whether to say that we take more than 512 octets over UDP (EDNS, RFC 6891).</param>
    /// <returns>The length.</returns>
    public int Write(Span<byte> packet, ushort id, bool extended)
    {
        packet[..12].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(packet, id);
        packet[2] = 0x01; // recursion desired
        packet[5] = 1;    // one question
        packet[11] = extended ? (byte)1 : (byte)0;
        name.CopyTo(packet[12..]);
        int length = 12 + name.Length;
        BinaryPrimitives.WriteUInt16BigEndian(packet[length..], (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(packet[(length + 2)..], DnsReader.InternetClass);
        length += 4;
        if (!extended) return length;
        packet.Slice(length, 11).Clear(); // the root, no extended code, version 0, no flags, no options
        packet[length + 2] = DnsReader.OptType;
        BinaryPrimitives.WriteUInt16BigEndian(packet[(length + 3)..], UdpPayload);
        return length + 11;
    }
}
