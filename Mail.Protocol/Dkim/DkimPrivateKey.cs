namespace Mail.Protocol.Dkim;

/// <summary>
/// What signs: a private key and the public key that is published for it. <see cref="DkimRsaKey"/> is ours; a class of your own can sign with
/// a hardware module, or with Ed25519 (RFC 8463), for which .NET 10 has no implementation on any platform.
/// </summary>
/// <remarks>Safe for use by several threads at once; a class of your own must be so too.</remarks>
public abstract class DkimPrivateKey : IDisposable
{
    /// <summary>What the signatures are made with.</summary>
    public abstract DkimAlgorithm Algorithm { get; }

    /// <summary>The octets of the tag <c>p=</c>: SubjectPublicKeyInfo in DER for RSA (RFC 6376 §3.6.1), the 32 octets of the key itself for Ed25519 (RFC 8463 §4).</summary>
    public abstract ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>The length of every signature in octets: 256 for RSA-2048, 64 for Ed25519.</summary>
    public abstract int SignatureLength { get; }

    /// <summary>Signs the SHA-256 of what DKIM covers: PKCS #1 v1.5 over the hash for RSA (RFC 6376 §3.3.2), PureEdDSA over the 32 octets of the hash
    /// for Ed25519 (RFC 8463 §3).</summary>
    /// <param name="hash">32 octets.</param>
    /// <param name="signature">Takes exactly <see cref="SignatureLength"/> octets.</param>
    public abstract void SignHash(ReadOnlySpan<byte> hash, Span<byte> signature);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Forgets the key; a signature that is being made elsewhere may fail.</summary>
    /// <param name="disposing">Always <see langword="true"/>: there is no finalizer here.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
