using System.Buffers;
using System.Security.Cryptography;
using Mail.Protocol.Dkim;
using Mail.Protocol.Mime;
using Microsoft.Extensions.Configuration;

namespace Mail.Core.Domains;

/// <summary>
/// DKIM (RFC 6376) for the installation's own domain, by the settings of <see cref="Names"/>: what is sent from it, or from a domain below it, is signed as it
/// leaves. Without them nothing is signed here, and the relay may. Safe for many threads.
/// </summary>
public sealed class MessageSigning : IDisposable
{
    /// <summary>The setting that names the domain; hosts that only accept mail need to know it too.</summary>
    public const string DomainName = "DKIM_DOMAIN";

    private const string SelectorName = "DKIM_SELECTOR", KeyName = "DKIM_PRIVATE_KEY";
    private const int LongestField = 2048;

    private readonly DkimRsaKey? _key;
    private readonly DkimSigner? _signer;

    private MessageSigning(DkimRsaKey? key, DkimSigner? signer) => (_key, _signer) = (key, signer);

    /// <summary>What it is made from. A host lets each of them stand in a file too (NAME_FILE).</summary>
    public static IReadOnlyList<string> Names { get; } = [DomainName, SelectorName, KeyName];

    /// <summary>The DNS name where the public key has to stand; null when nothing is signed.</summary>
    public string? RecordName => _signer?.RecordName;

    /// <exception cref="InvalidSigningException">Only some of the settings are there, or one cannot be used. The message says what to set and repeats no key.</exception>
    public static MessageSigning Read(IConfiguration configuration, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        string? Setting(string name) => string.IsNullOrWhiteSpace(configuration[name]) ? null : configuration[name]!.Trim();
        if (Names.All(name => Setting(name) is null)) return new MessageSigning(null, null);
        if (Names.FirstOrDefault(name => Setting(name) is null) is { } missing)
            throw new InvalidSigningException($"{missing} is not set. Set {string.Join(", ", Names)} together, or none of them to leave signing to the relay.");
        DkimRsaKey key = ReadKey(Setting(KeyName)!);
        try
        {
            return new MessageSigning(key, new DkimSigner(new DkimSignerOptions { Domain = Setting(DomainName)!, Selector = Setting(SelectorName)! }, key, clock));
        }
        catch (ArgumentException e)
        {
            key.Dispose();
            throw new InvalidSigningException($"{DomainName} and {SelectorName} make no signature: {e.Message}");
        }
    }

    /// <summary>Whether mail of that sender is signed.</summary>
    public bool Covers(EmailAddress from)
    {
        ArgumentNullException.ThrowIfNull(from);
        return _signer is not null && IsOurs(from.AsciiDomain);
    }

    /// <param name="mime">The finished message.</param>
    /// <returns>It, with a signature before it when its From is of our domain.</returns>
    public ReadOnlyMemory<byte> Sign(EmailAddress from, ReadOnlyMemory<byte> mime)
    {
        ArgumentNullException.ThrowIfNull(from);
        if (!Covers(from)) return mime;
        ArrayBufferWriter<byte> signed = new(mime.Length + LongestField);
        _signer!.Sign(mime.Span, signed);
        signed.Write(mime.Span);
        return signed.WrittenMemory;
    }

    public void Dispose() => _key?.Dispose();

    private bool IsOurs(string domain) =>
        domain.EndsWith(_signer!.Domain, StringComparison.OrdinalIgnoreCase) && (domain.Length == _signer.Domain.Length || domain[^(_signer.Domain.Length + 1)] == '.');

    private static DkimRsaKey ReadKey(string pem)
    {
        try
        {
            return DkimRsaKey.FromPem(pem);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new InvalidSigningException($"{KeyName} is no RSA private key in PEM (-----BEGIN PRIVATE KEY-----): {e.Message}");
        }
    }
}

/// <summary>Signing cannot be set up as it is configured; the message is for the person who did.</summary>
public sealed class InvalidSigningException(string message) : Exception(message);
