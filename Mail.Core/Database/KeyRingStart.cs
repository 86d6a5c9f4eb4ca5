using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;

namespace Mail.Core.Database;

/// <summary>
/// Looks at the key ring before anything uses it: the first key is made once, what stands there in clear is wrapped, and who cannot open it does not begin to make another one beside it.
/// </summary>
public sealed class KeyRingStart(MailDbContext db, KeyRingWrap wrap, IKeyManager keys, IOptions<KeyManagementOptions> options)
{
    /// <summary>Any number, the same for all our processes.</summary>
    private const long AdvisoryLock = 0x4D61696C4B657973;

    private static readonly XNamespace _space = "http://schemas.asp.net/2015/03/dataProtection";

    /// <returns>Whether every key in the database is wrapped.</returns>
    public static bool IsWrapped(string xml) => !XElement.Parse(xml).Descendants().Any(element => IsSecret(element));

    /// <exception cref="SecretKeyException">A key cannot be opened. The message names the setting.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        if (!await db.DataProtectionKeys.AnyAsync(ct)) await MakeFirstAsync(ct);
        foreach (DataProtectionKey key in await db.DataProtectionKeys.AsNoTracking().ToListAsync(ct))
        {
            XElement root = XElement.Parse(key.Xml);
            bool isChanged = false;
            foreach (XElement secret in root.Descendants(_space + "encryptedSecret").ToList())
            {
                if (secret.Element(KeyRingEncryptor.ElementName) is not { } inner) continue; // wrapped by something else, and not ours to open
                string plain = wrap.Unwrap(inner.Value, out bool isCurrent);
                if (isCurrent) continue;
                inner.Value = wrap.Wrap(plain);
                isChanged = true;
            }

            if (wrap.IsOn)
            {
                foreach (XElement secret in root.Descendants().Where(IsSecret).ToList())
                {
                    EncryptedXmlInfo wrapped = new KeyRingEncryptor(wrap).Encrypt(new XElement(secret));
                    secret.ReplaceWith(new XElement(_space + "encryptedSecret", new XAttribute("decryptorType", wrapped.DecryptorType.AssemblyQualifiedName!), wrapped.EncryptedElement));
                    isChanged = true;
                }
            }

            // Of hosts that start at once, one writes; what the others made opens just as well.
            string text = root.ToString(SaveOptions.DisableFormatting);
            if (isChanged) await db.DataProtectionKeys.Where(known => known.Id == key.Id && known.Xml == key.Xml).ExecuteUpdateAsync(set => set.SetProperty(known => known.Xml, text), ct);
        }
    }

    /// <summary>Looks only.</summary>
    /// <returns>How many keys the ring has, and how many of them are in clear, wrapped by SECRET_KEY_OLD, or opened by neither.</returns>
    public async Task<KeyRingCounts> CountAsync(CancellationToken ct)
    {
        KeyRingCounts counts = default;
        foreach (DataProtectionKey key in await db.DataProtectionKeys.AsNoTracking().ToListAsync(ct))
        {
            XElement root = XElement.Parse(key.Xml);
            counts = counts with { All = counts.All + 1 };
            if (root.Descendants().Any(IsSecret)) counts = counts with { Clear = counts.Clear + 1 };
            else if (root.Descendants(KeyRingEncryptor.ElementName).FirstOrDefault() is { } wrapped) counts = Count(counts, wrapped.Value);
        }

        return counts;
    }

    private KeyRingCounts Count(KeyRingCounts counts, string wrapped)
    {
        try
        {
            wrap.Unwrap(wrapped, out bool isCurrent);
            return isCurrent ? counts : counts with { Old = counts.Old + 1 };
        }
        catch (CryptographicException)
        {
            return counts with { Closed = counts.Closed + 1 };
        }
    }

    /// <summary>
    /// Hosts that start together on an empty database would each make a key of their own, and read those of the others only a day later: until then a relay's password that one has stored
    /// could not be read by another.
    /// </summary>
    private Task MakeFirstAsync(CancellationToken ct) => db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
    {
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(ct); // for the lock; the ring is written over a connection of its own
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({AdvisoryLock})", ct);
        if (await db.DataProtectionKeys.AnyAsync(ct)) return;
        DateTimeOffset now = TimeProvider.System.GetUtcNow(); // the ring itself knows no other clock
        keys.CreateNewKey(now, now + options.Value.NewKeyLifetime);
    });

    private static bool IsSecret(XElement element) => (bool?)element.Attribute(_space + "requiresEncryption") == true;
}

/// <param name="Old">Wrapped by SECRET_KEY_OLD.</param>
/// <param name="Closed">Wrapped by something that this process does not have.</param>
public readonly record struct KeyRingCounts(int All, int Clear, int Old, int Closed);
