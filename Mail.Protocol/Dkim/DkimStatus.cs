namespace Mail.Protocol.Dkim;

/// <summary>What became of one signature, in the words of RFC 8601 §2.7.1. A message without signatures is <c>none</c>: it has no results.</summary>
public enum DkimStatus
{
    /// <summary>The signature is right: the domain answers for what it covers.</summary>
    Pass,

    /// <summary>The signature is well-formed and wrong: the message was changed, the key is another, or its time is over.</summary>
    Fail,

    /// <summary>The signature is right or wrong, but of a kind that does not count: too weak by RFC 8301, or one of too many.</summary>
    Policy,

    /// <summary>The signature could not be processed: its syntax is broken, or its version or algorithm is not known here. Says nothing about the message.</summary>
    Neutral,

    /// <summary>The key could not be looked up now; later it may be.</summary>
    TempError,

    /// <summary>The signature can never be verified: its domain publishes no such key, or it lacks what it must have.</summary>
    PermError,
}

/// <summary>Why a signature did not pass.</summary>
public enum DkimProblem
{
    /// <summary>It passed.</summary>
    None,

    /// <summary>Not a tag list by RFC 6376 §3.2, a tag's value breaks §3.5, or the field is too long (<see cref="DkimStatus.Neutral"/>).</summary>
    Syntax,

    /// <summary>A version other than 1 (<see cref="DkimStatus.Neutral"/>).</summary>
    UnsupportedVersion,

    /// <summary>An algorithm that is not known, or Ed25519 without an implementation of it: see <see cref="DkimVerifierOptions.Ed25519"/> (<see cref="DkimStatus.Neutral"/>).</summary>
    UnsupportedAlgorithm,

    /// <summary>A canonicalization other than simple and relaxed (<see cref="DkimStatus.Neutral"/>).</summary>
    UnsupportedCanonicalization,

    /// <summary>A way to get the key other than DNS (<see cref="DkimStatus.Neutral"/>).</summary>
    UnsupportedQuery,

    /// <summary>A tag that must be there is not (<see cref="DkimStatus.PermError"/>).</summary>
    MissingTag,

    /// <summary>From is not covered (RFC 6376 §6.1.1; <see cref="DkimStatus.PermError"/>).</summary>
    FromNotSigned,

    /// <summary>The identity <c>i=</c> lies outside the domain <c>d=</c>, or below it where the key does not allow that (<see cref="DkimStatus.PermError"/>).</summary>
    IdentityOutsideDomain,

    /// <summary>The time in <c>x=</c> is over (<see cref="DkimStatus.Fail"/>).</summary>
    Expired,

    /// <summary>No key record at the selector (<see cref="DkimStatus.PermError"/>).</summary>
    NoKey,

    /// <summary>DNS gave no answer (<see cref="DkimStatus.TempError"/>).</summary>
    KeyUnavailable,

    /// <summary>The key record or the key in it cannot be read (<see cref="DkimStatus.PermError"/>).</summary>
    KeySyntax,

    /// <summary>The key counts no more (<see cref="DkimStatus.PermError"/>).</summary>
    KeyRevoked,

    /// <summary>The key record does not allow this algorithm, this hash, or mail (<see cref="DkimStatus.PermError"/>).</summary>
    KeyNotForThis,

    /// <summary>An RSA key of too few bits (RFC 8301 §3.2; <see cref="DkimStatus.Policy"/>).</summary>
    KeyTooShort,

    /// <summary>SHA-1 (RFC 8301 §3.1; <see cref="DkimStatus.Policy"/>).</summary>
    ObsoleteAlgorithm,

    /// <summary>The message has more signatures than are verified (<see cref="DkimStatus.Policy"/>).</summary>
    TooManySignatures,

    /// <summary>The header can be read in two ways: it holds a CR or LF alone, which some readers take for the end of a line, or From stands there
    /// more often than the signature covers (RFC 6376 §8.15). Who reads it the other way sees what nobody signed (<see cref="DkimStatus.Policy"/>).</summary>
    AmbiguousHeader,

    /// <summary>The body is not the one that was signed, or shorter than <c>l=</c> says (<see cref="DkimStatus.Fail"/>).</summary>
    BodyAltered,

    /// <summary>The covered header fields or the signature itself are not those that were signed, or another key signed (<see cref="DkimStatus.Fail"/>).</summary>
    SignatureWrong,
}
