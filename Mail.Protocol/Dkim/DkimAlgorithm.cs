namespace Mail.Protocol.Dkim;

/// <summary>What a signature is made with: the tag <c>a=</c> (RFC 6376 §3.3, RFC 8463).</summary>
public enum DkimAlgorithm
{
    /// <summary><c>rsa-sha256</c>: what every verifier knows.</summary>
    RsaSha256,

    /// <summary><c>ed25519-sha256</c> (RFC 8463). .NET 10 has no Ed25519 of its own: see <see cref="DkimPrivateKey"/> and <see cref="DkimVerifierOptions.Ed25519"/>.</summary>
    Ed25519Sha256,

    /// <summary><c>rsa-sha1</c>: broken, never signed with and refused in verification unless old mail is examined (RFC 8301 §3.1).</summary>
    RsaSha1,
}
