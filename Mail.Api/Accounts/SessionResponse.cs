using Mail.Api.Access;

namespace Mail.Api.Accounts;

/// <summary>Who is signed in, and where they may work.</summary>
public sealed record SessionResponse(SessionResponse.SessionUser User, IReadOnlyList<SessionResponse.SessionProject> Projects)
{
    public sealed record SessionUser(string Id, string Email);

    public sealed record SessionProject(string Id, string Name, string Role);

    public static SessionResponse From(ConsoleSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
#pragma warning disable CA1308 // wire names are lower case
        return new(
            new SessionUser(session.UserId.ToString(), session.Email),
            [.. session.Projects.Select(project => new SessionProject(project.Id.ToString(), project.Name, project.Role.ToString().ToLowerInvariant()))]);
#pragma warning restore CA1308
    }
}
