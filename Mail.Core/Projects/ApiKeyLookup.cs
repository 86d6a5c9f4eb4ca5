using System.Security.Cryptography;
using System.Text;
using Mail.Core.Common;
using Mail.Core.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Core.Projects;

/// <summary>What a valid key stands for.</summary>
public sealed record ApiKeyIdentity(ProjectId ProjectId, string ProjectName, string Locale, Guid KeyId, bool IsTest, IReadOnlyList<string> Scopes);

/// <summary>Finds the project that a key belongs to.</summary>
public sealed class ApiKeyLookup(IServiceScopeFactory scopes, IMemoryCache cache)
{
    /// <summary>How long a key that was valid a moment ago is taken without asking again; a revoked key works no longer than this.</summary>
    private static readonly TimeSpan _remembered = TimeSpan.FromSeconds(10);

    /// <returns>Null when there is no such key, or it was revoked.</returns>
    public async ValueTask<ApiKeyIdentity?> FindAsync(string key, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(key);
        byte[] hash = HashOf(key);
        string cacheKey = "api-key:" + Convert.ToHexString(hash);
        if (cache.TryGetValue(cacheKey, out ApiKeyIdentity? known)) return known;
        if (await ReadAsync(hash, ct) is not { } found) return null; // not remembered: guesses must not fill the memory
        return cache.Set(cacheKey, found, _remembered);
    }

    /// <summary>SHA-256 over the key's UTF-8 bytes.</summary>
    public static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    private async Task<ApiKeyIdentity?> ReadAsync(byte[] hash, CancellationToken ct)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        MailDbContext db = scope.ServiceProvider.GetRequiredService<MailDbContext>();
        return await (
            from key in db.ApiKeys
            join project in db.Projects on key.ProjectId equals project.Id
            where key.KeyHash == hash && key.RevokedAt == null
            select new ApiKeyIdentity(project.Id, project.Name, project.DefaultLocale, key.Id, key.IsTest, key.Scopes)).AsNoTracking().SingleOrDefaultAsync(ct);
    }
}
