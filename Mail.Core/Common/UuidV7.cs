using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Mail.Core.Common;

/// <summary>UUIDv7 (RFC 9562 §5.7): the first 48 bits are the Unix time in milliseconds, so that ids sort, and tables are partitioned, by time.</summary>
public static class UuidV7
{
    /// <summary>A new id in SQL, of the time in the parameter $1: PostgreSQL below 18 has no function for it. Within a millisecond they have no order.</summary>
    public const string NewSql = "(lpad(to_hex(floor(extract(epoch FROM $1) * 1000)::bigint), 12, '0') || '7' || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid";

    /// <summary>The last time and count by second: clocks that differ (one that is set, those of tests) do not disturb each other's order.</summary>
    private static readonly long[] _last = new long[127]; // a prime: times that are whole minutes or days apart do not meet

    /// <summary>A new id; later than every id made before in this process in the same second, also within one millisecond (RFC 9562 §6.2, method 1: a 12-bit counter).</summary>
    public static Guid New(DateTimeOffset now)
    {
        long milliseconds = now.ToUnixTimeMilliseconds(), second = milliseconds / 1000, time = milliseconds << 12;
        ref long last = ref _last[second % _last.Length];
        long seen, next;
        do
        {
            seen = Volatile.Read(ref last);
            next = seen >= time && (seen >> 12) / 1000 == second ? seen + 1 : time;
        }
        while (Interlocked.CompareExchange(ref last, next, seen) != seen);

        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, (next >> 12 << 16) | 0x7000 | (next & 0xFFF));
        RandomNumberGenerator.Fill(bytes[8..]);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>Not above any id made at that instant or later, not below any made before.</summary>
    public static Guid First(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteInt64BigEndian(bytes, at.ToUnixTimeMilliseconds() << 16);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>When it was made, to the millisecond; for any other UUID some time.</summary>
    public static DateTimeOffset TimeOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16, 253402300799999));
    }
}
