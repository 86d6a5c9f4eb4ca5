using Mail.Core.Domains.Identities;

namespace Mail.Api.Domains;

/// <summary>A sender identity as the API shows it.</summary>
/// <param name="Status">`pending` until the link that was mailed to it is opened and confirmed, then `verified`.</param>
/// <param name="MailedAt">When the link was mailed last; it works for a week.</param>
public sealed record IdentityResponse(
    string Object, string Id, string Email, string? Name, string? ReplyTo, string? Company, string? PostalAddress, string Status, DateTimeOffset CreatedAt, DateTimeOffset? MailedAt,
    DateTimeOffset? VerifiedAt)
{
    public static IdentityResponse Of(SenderIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return new IdentityResponse(
            "sender_identity", identity.Id.ToString(), identity.Email, identity.Name, identity.ReplyTo, identity.Company, identity.PostalAddress, identity.VerifiedAt is null ? "pending" : "verified",
            identity.CreatedAt, identity.MailedAt, identity.VerifiedAt);
    }
}
