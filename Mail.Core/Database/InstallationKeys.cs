using System.Collections.Concurrent;
using System.Security.Cryptography;
using Mail.Core.Common;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;

namespace Mail.Core.Database;

/// <summary>
/// Random keys that all hosts of the installation share and that outlive them: mails that are out for weeks or years bear signatures made with them, in
/// return paths and links. Encrypted at rest. Safe for many threads.
/// </summary>
public sealed class InstallationKeys(NpgsqlDataSource dataSource, IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>In octets.</summary>
    public const int KeyLength = 32;

    // Whoever comes second gets the key of the first.
    private const string AddSql = "INSERT INTO installation_keys (name, key, created_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING";
    private const string FindSql = "SELECT key FROM installation_keys WHERE name = $1";

    private readonly IDataProtector _protector = protection.CreateProtector("Mail.Core.Database.InstallationKeys.v1");
    private readonly ConcurrentDictionary<string, byte[]> _known = new();

    /// <param name="name">What the key is for; one key for each purpose.</param>
    /// <returns>The key, made now when nobody has asked for it before. Not to be changed.</returns>
    /// <exception cref="CryptographicException">It was encrypted with a key ring that is gone.</exception>
    public async ValueTask<byte[]> GetAsync(string name, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (_known.TryGetValue(name, out byte[]? known)) return known;
        string? stored = await FindAsync(name, ct);
        if (stored is null)
        {
            await using NpgsqlCommand add = dataSource.CreateCommand(AddSql);
            add.Parameters.AddTyped(name).AddTyped(_protector.Protect(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyLength)))).AddTyped(clock.GetUtcNow().UtcDateTime);
            await add.ExecuteNonQueryAsync(ct);
            stored = await FindAsync(name, ct) ?? throw new InvalidOperationException($"The key '{name}' was removed while it was made.");
        }

        return _known.GetOrAdd(name, Convert.FromBase64String(_protector.Unprotect(stored)));
    }

    private async Task<string?> FindAsync(string name, CancellationToken ct)
    {
        await using NpgsqlCommand find = dataSource.CreateCommand(FindSql);
        find.Parameters.AddTyped(name);
        return (string?)await find.ExecuteScalarAsync(ct);
    }
}
