using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Templates;
using Mail.Protocol.Mime;

namespace Mail.Core.Invitations;

/// <summary>What a call or a line of a file says of a candidate, checked. What is null is not said.</summary>
/// <param name="Title">Of the campaign; for calls that bring it along, as does <paramref name="TargetUrl"/>.</param>
public sealed record CandidateWish(
    ProjectId Project, bool IsTest, string ApplicationId, string? Email, string? Name, string? Locale, string? TimeZone, Guid? CampaignId = null, string? Title = null, string? TargetUrl = null)
{
    public const int LongestApplicationId = 200, LongestName = 200, LongestEmail = 320;

    /// <param name="path">The names of the fields in the order of id, e-mail, name, locale, time zone; for refusals.</param>
    /// <returns>The first field that cannot be taken, and why, as the end of a sentence; null when all can.</returns>
    public static (string Field, string Problem)? ProblemWith(string? applicationId, string? email, string? name, string? locale, string? timeZone, (string Id, string Email, string Name, string Locale, string TimeZone) path)
    {
        if (applicationId is not null && (applicationId.Length is 0 or > LongestApplicationId || !IsLine(applicationId))) return (path.Id, $"must be one line of 1 to {LongestApplicationId} characters.");
        if (email is not null)
        {
            if (email.Length > LongestEmail || !TextRules.IsStorable(email)) return (path.Email, "is not an address that can be stored.");
            if (!EmailAddress.TryParse(email, out EmailAddress? address, out string? error)) return (path.Email, $"is not an address: {error}");
            if (address.DisplayName is not null) return (path.Email, "must be a bare address; the name stands in a field of its own.");
        }

        if (name is not null && (name.Length is 0 or > LongestName || !IsLine(name))) return (path.Name, $"must be one line of 1 to {LongestName} characters.");
        if (locale is not null && !Templates.Locale.IsWellFormed(locale)) return (path.Locale, "is not a language tag (BCP 47), such as `fr` or `fr-CA`.");
        if (timeZone is not null && TimeZones.Find(timeZone) is null) return (path.TimeZone, "must be the name of a time zone (IANA), such as `Europe/Paris`.");
        return null;
    }

    internal Invitation ToCandidate(Campaign campaign, DateTimeOffset now) => new()
    {
        ProjectId = Project.Value, Id = UuidV7.New(now), CampaignId = campaign.Id, IsTest = IsTest, ApplicationId = ApplicationId, Email = Email!, Name = Name, Locale = Locale, TimeZone = TimeZone, CreatedAt = now, UpdatedAt = now,
    };

    /// <returns>Null when it says nothing new.</returns>
    internal InvitationStep? ChangeOf(Invitation known, DateTimeOffset now)
    {
        Invitation after = known with { Email = Email ?? known.Email, Name = Name ?? known.Name, Locale = Locale ?? known.Locale, TimeZone = TimeZone ?? known.TimeZone };
        if (after == known) return null;
        // The fields' names, and not their values: those would outlive a wish to be forgotten.
        List<string> changed = [];
        if (after.Email != known.Email) changed.Add("email");
        if (after.Name != known.Name) changed.Add("name");
        if (after.Locale != known.Locale) changed.Add("locale");
        if (after.TimeZone != known.TimeZone) changed.Add("time_zone");
        return new InvitationStep(after with { Version = known.Version + 1, UpdatedAt = now }, InvitationEvents.Changed, Detail: string.Join(", ", changed));
    }

    /// <summary>An application is invited to one interview: it does not move to another campaign by a call.</summary>
    internal Failure? Contradiction(Campaign campaign) =>
        CampaignId is { } id && id != campaign.Id ? Other("campaign_id") : Title is { } title && title != campaign.Title ? Other("title") : TargetUrl is { } url && url != campaign.TargetUrl ? Other("target_url") : null;

    private static Failure Other(string field) =>
        new(FailureKind.Conflict, "application_in_another_campaign", $"`{field}` is another one than that of the campaign to which this `application_id` belongs.");

    private static bool IsLine(string text) => TextRules.IsStorable(text) && !TextRules.HasControlCharacter(text) && text.Trim().Length > 0;
}
