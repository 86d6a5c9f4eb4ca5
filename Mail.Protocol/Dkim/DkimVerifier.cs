using System.Security.Cryptography;
using Mail.Protocol.Dns;

namespace Mail.Protocol.Dkim;

/// <summary>Verifies the DKIM signatures of messages (RFC 6376 §6, RFC 8301, RFC 8463). Made once and used by any number of threads.
/// A message that was made to do harm costs linear time and gives results like any other; nothing in it is an exception.</summary>
public sealed class DkimVerifier
{
    private const int MaxRecords = 4; // texts at one selector that are tried; there should be one (RFC 6376 §3.6.2.2)

    private readonly IDnsResolver _dns;
    private readonly DkimVerifierOptions _options;
    private readonly TimeProvider _clock;

    /// <summary>Makes a verifier.</summary>
    /// <param name="dns">Looks up the keys.</param>
    /// <param name="options">What counts.</param>
    /// <param name="clock">Says whether a signature's time is over.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit below one.</exception>
    public DkimVerifier(IDnsResolver dns, DkimVerifierOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(dns);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxSignatures, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MinimumRsaBits, 1, nameof(options));
        (_dns, _options, _clock) = (dns, options, clock);
    }

    /// <summary>Verifies all signatures of a message.</summary>
    /// <param name="message">Header, empty line and body as they came over the wire, lines ending in CRLF, without dot-stuffing. Read before the first wait.</param>
    /// <param name="ct">Ends the wait for DNS.</param>
    /// <returns>One result for each signature, from the top; empty for an unsigned message. Beyond <see cref="DkimVerifierOptions.MaxSignatures"/>, one for all.</returns>
    public async ValueTask<IReadOnlyList<DkimVerification>> VerifyAsync(ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        List<SignedContent> contents = SignedContent.Read(message.Span, _options, IsSupported, out int more);
        Task<DkimVerification>[] running = [.. contents.Select(content => JudgeAsync(content, ct))];
        DkimVerification[] results = await Task.WhenAll(running).ConfigureAwait(false);
        return more == 0 ? results : [.. results, new DkimVerification(DkimSignature.None, DkimStatus.Policy, DkimProblem.TooManySignatures, $"{more} more signatures were not looked at.")];
    }

    private bool IsSupported(DkimSignature signature) => signature.Algorithm switch
    {
        DkimAlgorithm.RsaSha1 => _options.AcceptHistoric,
        DkimAlgorithm.Ed25519Sha256 => _options.Ed25519 is not null,
        _ => true,
    };

    private async Task<DkimVerification> JudgeAsync(SignedContent content, CancellationToken ct)
    {
        DkimSignature signature = content.Signature;
        if (signature.Problem != DkimProblem.None) return Result(content, signature.Problem, signature.Detail);
        if (content.IsAmbiguous) return Result(content, DkimProblem.AmbiguousHeader, "The header holds a CR or LF alone, or a From that is not covered.");
        if (signature.ExpiresAt < _clock.GetUtcNow()) return Result(content, DkimProblem.Expired, "The signature has expired.");
        if (!IsSupported(signature))
            return signature.Algorithm == DkimAlgorithm.RsaSha1
                ? Result(content, DkimProblem.ObsoleteAlgorithm, "The signature uses SHA-1.")
                : Result(content, DkimProblem.UnsupportedAlgorithm, "Ed25519 is not available here.");

        DnsAnswer answer = await _dns.TextsAsync($"{signature.Selector}._domainkey.{signature.Domain}", ct).ConfigureAwait(false);
        if (!answer.IsDefinite) return Result(content, DkimProblem.KeyUnavailable, "The key could not be looked up.");
        if (answer.Outcome != DnsOutcome.Found) return Result(content, DkimProblem.NoKey, "There is no key at the selector.");
        return Judge(content, answer.Texts.Take(MaxRecords));
    }

    // Of several records the one that lets the signature pass counts, else the first one's answer.
    private DkimVerification Judge(SignedContent content, IEnumerable<string> texts)
    {
        DkimVerification? first = null;
        foreach (string text in texts)
        {
            DkimVerification result = DkimKeyRecord.TryParse(text, out DkimKeyRecord? record, out string? error)
                ? Judge(content, record)
                : Result(content, DkimProblem.KeySyntax, $"The key record cannot be read: {error}");
            if (result.Status == DkimStatus.Pass) return result;
            if (first is null || first.Problem == DkimProblem.KeySyntax) first = result;
        }
        return first ?? Result(content, DkimProblem.NoKey, "There is no key at the selector.");
    }

    private DkimVerification Judge(SignedContent content, DkimKeyRecord record)
    {
        DkimSignature signature = content.Signature;
        bool isRsa = signature.Algorithm != DkimAlgorithm.Ed25519Sha256;
        if (record.IsRevoked) return Result(content, DkimProblem.KeyRevoked, "The key is revoked.", record);
        if (record.KeyType != (isRsa ? "rsa" : "ed25519")) return Result(content, DkimProblem.KeyNotForThis, "The key is for another algorithm.", record);
        if (!record.AllowsHash(signature.Algorithm == DkimAlgorithm.RsaSha1 ? "sha1" : "sha256")) return Result(content, DkimProblem.KeyNotForThis, "The key does not allow this hash.", record);
        if (!record.AllowsEmail) return Result(content, DkimProblem.KeyNotForThis, "The key is not for mail.", record);
        if (record.IsStrict && signature.IdentityDomain != signature.Domain) return Result(content, DkimProblem.IdentityOutsideDomain, "The key does not allow identities below its domain.", record);
        if (record.KeySize == 0) return Result(content, DkimProblem.KeySyntax, "The key cannot be read.", record);
        if (isRsa && record.KeySize < _options.MinimumRsaBits) return Result(content, DkimProblem.KeyTooShort, $"The key has {record.KeySize} bits.", record);

        if (!content.BodyMatches) return Result(content, DkimProblem.BodyAltered, "The body is not the one that was signed.", record);
        bool isRight = isRsa ? VerifyRsa(content, record) : _options.Ed25519!(record.PublicKey.Span, content.HeaderHash, signature.Signature);
        return isRight ? Result(content, DkimProblem.None, null, record) : Result(content, DkimProblem.SignatureWrong, "The signature does not fit the message and the key.", record);
    }

    private static bool VerifyRsa(SignedContent content, DkimKeyRecord record)
    {
        using RSA? key = DkimPublicKey.ReadRsa(record.PublicKey.Span);
        if (key is null) return false;
        HashAlgorithmName hash = content.Signature.Algorithm == DkimAlgorithm.RsaSha1 ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256;
        return key.VerifyHash(content.HeaderHash, content.Signature.Signature, hash, RSASignaturePadding.Pkcs1);
    }

    private static DkimVerification Result(SignedContent content, DkimProblem problem, string? detail, DkimKeyRecord? record = null) =>
        new(content.Signature, StatusOf(problem), problem, detail)
        {
            UncoveredOctets = content.UncoveredOctets,
            KeySize = record?.KeySize ?? 0,
            IsTesting = record?.IsTesting ?? false,
        };

    private static DkimStatus StatusOf(DkimProblem problem) => problem switch
    {
        DkimProblem.None => DkimStatus.Pass,
        DkimProblem.Expired or DkimProblem.BodyAltered or DkimProblem.SignatureWrong => DkimStatus.Fail,
        DkimProblem.KeyTooShort or DkimProblem.ObsoleteAlgorithm or DkimProblem.TooManySignatures or DkimProblem.AmbiguousHeader => DkimStatus.Policy,
        DkimProblem.KeyUnavailable => DkimStatus.TempError,
        DkimProblem.Syntax or DkimProblem.UnsupportedVersion or DkimProblem.UnsupportedAlgorithm or DkimProblem.UnsupportedCanonicalization or DkimProblem.UnsupportedQuery => DkimStatus.Neutral,
        _ => DkimStatus.PermError,
    };
}
