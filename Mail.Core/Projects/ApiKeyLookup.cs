using System.Net;
using System.Security.Cryptography;
using System.Text;
using Mail.Core.Access;
using Mail.Core.Common;
using Mail.Core.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Core.Projects;

/// <summary>What a valid key stands for.</summary>
/// <param name="FromDomains">The domains and addresses that it may send from; empty for any.</param>
/// <param name="Networks">From where it may be used; empty for anywhere.</param>
public sealed record ApiKeyIdentity(ProjectId ProjectId, string ProjectName, string Locale, Guid KeyId, bool IsTest, IReadOnlyList<string> Scopes, IReadOnlyList<string> FromDomains, IReadOnlyList<IPNetwork> Networks, DateTimeOffset? ExpiresAt)
{
    /// <summary>How many requests the key, and all keys of the project together, may make; empty for any number.</summary>
    public IReadOnlyList<(RateLimit Limit, string Whose)> Rates { get; init; } = [];

    /// <summary>The mailbox whose password it is.</summary>
    public Guid? MailboxId { get; init; }

    /// <param name="client">From where it is used; null when that is not known.</param>
    public bool MayBeUsedFrom(IPAddress? client)
    {
        if (Networks.Count == 0) return true;
        if (client is null) return false;
        IPAddress plain = client.IsIPv4MappedToIPv6 ? client.MapToIPv4() : client;
        return Networks.Any(network => network.Contains(plain));
    }
}

/// <summary>Finds the project that a key belongs to.</summary>
public sealed class ApiKeyLookup(IServiceScopeFactory scopes, IMemoryCache cache, TimeProvider clock)
{
    /// <summary>How long a key that was valid a moment ago is taken without asking again; a revoked key works no longer than this.</summary>
    private static readonly TimeSpan _remembered = TimeSpan.FromSeconds(10);

    /// <summary>How exactly a key's last use is kept: a row that every request wrote would hold them all up.</summary>
    private static readonly TimeSpan _lastUseIsKept = TimeSpan.FromMinutes(1);

    /// <returns>Null when there is no such key, or it was revoked or has expired.</returns>
    public async ValueTask<ApiKeyIdentity?> FindAsync(string key, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (ApiKeyText.IsDamaged(key)) return null;
        byte[] hash = HashOf(key);
        string cacheKey = CacheKey(hash);
        if (!cache.TryGetValue(cacheKey, out ApiKeyIdentity? known))
        {
            known = await ReadAsync(hash, ct);
            if (known is null) return null; // not remembered: guesses must not fill the memory
            cache.Set(cacheKey, known, _remembered);
        }

        return known!.ExpiresAt <= clock.GetUtcNow() ? null : known;
    }

    /// <summary>After a change: this process at once, others within seconds.</summary>
    public void Forget(byte[] hash) => cache.Remove(CacheKey(hash));

    /// <summary>SHA-256 over the key's UTF-8 bytes.</summary>
    public static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    private static string CacheKey(byte[] hash) => "api-key:" + Convert.ToHexString(hash);

    private async Task<ApiKeyIdentity?> ReadAsync(byte[] hash, CancellationToken ct)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        MailDbContext db = scope.ServiceProvider.GetRequiredService<MailDbContext>();
        var found = await (
            from key in db.ApiKeys
            join project in db.Projects on key.ProjectId equals project.Id
            where key.KeyHash == hash && key.RevokedAt == null
            select new { Key = key, Project = project.Name, Locale = project.DefaultLocale, Rate = project.RatePerSecond }).AsNoTracking().SingleOrDefaultAsync(ct);
        if (found is null) return null;
        DateTimeOffset now = clock.GetUtcNow();
        if (found.Key.LastUsedAt is not { } last || last < now - _lastUseIsKept)
            await db.ApiKeys.Where(key => key.KeyHash == hash && (key.LastUsedAt == null || key.LastUsedAt < now - _lastUseIsKept)).ExecuteUpdateAsync(row => row.SetProperty(key => key.LastUsedAt, now), ct);
        return new ApiKeyIdentity(found.Key.ProjectId, found.Project, found.Locale, found.Key.Id, found.Key.IsTest, found.Key.Scopes, found.Key.FromDomains, [.. found.Key.Networks.Select(IPNetwork.Parse)], found.Key.ExpiresAt)
        {
            Rates = [.. RatesOf(found.Key, found.Rate)],
            MailboxId = found.Key.MailboxId,
        };
    }

    private static IEnumerable<(RateLimit, string)> RatesOf(ApiKey key, int? project)
    {
        if (key.RatePerSecond is { } own) yield return (new RateLimit("key", own, TimeSpan.FromSeconds(1)), key.Id.ToString());
        if (project is { } all) yield return (new RateLimit("project", all, TimeSpan.FromSeconds(1)), key.ProjectId.ToString());
    }
}
