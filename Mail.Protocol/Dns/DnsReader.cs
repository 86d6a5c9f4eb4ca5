using System.Buffers.Binary;

namespace Mail.Protocol.Dns;

/// <summary>Walks over the questions and records of a packet (RFC 1035 §4.1). Every read says whether the packet holds what it should.</summary>
internal ref struct DnsReader(ReadOnlySpan<byte> packet)
{
    public const int HeaderLength = 12;
    public const ushort InternetClass = 1;
    public const byte OptType = 41;
    public const byte SoaType = 6;

    private readonly ReadOnlySpan<byte> _packet = packet;
    private int _position = HeaderLength;

    /// <summary>Where the next read begins.</summary>
    public int Position
    {
        readonly get => _position;
        set => _position = value;
    }

    public bool TryReadName(scoped Span<byte> name, out int length) => DnsName.TryRead(_packet, ref _position, name, out length);

    public bool TryReadUInt16(out ushort value)
    {
        bool there = BinaryPrimitives.TryReadUInt16BigEndian(_packet[_position..], out value);
        if (there) _position += 2;
        return there;
    }

    public bool TryReadUInt32(out uint value)
    {
        bool there = BinaryPrimitives.TryReadUInt32BigEndian(_packet[_position..], out value);
        if (there) _position += 4;
        return there;
    }

    /// <summary>Reads a record up to its data; <see cref="Position"/> then stands behind the record.</summary>
    /// <param name="owner">Takes the name the record stands at.</param>
    /// <param name="record">The rest.</param>
    public bool TryReadRecord(scoped Span<byte> owner, out Record record)
    {
        record = default;
        if (!TryReadName(owner, out int ownerLength) || !TryReadUInt16(out ushort type) || !TryReadUInt16(out ushort recordClass) ||
            !TryReadUInt32(out uint timeToLive) || !TryReadUInt16(out ushort length) || length > _packet.Length - _position) return false;
        record = new Record(ownerLength, type, recordClass, timeToLive, _position, _position + length);
        _position = record.End;
        return true;
    }

    /// <summary>The head of a record and where its data lies.</summary>
    /// <param name="OwnerLength">Octets of the name it stands at.</param>
    /// <param name="Type">The type's number.</param>
    /// <param name="Class">The class's number; of an OPT record, the payload size.</param>
    /// <param name="RawTimeToLive">The 32 bits of the TTL; of an OPT record, extended code, version and flags.</param>
    /// <param name="Start">Where the data begins.</param>
    /// <param name="End">Where it ends.</param>
    public readonly record struct Record(int OwnerLength, ushort Type, ushort Class, uint RawTimeToLive, int Start, int End)
    {
        /// <summary>Seconds; a value with the highest bit set counts as zero (RFC 2181 §8).</summary>
        public uint TimeToLive => RawTimeToLive > int.MaxValue ? 0 : RawTimeToLive;
    }
}
