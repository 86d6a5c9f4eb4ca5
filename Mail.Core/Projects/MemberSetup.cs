using Mail.Core.Common;
using Mail.Core.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Mail.Core.Projects;

/// <summary>A member as the project's people see them.</summary>
public sealed record Member(Guid UserId, string Email, bool HasTwoFactor, ProjectRole Role, DateTimeOffset CreatedAt);

/// <summary>
/// Who works in a project, and as what. A project always has an owner; only owners act on owners; and whoever loses a role loses it with the next request,
/// because a session asks for it each time.
/// </summary>
public sealed class MemberSetup(MailDbContext db, ApiKeyLookup lookup, LeaverKeys leavers, TimeProvider clock)
{
    private static Failure NotFound => Failure.NotFound("Member");

    private static Failure OwnersOnly => new(FailureKind.Forbidden, "owner_needed", "Only an owner makes, changes or removes owners. A key stands for no person: use the console.");

    private static Failure LastOwner => new(FailureKind.Conflict, "last_owner", "A project needs an owner. Make somebody else an owner first.");

    /// <summary>In the order in which they came.</summary>
    public async Task<IReadOnlyList<Member>> ListAsync(ProjectId project, CancellationToken ct) => await Members(project, null).ToListAsync(ct);

    public async Task<Result<Member>> FindAsync(ProjectId project, Guid userId, CancellationToken ct) =>
        await Members(project, userId).SingleOrDefaultAsync(ct) is { } found ? found : NotFound;

    public Task<Result<Member>> ChangeAsync(ProjectId project, Guid userId, Actor actor, ProjectRole role, CancellationToken ct) => ActAsync(project, userId, (member, owners) =>
    {
        if (member.Role is ProjectRole.Owner && !actor.IsOwner) return OwnersOnly;
        if (actor.ProblemWithGiving(role) is { } problem) return problem;
        if (member.Role is ProjectRole.Owner && role is not ProjectRole.Owner && owners == 1) return LastOwner;
        member.Change(role);
        return null;
    }, ct);

    /// <summary>Also one's own leave.</summary>
    public Task<Result<Member>> RemoveAsync(ProjectId project, Guid userId, Actor actor, CancellationToken ct) => ActAsync(project, userId, (member, owners) =>
    {
        if (member.Role is ProjectRole.Owner && !actor.IsOwner) return OwnersOnly;
        if (member.Role is ProjectRole.Owner && owners == 1) return LastOwner;
        db.ProjectMembers.Remove(member);
        return null;
    }, ct);

    /// <summary>One change of a project's members at a time: two owners who remove each other would leave none.</summary>
    private async Task<Result<Member>> ActAsync(ProjectId project, Guid userId, Func<ProjectMember, int, Failure?> act, CancellationToken ct)
    {
        return await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(ct);
            await db.Database.ExecuteSqlAsync($"SELECT FROM projects WHERE id = {project.Value} FOR NO KEY UPDATE", ct);
            if (await db.ProjectMembers.SingleOrDefaultAsync(member => member.ProjectId == project && member.UserId == userId, ct) is not { } found) return (Result<Member>)NotFound;
            Member before = (await FindAsync(project, userId, ct)).Value;
            int owners = await db.ProjectMembers.CountAsync(member => member.ProjectId == project && member.Role == ProjectRole.Owner, ct);
            if (act(found, owners) is { } failure) return failure;
            ProjectRole? left = db.Entry(found).State is EntityState.Deleted ? null : found.Role;
            List<ApiKey> narrowed = left is null || left > before.Role ? await CloseDoorsAsync(project, userId, left, ct) : [];
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            foreach (ApiKey key in narrowed) lookup.Forget(key.KeyHash);
            if (left is null && narrowed.Any(key => key.RevokedAt is null)) await leavers.TellAsync(project, ct);
            return before with { Role = found.Role };
        });
    }

    /// <summary>
    /// Whoever loses a role does not come back by what they have left behind: invitations that they, or keys of theirs, have sent are taken back, and their keys lose
    /// the rights to rule the project. Apps go on sending with them.
    /// </summary>
    /// <param name="role">What they are now; null for no member.</param>
    private async Task<List<ApiKey>> CloseDoorsAsync(ProjectId project, Guid userId, ProjectRole? role, CancellationToken ct)
    {
        IReadOnlyList<string> kept = role is { } now ? Scopes.Of(now) : [];
        DateTime at = clock.GetUtcNow().UtcDateTime;
        bool mayInvite = kept.Contains(Scopes.WriteMembers); // an owner who is an administrator now: only owners were invited beyond that
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE member_invitations SET revoked_at = {at} WHERE project_id = {project.Value} AND accepted_at IS NULL AND revoked_at IS NULL AND (role = 'owner' OR NOT {mayInvite})
              AND (invited_by = {userId} OR invited_key IN (SELECT id FROM api_keys WHERE project_id = {project.Value} AND created_by = {userId}))
            """, ct);
        List<ApiKey> keys = await db.ApiKeys.Where(key => key.ProjectId == project && key.CreatedBy == userId && key.RevokedAt == null).ToListAsync(ct);
        foreach (ApiKey key in keys) key.Narrow([.. key.Scopes.Where(scope => kept.Contains(scope) || !Scopes.Governing.Contains(scope))], clock.GetUtcNow());
        return keys;
    }

    private IQueryable<Member> Members(ProjectId project, Guid? userId) =>
        from member in db.ProjectMembers.AsNoTracking()
        join user in db.Users.AsNoTracking() on member.UserId equals user.Id
        where member.ProjectId == project && (userId == null || member.UserId == userId)
        orderby member.CreatedAt, member.UserId
        select new Member(user.Id, user.Email!, user.TwoFactorEnabled, member.Role, member.CreatedAt);
}
