using Mail.Core.Common;
using Mail.Core.Database;
using Microsoft.EntityFrameworkCore;

namespace Mail.Core.Projects;

/// <summary>Makes projects.</summary>
public sealed class ProjectSetup(MailDbContext db, TimeProvider clock)
{
    private const int MostProjects = 100;

    private static Failure NotAllowed => new(FailureKind.Forbidden, "owner_needed", "Projects are made by people who own or administer one already. Ask one of them.");

    /// <summary>A project whose owner is the user.</summary>
    /// <param name="name">Checked.</param>
    public async Task<Result<Project>> AddAsync(Guid userId, string name, string locale, CancellationToken ct)
    {
        List<ProjectRole> roles = await db.ProjectMembers.Where(member => member.UserId == userId).Select(member => member.Role).ToListAsync(ct);
        if (!roles.Any(role => role is ProjectRole.Owner or ProjectRole.Admin)) return NotAllowed;
        if (roles.Count >= MostProjects) return new Failure(FailureKind.Conflict, "too_many_projects", $"Nobody is in more than {MostProjects} projects. Leave one first.");
        DateTimeOffset now = clock.GetUtcNow();
        Project project = new(ProjectId.New(now), name, now);
        project.Change(name, locale, null, []);
        db.Projects.Add(project);
        db.ProjectMembers.Add(new ProjectMember(project.Id, userId, ProjectRole.Owner, now));
        await db.SaveChangesAsync(ct);
        return project;
    }
}
