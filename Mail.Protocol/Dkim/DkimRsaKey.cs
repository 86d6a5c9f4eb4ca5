using System.Security.Cryptography;

namespace Mail.Protocol.Dkim;

/// <summary>An RSA key for <c>rsa-sha256</c> (RFC 6376 §3.3, RFC 8301), imported once and used by any number of threads.</summary>
public sealed class DkimRsaKey : DkimPrivateKey
{
    /// <summary>The size that RFC 8301 §3.2 recommends for new keys; larger ones do not fit into one 512-octet DNS answer and are not everywhere accepted.</summary>
    public const int RecommendedBits = 2048;

    private const int MinimumBits = 1024; // RFC 8301 §3.2
    private const int MaximumBits = 4096; // verifiers need not take more (RFC 8301 §3.2)

    private readonly IdleSlots<RSA> _keys; // .NET does not promise that one RSA object may sign on two threads at once

    private DkimRsaKey(RSA key)
    {
        using (key)
        {
            if (key.KeySize is < MinimumBits or > MaximumBits)
                throw new CryptographicException($"The RSA key has {key.KeySize} bits; DKIM takes {MinimumBits} to {MaximumBits}.");
            KeySize = key.KeySize;
            PublicKey = key.ExportSubjectPublicKeyInfo();
            RSAParameters parameters;
            try { parameters = key.ExportParameters(includePrivateParameters: true); }
            catch (CryptographicException e) { throw new CryptographicException("The RSA key is a public one; signing needs the private key.", e); }
            _keys = new IdleSlots<RSA>(() => RSA.Create(parameters));
        }
    }

    /// <summary>The length of the modulus in bits.</summary>
    public int KeySize { get; }

    /// <inheritdoc/>
    public override DkimAlgorithm Algorithm => DkimAlgorithm.RsaSha256;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> PublicKey { get; }

    /// <inheritdoc/>
    public override int SignatureLength => (KeySize + 7) / 8;

    /// <summary>Makes a new key from the platform's random numbers. Takes some 100 ms for 2048 bits.</summary>
    /// <param name="bits">1024 to 4096; new keys should have at least 2048 (RFC 8301 §3.2).</param>
    /// <exception cref="ArgumentOutOfRangeException">Another size.</exception>
    public static DkimRsaKey Generate(int bits = RecommendedBits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, MinimumBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, MaximumBits);
        return new DkimRsaKey(RSA.Create(bits));
    }

    /// <summary>Reads a private key in PEM: PKCS #8 (<c>BEGIN PRIVATE KEY</c>) or PKCS #1 (<c>BEGIN RSA PRIVATE KEY</c>), not encrypted.</summary>
    /// <param name="pem">The text; what stands before and behind the key is ignored.</param>
    /// <exception cref="ArgumentException">No key in it, several, or an encrypted one.</exception>
    /// <exception cref="CryptographicException">Not an RSA key, not a private one, or of a size that DKIM does not take.</exception>
    public static DkimRsaKey FromPem(ReadOnlySpan<char> pem)
    {
        RSA key = RSA.Create();
        try
        {
            key.ImportFromPem(pem);
            return new DkimRsaKey(key);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>The private key in PEM (PKCS #8, not encrypted). A secret: keep it as one.</summary>
    public string ToPem()
    {
        RSA key = _keys.Take();
        try { return key.ExportPkcs8PrivateKeyPem(); }
        finally { _keys.Return(key); }
    }

    /// <inheritdoc/>
    public override void SignHash(ReadOnlySpan<byte> hash, Span<byte> signature)
    {
        RSA key = _keys.Take();
        try
        {
            if (!key.TrySignHash(hash, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, out int written) || written != signature.Length)
                throw new ArgumentException($"The signature has {SignatureLength} octets, its place {signature.Length}.", nameof(signature));
        }
        finally { _keys.Return(key); }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _keys.Dispose();
        base.Dispose(disposing);
    }
}
