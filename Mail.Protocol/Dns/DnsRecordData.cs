using System.Net;
using System.Text;

namespace Mail.Protocol.Dns;

/// <summary>Reads the data of one record. What is not exactly as its type says is refused.</summary>
internal static class DnsRecordData
{
    /// <summary>The record, or <see langword="null"/> when its data is malformed.</summary>
    public static DnsRecord? Read(ReadOnlySpan<byte> packet, DnsReader.Record record, DnsRecordType type, string name)
    {
        ReadOnlySpan<byte> data = packet[record.Start..record.End];
        TimeSpan timeToLive = TimeSpan.FromSeconds(record.TimeToLive);
        switch (type)
        {
            case DnsRecordType.A or DnsRecordType.Aaaa:
                return data.Length == (type == DnsRecordType.A ? 4 : 16) ? new DnsAddressRecord(name, timeToLive, new IPAddress(data)) : null;
            case DnsRecordType.Txt:
                return Text(data) is { } text ? new DnsTxtRecord(name, timeToLive, text) : null;
            case DnsRecordType.Mx:
                if (data.Length < 3 || Name(packet, record.Start + 2, record.End) is not { } exchange) return null;
                return new DnsMxRecord(name, timeToLive, data[0] << 8 | data[1], exchange);
            default:
                return Name(packet, record.Start, record.End) is { } target ? new DnsNameRecord(name, timeToLive, target) : null;
        }
    }

    /// <summary>The name that fills the data of a CNAME record, as octets, or <see langword="null"/>.</summary>
    public static byte[]? NameOctets(ReadOnlySpan<byte> packet, int start, int end)
    {
        Span<byte> name = stackalloc byte[DnsName.MaxLength];
        return DnsName.TryRead(packet, ref start, name, out int length) && start == end ? name[..length].ToArray() : null;
    }

    /// <summary>How long "no" may be kept: the lesser of the SOA record's TTL and its last field (RFC 2308 §5), in seconds, or <see langword="null"/>.</summary>
    public static uint? NegativeTimeToLive(ReadOnlySpan<byte> packet, DnsReader.Record soa)
    {
        DnsReader reader = new(packet) { Position = soa.Start };
        Span<byte> name = stackalloc byte[DnsName.MaxLength];
        if (!reader.TryReadName(name, out _) || !reader.TryReadName(name, out _) || reader.Position + 20 != soa.End) return null;
        reader.Position += 16; // serial, refresh, retry, expire
        return reader.TryReadUInt32(out uint minimum) ? Math.Min(soa.TimeToLive, minimum > int.MaxValue ? 0 : minimum) : null;
    }

    private static string? Name(ReadOnlySpan<byte> packet, int start, int end)
    {
        Span<byte> name = stackalloc byte[DnsName.MaxLength];
        return DnsName.TryRead(packet, ref start, name, out int length) && start == end ? DnsName.ToText(name[..length]) : null;
    }

    // Strings of up to 255 octets, each behind its length, that fill the data (RFC 1035 §3.3.14).
    private static string? Text(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty) return null;
        byte[] joined = new byte[data.Length];
        int length = 0;
        while (!data.IsEmpty)
        {
            int part = data[0];
            if (part >= data.Length) return null;
            data.Slice(1, part).CopyTo(joined.AsSpan(length));
            length += part;
            data = data[(part + 1)..];
        }
        return Encoding.UTF8.GetString(joined, 0, length);
    }
}
