using System.Security.Cryptography;

namespace Mail.Protocol.Dkim;

/// <summary>What stands in the tag <c>p=</c>. RSA keys come as SubjectPublicKeyInfo, as everybody publishes them, or as RSAPublicKey, as RFC 6376 §3.6.1 has it.</summary>
internal static class DkimPublicKey
{
    public const int Ed25519Length = 32; // octets, RFC 8463 §4.2

    private const int MaxRsaLength = 2048;  // octets in DER
    private const int MaxRsaBits = 8192;    // twice what verifiers must take (RFC 8301 §3.2); verification time grows with its square
    private const int MaxExponentLength = 8; // octets; in use are 3 and 65537

    /// <summary>The size in bits, or 0 for a key that cannot be read.</summary>
    public static int SizeOf(string type, ReadOnlySpan<byte> key)
    {
        if (type == "ed25519") return key.Length == Ed25519Length ? 256 : 0;
        if (type != "rsa") return 0;
        using RSA? rsa = ReadRsa(key);
        return rsa?.KeySize ?? 0;
    }

    public static bool AreEqual(string type, ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        if (one.SequenceEqual(other)) return true;
        if (type != "rsa") return false;
        using RSA? first = ReadRsa(one);
        using RSA? second = ReadRsa(other);
        return first is not null && second is not null && first.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(second.ExportSubjectPublicKeyInfo());
    }

    /// <summary>The RSA key, or <see langword="null"/> when the octets are none or one that would cost too much.</summary>
    public static RSA? ReadRsa(ReadOnlySpan<byte> key)
    {
        if (key.Length is 0 or > MaxRsaLength) return null;
        RSA rsa = RSA.Create();
        if (!TryImport(rsa, key, wrapped: true) && !TryImport(rsa, key, wrapped: false) || rsa.KeySize > MaxRsaBits || rsa.ExportParameters(false).Exponent!.Length > MaxExponentLength)
        {
            rsa.Dispose();
            return null;
        }
        return rsa;
    }

    private static bool TryImport(RSA rsa, ReadOnlySpan<byte> key, bool wrapped)
    {
        try // a key that is none is reported only by exception
        {
            int read;
            if (wrapped) rsa.ImportSubjectPublicKeyInfo(key, out read);
            else rsa.ImportRSAPublicKey(key, out read);
            return read == key.Length;
        }
        catch (CryptographicException) { return false; }
    }
}
