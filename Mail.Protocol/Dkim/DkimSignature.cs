using System.Globalization;
using System.Text;

namespace Mail.Protocol.Dkim;

/// <summary>A DKIM-Signature field, read by RFC 6376 §3.5 and judged as far as §6.1.1 goes without a key.</summary>
internal sealed class DkimSignature
{
    /// <summary>The longest field that is read or written, in octets; the longest in use have some 2,000.</summary>
    public const int MaxLength = 16 * 1024;

    private const int MaxTimeDigits = 12;
    private const int MaxLengthDigits = 18;  // of l=; RFC 6376 allows 76, no message has so many octets

    private static readonly string[] _required = ["v", "a", "b", "bh", "d", "h", "s"];

    private TagList? _tags;

    /// <summary>Stands for signatures that were not read.</summary>
    public static DkimSignature None { get; } = new();

    public DkimProblem Problem { get; private set; }
    public string? Detail { get; private set; }

    public string? Domain { get; private set; }
    public string? Selector { get; private set; }
    public string? Identity { get; private set; }
    public string? IdentityDomain { get; private set; }
    public string? AlgorithmName { get; private set; }
    public DkimAlgorithm Algorithm { get; private set; }
    public DkimCanonicalization HeaderForm { get; private set; }
    public DkimCanonicalization BodyForm { get; private set; }
    public IReadOnlyList<string> Headers { get; private set; } = [];
    public byte[] BodyHash { get; private set; } = [];
    public byte[] Signature { get; private set; } = [];
    public long? BodyLength { get; private set; }
    public DateTimeOffset? SignedAt { get; private set; }
    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>Where the value of b= with the white space around it stands in the field: it is left out of what is signed (RFC 6376 §3.7).</summary>
    public Range SignatureValue { get; private set; }

    /// <summary>Reads a field with its name. What is wrong with it stands in <see cref="Problem"/>; what could be read is there all the same.</summary>
    public static DkimSignature Read(ReadOnlySpan<byte> field, bool acceptHistoric)
    {
        DkimSignature signature = new();
        if (field.Length > MaxLength)
        {
            signature.Fail(DkimProblem.Syntax, $"The field is longer than {MaxLength} octets.");
            return signature;
        }
        int colon = field.IndexOf((byte)':');
        ReadOnlySpan<byte> value = field[(colon + 1)..];
        if (value.EndsWith("\r\n"u8)) value = value[..^2];
        if (!TagList.TryParse(value.ToArray(), out signature._tags, out string? error)) signature.Fail(DkimProblem.Syntax, error);
        else signature.ReadTags(colon + 1, acceptHistoric);
        return signature;
    }

    private void ReadTags(int offset, bool acceptHistoric)
    {
        TagList tags = _tags!;
        ReadNames(tags);
        string? missing = Array.Find(_required, tag => !tags.TryGet(tag, out _) && !(acceptHistoric && tag == "v"));
        if (tags.Text("v") is { } version && version != "1" && !(acceptHistoric && version == "0.5")) Fail(DkimProblem.UnsupportedVersion, "The version is not 1.");
        else if (missing is not null) Fail(DkimProblem.MissingTag, $"The tag {missing} is missing.");
        else if (Domain is null) Fail(DkimProblem.Syntax, "The tag d is no domain.");
        else if (Selector is null) Fail(DkimProblem.Syntax, "The tag s is no selector.");
        else if (!DkimNames.Fits(Selector, Domain)) Fail(DkimProblem.Syntax, "Selector and domain are longer than a DNS name.");
        else if (!ReadAlgorithm()) Fail(DkimProblem.UnsupportedAlgorithm, "The algorithm is not known.");
        else if (!ReadForms(tags.Text("c"))) Fail(DkimProblem.UnsupportedCanonicalization, "The canonicalization is not known.");
        else if (!ReadHeaders(tags.Text("h")!)) Fail(DkimProblem.Syntax, "The tag h is no list of header names.");
        else if (!Headers.Contains("From", StringComparer.OrdinalIgnoreCase)) Fail(DkimProblem.FromNotSigned, "From is not covered.");
        else if (tags.Folded("q") is { } query && !IsDns(query, acceptHistoric)) Fail(DkimProblem.UnsupportedQuery, "The key is not in DNS.");
        else if (tags.Base64("b") is not { Length: > 0 } signature) Fail(DkimProblem.Syntax, "The tag b is not base64.");
        else if (tags.Base64("bh") is not { } bodyHash || bodyHash.Length != (Algorithm == DkimAlgorithm.RsaSha1 ? 20 : 32)) Fail(DkimProblem.Syntax, "The tag bh is no hash in base64.");
        else if (!ReadNumbers(tags)) Fail(DkimProblem.Syntax, "One of the tags l, t and x is no such number, or x is not after t.");
        else if (!ReadIdentity(tags.Folded("i"))) Fail(DkimProblem.Syntax, "The tag i is no identity.");
        else if (!DkimNames.IsWithin(IdentityDomain, Domain)) Fail(DkimProblem.IdentityOutsideDomain, "The identity is outside the domain.");
        else
        {
            (Signature, BodyHash) = (signature, bodyHash);
            Range value = tags.WholeValue("b");
            SignatureValue = (value.Start.Value + offset)..(value.End.Value + offset);
        }
    }

    private static bool IsDns(string query, bool acceptHistoric)
    {
        string[] ways = query.Split(':');
        return ways.Contains("dns/txt", StringComparer.OrdinalIgnoreCase) || (acceptHistoric && ways.Contains("dns"));
    }

    private void Fail(DkimProblem problem, string detail) => (Problem, Detail) = (problem, detail);

    private void ReadNames(TagList tags)
    {
        Domain = DkimNames.TryDomain(tags.Text("d"));
        Selector = DkimNames.TrySelector(tags.Text("s"));
        AlgorithmName = tags.Text("a")?.ToLowerInvariant() is { Length: <= 32 } name && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? name : null;
    }

    private bool ReadAlgorithm()
    {
        Algorithm = AlgorithmName switch { "rsa-sha256" => DkimAlgorithm.RsaSha256, "ed25519-sha256" => DkimAlgorithm.Ed25519Sha256, "rsa-sha1" => DkimAlgorithm.RsaSha1, _ => (DkimAlgorithm)(-1) };
        return Enum.IsDefined(Algorithm);
    }

    // One word is the header's form; the body's is then simple (RFC 6376 §3.5).
    private bool ReadForms(string? text)
    {
        (DkimCanonicalization, DkimCanonicalization)? forms = text?.ToLowerInvariant() switch
        {
            null or "simple" or "simple/simple" => (DkimCanonicalization.Simple, DkimCanonicalization.Simple),
            "relaxed" or "relaxed/simple" => (DkimCanonicalization.Relaxed, DkimCanonicalization.Simple),
            "simple/relaxed" => (DkimCanonicalization.Simple, DkimCanonicalization.Relaxed),
            "relaxed/relaxed" => (DkimCanonicalization.Relaxed, DkimCanonicalization.Relaxed),
            _ => null,
        };
        (HeaderForm, BodyForm) = forms ?? default;
        return forms is not null;
    }

    private bool ReadHeaders(string text)
    {
        string[] names = text.Split(':');
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = names[i].Trim(' ', '\t', '\r', '\n'); // a list may be folded around its colons
            if (!DkimHeader.IsFieldName(names[i])) return false;
        }
        Headers = names;
        return true;
    }

    private bool ReadNumbers(TagList tags)
    {
        if (!TryNumber(tags.Text("l"), MaxLengthDigits, out long? length) || !TryNumber(tags.Text("t"), MaxTimeDigits, out long? signed) || !TryNumber(tags.Text("x"), MaxTimeDigits, out long? expires)) return false;
        BodyLength = length;
        SignedAt = Time(signed);
        ExpiresAt = Time(expires);
        return expires is null || signed is null || expires > signed;
    }

    private static bool TryNumber(string? text, int maxDigits, out long? number)
    {
        number = null;
        if (text is null) return true;
        string digits = text.TrimStart('0');
        if (text.Length == 0 || text.Length > 76 || digits.Length > maxDigits || text.AsSpan().ContainsAnyExceptInRange('0', '9')) return false;
        number = digits.Length == 0 ? 0 : long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        return true;
    }

    // Twelve digits reach beyond the year 9999.
    private static DateTimeOffset? Time(long? seconds) =>
        seconds is null ? null : seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.MaxValue : DateTimeOffset.FromUnixTimeSeconds(seconds.Value);

    private bool ReadIdentity(string? text)
    {
        Identity = $"@{Domain}";
        IdentityDomain = Domain;
        if (text is null) return true;
        if (Unquoted(text) is not { } identity) return false;
        int at = identity.LastIndexOf('@');
        if (at < 0 || DkimNames.TryDomain(identity[(at + 1)..]) is not { } domain) return false;
        IdentityDomain = domain;
        Identity = $"{identity[..at]}@{domain}";
        return true;
    }

    // dkim-quoted-printable (RFC 6376 §2.11); white space is gone already.
    private static string? Unquoted(string encoded)
    {
        if (encoded.Length > 1024) return null;
        List<byte> octets = [];
        for (int i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] != '=') octets.AddRange(Encoding.UTF8.GetBytes(encoded[i].ToString()));
            else if (i + 2 >= encoded.Length || !byte.TryParse(encoded.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte octet)) return null;
            else
            {
                octets.Add(octet);
                i += 2;
            }
        }
        string text = Encoding.UTF8.GetString([.. octets]);
        return text.Any(char.IsControl) ? null : text; // it may be shown, logged and put into a header
    }
}
