using Mail.Core.Alerts;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Domains.Senders;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Domains;

/// <summary>A domain with its keys and the records that it needs.</summary>
public sealed record DomainInSetup(SenderDomain Domain, IReadOnlyList<DomainKey> Keys, IReadOnlyList<DomainRecord> Records);

/// <summary>Adds, changes and removes a project's domains.</summary>
public sealed partial class DomainSetup(
    MailDbContext db, DomainEvents events, DomainSecrets secrets, SenderReader senders, SenderDirectory directory, SetupThrottle throttle, IAlerts alerts, IOptions<DomainOptions> options, TimeProvider clock, ILogger<DomainSetup> logger)
{
    private const int MostDomains = 200;

    private static Failure NotFound => Failure.NotFound("Domain");

    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<SenderDomain>> ListAsync(ProjectId project, CancellationToken ct) =>
        await db.Domains.AsNoTracking().Where(domain => domain.ProjectId == project).OrderBy(domain => domain.Name).ToListAsync(ct);

    public async Task<Result<DomainInSetup>> FindAsync(ProjectId project, DomainId id, CancellationToken ct) =>
        await db.Domains.AsNoTracking().SingleOrDefaultAsync(domain => domain.ProjectId == project && domain.Id == id, ct) is { } found ? await ShowAsync(found, ct) : NotFound;

    public async Task<Result<DomainInSetup>> AddAsync(ProjectId project, string? name, bool? includesSubdomains, CancellationToken ct)
    {
        Result<DomainName> read = DomainName.Read(name);
        if (!read.IsSuccess) return read.Failure;
        if (await db.Domains.AnyAsync(known => known.ProjectId == project && known.Name == read.Value.Ascii, ct)) return Taken(read.Value);
        if (await db.Domains.CountAsync(known => known.ProjectId == project, ct) >= MostDomains)
            return new Failure(FailureKind.Conflict, "too_many_domains", $"A project has {MostDomains} domains at most. Remove one that is not used.");
        if (!throttle.TryTake($"keys of {project}", SetupThrottle.KeysADay)) return SetupThrottle.Refusal("keys were made for this project"); // an RSA key costs some 100 ms of a core

        DateTimeOffset now = clock.GetUtcNow();
        SenderDomain domain = new(project, DomainId.New(now), read.Value.Ascii, read.Value.Shown, now);
        if (includesSubdomains is { } includes) domain.Change(includes, now);
        DomainKey key = secrets.Create(project, domain.Id, DomainKeyState.Active, now);
        DomainSurroundings surroundings = await SurroundingsAsync(project, ct);
        try
        {
            DomainInSetup added = await db.InTransactionAsync(async ct =>
            {
                db.Domains.Add(domain);
                db.DomainKeys.Add(key);
                await db.SaveChangesAsync(ct);
                return await TellAsync(DomainEvents.Created, domain, surroundings, ct);
            }, ct);
            LogAdded(domain.Name, domain.Id.Value, project);
            return added;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return Taken(read.Value);
        }
    }

    public async Task<Result<DomainInSetup>> ChangeAsync(ProjectId project, DomainId id, bool? includesSubdomains, CancellationToken ct)
    {
        DomainSurroundings surroundings = await SurroundingsAsync(project, ct);
        DomainInSetup? changed = await db.InTransactionAsync(async ct =>
        {
            if (await db.Domains.SingleOrDefaultAsync(known => known.ProjectId == project && known.Id == id, ct) is not { } domain) return null;
            if ((includesSubdomains ?? domain.IncludesSubdomains) == domain.IncludesSubdomains) return await ShowAsync(domain, surroundings, ct);
            domain.Change(!domain.IncludesSubdomains, clock.GetUtcNow());
            await db.SaveChangesAsync(ct);
            return await TellAsync(DomainEvents.Updated, domain, surroundings, ct);
        }, ct);
        if (changed is null) return NotFound;
        directory.Forget(project);
        LogChanged(changed.Domain.Name, id.Value, project);
        return changed;
    }

    /// <summary>Makes the next key. It signs as soon as its record is seen; until then the one that signs now goes on.</summary>
    public async Task<Result<DomainInSetup>> RotateAsync(ProjectId project, DomainId id, CancellationToken ct)
    {
        if (await db.Domains.AsNoTracking().SingleOrDefaultAsync(known => known.ProjectId == project && known.Id == id, ct) is not { } domain) return NotFound;
        if (await db.DomainKeys.AnyAsync(key => key.ProjectId == project && key.DomainId == id && key.State == DomainKeyState.Next, ct))
            return new Failure(FailureKind.Conflict, "key_waiting", "There is a next key already, which waits for its record. Publish that one.");
        if (!throttle.TryTake($"keys of {project}", SetupThrottle.KeysADay)) return SetupThrottle.Refusal("keys were made for this project");
        DateTimeOffset now = clock.GetUtcNow();
        DomainKey next = secrets.Create(project, id, DomainKeyState.Next, now);
        DomainSurroundings surroundings = await SurroundingsAsync(project, ct);
        try
        {
            DomainInSetup? rotated = await db.InTransactionAsync(async ct =>
            {
                if (await db.Domains.SingleOrDefaultAsync(known => known.ProjectId == project && known.Id == id, ct) is not { } found) return null;
                db.DomainKeys.Add(next);
                found.LookSoon(now);
                await db.SaveChangesAsync(ct);
                return await TellAsync(DomainEvents.Updated, found, surroundings, ct);
            }, ct);
            if (rotated is null) return NotFound;
            LogRotated(domain.Name, domain.Id.Value, project);
            return rotated;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return new Failure(FailureKind.Conflict, "key_waiting", "There is a next key already, which waits for its record. Publish that one.");
        }
    }

    /// <returns>Null when it is gone.</returns>
    public async Task<Failure?> RemoveAsync(ProjectId project, DomainId id, CancellationToken ct)
    {
        DomainSurroundings surroundings = await SurroundingsAsync(project, ct);
        string? name = await db.InTransactionAsync(async ct =>
        {
            if (await db.Domains.AsNoTracking().SingleOrDefaultAsync(domain => domain.ProjectId == project && domain.Id == id, ct) is not { } domain) return null;
            DomainInSetup last = await ShowAsync(domain, surroundings, ct);
            if (await db.Domains.Where(known => known.ProjectId == project && known.Id == id).ExecuteDeleteAsync(ct) == 0) return null;
            await events.TellAsync(DomainEvents.Deleted, last, ct);
            return domain.Name;
        }, ct);
        if (name is null) return NotFound;
        directory.Forget(project);
        alerts.Resolve(new AlertKey(project, AlertKind.DomainFailing, name));
        LogRemoved(name, id.Value, project);
        return null;
    }

    /// <summary>What of the project and the installation decides about the records. Not to be read while a transaction is open: it takes a connection of its own.</summary>
    internal async Task<DomainSurroundings> SurroundingsAsync(ProjectId project, CancellationToken ct) =>
        new(await senders.SpfMechanismsAsync(project, ct), options.Value.ReturnPathHost, options.Value.TrackingHost);

    internal async Task<DomainInSetup> ShowAsync(SenderDomain domain, DomainSurroundings surroundings, CancellationToken ct)
    {
        List<DomainKey> keys = await db.DomainKeys.AsNoTracking().Where(key => key.ProjectId == domain.ProjectId && key.DomainId == domain.Id).ToListAsync(ct);
        return new DomainInSetup(domain, keys, DomainRecords.Of(domain, keys, surroundings));
    }

    private async Task<DomainInSetup> ShowAsync(SenderDomain domain, CancellationToken ct) => await ShowAsync(domain, await SurroundingsAsync(domain.ProjectId, ct), ct);

    private async Task<DomainInSetup> TellAsync(string type, SenderDomain domain, DomainSurroundings surroundings, CancellationToken ct)
    {
        DomainInSetup now = await ShowAsync(domain, surroundings, ct);
        await events.TellAsync(type, now, ct);
        return now;
    }

    private static Failure Taken(DomainName name) => new(FailureKind.Conflict, "domain_exists", $"`name`: this project has the domain {name.Shown} already.");

    [LoggerMessage(Level = LogLevel.Information, Message = "Domain {Domain} ({DomainId}) was added to project {ProjectId}")]
    private partial void LogAdded(string domain, Guid domainId, ProjectId projectId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Domain {Domain} ({DomainId}) of project {ProjectId} was changed")]
    private partial void LogChanged(string domain, Guid domainId, ProjectId projectId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Domain {Domain} ({DomainId}) of project {ProjectId} has a next key")]
    private partial void LogRotated(string domain, Guid domainId, ProjectId projectId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Domain {Domain} ({DomainId}) was removed from project {ProjectId}")]
    private partial void LogRemoved(string domain, Guid domainId, ProjectId projectId);
}
