using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Mail.Core.Common;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mail.Core.Database;

/// <summary>
/// SECRET_KEY wraps the key ring that stands in PostgreSQL (AES-256-GCM): who has the database, or a copy of it, does not have the secrets in it. SECRET_KEY_OLD is the one before, while
/// it is being replaced.
/// </summary>
public sealed class KeyRingWrap
{
    /// <summary>The settings. A host lets them stand in files too (NAME_FILE).</summary>
    public const string Name = "SECRET_KEY", OldName = "SECRET_KEY_OLD";

    private const string Random = "random characters or more, such as `openssl rand -base64 48` writes them.";
    private const int Shortest = 32, NonceLength = 12, TagLength = 16;

    private readonly byte[][] _keys;

    private KeyRingWrap(byte[][] keys) => _keys = keys;

    /// <summary>Whether keys are wrapped.</summary>
    public bool IsOn => _keys.Length > 0;

    /// <exception cref="SecretKeyException">It is too short to be random; or, in Production, is not set or a sample. The message names the setting and not its value.</exception>
    public static KeyRingWrap Read(IConfiguration configuration, IHostEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        string? current = configuration[Name]?.Trim(), old = configuration[OldName]?.Trim();
        if (environment.IsProduction()) RequireRandom(current);
        if (string.IsNullOrEmpty(current)) return string.IsNullOrEmpty(old) ? new KeyRingWrap([]) : throw new SecretKeyException($"{OldName} is set, and {Name} is not. Set both while the one takes the place of the other.");
        string[] all = string.IsNullOrEmpty(old) ? [current] : [current, old];
        if (all.Any(key => key.Length < Shortest)) throw new SecretKeyException($"{Name} must have {Shortest} {Random}");
        return new KeyRingWrap([.. all.Select(key => HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key), 32, info: "Mail key ring v1"u8.ToArray()))]);
    }

    private static void RequireRandom(string? current)
    {
        string remedy = $" Set it, or {Name}_FILE, for API and worker to {Shortest} {Random} Keep a copy apart from the database.";
        if (string.IsNullOrEmpty(current)) throw new SecretKeyException($"{Name} is not set. In Production who has the database, or a backup of it, must not have the secrets in it.{remedy}");
        if (SampleSecret.Problem(current) is { } problem) throw new SecretKeyException($"{Name} {problem}. Production refuses it.{remedy} Keys that are there are wrapped anew when this one is {OldName} for one start.");
    }

    internal string Wrap(string text)
    {
        byte[] plain = Encoding.UTF8.GetBytes(text), sealedBytes = new byte[NonceLength + TagLength + plain.Length];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, NonceLength));
        using AesGcm aes = new(_keys[0], TagLength);
        aes.Encrypt(sealedBytes.AsSpan(0, NonceLength), plain, sealedBytes.AsSpan(NonceLength + TagLength), sealedBytes.AsSpan(NonceLength, TagLength));
        CryptographicOperations.ZeroMemory(plain);
        return Convert.ToBase64String(sealedBytes);
    }

    /// <param name="isCurrent">Whether it needs no other wrap.</param>
    /// <exception cref="SecretKeyException">None of the keys opens it.</exception>
    internal string Unwrap(string wrapped, out bool isCurrent)
    {
        byte[] bytes = Convert.FromBase64String(wrapped), plain = new byte[bytes.Length - NonceLength - TagLength];
        for (int i = 0; i < _keys.Length; i++)
        {
            try
            {
                using AesGcm aes = new(_keys[i], TagLength);
                aes.Decrypt(bytes.AsSpan(0, NonceLength), bytes.AsSpan(NonceLength + TagLength), bytes.AsSpan(NonceLength, TagLength), plain);
                isCurrent = i == 0;
                return Encoding.UTF8.GetString(plain);
            }
            catch (AuthenticationTagMismatchException)
            {
                // The next one.
            }
        }

        throw new SecretKeyException(IsOn
            ? $"The key ring in the database was wrapped by another {Name}. Set the one that was used before, as {OldName} if it is to be replaced."
            : $"The key ring in the database is wrapped. Set {Name} to the one that was used before.");
    }
}

/// <summary>What is wrong with SECRET_KEY, and what to do: a host that has it does not start.</summary>
public sealed class SecretKeyException(string message) : CryptographicException(message);

/// <summary>Wraps each new key on its way into the database.</summary>
/// <param name="ring">The keys that are there, when one is added; null when they are wrapped anew.</param>
internal sealed class KeyRingEncryptor(KeyRingWrap wrap, Func<IEnumerable<XElement>>? ring = null) : IXmlEncryptor
{
    public const string ElementName = "wrapped";

    /// <exception cref="CryptographicException">
    /// A key that is there cannot be opened. Data Protection takes such a key for none and adds another one: a host that was left running while SECRET_KEY was replaced would a day later encrypt with a
    /// key that no other host can open. Refused, it goes on with the ring that it has read.
    /// </exception>
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        foreach (XElement wrapped in ring?.Invoke().Descendants(ElementName) ?? []) wrap.Unwrap(wrapped.Value, out _);
        return new EncryptedXmlInfo(new XElement(ElementName, wrap.Wrap(plaintextElement.ToString(SaveOptions.DisableFormatting))), typeof(KeyRingDecryptor));
    }
}

/// <summary>By this name it stands beside each wrapped key.</summary>
public sealed class KeyRingDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        ArgumentNullException.ThrowIfNull(encryptedElement);
        return XElement.Parse(services.GetRequiredService<KeyRingWrap>().Unwrap(encryptedElement.Value, out _));
    }
}
