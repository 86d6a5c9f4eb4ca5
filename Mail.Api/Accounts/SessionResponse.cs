using Mail.Core.Accounts;

namespace Mail.Api.Accounts;

/// <summary>Who is signed in, and where they may work.</summary>
public sealed record SessionResponse(SessionResponse.SessionUser User, IReadOnlyList<SessionResponse.Membership> Projects)
{
    /// <param name="TwoFactor">Whether the account has a second factor.</param>
    /// <param name="TwoFactorAt">When this session has shown it last.</param>
    public sealed record SessionUser(string Id, string Email, string? Name, bool TwoFactor, DateTimeOffset? TwoFactorAt);

    /// <param name="RequiresTwoFactor">Without a second factor nothing of the project can be reached.</param>
    public sealed record Membership(string Id, string Name, string Role, bool RequiresTwoFactor);

    public static SessionResponse From(UserSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
#pragma warning disable CA1308 // wire names are lower case
        return new(
            new SessionUser(session.UserId.ToString(), session.Email, session.Name, session.HasTwoFactor, session.TwoFactorAt),
            [.. session.Projects.Select(project => new Membership(project.Id.ToString(), project.Name, project.Role.ToString().ToLowerInvariant(), project.RequiresTwoFactor))]);
#pragma warning restore CA1308
    }
}

/// <summary>The password was right; the second factor is awaited at POST /auth/two-factor.</summary>
/// <param name="Status">`two_factor_required`.</param>
/// <param name="ExpiresAt">Until then; afterwards the password is asked for again.</param>
public sealed record TwoFactorChallenge(string Status, DateTimeOffset ExpiresAt);
