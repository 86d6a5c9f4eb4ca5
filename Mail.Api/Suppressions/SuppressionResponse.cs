using Mail.Core.Suppressions;

namespace Mail.Api.Suppressions;

/// <summary>An entry of the list as the API shows it.</summary>
/// <param name="Email">In its normal form: lower case, the domain in ASCII.</param>
/// <param name="Reason">`hard_bounce`, `complaint`, `manual`, `unsubscribe` or `soft_bounce`.</param>
/// <param name="TopicId">The topic that it is about; null for all.</param>
/// <param name="EmailId">The message that it came from; null when none did.</param>
/// <param name="Note">A person's, or what the server said.</param>
/// <param name="ExpiresAt">Null for never.</param>
public sealed record SuppressionResponse(
    string Object, string Id, string Email, string Reason, string? TopicId, string? EmailId, string? Note, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt)
{
    public static SuppressionResponse Of(Suppression entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new SuppressionResponse(
            "suppression", entry.Id.ToString(), entry.Address, entry.Reason.Name(), entry.Topic.Length == 0 ? null : entry.Topic, entry.MessageId?.ToString(), entry.Note, entry.CreatedAt, entry.ExpiresAt);
    }
}
