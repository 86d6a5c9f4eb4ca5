using System.Security.Cryptography;
using Mail.Core.Common;
using Mail.Protocol.Dkim;
using Microsoft.AspNetCore.DataProtection;

namespace Mail.Core.Domains;

/// <summary>Makes domains' keys, and keeps their private halves unreadable in the database and its backups.</summary>
public sealed class DomainSecrets(IDataProtectionProvider protection)
{
    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789"; // 32, none that is read as another
    private const int SelectorLetters = 8;

    private readonly IDataProtector _protector = protection.CreateProtector("Mail.Core.Domains.Keys.v1");

    /// <summary>
    /// A new key (RSA-2048, RFC 8301 §3.2) under a selector of its own. Random, because a domain may stand in several projects: each publishes its own key, and
    /// none can take or guess another's place.
    /// </summary>
    public DomainKey Create(ProjectId project, DomainId domain, DomainKeyState state, DateTimeOffset now)
    {
        using DkimRsaKey key = DkimRsaKey.Generate();
        string selector = "mail-" + RandomNumberGenerator.GetString(Letters, SelectorLetters);
        return new DomainKey(project, domain, selector, DkimKeyRecord.For(key).ToString(), _protector.Protect(key.ToPem()), state, now);
    }

    /// <exception cref="CryptographicException">It was encrypted with a key ring that is gone.</exception>
    internal DkimRsaKey Open(string privateKey) => DkimRsaKey.FromPem(_protector.Unprotect(privateKey));
}
