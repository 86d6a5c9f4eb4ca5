using Mail.Core.Accounts;
using Mail.Core.Common;

namespace Mail.Api.Access;

/// <summary>For what somebody at an open screen must not do in another's place, such as reading a mailbox's password: the second factor, shown a moment ago.</summary>
public static class FreshTwoFactor
{
    public static readonly TimeSpan Freshness = TimeSpan.FromMinutes(10);

    /// <returns>Why not, and what to do; null when it was.</returns>
    public static Failure? Problem(UserSession session, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(clock);
        if (!session.HasTwoFactor) return Required;
        return session.TwoFactorAt is { } at && clock.GetUtcNow() - at <= Freshness
            ? null
            : new Failure(FailureKind.Forbidden, "two_factor_not_fresh", "This needs your second factor again: POST /auth/two-factor/confirm with a code of your authenticator app, then repeat this within ten minutes.");
    }

    /// <summary>To somebody whose account has none.</summary>
    public static Failure Required => new(FailureKind.Forbidden, "two_factor_required", "This needs two-factor sign-in. Turn it on in your account: POST /auth/two-factor/setup, or the page Account of the console.");
}
