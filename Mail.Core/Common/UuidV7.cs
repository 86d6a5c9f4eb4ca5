using System.Buffers.Binary;

namespace Mail.Core.Common;

/// <summary>Time bounds over UUIDv7 ids, whose first 48 bits are the Unix time in milliseconds (RFC 9562 §5.7).</summary>
public static class UuidV7
{
    /// <summary>Not above any id made at that instant or later, not below any made before.</summary>
    public static Guid First(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteInt64BigEndian(bytes, at.ToUnixTimeMilliseconds() << 16);
        return new Guid(bytes, bigEndian: true);
    }
}
