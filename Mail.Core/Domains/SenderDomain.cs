using Mail.Core.Common;
using Mail.Core.Projects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mail.Core.Domains;

/// <summary>What is known of a domain.</summary>
public enum DomainStatus
{
    /// <summary>Never looked at.</summary>
    NotStarted,

    /// <summary>Its key record is not there yet.</summary>
    Pending,

    /// <summary>Its key record is there: mail from it is accepted and signed.</summary>
    Verified,

    /// <summary>It was verified, and its key record is missing for now. Its mail is still accepted and signed.</summary>
    TemporaryFailure,

    /// <summary>Its key record was not found for days, or is gone for long.</summary>
    Failed,
}

/// <summary>A domain that a project sends from, or wants to. Other projects may have the same one, each with a key of its own (ADR 20).</summary>
public sealed class SenderDomain(ProjectId projectId, DomainId id, string name, string shownName, DateTimeOffset createdAt)
{
    private static readonly TimeSpan _hopedFor = TimeSpan.FromDays(7); // that long a record is waited for before the domain counts as failed
    private const int FewMisses = 3; // one name server that forgot it is no loss of a domain

    public ProjectId ProjectId { get; } = projectId;

    public DomainId Id { get; } = id;

    /// <summary>In A-labels and lower case; unique in the project.</summary>
    public string Name { get; } = name;

    /// <summary>As typed.</summary>
    public string ShownName { get; } = shownName;

    public DomainStatus Status { get; private set; } = DomainStatus.NotStarted;

    /// <summary>Whether mail from domains below it is accepted and signed with its key, too.</summary>
    public bool IncludesSubdomains { get; private set; } = true;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; private set; } = createdAt;

    public DateTimeOffset? VerifiedAt { get; private set; }

    public DateTimeOffset? CheckedAt { get; private set; }

    /// <summary>When the worker looks next by itself; null for never.</summary>
    public DateTimeOffset? NextCheckAt { get; private set; } = createdAt;

    /// <summary>Since when the record of a verified domain is missing.</summary>
    public DateTimeOffset? MissingSince { get; private set; }

    /// <summary>Checks in a row that did not find it.</summary>
    public int Misses { get; private set; }

    /// <summary>What the last check found at each record, by <see cref="DomainRecord.Key"/>.</summary>
    public RecordState[] Records { get; private set; } = [];

    /// <summary>Whether mail from it is accepted and signed.</summary>
    public bool IsUsable => Status is DomainStatus.Verified or DomainStatus.TemporaryFailure;

    public void Change(bool includesSubdomains, DateTimeOffset now) => (IncludesSubdomains, UpdatedAt) = (includesSubdomains, now);

    /// <summary>Somebody asks for a check, or there is a new record to look for: a domain that was given up is looked at again.</summary>
    public void LookSoon(DateTimeOffset now) => NextCheckAt = now;

    /// <summary>Records what a check found.</summary>
    /// <param name="isKeyThere">Null when DNS gave no answer: that says nothing.</param>
    public void Record(bool? isKeyThere, RecordState[] records, TimeSpan missingFor, DateTimeOffset now)
    {
        (Records, CheckedAt, UpdatedAt) = (records, now, now);
        if (isKeyThere is true)
        {
            VerifiedAt = IsUsable ? VerifiedAt : now;
            (Status, MissingSince, Misses) = (DomainStatus.Verified, null, 0);
        }
        else if (isKeyThere is false)
        {
            Misses++;
            if (IsUsable) MissingSince ??= now;
            Status = IsUsable
                ? Misses >= FewMisses && now - MissingSince >= missingFor ? DomainStatus.Failed : DomainStatus.TemporaryFailure
                : Status == DomainStatus.Failed || now - CreatedAt > _hopedFor ? DomainStatus.Failed : DomainStatus.Pending;
        }
        else if (Status == DomainStatus.NotStarted)
        {
            Status = DomainStatus.Pending;
        }

        NextCheckAt = now + Pause(now);
    }

    /// <summary>People publish a record and wait for it; what stands is looked at daily, what is gone hourly.</summary>
    private TimeSpan Pause(DateTimeOffset now) => Status switch
    {
        DomainStatus.Verified => TimeSpan.FromDays(1),
        DomainStatus.TemporaryFailure => TimeSpan.FromHours(1),
        DomainStatus.Failed => TimeSpan.FromDays(1),
        _ => (now - CreatedAt) switch
        {
            { TotalHours: < 1 } => TimeSpan.FromMinutes(2),
            { TotalDays: < 1 } => TimeSpan.FromMinutes(30),
            _ => TimeSpan.FromHours(6),
        },
    };
}

/// <summary>The statuses' names, stored and on the wire; Resend's.</summary>
public static class DomainStatuses
{
    public static string Name(this DomainStatus status) => status switch
    {
        DomainStatus.NotStarted => "not_started",
        DomainStatus.Pending => "pending",
        DomainStatus.Verified => "verified",
        DomainStatus.TemporaryFailure => "temporary_failure",
        DomainStatus.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Not a status of a domain."),
    };

    /// <exception cref="FormatException">No status has that name.</exception>
    public static DomainStatus Parse(string name) =>
        Array.Find(Enum.GetValues<DomainStatus>(), status => status.Name() == name) is var found && found.Name() == name ? found : throw new FormatException($"'{name}' is not a status of a domain.");
}

public sealed class SenderDomainConfiguration : IEntityTypeConfiguration<SenderDomain>
{
    public void Configure(EntityTypeBuilder<SenderDomain> builder)
    {
        builder.ToTable("domains").HasKey(domain => new { domain.ProjectId, domain.Id });
        builder.Property(domain => domain.ProjectId).HasColumnName("project_id").HasConversion(id => id.Value, value => new ProjectId(value));
        builder.Property(domain => domain.Id).HasColumnName("id").HasConversion(id => id.Value, value => new DomainId(value));
        builder.Property(domain => domain.Name).HasColumnName("name");
        builder.Property(domain => domain.ShownName).HasColumnName("shown_name");
        builder.Property(domain => domain.Status).HasColumnName("status").HasConversion(status => status.Name(), name => DomainStatuses.Parse(name));
        builder.Property(domain => domain.IncludesSubdomains).HasColumnName("includes_subdomains");
        builder.Property(domain => domain.CreatedAt).HasColumnName("created_at");
        builder.Property(domain => domain.UpdatedAt).HasColumnName("updated_at");
        builder.Property(domain => domain.VerifiedAt).HasColumnName("verified_at");
        builder.Property(domain => domain.CheckedAt).HasColumnName("checked_at");
        builder.Property(domain => domain.NextCheckAt).HasColumnName("next_check_at");
        builder.Property(domain => domain.MissingSince).HasColumnName("missing_since");
        builder.Property(domain => domain.Misses).HasColumnName("misses");
        builder.Property(domain => domain.Records).HasColumnName("records").IsRecordStates();
        builder.HasOne<Project>().WithMany().HasForeignKey(domain => domain.ProjectId);
    }
}
