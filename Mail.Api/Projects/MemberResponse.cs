using Mail.Core.Projects;

namespace Mail.Api.Projects;

/// <summary>A member as the API shows it.</summary>
/// <param name="Role">`owner`, `admin`, `developer` or `viewer`.</param>
/// <param name="TwoFactor">Whether the member signs in with a second factor.</param>
public sealed record MemberResponse(string Object, string Id, string Email, string Role, bool TwoFactor, DateTimeOffset CreatedAt)
{
    public static MemberResponse Of(Member member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return new("member", member.UserId.ToString(), member.Email, member.Role.StoredName(), member.HasTwoFactor, member.CreatedAt);
    }

    /// <summary>What is no id is no member.</summary>
    public static Guid IdOf(string text) => Guid.TryParse(text, out Guid id) ? id : default;
}
