using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Mail.Core.Webhooks;

/// <summary>Makes signing secrets (`whsec_` and base64, as Standard Webhooks has it) and keeps them unreadable in the database and its backups.</summary>
public sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    private const string Prefix = "whsec_";
    private const int KeyLength = 32; // octets; the standard asks for 24 to 64

    private readonly IDataProtector _protector = protection.CreateProtector("Mail.Core.Webhooks.Secrets.v1");

    public static string New() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyLength));

    public string Protect(string secret) => _protector.Protect(secret);

    /// <returns>The key to sign with; null when it was encrypted with a key ring that is gone.</returns>
    public byte[]? Key(string stored)
    {
        try
        {
            return KeyOf(_protector.Unprotect(stored));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public static byte[] KeyOf(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return Convert.FromBase64String(secret[Prefix.Length..]);
    }
}
