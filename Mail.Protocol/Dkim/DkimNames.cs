using System.Globalization;
using System.Text;

namespace Mail.Protocol.Dkim;

/// <summary>Domains and selectors that may stand in a signature and in DNS: nothing else can get into a header by them.</summary>
internal static class DkimNames
{
    private const int MaxName = 253;  // octets of a whole name without the last dot (RFC 1035 §2.3.4)
    private const int MaxLabel = 63;

    private static readonly IdnMapping _idn = new() { UseStd3AsciiRules = true, AllowUnassigned = false };

    /// <summary>The domain as it is signed: lower case, internationalized labels as A-labels (RFC 8616 §5).</summary>
    public static string Domain(string domain, string parameter)
    {
        ArgumentNullException.ThrowIfNull(domain, parameter);
        return TryDomain(domain) ?? throw new ArgumentException($"\"{Show(domain)}\" is not a domain name: labels of letters, digits and hyphens with dots between, such as example.com.", parameter);
    }

    /// <summary>The selector as it is signed: lower case.</summary>
    public static string Selector(string selector, string parameter)
    {
        ArgumentNullException.ThrowIfNull(selector, parameter);
        return TrySelector(selector) ?? throw new ArgumentException($"\"{Show(selector)}\" is not a selector: labels of letters, digits, hyphens and underscores with dots between, such as 2026a.", parameter);
    }

    /// <summary>The domain in ASCII and lower case, or <see langword="null"/> when it is none.</summary>
    public static string? TryDomain(string? domain)
    {
        if (domain is not { Length: > 0 and <= MaxName }) return null;
        if (!Ascii.IsValid(domain))
        {
            // IdnMapping reports a bad name only by exception.
            try { domain = _idn.GetAscii(domain); }
            catch (ArgumentException) { return null; }
        }
        return IsDomain(Encoding.ASCII.GetBytes(domain)) ? domain.ToLowerInvariant() : null;
    }

    /// <summary>The selector in lower case, or <see langword="null"/> when it is none.</summary>
    public static string? TrySelector(string? selector) =>
        selector is { Length: > 0 and <= MaxName } && Ascii.IsValid(selector) && IsName(Encoding.ASCII.GetBytes(selector)) ? selector.ToLowerInvariant() : null;

    /// <summary>Whether both together make a DNS name.</summary>
    public static bool Fits(string selector, string domain) => selector.Length + "._domainkey.".Length + domain.Length <= MaxName;

    /// <summary>Where the public key of a selector is published (RFC 6376 §3.6.2.1).</summary>
    public static string RecordName(string selector, string domain, string parameter)
    {
        string name = $"{selector}._domainkey.{domain}";
        return Fits(selector, domain) ? name : throw new ArgumentException($"{name} is longer than the {MaxName} octets of a DNS name.", parameter);
    }

    /// <summary>The agent or user as it is signed (<c>i=</c>, RFC 6376 §3.5): the local part in dkim-quoted-printable, the domain the signer's or one below it.</summary>
    public static string Identity(string identity, string signer, string parameter)
    {
        int at = identity.LastIndexOf('@');
        if (at < 0) throw new ArgumentException($"The identity \"{Show(identity)}\" has no @.", parameter);
        string domain = Domain(identity[(at + 1)..], parameter);
        if (!IsWithin(domain, signer)) throw new ArgumentException($"The identity's domain {domain} is neither {signer} nor below it (RFC 6376 §3.5).", parameter);
        StringBuilder encoded = new();
        foreach (byte b in Encoding.UTF8.GetBytes(identity[..at]))
        {
            if (b is > 0x20 and < 0x7F and not ((byte)';' or (byte)'=')) encoded.Append((char)b); // dkim-safe-char (RFC 6376 §2.11)
            else encoded.Append('=').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        }
        if (encoded.Length > 256) throw new ArgumentException("The local part of the identity is too long.", parameter);
        return encoded.Append('@').Append(domain).ToString();
    }

    /// <summary>Whether a name is a domain or lies below it, in any case.</summary>
    public static bool IsWithin(ReadOnlySpan<char> name, ReadOnlySpan<char> domain) =>
        name.EndsWith(domain, StringComparison.OrdinalIgnoreCase) && (name.Length == domain.Length || name[^(domain.Length + 1)] == '.');

    /// <summary>Two labels or more, and a name.</summary>
    public static bool IsDomain(ReadOnlySpan<byte> name) => IsName(name) && name.Contains((byte)'.') && !name.Contains((byte)'_');

    /// <summary>Labels of letters, digits, hyphens and underscores (which selectors in use have, though RFC 6376 §3.1 does not know them).</summary>
    public static bool IsName(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > MaxName) return false;
        foreach (Range range in name.Split((byte)'.'))
        {
            ReadOnlySpan<byte> label = name[range];
            if (label.Length is 0 or > MaxLabel || label[0] == '-' || label[^1] == '-') return false;
            foreach (byte b in label)
                if (!char.IsAsciiLetterOrDigit((char)b) && b is not ((byte)'-' or (byte)'_')) return false;
        }
        return true;
    }

    // A message about a bad name may stand in a log: no line breaks and no endless text.
    private static string Show(string text)
    {
        StringBuilder shown = new();
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, 80))) shown.Append(char.IsControl(c) ? '?' : c);
        return text.Length > 80 ? shown.Append("...").ToString() : shown.ToString();
    }
}
