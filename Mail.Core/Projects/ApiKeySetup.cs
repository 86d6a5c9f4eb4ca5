using Mail.Core.Common;
using Mail.Core.Database;
using Microsoft.EntityFrameworkCore;

namespace Mail.Core.Projects;

/// <summary>A key and its text, which is known this once.</summary>
public sealed record ApiKeyWithText(ApiKey Key, string Text);

/// <summary>
/// Makes, changes and ends a project's API keys. Nobody gives a key more than they may do themselves, nor touches one that may do more: a developer's stolen
/// session or key does not grow into an owner's.
/// </summary>
public sealed class ApiKeySetup(MailDbContext db, ApiKeyLookup lookup, LeaverKeys leavers, TimeProvider clock)
{
    private const int MostKeys = 100;

    /// <summary>The longest that a key which was replaced goes on working.</summary>
    public static readonly TimeSpan LongestGrace = TimeSpan.FromDays(30);

    private static Failure NotFound => Failure.NotFound("API key");

    private static Failure Restricted => new(FailureKind.Forbidden, "restricted_api_key", "A key that is held to domains, addresses or a time cannot make or change keys, which would not be. Use another key, or the console.");

    private static Failure Beyond => new(FailureKind.Forbidden, "restricted_api_key", "This key may do more than you may yourself. Ask an owner or administrator.");

    /// <summary>Those that are not revoked, the newest first.</summary>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(ProjectId project, CancellationToken ct) =>
        await db.ApiKeys.AsNoTracking().Where(key => key.ProjectId == project && key.MailboxId == null && key.RevokedAt == null).OrderByDescending(key => key.Id).ToListAsync(ct);

    public async Task<Result<ApiKey>> FindAsync(ProjectId project, Guid id, CancellationToken ct) =>
        await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(key => key.ProjectId == project && key.Id == id && key.MailboxId == null && key.RevokedAt == null, ct) is { } found ? found : NotFound;

    public async Task<Result<ApiKeyWithText>> AddAsync(ProjectId project, Actor maker, ApiKeyWish wish, bool isTest, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(maker);
        ArgumentNullException.ThrowIfNull(wish);
        if (maker.IsRestricted) return Restricted;
        if (maker.IsTest && !isTest) return Failure.Field("test", "must be true: a test key makes test keys alone.");
        DateTimeOffset now = clock.GetUtcNow();
        Result<ApiKeyValues> values = wish.Over(null, maker, now);
        if (!values.IsSuccess) return values.Failure;
        if (await IsFullAsync(project, now, ct)) return new Failure(FailureKind.Conflict, "too_many_api_keys", $"A project has {MostKeys} keys at most. Remove one that is not used.");
        return await StoreAsync(project, maker, values.Value, isTest, now, ct);
    }

    public async Task<Result<ApiKey>> ChangeAsync(ProjectId project, Guid id, Actor actor, ApiKeyWish wish, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(wish);
        Result<ApiKey> key = await ManageableAsync(project, id, actor, ct);
        if (!key.IsSuccess) return key;
        Result<ApiKeyValues> values = wish.Over(key.Value, actor, clock.GetUtcNow());
        if (!values.IsSuccess) return values.Failure;
        key.Value.Change(values.Value.Name, values.Value.Scopes, values.Value.FromDomains, values.Value.Networks, values.Value.RatePerSecond, values.Value.ExpiresAt);
        await db.SaveChangesAsync(ct);
        lookup.Forget(key.Value.KeyHash);
        return key;
    }

    /// <summary>Another key of the same kind. The old one goes on for a while, so that apps can change over.</summary>
    /// <param name="grace">How long; nothing for at once.</param>
    public async Task<Result<ApiKeyWithText>> RotateAsync(ProjectId project, Guid id, Actor actor, TimeSpan grace, CancellationToken ct)
    {
        Result<ApiKey> old = await ManageableAsync(project, id, actor, ct);
        if (!old.IsSuccess) return old.Failure;
        DateTimeOffset now = clock.GetUtcNow();
        ApiKeyValues values = new(old.Value.Name, old.Value.Scopes, old.Value.FromDomains, old.Value.Networks, old.Value.RatePerSecond, old.Value.ExpiresAt);
        if (grace == TimeSpan.Zero) old.Value.Revoke(now);
        else if (old.Value.ExpiresAt is not { } end || end > now + grace) old.Value.ExpireAt(now + grace);
        ApiKeyWithText made = await StoreAsync(project, actor, values, old.Value.IsTest, now, ct);
        lookup.Forget(old.Value.KeyHash);
        await leavers.TellAsync(project, ct);
        return made;
    }

    public async Task<Result<ApiKey>> RevokeAsync(ProjectId project, Guid id, Actor actor, CancellationToken ct)
    {
        Result<ApiKey> key = await ManageableAsync(project, id, actor, ct);
        if (!key.IsSuccess) return key;
        key.Value.Revoke(clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        lookup.Forget(key.Value.KeyHash);
        await leavers.TellAsync(project, ct);
        return key;
    }

    private async Task<Result<ApiKey>> ManageableAsync(ProjectId project, Guid id, Actor actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (await db.ApiKeys.SingleOrDefaultAsync(key => key.ProjectId == project && key.Id == id && key.MailboxId == null && key.RevokedAt == null, ct) is not { } key) return NotFound;
        if (actor.IsRestricted) return Restricted;
        return key.Scopes.Except(actor.Scopes).Any() || (actor.IsTest && !key.IsTest) ? Beyond : key;
    }

    private async Task<bool> IsFullAsync(ProjectId project, DateTimeOffset now, CancellationToken ct) =>
        await db.ApiKeys.CountAsync(key => key.ProjectId == project && key.MailboxId == null && key.RevokedAt == null && (key.ExpiresAt == null || key.ExpiresAt > now), ct) >= MostKeys;

    private async Task<ApiKeyWithText> StoreAsync(ProjectId project, Actor maker, ApiKeyValues values, bool isTest, DateTimeOffset now, CancellationToken ct)
    {
        string text = ApiKeyText.New(isTest);
        ApiKey key = new(project, UuidV7.New(now), values.Name, ApiKeyLookup.HashOf(text), text[..ApiKeyText.Shown], isTest, values.Scopes, now) { CreatedBy = await CreatorAsync(project, maker, ct) };
        key.Change(values.Name, values.Scopes, values.FromDomains, values.Networks, values.RatePerSecond, values.ExpiresAt);
        db.ApiKeys.Add(key);
        await db.SaveChangesAsync(ct);
        return new ApiKeyWithText(key, text);
    }

    /// <summary>Who knows it: a key that a key made is in the hands of whoever made that one.</summary>
    private async Task<Guid?> CreatorAsync(ProjectId project, Actor maker, CancellationToken ct) => maker.Kind is ActorKind.User
        ? maker.Id
        : await db.ApiKeys.Where(key => key.ProjectId == project && key.Id == maker.Id).Select(key => key.CreatedBy).SingleOrDefaultAsync(ct);
}
