using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Mail.Core.Common;
using Mail.Core.Projects;

namespace Mail.Core.Accounts;

/// <summary>What a cookie bears: which row, and the secret whose hash stands there.</summary>
public sealed record AccountTicket(Guid Id, string Secret)
{
    private const int SecretLength = 32;

    public static AccountTicket New(DateTimeOffset now) => new(UuidV7.New(now), Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretLength)));

    /// <summary>SHA-256: the secret is random and long, so that a slow hash would protect nothing more.</summary>
    public byte[] Hash => HashOf(Secret);

    internal static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Not in a log or a trace.</summary>
    public override string ToString() => $"ticket {Id}";
}

/// <summary>A project that somebody is a member of.</summary>
public sealed record SessionProject(ProjectId Id, string Name, string Locale, ProjectRole Role, bool RequiresTwoFactor);

/// <summary>Somebody who is signed in, and where they may work, as of now.</summary>
/// <param name="HasTwoFactor">Whether the account has a second factor; then every session has shown it.</param>
/// <param name="TwoFactorAt">When it was shown last; null without one.</param>
public sealed record UserSession(
    Guid Id, Guid UserId, string Email, string? Name, string? Locale, bool HasTwoFactor, DateTimeOffset? TwoFactorAt, DateTimeOffset LastSeenAt, IReadOnlyList<SessionProject> Projects);

/// <summary>A session as its owner sees it in the list.</summary>
/// <param name="Methods">How it was signed in: `pwd`, `totp`, `recovery`.</param>
public sealed record SessionEntry(Guid Id, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, string? Ip, string Browser, IReadOnlyList<string> Methods);

/// <summary>Why sessions end. Stored.</summary>
public static class SessionEnds
{
    public const string SignedOut = "signed_out", EndedByOwner = "ended_by_owner", Replaced = "replaced", PasswordChanged = "password_changed", EmailChanged = "email_changed",
        TwoFactorChanged = "two_factor_changed", NotMe = "not_me";
}
