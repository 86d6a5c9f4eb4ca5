using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Mail.Core.Common;
using Mail.Core.Database;

namespace Mail.Core.Tracking;

/// <summary>What a link or picture of a tracked mail stands for.</summary>
/// <param name="DeliveryId">The recipient. Their address stands in no link: logs of proxies shall not hold it, and after an erasure nothing brings it back.</param>
/// <param name="Target">Where the link leads; null for the picture.</param>
/// <param name="Conversion">What a click counts as; null for nothing more than a click.</param>
public sealed record TrackedTarget(ProjectId ProjectId, MessageId MessageId, DeliveryId DeliveryId, string? Target, string? Conversion = null);

/// <summary>
/// The addresses in tracked mails. A token holds all that is needed to lead a reader on, under a signature: links work for as long as the installation's key
/// lives, also when the message is gone, and lead nowhere that its sender did not write.
/// </summary>
public sealed class TrackingLinks(InstallationKeys keys)
{
    /// <summary>Below the address that links lead to.</summary>
    public const string OpenPath = "/t/o/", ClickPath = "/t/c/";

    /// <summary>Octets of the longest target: with its token a request line stays below the 8 KB that servers read.</summary>
    public const int LongestTarget = 4096;

    private const string KeyName = "tracking";
    private const byte Version = 1 << 1, Converts = 1 << 2;
    private const int IdLength = 16, HeadLength = 1 + (3 * IdLength), TagLength = 16;
    private const int LongestName = 1 + 64; // with its length before it
    private static readonly int _longestToken = Base64Url.GetEncodedLength(HeadLength + LongestName + LongestTarget + TagLength);

    private byte[]? _key;

    /// <summary>Fetches the key, so that links are read while the database is away.</summary>
    public async ValueTask<byte[]> KeyAsync(CancellationToken ct) => _key ??= await keys.GetAsync(KeyName, ct);

    /// <param name="target">For a click; empty for the picture.</param>
    /// <param name="conversion">A name (<see cref="NewConversion.IsName"/>) that a click counts as; empty for none.</param>
    public static void Write(StringBuilder output, ReadOnlySpan<byte> key, ProjectId projectId, MessageId messageId, DeliveryId deliveryId, ReadOnlySpan<char> target, ReadOnlySpan<char> conversion = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        Span<byte> bytes = stackalloc byte[HeadLength + LongestName + LongestTarget + TagLength];
        bytes[0] = (byte)(Version | (target.IsEmpty ? 0 : 1) | (conversion.IsEmpty ? 0 : Converts));
        projectId.Value.TryWriteBytes(bytes[1..], bigEndian: true, out _);
        messageId.Value.TryWriteBytes(bytes[(1 + IdLength)..], bigEndian: true, out _);
        deliveryId.Value.TryWriteBytes(bytes[(1 + (2 * IdLength))..], bigEndian: true, out _);
        int length = HeadLength;
        if (!conversion.IsEmpty)
        {
            bytes[length++] = (byte)conversion.Length;
            length += Encoding.ASCII.GetBytes(conversion, bytes[length..]);
        }

        length += Encoding.ASCII.GetBytes(target, bytes.Slice(length, LongestTarget));
        Sign(key, bytes[..length], bytes.Slice(length, TagLength));
        Span<char> token = stackalloc char[Base64Url.GetEncodedLength(length + TagLength)];
        Base64Url.EncodeToChars(bytes[..(length + TagLength)], token);
        output.Append(token);
    }

    /// <param name="isClick">Which of the two it must be: a picture's token opens no link.</param>
    /// <returns>Null for what we have not made.</returns>
    public async ValueTask<TrackedTarget?> ReadAsync(string token, bool isClick, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (token.Length > _longestToken || !Base64Url.IsValid(token, out int length) || length < HeadLength + TagLength) return null;
        byte[] bytes = new byte[length];
        Base64Url.DecodeFromChars(token, bytes);
        return Read(await KeyAsync(ct), bytes, isClick);
    }

    private static TrackedTarget? Read(ReadOnlySpan<byte> key, ReadOnlySpan<byte> bytes, bool isClick)
    {
        ReadOnlySpan<byte> plain = bytes[..^TagLength];
        Span<byte> tag = stackalloc byte[TagLength];
        Sign(key, plain, tag);
        if (!CryptographicOperations.FixedTimeEquals(tag, bytes[^TagLength..])) return null; // forged, cut off, or of another installation
        if ((plain[0] & ~Converts) != (Version | (isClick ? 1 : 0)) || plain.Length > HeadLength != isClick) return null;
        int start = HeadLength + ((plain[0] & Converts) != 0 && isClick ? 1 + plain[HeadLength] : 0);
        if (start > plain.Length) return null;
        string? target = isClick ? Encoding.ASCII.GetString(plain[start..]) : null;
        if (target is not null && !TargetUrl.IsSafe(target)) return null;
        return new TrackedTarget(new ProjectId(Id(plain, 0)), new MessageId(Id(plain, 1)), new DeliveryId(Id(plain, 2)), target, start > HeadLength ? Encoding.ASCII.GetString(plain[(HeadLength + 1)..start]) : null);
    }

    private static Guid Id(ReadOnlySpan<byte> plain, int index) => new(plain.Slice(1 + (index * IdLength), IdLength), bigEndian: true);

    private static void Sign(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, Span<byte> tag)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, plain, whole);
        whole[..TagLength].CopyTo(tag);
    }
}
