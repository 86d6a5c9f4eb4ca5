using Mail.Core.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mail.Core.Projects;

/// <summary>A tenant.</summary>
public sealed class Project(ProjectId id, string name, DateTimeOffset createdAt)
{
    public ProjectId Id { get; } = id;

    public string Name { get; private set; } = name;

    /// <summary>The language of a template when neither the call nor the contact names one (BCP 47).</summary>
    public string DefaultLocale { get; private set; } = "en";

    /// <summary>The region in which relays must process this project's mail (`eu`...); null for any.</summary>
    public string? Region { get; private set; }

    /// <summary>Who is told when a relay of the project is in trouble; empty for its owners.</summary>
    public string[] AlertEmails { get; private set; } = [];

    /// <summary>For how many days bodies and attachments of finished messages are kept.</summary>
    public int KeepContentDays { get; private set; } = 30;

    /// <summary>For how many days finished messages, what became of their recipients and events are kept; at the longest until the end of the month after.</summary>
    public int KeepHistoryDays { get; private set; } = 90;

    /// <summary>Whether opens of its messages are recorded, unless a message says otherwise.</summary>
    public bool TrackOpens { get; private set; }

    /// <summary>Whether clicks on links of its messages are recorded, unless a message says otherwise.</summary>
    public bool TrackClicks { get; private set; }

    /// <summary>How many requests all its keys together may make in a second; null for any number.</summary>
    public int? RatePerSecond { get; private set; }

    /// <summary>Who stands in the footer of templates, where neither the message nor the sender identity says it.</summary>
    public string? CompanyName { get; private set; }

    /// <summary>Several lines, perhaps.</summary>
    public string? PostalAddress { get; private set; }

    /// <summary>What the law wants said: register, managing directors.</summary>
    public string? LegalFooter { get; private set; }

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public void LimitRate(int? perSecond) => RatePerSecond = perSecond;

    public void SignWith(string? companyName, string? postalAddress, string? legalFooter) => (CompanyName, PostalAddress, LegalFooter) = (companyName, postalAddress, legalFooter);

    /// <summary>Whether members must sign in with a second factor; without, they reach nothing of the project.</summary>
    public bool RequireTwoFactor { get; private set; }

    public void Demand(bool twoFactor) => RequireTwoFactor = twoFactor;

    public void Track(bool opens, bool clicks) => (TrackOpens, TrackClicks) = (opens, clicks);

    public void Keep(int contentDays, int historyDays) => (KeepContentDays, KeepHistoryDays) = (contentDays, historyDays);

    /// <summary>Takes values that have been checked.</summary>
    public void Change(string name, string defaultLocale, string? region, string[] alertEmails) => (Name, DefaultLocale, Region, AlertEmails) = (name, defaultLocale, region, alertEmails);
}

public sealed class ProjectConfiguration : IEntityTypeConfiguration<Project>
{
    public void Configure(EntityTypeBuilder<Project> builder)
    {
        builder.ToTable("projects").HasKey(project => project.Id);
        builder.Property(project => project.Id).HasColumnName("id").HasConversion(id => id.Value, value => new ProjectId(value));
        builder.Property(project => project.Name).HasColumnName("name");
        builder.Property(project => project.DefaultLocale).HasColumnName("default_locale");
        builder.Property(project => project.Region).HasColumnName("region");
        builder.Property(project => project.AlertEmails).HasColumnName("alert_emails");
        builder.Property(project => project.KeepContentDays).HasColumnName("keep_content_days");
        builder.Property(project => project.KeepHistoryDays).HasColumnName("keep_history_days");
        builder.Property(project => project.TrackOpens).HasColumnName("track_opens");
        builder.Property(project => project.TrackClicks).HasColumnName("track_clicks");
        builder.Property(project => project.RatePerSecond).HasColumnName("rate_per_second");
        builder.Property(project => project.CompanyName).HasColumnName("company_name");
        builder.Property(project => project.PostalAddress).HasColumnName("postal_address");
        builder.Property(project => project.LegalFooter).HasColumnName("legal_footer");
        builder.Property(project => project.RequireTwoFactor).HasColumnName("require_two_factor");
        builder.Property(project => project.CreatedAt).HasColumnName("created_at");
    }
}
