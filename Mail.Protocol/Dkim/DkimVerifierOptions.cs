namespace Mail.Protocol.Dkim;

/// <summary>Verifies an Ed25519 signature (RFC 8032 §5.1.7, PureEdDSA).</summary>
/// <param name="publicKey">32 octets.</param>
/// <param name="message">What was signed: for DKIM the 32 octets of a SHA-256 (RFC 8463 §3).</param>
/// <param name="signature">The signature, of any length.</param>
/// <returns>Whether the signature is right.</returns>
public delegate bool Ed25519Verification(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);

/// <summary>What counts in verification.</summary>
public sealed record DkimVerifierOptions
{
    /// <summary>How many signatures of a message are verified, from the top; each may cost a DNS lookup and two passes over the message.</summary>
    public int MaxSignatures { get; init; } = 10;

    /// <summary>The fewest bits of an RSA key whose signatures count (RFC 8301 §3.2 demands 1024). Lower only to examine old mail.</summary>
    public int MinimumRsaBits { get; init; } = 1024;

    /// <summary>Whether to take what no standard allows any more: <c>rsa-sha1</c> (RFC 8301 §3.1), and the drafts before RFC 4871, which say
    /// <c>v=0.5</c> or no version, and <c>q=dns</c>. Only to examine old mail.</summary>
    public bool AcceptHistoric { get; init; }

    /// <summary>An implementation of Ed25519, which .NET 10 does not have. Without one such signatures are <see cref="DkimStatus.Neutral"/> with
    /// <see cref="DkimProblem.UnsupportedAlgorithm"/>: neither right nor wrong.</summary>
    public Ed25519Verification? Ed25519 { get; init; }
}
