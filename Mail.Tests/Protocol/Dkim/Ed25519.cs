using System.Numerics;
using System.Security.Cryptography;
using Mail.Protocol.Dkim;

namespace Mail.Tests.Protocol.Dkim;

/// <summary>Ed25519 (RFC 8032 §5.1) with big integers: slow and not safe against timing, good enough to test what a real implementation is plugged into.</summary>
internal static class Ed25519
{
    private static readonly BigInteger _p = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger _order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);
    private static readonly BigInteger _d = Mod(-121665 * Inverse(121666));
    private static readonly BigInteger _rootOfMinusOne = BigInteger.ModPow(2, (_p - 1) / 4, _p);
    private static readonly Point _base = Decode([0x58, .. Enumerable.Repeat((byte)0x66, 31)])!.Value;

    public static byte[] PublicKey(ReadOnlySpan<byte> seed) => Encode(Multiply(_base, Scalar(seed, out _)));

    public static byte[] Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> message)
    {
        BigInteger secret = Scalar(seed, out byte[] prefix);
        BigInteger nonce = Hash(prefix, message);
        byte[] r = Encode(Multiply(_base, nonce));
        BigInteger challenge = Hash([.. r, .. PublicKey(seed)], message);
        return [.. r, .. Little(BigInteger.Remainder(nonce + challenge * secret, _order))];
    }

    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != 32 || signature.Length != 64 || Decode(publicKey) is not { } key || Decode(signature[..32]) is not { } r) return false;
        BigInteger s = new(signature[32..], isUnsigned: true);
        if (s >= _order) return false;
        BigInteger challenge = Hash([.. signature[..32], .. publicKey], message);
        return Encode(Multiply(_base, s)).AsSpan().SequenceEqual(Encode(Add(r, Multiply(key, challenge))));
    }

    private static BigInteger Scalar(ReadOnlySpan<byte> seed, out byte[] prefix)
    {
        byte[] hash = SHA512.HashData(seed);
        prefix = hash[32..];
        hash[0] &= 248;
        hash[31] = (byte)(hash[31] & 63 | 64);
        return new BigInteger(hash.AsSpan(0, 32), isUnsigned: true);
    }

    private static BigInteger Hash(byte[] before, ReadOnlySpan<byte> message) => BigInteger.Remainder(new BigInteger(SHA512.HashData([.. before, .. message]), isUnsigned: true), _order);

    private static BigInteger Mod(BigInteger value) => (BigInteger.Remainder(value, _p) + _p) % _p;

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(value, _p - 2, _p);

    // Extended coordinates (RFC 8032 §5.1.4): x = X/Z, y = Y/Z, xy = T/Z, so that only the end needs a division.
    private static Point Add(Point p, Point q)
    {
        BigInteger a = Mod((p.Y - p.X) * (q.Y - q.X)), b = Mod((p.Y + p.X) * (q.Y + q.X)), c = Mod(2 * p.T * q.T * _d), d = Mod(2 * p.Z * q.Z);
        BigInteger e = b - a, f = d - c, g = d + c, h = b + a;
        return new Point(Mod(e * f), Mod(g * h), Mod(f * g), Mod(e * h));
    }

    private static Point Multiply(Point point, BigInteger factor)
    {
        Point result = new(0, 1, 1, 0);
        for (; factor > 0; factor >>= 1, point = Add(point, point))
            if (!factor.IsEven) result = Add(result, point);
        return result;
    }

    private static byte[] Little(BigInteger value)
    {
        byte[] octets = new byte[32];
        value.TryWriteBytes(octets, out _, isUnsigned: true);
        return octets;
    }

    private static byte[] Encode(Point point)
    {
        BigInteger inverse = Inverse(point.Z);
        byte[] octets = Little(Mod(point.Y * inverse));
        if (!Mod(point.X * inverse).IsEven) octets[31] |= 0x80;
        return octets;
    }

    private static Point? Decode(ReadOnlySpan<byte> octets)
    {
        byte[] copy = octets.ToArray();
        bool odd = (copy[31] & 0x80) != 0;
        copy[31] &= 0x7F;
        BigInteger y = new(copy, isUnsigned: true);
        if (y >= _p) return null;
        BigInteger square = Mod((y * y - 1) * Inverse(Mod(_d * y * y + 1)));
        BigInteger x = BigInteger.ModPow(square, (_p + 3) / 8, _p);
        if (Mod(x * x - square) != 0) x = x * _rootOfMinusOne % _p;
        if (Mod(x * x - square) != 0) return null;
        if (x.IsEven == odd) x = Mod(-x);
        return new Point(x, y, 1, Mod(x * y));
    }

    private readonly record struct Point(BigInteger X, BigInteger Y, BigInteger Z, BigInteger T);

    /// <summary>A key as a class of one's own plugs it in.</summary>
    internal sealed class Key(byte[] seed) : DkimPrivateKey
    {
        public override DkimAlgorithm Algorithm => DkimAlgorithm.Ed25519Sha256;
        public override ReadOnlyMemory<byte> PublicKey { get; } = Ed25519.PublicKey(seed);
        public override int SignatureLength => 64;
        public override void SignHash(ReadOnlySpan<byte> hash, Span<byte> signature) => Ed25519.Sign(seed, hash).CopyTo(signature);
    }
}
