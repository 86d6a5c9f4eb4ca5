using System.Text.Json.Serialization;
using Mail.Core.Invitations;

namespace Mail.Api.Invitations;

/// <summary>A candidate and how it stands with the invitation.</summary>
/// <param name="State">`new`, `created`, `sent`, `delivered`, `opened`, `used`, `expired`, `bounced` or `revoked`.</param>
/// <param name="ExpiresAt">When the link ends; null for who has none.</param>
/// <param name="EmailId">The last mail's.</param>
/// <param name="Sends">Mails of this link that were asked for, reminders aside.</param>
/// <param name="Starts">How often the interview was begun.</param>
/// <param name="Note">Why it bounced, or was revoked.</param>
/// <param name="Timeline">What happened, in order; absent in lists.</param>
public sealed record CandidateResponse(
    string Object, string Id, string CampaignId, string ApplicationId, string Email, string? Name, string? Locale, string? TimeZone, InvitationState State, DateTimeOffset? ExpiresAt, string? EmailId, int Sends,
    DateTimeOffset? SentAt, DateTimeOffset? DeliveredAt, DateTimeOffset? OpenedAt, DateTimeOffset? RemindedAt, DateTimeOffset? UsedAt, int Starts, DateTimeOffset? BouncedAt, DateTimeOffset? ComplainedAt,
    DateTimeOffset? ExpiredAt, DateTimeOffset? RevokedAt, string? Note, bool Test, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<TimelineEntry>? Timeline)
{
    public static CandidateResponse Of(Invitation one, IReadOnlyList<InvitationEvent>? timeline = null)
    {
        ArgumentNullException.ThrowIfNull(one);
        return new(
            "candidate", one.Id.ToString(), one.CampaignId.ToString(), one.ApplicationId, one.Email, one.Name, one.Locale, one.TimeZone, one.State, one.ExpiresAt, one.MessageId?.ToString(), one.Sends,
            one.SentAt, one.DeliveredAt, one.OpenedAt, one.RemindedAt, one.UsedAt, one.Starts, one.BouncedAt, one.ComplainedAt, one.ExpiredAt, one.RevokedAt, one.Note, one.IsTest, one.CreatedAt, one.UpdatedAt,
            timeline is null ? null : [.. timeline.Select(TimelineEntry.Of)]);
    }
}

/// <param name="Type">`added`, `changed`, `created`, `queued`, `sent`, `delivered`, `opened`, `used`, `reminded`, `extended`, `expired`, `bounced`, `refused`, `complained`, `revoked` or `not_told`.</param>
/// <param name="Via">`api`, `import`, `page`, `timer` or `mail`.</param>
/// <param name="ActorId">The member's or key's that asked for it.</param>
/// <param name="EmailId">The mail that it is about.</param>
public sealed record TimelineEntry(string Type, DateTimeOffset At, string Via, string? ActorId, string? Ip, string? UserAgent, string? EmailId, string? Detail)
{
    public static TimelineEntry Of(InvitationEvent one)
    {
        ArgumentNullException.ThrowIfNull(one);
        return new(one.Type, one.At, one.Via, one.ActorId?.ToString(), one.Ip, one.UserAgent, one.MessageId?.ToString(), one.Detail);
    }
}
