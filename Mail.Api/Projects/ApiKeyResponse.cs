using Mail.Core.Projects;

namespace Mail.Api.Projects;

/// <summary>An API key as the API shows it: never its text.</summary>
/// <param name="Start">The first characters of the key.</param>
/// <param name="Permission">`full_access`, `sending_access`, or `custom` where only `scopes` say it.</param>
/// <param name="Domains">The domains that it may send from; empty for any.</param>
/// <param name="AllowedIps">Networks from where it may be used; empty for anywhere.</param>
/// <param name="CreatedBy">The id of the member who made it, or made the key that did; null when it comes from the configuration.</param>
/// <param name="MakerHasLeft">Whether whoever made it is no member any more, and so somebody outside may know it: replace it.</param>
/// <param name="LastUsedAt">To the minute.</param>
public sealed record ApiKeyResponse(
    string Object, string Id, string Name, string Start, bool Test, string Permission, IReadOnlyList<string> Scopes, IReadOnlyList<string> Domains, IReadOnlyList<string> AllowedIps,
    int? RatePerSecond, string? CreatedBy, bool MakerHasLeft, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt)
{
    public static ApiKeyResponse Of(ApiKey key, IReadOnlySet<Guid> ofLeavers)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(ofLeavers);
        string permission = key.Scopes is [Core.Projects.Scopes.SendMessages] ? ApiKeyWish.SendingAccess : Core.Projects.Scopes.All.All(key.Scopes.Contains) ? ApiKeyWish.FullAccess : "custom";
        return new("api_key", key.Id.ToString(), key.Name, key.KeyStart, key.IsTest, permission, key.Scopes, key.FromDomains, key.Networks, key.RatePerSecond, key.CreatedBy?.ToString(), ofLeavers.Contains(key.Id), key.CreatedAt, key.ExpiresAt, key.LastUsedAt);
    }
}

/// <param name="Token">The key: shown here and nowhere else. Keep it where the app can read it.</param>
public sealed record NewApiKeyResponse(string Object, string Id, string Token);
