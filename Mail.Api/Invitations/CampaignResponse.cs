using System.Text.Json.Serialization;
using Mail.Core.Invitations;

namespace Mail.Api.Invitations;

/// <summary>A campaign. How far it is: GET /campaigns/{id}/invite and /metrics.</summary>
/// <param name="NotInvited">Whom POST /campaigns/{id}/invite would invite: who is `new`. Absent in lists.</param>
public sealed record CampaignResponse(
    string Object, string Id, string Title, string? Job, string? Company, string TargetUrl, int ExpiresInMinutes, int? RemindBeforeMinutes, IReadOnlyList<string> Locales, string? TimeZone, string? From, string? ReplyTo,
    string? Message, int? DurationMinutes, bool MayRestart, bool TrackOpens, bool Test, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? NotInvited)
{
    public static CampaignResponse Of(Campaign one, int? notInvited = null)
    {
        ArgumentNullException.ThrowIfNull(one);
        return new(
            "campaign", one.Id.ToString(), one.Title, one.Job, one.Company, one.TargetUrl, one.ExpiresInMinutes, one.RemindBeforeMinutes, one.Locales, one.TimeZone, one.Sender, one.ReplyTo, one.Message,
            one.DurationMinutes, one.MayRestart, one.TrackOpens, one.IsTest, one.CreatedAt, one.UpdatedAt, notInvited);
    }
}

/// <summary>How far the last call is that invited many, and what became of all mails of the campaign.</summary>
/// <param name="State">`none`, `running` or `finished`.</param>
/// <param name="Total">Whom that call invites.</param>
/// <param name="Accepted">Whose mail is stored and on its way.</param>
/// <param name="Refused">Whose mail could not be taken; each candidate says why.</param>
/// <param name="Remaining">Who is still to be invited.</param>
/// <param name="Sent">Of the whole campaign, as are those that follow.</param>
public sealed record InviteResponse(
    string Object, string State, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, int Total, int Accepted, int Refused, int Remaining, int Sent, int Delivered, int Opened, int Bounced)
{
    public static InviteResponse Of(Campaign campaign, CampaignCounts counts)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(counts);
        string state = campaign.RunId is null ? "none" : campaign.RunEndedAt is null ? "running" : "finished";
        return new("campaign_invite", state, campaign.RunAt, campaign.RunEndedAt, campaign.RunTotal, campaign.RunAccepted, campaign.RunRefused, Math.Max(0, campaign.RunTotal - campaign.RunAccepted - campaign.RunRefused), counts.Sent, counts.Delivered, counts.Opened, counts.Bounced);
    }
}

/// <summary>How many candidates have come how far, and the rates. A rate is null where there is nothing to divide by.</summary>
/// <param name="Started">Who began the interview.</param>
/// <param name="DeliveryRate">Delivered of sent.</param>
/// <param name="OpenRate">Opened of delivered; only with `track_opens`.</param>
/// <param name="BounceRate">Bounced of invited.</param>
/// <param name="ComplaintRate">Complaints of delivered.</param>
/// <param name="StartRate">Started of invited.</param>
public sealed record CampaignMetricsResponse(
    string Object, int Candidates, int Invited, int Sent, int Delivered, int Opened, int Started, int Expired, int Bounced, int Complained, int Revoked,
    double? DeliveryRate, double? OpenRate, double? BounceRate, double? ComplaintRate, double? StartRate)
{
    public static CampaignMetricsResponse Of(CampaignCounts one)
    {
        ArgumentNullException.ThrowIfNull(one);
        return new(
            "campaign_metrics", one.Candidates, one.Invited, one.Sent, one.Delivered, one.Opened, one.Started, one.Expired, one.Bounced, one.Complained, one.Revoked,
            one.DeliveryRate, one.OpenRate, one.BounceRate, one.ComplaintRate, one.StartRate);
    }
}
