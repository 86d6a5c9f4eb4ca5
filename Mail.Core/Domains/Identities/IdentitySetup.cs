using System.Text;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Domains.Senders;
using Mail.Core.Projects;
using Mail.Protocol.Mime;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mail.Core.Domains.Identities;

/// <summary>What is wanted of an identity. Null leaves a field as it is, or empty.</summary>
/// <param name="Given">The fields that the request has.</param>
public sealed record IdentityWish(IReadOnlySet<string> Given, string? Email, string? Name, string? ReplyTo, string? Company, string? PostalAddress);

/// <summary>What became of a link that was opened.</summary>
public enum LinkOutcome
{
    /// <summary>It is none of ours, or its identity is gone.</summary>
    Unknown,

    /// <summary>Its week is over, or a later one was mailed.</summary>
    Over,

    /// <summary>It can verify the address.</summary>
    Ready,

    /// <summary>The address is verified.</summary>
    Verified,
}

/// <summary>Makes, changes, verifies and removes a project's sender identities.</summary>
public sealed partial class IdentitySetup(
    MailDbContext db, IdentityMail mail, IdentityLinks links, SenderDirectory directory, SetupThrottle throttle, TimeProvider clock, ILogger<IdentitySetup> logger)
{
    private const int MostIdentities = 200, LongestLine = 200, LongestAddress = 320, LongestPostal = 500;
    private static readonly TimeSpan _mailPause = TimeSpan.FromMinutes(1);

    private static Failure NotFound => Failure.NotFound("Sender identity");

    /// <summary>By address.</summary>
    public async Task<IReadOnlyList<SenderIdentity>> ListAsync(ProjectId project, CancellationToken ct) =>
        await db.SenderIdentities.AsNoTracking().Where(identity => identity.ProjectId == project).OrderBy(identity => identity.Match).ToListAsync(ct);

    public async Task<Result<SenderIdentity>> FindAsync(ProjectId project, SenderIdentityId id, CancellationToken ct) =>
        await db.SenderIdentities.AsNoTracking().SingleOrDefaultAsync(identity => identity.ProjectId == project && identity.Id == id, ct) is { } found ? found : NotFound;

    /// <summary>Stores it and mails its link.</summary>
    public async Task<Result<SenderIdentity>> AddAsync(ProjectId project, IdentityWish wish, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(wish);
        if (string.IsNullOrWhiteSpace(wish.Email)) return Failure.Missing("email");
        if (wish.Email.Length > LongestAddress || !IsText(wish.Email)) return Failure.Field("email", $"must be one address of at most {LongestAddress} characters.");
        if (!EmailAddress.TryParse(wish.Email, out EmailAddress? address, out string? error)) return Failure.Field("email", $"is not an address: {error}");
        if (address.DisplayName is not null) return Failure.Field("email", "must be the address alone; the display name is `name`.");
        if (Problem(wish) is { } problem) return problem;
        if (mail.Objection is { } objection) return objection;
        string match = SenderPolicy.MatchOf(address);
        if (await db.SenderIdentities.AnyAsync(known => known.ProjectId == project && known.Match == match, ct)) return Taken(address);
        if (await db.SenderIdentities.CountAsync(known => known.ProjectId == project, ct) >= MostIdentities)
            return new Failure(FailureKind.Conflict, "too_many_identities", $"A project has {MostIdentities} sender identities at most. Remove one that is not used.");

        DateTimeOffset now = clock.GetUtcNow();
        SenderIdentity identity = new(project, SenderIdentityId.New(now), address.Address, match, now);
        identity.Change(Kept(wish, "name", wish.Name, null), Kept(wish, "reply_to", wish.ReplyTo, null), Kept(wish, "company", wish.Company, null), Kept(wish, "postal_address", wish.PostalAddress, null), now);
        if (Throttled(identity) is { } tooMany) return tooMany;
        identity.Mailed(now);
        db.SenderIdentities.Add(identity);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return Taken(address);
        }

        string masked = MaskedAddress.Of(identity.Email);
        LogAdded(identity.Id.Value, masked, project);
        return await MailAsync(identity, ct) is { } failure ? failure : identity;
    }

    public async Task<Result<SenderIdentity>> ChangeAsync(ProjectId project, SenderIdentityId id, IdentityWish wish, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(wish);
        if (await db.SenderIdentities.SingleOrDefaultAsync(known => known.ProjectId == project && known.Id == id, ct) is not { } identity) return NotFound;
        if (wish.Given.Contains("email") && wish.Email != identity.Email) return Failure.Field("email", "cannot be changed: it is what was verified. Make another sender identity, and remove this one.");
        if (Problem(wish) is { } problem) return problem;
        identity.Change(
            Kept(wish, "name", wish.Name, identity.Name), Kept(wish, "reply_to", wish.ReplyTo, identity.ReplyTo), Kept(wish, "company", wish.Company, identity.Company),
            Kept(wish, "postal_address", wish.PostalAddress, identity.PostalAddress), clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        directory.Forget(project);
        return identity;
    }

    /// <summary>Mails another link; those before it do nothing any more.</summary>
    public async Task<Result<SenderIdentity>> ResendAsync(ProjectId project, SenderIdentityId id, CancellationToken ct)
    {
        if (await db.SenderIdentities.SingleOrDefaultAsync(known => known.ProjectId == project && known.Id == id, ct) is not { } identity) return NotFound;
        if (identity.VerifiedAt is not null) return new Failure(FailureKind.Conflict, "already_verified", "This address is verified; no link is needed.");
        if (mail.Objection is { } objection) return objection;
        DateTimeOffset now = clock.GetUtcNow();
        if (identity.MailedAt is { } before && now - before < _mailPause) return TooSoon;
        if (Throttled(identity) is { } tooMany) return tooMany;
        identity.Mailed(now);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return TooSoon; // two at once: one of them mails
        }

        return await MailAsync(identity, ct) is { } failure ? failure : identity;
    }

    /// <returns>Null when it is gone.</returns>
    public async Task<Failure?> RemoveAsync(ProjectId project, SenderIdentityId id, CancellationToken ct)
    {
        if (await db.SenderIdentities.Where(identity => identity.ProjectId == project && identity.Id == id).ExecuteDeleteAsync(ct) == 0) return NotFound;
        directory.Forget(project);
        LogRemoved(id.Value, project);
        return null;
    }

    /// <summary>What a link would do, or with <paramref name="confirmed"/> does. Only looking changes nothing: mail scanners open every link.</summary>
    public async Task<(LinkOutcome Outcome, SenderIdentity? Identity, Project? Project)> OpenAsync(string token, bool confirmed, CancellationToken ct)
    {
        if (await links.ReadAsync(token, ct) is not { } link) return (LinkOutcome.Unknown, null, null);
        if (await db.SenderIdentities.SingleOrDefaultAsync(known => known.ProjectId == link.Project && known.Id == link.Identity, ct) is not { } identity) return (LinkOutcome.Unknown, null, null);
        Project project = await db.Projects.AsNoTracking().SingleAsync(known => known.Id == link.Project, ct);
        if (link.Generation != identity.Generation || link.ExpiresAt <= clock.GetUtcNow()) return (identity.VerifiedAt is not null ? LinkOutcome.Verified : LinkOutcome.Over, identity, project);
        if (identity.VerifiedAt is not null) return (LinkOutcome.Verified, identity, project);
        if (!confirmed) return (LinkOutcome.Ready, identity, project);
        identity.Verify(clock.GetUtcNow());
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return (LinkOutcome.Over, identity, project); // a later link was mailed at this very moment
        }

        directory.Forget(identity.ProjectId);
        string masked = MaskedAddress.Of(identity.Email);
        LogVerified(identity.Id.Value, masked, identity.ProjectId);
        return (LinkOutcome.Verified, identity, project);
    }

    private async Task<Failure?> MailAsync(SenderIdentity identity, CancellationToken ct)
    {
        Project project = await db.Projects.AsNoTracking().SingleAsync(known => known.Id == identity.ProjectId, ct);
        return await mail.SendAsync(identity, project.Name, project.DefaultLocale, ct);
    }

    private Failure? Throttled(SenderIdentity identity) =>
        // The project first: what it asks for beyond its share neither uses up an address of somebody else nor fills our memory.
        !throttle.TryTake($"links of {identity.ProjectId}", SetupThrottle.LinksADay) ? SetupThrottle.Refusal("links were mailed for this project")
        : !throttle.TryTake($"links to {identity.Match}", SetupThrottle.LinksToOneAddress) ? SetupThrottle.Refusal("links were mailed to this address")
        : null;

    private static Failure? Problem(IdentityWish wish)
    {
        foreach ((string field, string? value, int longest) in new[] { ("name", wish.Name, LongestLine), ("company", wish.Company, LongestLine), ("postal_address", wish.PostalAddress, LongestPostal) })
        {
            if (value is null) continue;
            if (value.Length > longest) return Failure.Field(field, $"is longer than {longest} characters.");
            if (!IsText(value) || value.Any(c => char.IsControl(c) && (c != '\n' || field != "postal_address"))) return Failure.Field(field, "must not contain line breaks or control characters.");
        }

        if (string.IsNullOrEmpty(wish.ReplyTo)) return null;
        if (wish.ReplyTo.Length > LongestAddress || !IsText(wish.ReplyTo)) return Failure.Field("reply_to", $"must be one address of at most {LongestAddress} characters.");
        return EmailAddress.TryParse(wish.ReplyTo, out _, out string? error) ? null : Failure.Field("reply_to", $"is not an address: {error}");
    }

    /// <summary>What PostgreSQL stores and a mail can carry: no NUL, no half of a surrogate pair.</summary>
    private static bool IsText(string text) => !text.Contains('\0', StringComparison.Ordinal) && !text.EnumerateRunes().Contains(Rune.ReplacementChar);

    private static string? Kept(IdentityWish wish, string field, string? value, string? before) => !wish.Given.Contains(field) ? before : string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static Failure Taken(EmailAddress address) => new(FailureKind.Conflict, "identity_exists", $"`email`: this project has the sender identity {address.Address} already.");

    private static Failure TooSoon => new(FailureKind.TooMany, "rate_limit_exceeded", "A link was mailed a moment ago. Look into the mailbox, and wait a minute before the next one.");

    [LoggerMessage(Level = LogLevel.Information, Message = "Sender identity {IdentityId} ({Address}) was added to project {ProjectId}")]
    private partial void LogAdded(Guid identityId, string address, ProjectId projectId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Sender identity {IdentityId} ({Address}) of project {ProjectId} was verified")]
    private partial void LogVerified(Guid identityId, string address, ProjectId projectId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Sender identity {IdentityId} was removed from project {ProjectId}")]
    private partial void LogRemoved(Guid identityId, ProjectId projectId);
}
