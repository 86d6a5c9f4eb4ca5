using Mail.Api.Access;
using Mail.Core.Common;
using Mail.Core.Flows;
using Mail.Core.Mailboxes;
using Mail.Core.Messages;
using Mail.Core.Projects;

namespace Mail.Api.Mailboxes;

/// <summary>
/// Who asks for mailboxes. An app names its user by the header `X-Mail-User`, and sees and changes what is that user's; without it, all of the project's. In the console it is whoever is signed in:
/// their own, or all for those who may `mailboxes:admin`, who may also name a user.
/// </summary>
/// <param name="User">The app's user, or `user:{id}` of the console; null for an app that names none.</param>
/// <param name="SeesAll">Whether what is others' is seen and changed too.</param>
public sealed record MailboxCaller(CurrentProject Project, string? User, bool SeesAll, FlowActor Actor)
{
    public const string Header = "X-Mail-User";
    private const int LongestUser = 200;

    /// <summary>What this caller sees.</summary>
    public MailboxAccess Access => new(Project.Id, Project.IsTest, SeesAll ? null : User);

    /// <summary>What is the caller's own: `my-accounts`. An app that names nobody has no own ones, and gets all.</summary>
    public MailboxAccess Own => new(Project.Id, Project.IsTest, User);

    /// <summary>Whose a new mailbox is.</summary>
    public string Owner => User ?? $"key:{Project.Actor.Id}";

    /// <summary>An app without a user that may administer sets up for everybody, such as a whole team at once; any other makes ten a day.</summary>
    public bool IsLimited => User is not null || !Project.Scopes.Contains(Scopes.AdministerMailboxes);

    public static Result<MailboxCaller> Read(HttpContext http, CurrentProject project)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(project);
        bool isPerson = project.Actor.Kind is ActorKind.User, mayAll = !isPerson || project.Scopes.Contains(Scopes.AdministerMailboxes);
        FlowActor actor = new("api", isPerson ? $"member {project.Actor.Id}" : $"key {project.Actor.Id}", http.Connection.RemoteIpAddress?.ToString());
        string self = $"user:{project.Actor.Id}";
        if (!http.Request.Headers.TryGetValue(Header, out Microsoft.Extensions.Primitives.StringValues given)) return new MailboxCaller(project, isPerson ? self : null, mayAll, actor);
        if (given.Count != 1) return Failure.Field(Header, "must stand there once.");
        Result<string> user = UserOf(Header, given[0]);
        if (!user.IsSuccess) return user.Failure;
        if (isPerson && !mayAll && user.Value != self) return new Failure(FailureKind.Forbidden, "not_your_mailboxes", $"`{Header}` names another user. Only owners and administrators see the mailboxes of others.");
        if (!isPerson && (user.Value.StartsWith("user:", StringComparison.Ordinal) || user.Value.StartsWith("key:", StringComparison.Ordinal))) return Failure.Field(Header, "must not begin with `user:` or `key:`: these are members of the console, and keys.");
        return new MailboxCaller(project, user.Value, SeesAll: false, actor);
    }

    /// <summary>A user's name: any text of an app's own.</summary>
    public static Result<string> UserOf(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return Failure.Field(field, "must name a user in 1 to 200 characters.");
        if (text.Length > LongestUser) return Failure.Field(field, $"is longer than {LongestUser} characters.");
        return !TextRules.IsStorable(text) || text.Any(char.IsControl) ? Failure.Field(field, "must not contain control characters or half of a surrogate pair.") : text.Trim();
    }

    /// <summary>What somebody at an open screen must not do in another's place: of a session the second factor is asked for, shown in the last ten minutes. A key has its scope.</summary>
    public static async Task<Failure?> SecondFactorAsync(HttpContext http, CurrentProject project)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(project);
        if (project.Actor.Kind is not ActorKind.User) return null;
        IServiceProvider services = http.RequestServices;
        return await services.GetRequiredService<ConsoleSessions>().FindAsync(http) is not { } session ? ConsoleSessions.Missing : FreshTwoFactor.Problem(session, services.GetRequiredService<TimeProvider>());
    }
}
