using Mail.Core.Projects;
using Mail.Core.Tracking;

namespace Mail.Api.Projects;

/// <summary>A project as the API shows it.</summary>
/// <param name="DefaultLocale">The language of a template when a call names none (BCP 47).</param>
/// <param name="Region">Where relays must process this project's mail, such as `eu`; null for anywhere.</param>
/// <param name="AlertEmails">Who is told when a relay is in trouble; empty for the owners.</param>
/// <param name="Retention">How long finished messages are kept.</param>
/// <param name="Tracking">Whether opens and clicks are recorded where a message does not say.</param>
/// <param name="RatePerSecond">How many requests all its keys together may make in a second; null for any number.</param>
/// <param name="CompanyName">In the footer of templates, where neither the message nor the sender identity says it; so are the two that follow.</param>
/// <param name="RequireTwoFactor">Whether members reach the project with two-factor sign-in only.</param>
public sealed record ProjectResponse(string Object, string Id, string Name, string DefaultLocale, string? Region, IReadOnlyList<string> AlertEmails, RetentionFacts Retention, TrackingRequest Tracking, int? RatePerSecond, string? CompanyName, string? PostalAddress, string? LegalFooter, bool RequireTwoFactor, DateTimeOffset CreatedAt)
{
    public static ProjectResponse Of(Project project)
    {
        ArgumentNullException.ThrowIfNull(project);
        return new("project", project.Id.ToString(), project.Name, project.DefaultLocale, project.Region, project.AlertEmails, new RetentionFacts(project.KeepContentDays, project.KeepHistoryDays), new TrackingRequest(project.TrackOpens, project.TrackClicks), project.RatePerSecond, project.CompanyName, project.PostalAddress, project.LegalFooter, project.RequireTwoFactor, project.CreatedAt);
    }
}

/// <param name="ContentDays">Bodies and attachments.</param>
/// <param name="HistoryDays">The message, its recipients' states and its events; removed month by month.</param>
public sealed record RetentionFacts(int? ContentDays, int? HistoryDays);
