using Mail.Core.Common;
using Mail.Core.Messages;

namespace Mail.Core.Suppressions;

/// <summary>One entry of a project's list.</summary>
/// <param name="Address">In its normal form.</param>
/// <param name="Topic">Empty for all.</param>
/// <param name="MessageId">What it came from; null when no message did.</param>
/// <param name="Note">A person's, or what the server said.</param>
/// <param name="ExpiresAt">Null for never.</param>
public sealed record Suppression(
    Guid Id, string Address, string Topic, SuppressionReason Reason, MessageId? MessageId, DeliveryId? DeliveryId, string? Note, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);

/// <summary>What somebody wants on the list.</summary>
/// <param name="CreatedAt">When it was known elsewhere; null for now.</param>
public sealed record NewSuppression(string Address, string Topic, SuppressionReason Reason, string? Note, DateTimeOffset? ExpiresAt, DateTimeOffset? CreatedAt = null)
{
    public const int LongestNote = 500;

    /// <summary>What it came from.</summary>
    public MessageId? MessageId { get; init; }

    /// <summary>What keeps it from the list: a field, and what is wrong with it as the end of a sentence. Null when it can be stored. The address is not looked at.</summary>
    public (string Field, string Problem)? Problem(DateTimeOffset now)
    {
        if (Topic.Length > 0 && !Reason.MayHaveTopic()) return ("topic_id", $"cannot be set for the reason `{Reason.Name()}`, which is about all mail.");
        if (Topic.Length > 0 && Topics.Problem(Topic) is { } topic) return ("topic_id", topic);
        if (Note is not null && !TextRules.IsStorable(Note)) return ("note", "contains a NUL character or half of a surrogate pair.");
        if (Note?.Length > LongestNote) return ("note", $"is longer than {LongestNote} characters.");
        if (ExpiresAt is null) return null;
        if (!Reason.MayExpire()) return ("expires_at", $"cannot be set for the reason `{Reason.Name()}`, which does not pass.");
        return ExpiresAt <= now ? ("expires_at", "is past.") : null;
    }
}

/// <param name="After">Only entries that came before this one (the next page).</param>
/// <param name="Before">Only entries that came after this one (the page before).</param>
/// <param name="Address">Part of the address.</param>
public sealed record SuppressionFilter(int Limit, Guid? After, Guid? Before, string? Address, SuppressionReason? Reason, string? Topic);
