using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Mail.Protocol.Dkim;

/// <summary>
/// The public key of a selector as it is published in a TXT record (RFC 6376 §3.6.1): made for a key, read from DNS, compared with a key. Immutable.
/// </summary>
public sealed class DkimKeyRecord
{
    /// <summary>The octets one string of a TXT record can hold (RFC 1035 §3.3).</summary>
    public const int MaxStringLength = 255;

    private const int MaxLength = 8 * 1024; // octets; an RSA-4096 key needs some 750

    private DkimKeyRecord(string keyType, ReadOnlyMemory<byte> publicKey) => (KeyType, PublicKey) = (keyType, publicKey);

    /// <summary>What the key is for (<c>k=</c>), in lower case: <c>rsa</c>, <c>ed25519</c>, or a type that is not known here.</summary>
    public string KeyType { get; }

    /// <summary>The octets of <c>p=</c>; empty when the key is revoked.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>Whether <c>p=</c> is empty: signatures with this selector count no more.</summary>
    public bool IsRevoked => PublicKey.IsEmpty;

    /// <summary>The hash algorithms that signatures may use (<c>h=</c>), in lower case; empty means any.</summary>
    public IReadOnlyList<string> HashAlgorithms { get; private init; } = [];

    /// <summary>What the key may be used for (<c>s=</c>), in lower case; empty means anything.</summary>
    public IReadOnlyList<string> ServiceTypes { get; private init; } = [];

    /// <summary>The domain is only testing DKIM (<c>t=y</c>): a signature that fails counts no less than none.</summary>
    public bool IsTesting { get; init; }

    /// <summary>The domain of <c>i=</c> must be that of <c>d=</c> itself, none below it (<c>t=s</c>).</summary>
    public bool IsStrict { get; init; }

    /// <summary>The length of an RSA modulus in bits, 256 for Ed25519, or 0 when the key is revoked or cannot be read.</summary>
    public int KeySize { get; private init; }

    /// <summary>The record to publish for a key.</summary>
    /// <param name="key">The key that signs.</param>
    /// <param name="testing">Whether to say that the domain is only testing (<c>t=y</c>).</param>
    public static DkimKeyRecord For(DkimPrivateKey key, bool testing = false)
    {
        ArgumentNullException.ThrowIfNull(key);
        string type = key.Algorithm == DkimAlgorithm.Ed25519Sha256 ? "ed25519" : "rsa";
        return new DkimKeyRecord(type, key.PublicKey) { IsTesting = testing, KeySize = DkimPublicKey.SizeOf(type, key.PublicKey.Span) };
    }

    /// <summary>The DNS name at which a selector's key is published, such as <c>2026a._domainkey.example.com</c> (RFC 6376 §3.6.2.1).</summary>
    /// <exception cref="ArgumentException">Not a selector or not a domain, or both together longer than a DNS name.</exception>
    public static string NameOf(string selector, string domain) =>
        DkimNames.RecordName(DkimNames.Selector(selector, nameof(selector)), DkimNames.Domain(domain, nameof(domain)), nameof(selector));

    /// <summary>Reads the text of a TXT record, its strings joined without anything between them (RFC 6376 §3.6.2.2).</summary>
    /// <param name="text">The text.</param>
    /// <param name="record">The record, or <see langword="null"/> when the result is <see langword="false"/>.</param>
    /// <param name="error">One sentence that says what is wrong, or <see langword="null"/> when the result is <see langword="true"/>.</param>
    /// <returns>Whether it is a key record. One that is revoked, or holds a key that cannot be read, still is.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DkimKeyRecord? record, [NotNullWhen(false)] out string? error)
    {
        record = null;
        if (string.IsNullOrWhiteSpace(text)) error = "The record is empty.";
        else if (text.Length > MaxLength) error = $"The record is longer than {MaxLength} characters.";
        else if (TagList.TryParse(Encoding.UTF8.GetBytes(text), out TagList? tags, out error)) error = Read(tags, out record);
        return error is null;
    }

    /// <summary>Reads a record as <see cref="TryParse"/> does.</summary>
    /// <exception cref="FormatException">Not a key record; the message says why.</exception>
    public static DkimKeyRecord Parse(string text) => TryParse(text, out DkimKeyRecord? record, out string? error) ? record : throw new FormatException(error);

    /// <summary>Whether verifiers that find this record accept what a key signs.</summary>
    public DkimKeyMatch Match(DkimPrivateKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (IsRevoked) return DkimKeyMatch.Revoked;
        if (KeyType != (key.Algorithm == DkimAlgorithm.Ed25519Sha256 ? "ed25519" : "rsa")) return DkimKeyMatch.OtherKeyType;
        if (!DkimPublicKey.AreEqual(KeyType, PublicKey.Span, key.PublicKey.Span)) return DkimKeyMatch.OtherKey;
        if (!AllowsHash("sha256")) return DkimKeyMatch.HashNotAllowed;
        return AllowsEmail ? DkimKeyMatch.Same : DkimKeyMatch.ServiceNotAllowed;
    }

    /// <summary>The record's text, such as <c>v=DKIM1; k=rsa; p=MIIB...</c>.</summary>
    public override string ToString()
    {
        StringBuilder text = new("v=DKIM1; k=");
        text.Append(KeyType).Append("; ");
        if (HashAlgorithms.Count > 0) text.Append("h=").AppendJoin(':', HashAlgorithms).Append("; ");
        if (ServiceTypes.Count > 0) text.Append("s=").AppendJoin(':', ServiceTypes).Append("; ");
        if (IsTesting || IsStrict) text.Append("t=").Append(IsTesting ? IsStrict ? "y:s" : "y" : "s").Append("; ");
        return text.Append("p=").Append(Convert.ToBase64String(PublicKey.Span)).ToString();
    }

    /// <summary>The text in strings of at most 255 octets, as DNS carries it: readers join them without anything between.</summary>
    public IReadOnlyList<string> ToStrings() => [.. ToString().Chunk(MaxStringLength).Select(chunk => new string(chunk))];

    /// <summary>The text as zone files and most web forms of DNS operators take it: each string in double quotes, a space between.</summary>
    public string ToZoneText() => string.Join(' ', ToStrings().Select(part => $"\"{part}\""));

    internal bool AllowsHash(string algorithm) => HashAlgorithms.Count == 0 || HashAlgorithms.Contains(algorithm);

    internal bool AllowsEmail => ServiceTypes.Count == 0 || ServiceTypes.Contains("*") || ServiceTypes.Contains("email");

    private static string? Read(TagList tags, out DkimKeyRecord? record)
    {
        record = null;
        if (tags.Text("v") is { } version)
        {
            if (version != "DKIM1") return "The version is not DKIM1.";
            if (!tags.IsFirst("v")) return "The tag v is not the first.";
        }
        if (!tags.TryGet("p", out _)) return "The tag p is missing.";
        if (tags.Base64("p") is not { } publicKey) return "The tag p is not base64.";
        string type = (tags.Text("k") ?? "rsa").ToLowerInvariant();
        if (type.Length == 0) return "The tag k is empty.";
        string[] flags = Words(tags.Folded("t"));
        record = new DkimKeyRecord(type, publicKey)
        {
            HashAlgorithms = Words(tags.Folded("h")),
            ServiceTypes = Words(tags.Folded("s")),
            IsTesting = flags.Contains("y"),
            IsStrict = flags.Contains("s"),
            KeySize = DkimPublicKey.SizeOf(type, publicKey),
        };
        return null;
    }

    private static string[] Words(string? list) => list is null ? [] : list.ToLowerInvariant().Split(':', StringSplitOptions.RemoveEmptyEntries);
}
