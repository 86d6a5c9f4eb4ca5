using System.Globalization;
using System.Security.Claims;
using Mail.Core.Accounts;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;

namespace Mail.Api.Access;

public sealed record ConsoleProject(ProjectId Id, string Name, string Locale, ProjectRole Role);

/// <summary>A signed-in console user and the projects they belong to, as of now.</summary>
public sealed record ConsoleSession(Guid UserId, string Email, IReadOnlyList<ConsoleProject> Projects);

/// <summary>The console's sessions: a cookie that names the user and the security stamp it was made under; a changed stamp ends it.</summary>
public sealed class ConsoleSessions(MailDbContext db)
{
    private const string StampClaim = "stamp";

    /// <summary>A page of another site cannot set a header of its own without asking first (CORS), which we never allow; SameSite=Strict stands before it.</summary>
    public static bool IsFromConsole(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.Headers.ContainsKey("X-Mail-Console");
    }

    public static Failure NotFromConsole => new(FailureKind.Forbidden, "missing_console_header", "A request with a session cookie that changes something needs the header X-Mail-Console: 1.");

    public static Task SignInAsync(HttpContext context, User user)
    {
        ArgumentNullException.ThrowIfNull(user);
        ClaimsIdentity identity = new(
            [new Claim(ClaimTypes.NameIdentifier, user.Id.ToString("D", CultureInfo.InvariantCulture)), new Claim(StampClaim, user.SecurityStamp ?? "")],
            CookieAuthenticationDefaults.AuthenticationScheme);
        return context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(identity), new AuthenticationProperties { IsPersistent = true });
    }

    /// <returns>Null without a session that is still good.</returns>
    public async Task<ConsoleSession?> FindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        AuthenticateResult result = await context.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        if (!Guid.TryParse(result.Principal?.FindFirstValue(ClaimTypes.NameIdentifier), out Guid userId)) return null;
        string stamp = result.Principal.FindFirstValue(StampClaim) ?? "";
        User? user = await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == userId && user.SecurityStamp == stamp, context.RequestAborted);
        return user is null ? null : await OfAsync(user, context.RequestAborted);
    }

    public async Task<ConsoleSession> OfAsync(User user, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(user);
        List<ConsoleProject> projects = await (
            from member in db.ProjectMembers
            join project in db.Projects on member.ProjectId equals project.Id
            where member.UserId == user.Id
            orderby project.CreatedAt
            select new ConsoleProject(project.Id, project.Name, project.DefaultLocale, member.Role)).AsNoTracking().ToListAsync(ct);
        return new ConsoleSession(user.Id, user.Email!, projects);
    }
}
