using Mail.Core.Alerts;
using Mail.Core.Common;
using Mail.Core.Database;
using Microsoft.EntityFrameworkCore;

namespace Mail.Core.Projects;

/// <summary>
/// Keys that somebody knows who has left the project. They go on working: an app that stopped because a person left would be the greater harm. They rule nothing any more
/// (<see cref="MemberSetup"/>), the list shows them, and the project's people are told until none is left.
/// </summary>
public sealed class LeaverKeys(MailDbContext db, IAlerts alerts, TimeProvider clock)
{
    private static readonly TimeSpan _told = TimeSpan.FromDays(7);

    /// <returns>Which of the project's keys they are.</returns>
    public async Task<HashSet<Guid>> FindAsync(ProjectId project, CancellationToken ct) => [.. await Keys(project).Select(key => key.Id).ToListAsync(ct)];

    internal async Task TellAsync(ProjectId project, CancellationToken ct)
    {
        DateTimeOffset handled = clock.GetUtcNow() + ApiKeySetup.LongestGrace; // replaced, and on its way out
        List<string> names = await Keys(project).Where(key => key.ExpiresAt == null || key.ExpiresAt > handled).OrderBy(key => key.Id).Select(key => key.Name).ToListAsync(ct);
        AlertKey about = new(project, AlertKind.LeaverKeys, "");
        if (names.Count == 0) alerts.Resolve(about);
        else alerts.Raise(about, new AlertFacts { Reason = string.Join(", ", names) }, endsAt: clock.GetUtcNow() + _told);
    }

    private IQueryable<ApiKey> Keys(ProjectId project)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return db.ApiKeys.AsNoTracking().Where(key => key.ProjectId == project && key.RevokedAt == null && (key.ExpiresAt == null || key.ExpiresAt > now) && key.CreatedBy != null
            && !db.ProjectMembers.Any(member => member.ProjectId == project && member.UserId == key.CreatedBy));
    }
}
