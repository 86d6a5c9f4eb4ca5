using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Relays.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Relays.Setup;

/// <summary>A relay and what may be shown of its settings.</summary>
/// <param name="Settings">Null when they can no longer be read.</param>
/// <param name="Problem">Why not.</param>
public sealed record RelayInSetup(ConfiguredRelay Relay, StoredSettings? Settings, string? Problem);

/// <summary>Makes, changes and removes a project's relays. Workers follow within seconds.</summary>
public sealed partial class RelaySetup(
    MailDbContext db, RelaySecrets secrets, IOptions<RelayOptions> options, IHostEnvironment environment, TimeProvider clock, ILogger<RelaySetup> logger)
{
    private const int MostRelays = 100;

    private static readonly RelayValues _fresh = new("", IsEnabled: true, 100, 1, [], null, [], null, null, null, null);

    private static Failure NotFound => Failure.NotFound("Relay");

    private static Failure ChangedMeanwhile => new(FailureKind.Conflict, "relay_changed", "Somebody else has changed this relay meanwhile. Read it again, and change what it is now.");

    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<RelayInSetup>> ListAsync(ProjectId project, CancellationToken ct) =>
        [.. (await db.Relays.AsNoTracking().Where(relay => relay.ProjectId == project).OrderBy(relay => relay.Name).ToListAsync(ct)).Select(Show)];

    public async Task<Result<RelayInSetup>> FindAsync(ProjectId project, RelayId id, CancellationToken ct) =>
        await db.Relays.AsNoTracking().SingleOrDefaultAsync(relay => relay.ProjectId == project && relay.Id == id, ct) is { } found ? Show(found) : NotFound;

    public async Task<Result<RelayInSetup>> AddAsync(ProjectId project, RelayWish wish, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(wish);
        if (wish.Kind is null && wish.Preset is null) return Failure.Missing("kind");
        string kindName = wish.Kind ?? "smtp"; // presets are of that kind
        if (RelayKindDescription.Find(kindName) is not { } kind) return Failure.Field("kind", $"must be one of: {string.Join(", ", RelayKindDescription.All.Select(known => known.Name))}.");
        Result<StoredSettings> settings = RelayWishSettings.Merge(wish, kind, null, Environment);
        Result<RelayValues> values = RelayWishChecks.Values(wish, Defaults(settings.IsSuccess ? settings.Value : null));
        if (!values.IsSuccess) return values.Failure;
        if (!settings.IsSuccess) return settings.Failure;
        if (await db.Relays.CountAsync(known => known.ProjectId == project, ct) >= MostRelays)
            return new Failure(FailureKind.Conflict, "too_many_relays", $"A project has {MostRelays} relays at most. Remove one that is not used.");

        DateTimeOffset now = clock.GetUtcNow();
        ConfiguredRelay relay = new(project, RelayId.New(now), values.Value.Name, kind.Name, now);
        relay.Change(values.Value, secrets.Protect(settings.Value.Flat()), now);
        db.Relays.Add(relay);
        if (await SaveAsync(values.Value.Name, ct) is { } failure) return failure;
        LogAdded(relay.Id.Value, relay.Kind, project);
        return Show(relay);
    }

    public async Task<Result<RelayInSetup>> ChangeAsync(ProjectId project, RelayId id, RelayWish wish, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(wish);
        if (await db.Relays.SingleOrDefaultAsync(known => known.ProjectId == project && known.Id == id, ct) is not { } relay) return NotFound;
        if (wish.Revision is { } from && from != relay.Revision) return ChangedMeanwhile;
        if (wish.Has("kind") && wish.Kind != relay.Kind) return Failure.Field("kind", "cannot be changed: the settings depend on it. Make another relay, and remove this one.");
        if (RelayKindDescription.Find(relay.Kind) is not { } kind) return Failure.Field("kind", $"is `{relay.Kind}`, which this version does not know.");

        RelayInSetup before = Show(relay);
        Result<RelayValues> values = RelayWishChecks.Values(wish, ValuesOf(relay));
        if (!values.IsSuccess) return values.Failure;
        string stored = relay.Settings;
        if (wish.Settings is not null || wish.Has("preset") || wish.Has("preset_region"))
        {
            Result<StoredSettings> settings = RelayWishSettings.Merge(wish, kind, before.Settings, Environment);
            if (!settings.IsSuccess) return settings.Failure;
            stored = secrets.Protect(settings.Value.Flat());
        }

        relay.Change(values.Value, stored, clock.GetUtcNow());
        if (await SaveAsync(values.Value.Name, ct) is { } failure) return failure;
        LogChanged(relay.Id.Value, relay.Revision, project);
        return Show(relay);
    }

    /// <summary>What would hinder a relay, or a change of one; nothing is changed.</summary>
    public async Task<Failure?> ObjectionAsync(ProjectId project, RelayId? id, RelayWish wish, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(wish);
        ConfiguredRelay? relay = id is { } known ? await db.Relays.AsNoTracking().SingleOrDefaultAsync(one => one.ProjectId == project && one.Id == known, ct) : null;
        if (RelayKindDescription.Find(relay?.Kind ?? wish.Kind ?? "smtp") is not { } kind) return Failure.Field("kind", $"must be one of: {string.Join(", ", RelayKindDescription.All.Select(one => one.Name))}.");
        Result<StoredSettings> settings = RelayWishSettings.Merge(wish, kind, relay is null ? null : Show(relay).Settings, Environment);
        return RelayWishChecks.Values(wish, relay is null ? Defaults(settings.IsSuccess ? settings.Value : null) : ValuesOf(relay)).Failure ?? settings.Failure;
    }

    /// <returns>Null when it is gone.</returns>
    public async Task<Failure?> RemoveAsync(ProjectId project, RelayId id, CancellationToken ct)
    {
        // Its alerts end with it, and nobody is told that it works again.
        DateTimeOffset now = clock.GetUtcNow();
        await db.Database.ExecuteSqlAsync($"""
            UPDATE alerts a SET resolved_at = {now}, told_end_at = {now} FROM relays r
            WHERE r.project_id = {project.Value} AND r.id = {id.Value} AND a.project_id = r.project_id AND a.subject = r.name AND a.resolved_at IS NULL
            """, ct);
        if (await db.Relays.Where(relay => relay.ProjectId == project && relay.Id == id).ExecuteDeleteAsync(ct) == 0) return NotFound;
        LogRemoved(id.Value, project);
        return null;
    }

    private HttpRelayEnvironment Environment => new(options.Value, clock) { AllowPrivateAddresses = options.Value.AllowPrivateHosts || environment.IsDevelopment() };

    /// <summary>What the provider's documentation says holds until somebody says otherwise.</summary>
    private static RelayValues Defaults(StoredSettings? settings)
    {
        if (SmtpPresets.Find(settings?.Preset) is not { } preset) return _fresh;
        PresetHost host = preset.Hosts[settings!.PresetRegion ?? ""];
        return _fresh with { Region = host.Region, MaxConnections = preset.MaxConnections, RatePerSecond = preset.RatePerSecond, DayQuota = preset.DayQuota };
    }

    private static RelayValues ValuesOf(ConfiguredRelay relay) => new(
        relay.Name, relay.IsEnabled, relay.Priority, relay.Weight, relay.Lanes, relay.Region, relay.Senders, relay.MaxConnections, relay.RatePerSecond, relay.DayQuota, relay.MonthQuota)
    {
        DomainLimits = relay.DomainLimits, WarmUp = relay.WarmUp,
    };

    private RelayInSetup Show(ConfiguredRelay relay)
    {
        try
        {
            return new RelayInSetup(relay, StoredSettings.Of(secrets.Unprotect(relay)), null);
        }
        catch (InvalidRelayException e)
        {
            return new RelayInSetup(relay, null, e.Message);
        }
    }

    private async Task<Failure?> SaveAsync(string name, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            return ChangedMeanwhile;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return new Failure(FailureKind.Conflict, "name_taken", $"`name`: another relay of this project is called `{name}`.");
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Relay {RelayId} of kind {Kind} was added to project {ProjectId}")]
    private partial void LogAdded(Guid relayId, string kind, ProjectId projectId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Relay {RelayId} was changed to revision {Revision} in project {ProjectId}")]
    private partial void LogChanged(Guid relayId, int revision, ProjectId projectId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Relay {RelayId} was removed from project {ProjectId}")]
    private partial void LogRemoved(Guid relayId, ProjectId projectId);
}
