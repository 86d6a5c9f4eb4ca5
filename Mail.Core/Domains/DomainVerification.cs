using System.Text.Json;
using Mail.Core.Alerts;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Domains.Dns;
using Mail.Core.Domains.Senders;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mail.Core.Domains;

/// <summary>Checks a domain in DNS and draws the consequences: its status, which of its keys signs, an alert when a verified one goes away.</summary>
public sealed partial class DomainVerification(
    MailDbContext db, DomainSetup setup, DomainEvents events, DomainCheck check, SenderDirectory directory, IAlerts alerts, IOptions<DomainOptions> options, TimeProvider clock, ILogger<DomainVerification> logger)
{
    private const int TellAfterMisses = 2;
    private static readonly TimeSpan _longestCheck = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _alertLasts = TimeSpan.FromHours(26); // it is raised anew at every check, once a day at least

    /// <summary>On demand. One that was checked a moment ago is not looked up again.</summary>
    public async Task<Result<DomainInSetup>> VerifyAsync(ProjectId project, DomainId id, CancellationToken ct)
    {
        Result<DomainInSetup> found = await setup.FindAsync(project, id, ct);
        if (!found.IsSuccess) return found;
        // Marked before DNS is asked, so that of many requests at once one asks.
        DateTimeOffset now = clock.GetUtcNow(), before = now - options.Value.CheckPause;
        if (await db.Domains.Where(domain => domain.ProjectId == project && domain.Id == id && (domain.CheckedAt == null || domain.CheckedAt <= before))
            .ExecuteUpdateAsync(set => set.SetProperty(domain => domain.CheckedAt, now), ct) == 0)
            return new Failure(FailureKind.TooMany, "rate_limit_exceeded", $"This domain was checked a moment ago. Wait {Math.Ceiling(options.Value.CheckPause.TotalSeconds)} seconds.");
        return await RunAsync(found.Value, ct);
    }

    /// <summary>Looks and records. A domain that is removed meanwhile is gone.</summary>
    public async Task<Result<DomainInSetup>> RunAsync(DomainInSetup domain, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(domain);
        RecordState[] states;
        using (CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(ct))
        {
            limit.CancelAfter(_longestCheck);
            try
            {
                states = await check.RunAsync(domain.Domain.Name, domain.Records, limit.Token);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                states = [.. domain.Records.Select(record => DomainCheck.State(record, RecordStatus.Unreachable, [], "DNS took too long."))];
            }
        }

        DomainStatus before = domain.Domain.Status;
        if (await RecordAsync(domain, states, ct) is not { } after) return Failure.NotFound("Domain");
        if (before != after.Domain.Status) LogStatus(after.Domain.Name, after.Domain.ProjectId, before, after.Domain.Status);
        directory.Forget(after.Domain.ProjectId);
        Tell(after.Domain);
        return after;
    }

    private async Task<DomainInSetup?> RecordAsync(DomainInSetup seen, RecordState[] states, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        Dictionary<string, RecordState> byRecord = states.ToDictionary(state => state.Record);
        DomainSurroundings surroundings = await setup.SurroundingsAsync(seen.Domain.ProjectId, ct);
        return await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(ct);
            (ProjectId project, DomainId id) = (seen.Domain.ProjectId, seen.Domain.Id);
            // Locked: a check on demand and the worker's may end at once.
            await db.Database.ExecuteSqlAsync($"SELECT 1 FROM domains WHERE project_id = {project.Value} AND id = {id.Value} FOR UPDATE", ct);
            if (await db.Domains.SingleOrDefaultAsync(domain => domain.ProjectId == project && domain.Id == id, ct) is not { } domain) return null;
            JsonElement before = DomainEvents.Data(await setup.ShowAsync(domain, surroundings, ct));
            List<DomainKey> keys = await db.DomainKeys.Where(key => key.ProjectId == project && key.DomainId == id).ToListAsync(ct);
            DomainKey active = keys.Single(key => key.State == DomainKeyState.Active);
            if (keys.SingleOrDefault(key => key.State == DomainKeyState.Next) is { } next && Status(seen, byRecord, next) == RecordStatus.Verified)
            {
                // One at a time is active: the index would see two in between.
                active.Retire(now + options.Value.OldKeyFor);
                await db.SaveChangesAsync(ct);
                next.Activate();
                active = next;
                LogActivated(next.Selector, domain.Name, project);
            }

            foreach (DomainKey old in keys.Where(key => key.State == DomainKeyState.Old && key.RetiresAt <= now)) db.DomainKeys.Remove(old);
            domain.Record(Status(seen, byRecord, active) switch { RecordStatus.Verified => true, RecordStatus.Unreachable or null => null, _ => false }, states, options.Value.MissingFor, now);
            await db.SaveChangesAsync(ct);
            DomainInSetup after = await setup.ShowAsync(domain, surroundings, ct);
            if (!JsonElement.DeepEquals(before, DomainEvents.Data(after))) await events.TellAsync(DomainEvents.Updated, after, ct);
            await transaction.CommitAsync(ct);
            return after;
        });
    }

    /// <returns>Null for a key that came while DNS was asked.</returns>
    private static RecordStatus? Status(DomainInSetup seen, Dictionary<string, RecordState> byRecord, DomainKey key) =>
        seen.Records.FirstOrDefault(record => record.Purpose == DomainRecord.Dkim && record.Value == key.Record) is { } record ? byRecord.GetValueOrDefault(record.Key)?.Status : null;

    /// <summary>Early enough to mend it before mail is refused.</summary>
    private void Tell(SenderDomain domain)
    {
        AlertKey key = new(domain.ProjectId, AlertKind.DomainFailing, domain.Name);
        if (domain.MissingSince is not { } since || domain.Misses < TellAfterMisses)
        {
            if (domain.Status == DomainStatus.Verified) alerts.Resolve(key);
            return;
        }

        alerts.Raise(key, new AlertFacts { Since = since, Period = domain.Status.Name() }, endsAt: clock.GetUtcNow() + _alertLasts);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Domain {Domain} of project {ProjectId} was {Before} and is {After}")]
    private partial void LogStatus(string domain, ProjectId projectId, DomainStatus before, DomainStatus after);

    [LoggerMessage(Level = LogLevel.Information, Message = "The key {Selector} of {Domain} in project {ProjectId} signs from now on")]
    private partial void LogActivated(string selector, string domain, ProjectId projectId);
}
