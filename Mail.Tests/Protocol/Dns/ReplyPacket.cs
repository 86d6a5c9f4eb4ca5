using System.Net;
using System.Text;
using Mail.Protocol.Dns;

namespace Mail.Tests.Protocol.Dns;

/// <summary>Makes answer packets by hand, right ones and wrong ones.</summary>
internal sealed class ReplyPacket(byte[] query)
{
    private readonly List<byte> _records = [];
    private readonly int[] _counts = new int[3]; // answers, authorities, additionals
    private int _section;

    public byte Code { get; init; }
    public bool Truncated { get; init; }
    public bool Authoritative { get; init; }
    public bool RecursionAvailable { get; init; } = true;
    public ushort? Id { get; init; }
    public byte[]? Question { get; init; }

    /// <summary>Records that follow stand in the authority section.</summary>
    public ReplyPacket Authority()
    {
        _section = 1;
        return this;
    }

    /// <summary>Records that follow stand in the additional section.</summary>
    public ReplyPacket Additional()
    {
        _section = 2;
        return this;
    }

    public ReplyPacket Address(string name, string address, uint ttl = 300) =>
        Record(name, IPAddress.Parse(address) is { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } ? 28 : 1, ttl, IPAddress.Parse(address).GetAddressBytes());

    public ReplyPacket Cname(string name, string target, uint ttl = 300) => Record(name, 5, ttl, Name(target));

    public ReplyPacket Pointer(string name, string target, uint ttl = 300) => Record(name, 12, ttl, Name(target));

    public ReplyPacket NameServer(string name, string target, uint ttl = 300) => Record(name, 2, ttl, Name(target));

    public ReplyPacket Mx(string name, int preference, string exchange, uint ttl = 300) => Record(name, 15, ttl, [(byte)(preference >> 8), (byte)preference, .. Name(exchange)]);

    public ReplyPacket Txt(string name, params string[] strings) => Record(name, 16, 300, [.. strings.SelectMany(s => (byte[])[(byte)Encoding.UTF8.GetByteCount(s), .. Encoding.UTF8.GetBytes(s)])]);

    public ReplyPacket Soa(string zone, uint ttl, uint minimum) => Record(zone, 6, ttl, [.. Name("ns." + zone), .. Name("admin." + zone), .. new byte[16], .. BigEndian(minimum)]);

    public ReplyPacket Opt(byte extendedCode) => Raw([0, 0, 41, 4, 208, extendedCode, 0, 0, 0, 0, 0]);

    public ReplyPacket Record(string name, int type, uint ttl, byte[] data) =>
        Raw([.. Name(name), (byte)(type >> 8), (byte)type, 0, 1, .. BigEndian(ttl), (byte)(data.Length >> 8), (byte)data.Length, .. data]);

    /// <summary>Octets that count as one record of the current section.</summary>
    public ReplyPacket Raw(byte[] record)
    {
        _records.AddRange(record);
        _counts[_section]++;
        return this;
    }

    public byte[] ToBytes()
    {
        byte[] question = Question ?? QuestionOf(query);
        byte flags = (byte)(0x80 | (Authoritative ? 0x04 : 0) | (Truncated ? 0x02 : 0) | (query[2] & 0x01));
        return
        [
            .. Id is { } id ? [(byte)(id >> 8), (byte)id] : query[..2], flags, (byte)((RecursionAvailable ? 0x80 : 0) | Code),
            0, (byte)(question.Length == 0 ? 0 : 1), .. _counts.SelectMany(count => (byte[])[(byte)(count >> 8), (byte)count]), .. question, .. _records,
        ];
    }

    /// <summary>The question section of a query: name, type and class.</summary>
    public static byte[] QuestionOf(byte[] query)
    {
        int end = 12;
        while (query[end] != 0) end += query[end] + 1;
        return query[12..(end + 5)];
    }

    public static byte[] Name(string name)
    {
        List<byte> octets = [];
        foreach (string label in name.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            octets.Add((byte)label.Length);
            octets.AddRange(Encoding.ASCII.GetBytes(label));
        }
        return [.. octets, 0];
    }

    /// <summary>A query packet as a resolver sends it.</summary>
    public static byte[] Query(string name, DnsRecordType type, ushort id = 0x1234) =>
        [(byte)(id >> 8), (byte)id, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. Name(name), 0, (byte)type, 0, 1];

    private static byte[] BigEndian(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
