using System.Text;

namespace Mail.Protocol.Dkim;

/// <summary>What became of one signature of a message, and what it says. Names and identity come from the message: true only when the status is pass.</summary>
public sealed class DkimVerification
{
    internal DkimVerification(DkimSignature signature, DkimStatus status, DkimProblem problem, string? detail)
    {
        (Status, Problem, Detail) = (status, problem, detail);
        (Domain, Selector, Identity) = (signature.Domain, signature.Selector, signature.Identity);
        (Algorithm, Headers) = (signature.AlgorithmName, signature.Headers);
        (SignedAt, ExpiresAt, BodyLength) = (signature.SignedAt, signature.ExpiresAt, signature.BodyLength);
        SignatureStart = signature.Signature.Length == 0 ? null : Convert.ToBase64String(signature.Signature.AsSpan(0, Math.Min(6, signature.Signature.Length)));
    }

    /// <summary>The result.</summary>
    public DkimStatus Status { get; }

    /// <summary>Why it is not pass.</summary>
    public DkimProblem Problem { get; }

    /// <summary>The problem in a sentence for people, or <see langword="null"/>.</summary>
    public string? Detail { get; }

    /// <summary>The domain that answers for the message (<c>d=</c>), in ASCII and lower case, or <see langword="null"/> when it cannot be read.</summary>
    public string? Domain { get; }

    /// <summary>The selector (<c>s=</c>), in lower case, or <see langword="null"/> when it cannot be read.</summary>
    public string? Selector { get; }

    /// <summary>The identity (<c>i=</c>), by default <c>@domain</c>, or <see langword="null"/> when it was not read. Free of control characters.</summary>
    public string? Identity { get; }

    /// <summary>The algorithm (<c>a=</c>) as it is named, in lower case, or <see langword="null"/> when it cannot be read.</summary>
    public string? Algorithm { get; }

    /// <summary>The header names that the signature covers (<c>h=</c>), in its order.</summary>
    public IReadOnlyList<string> Headers { get; }

    /// <summary>When it was signed, as the signer says (<c>t=</c>).</summary>
    public DateTimeOffset? SignedAt { get; }

    /// <summary>Until when it counts (<c>x=</c>).</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>How many octets of the canonical body are covered (<c>l=</c>); <see langword="null"/> means all.</summary>
    public long? BodyLength { get; }

    /// <summary>How many octets at the end of the canonical body are not covered because of <c>l=</c>: anybody may have added them (RFC 6376 §8.2).</summary>
    public long UncoveredOctets { get; internal init; }

    /// <summary>The size of the domain's key in bits, 0 when none was read.</summary>
    public int KeySize { get; internal init; }

    /// <summary>Whether the domain says that it is only testing DKIM (<c>t=y</c>): a message that fails is then to be treated as an unsigned one (RFC 6376 §3.6.1).</summary>
    public bool IsTesting { get; internal init; }

    /// <summary>The first eight characters of <c>b=</c>, which tell signatures of one domain apart (RFC 6008), or <see langword="null"/>.</summary>
    public string? SignatureStart { get; }

    /// <summary>The result as a part of an Authentication-Results field (RFC 8601 §2.2, §2.7.1), such as
    /// <c>dkim=pass header.d=example.com header.i=@example.com header.s=2026a header.a=rsa-sha256 header.b="dzdVyOfA"</c>.</summary>
    public string ToAuthenticationResult()
    {
        StringBuilder text = new("dkim=");
        text.Append(Status.ToString().ToLowerInvariant());
        if (Problem != DkimProblem.None) text.Append(" reason=").Append(Quoted(Detail ?? Problem.ToString()));
        Append(text, "d", Domain);
        Append(text, "i", Identity);
        Append(text, "s", Selector);
        Append(text, "a", Algorithm);
        if (SignatureStart is not null) text.Append(" header.b=").Append(Quoted(SignatureStart));
        return text.ToString();
    }

    /// <inheritdoc/>
    public override string ToString() => ToAuthenticationResult();

    private static void Append(StringBuilder text, string property, string? value)
    {
        if (value is null) return;
        bool plain = value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '@' or '+');
        text.Append(" header.").Append(property).Append('=').Append(plain ? value : Quoted(value));
    }

    private static string Quoted(string value) => $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
