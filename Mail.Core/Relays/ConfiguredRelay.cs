using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Relays.Limits;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mail.Core.Relays;

/// <summary>A relay that a project has set up. Changing it makes a new revision, which the workers notice within seconds.</summary>
public sealed class ConfiguredRelay(ProjectId projectId, RelayId id, string name, string kind, DateTimeOffset createdAt)
{
    public ProjectId ProjectId { get; } = projectId;

    public RelayId Id { get; } = id;

    /// <summary>Unique in the project; stands in every delivery that the relay carried.</summary>
    public string Name { get; private set; } = name;

    /// <summary>Its <see cref="RelayKind"/> in lower case; fixed, because the settings depend on it.</summary>
    public string Kind { get; } = kind;

    /// <summary>Address and credentials, encrypted by <see cref="RelaySecrets"/>.</summary>
    public string Settings { get; private set; } = "";

    public bool IsEnabled { get; private set; } = true;

    public int Priority { get; private set; } = 100;

    public int Weight { get; private set; } = 1;

    public string[] Lanes { get; private set; } = [];

    public string? Region { get; private set; }

    public string[] Senders { get; private set; } = [];

    /// <summary>Messages that are being handed over at the same time, of all workers together; also the connections that one process holds open. Null for the process's own limit.</summary>
    public int? MaxConnections { get; private set; }

    /// <summary>Recipients a second, of all workers together; null for no limit.</summary>
    public double? RatePerSecond { get; private set; }

    /// <summary>Recipients a day (UTC); null for no limit.</summary>
    public long? DayQuota { get; private set; }

    /// <summary>Recipients a calendar month (UTC); null for no limit.</summary>
    public long? MonthQuota { get; private set; }

    /// <summary>Limits by destination domain.</summary>
    public DomainLimit[] DomainLimits { get; private set; } = [];

    public WarmUp? WarmUp { get; private set; }

    public int Revision { get; private set; }

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; private set; } = createdAt;

    /// <summary>Takes values that have been checked.</summary>
    public void Change(RelayValues values, string protectedSettings, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(values);
        (Name, Settings, IsEnabled) = (values.Name, protectedSettings, values.IsEnabled);
        (Priority, Weight, Lanes, Region, Senders) = (values.Priority, values.Weight, [.. values.Lanes], values.Region, [.. values.Senders]);
        (MaxConnections, RatePerSecond, DayQuota, MonthQuota) = (values.MaxConnections, values.RatePerSecond, values.DayQuota, values.MonthQuota);
        (DomainLimits, WarmUp) = ([.. RelayLimitChecks.Normalize(values.DomainLimits)], values.WarmUp);
        Revision++;
        UpdatedAt = now;
    }

    /// <summary>Gives it another place among the project's relays; one that stays in its place is no change.</summary>
    public void Rank(int priority, DateTimeOffset now)
    {
        if (Priority == priority) return;
        Priority = priority;
        Revision++;
        UpdatedAt = now;
    }
}

/// <summary>What a person sets of a relay but its settings. <see cref="RelayLimitChecks"/> checks the limits.</summary>
public sealed record RelayValues(
    string Name, bool IsEnabled, int Priority, int Weight, IReadOnlyList<string> Lanes, string? Region, IReadOnlyList<string> Senders,
    int? MaxConnections, double? RatePerSecond, long? DayQuota, long? MonthQuota)
{
    public IReadOnlyList<DomainLimit> DomainLimits { get; init; } = [];

    public WarmUp? WarmUp { get; init; }
}

public sealed class ConfiguredRelayConfiguration : IEntityTypeConfiguration<ConfiguredRelay>
{
    public void Configure(EntityTypeBuilder<ConfiguredRelay> builder)
    {
        builder.ToTable("relays").HasKey(relay => new { relay.ProjectId, relay.Id });
        builder.Property(relay => relay.ProjectId).HasColumnName("project_id").HasConversion(id => id.Value, value => new ProjectId(value));
        builder.Property(relay => relay.Id).HasColumnName("id").HasConversion(id => id.Value, value => new RelayId(value));
        builder.Property(relay => relay.Name).HasColumnName("name");
        builder.Property(relay => relay.Kind).HasColumnName("kind");
        builder.Property(relay => relay.Settings).HasColumnName("settings");
        builder.Property(relay => relay.IsEnabled).HasColumnName("is_enabled");
        builder.Property(relay => relay.Priority).HasColumnName("priority");
        builder.Property(relay => relay.Weight).HasColumnName("weight");
        builder.Property(relay => relay.Lanes).HasColumnName("lanes");
        builder.Property(relay => relay.Region).HasColumnName("region");
        builder.Property(relay => relay.Senders).HasColumnName("senders");
        builder.Property(relay => relay.MaxConnections).HasColumnName("max_connections");
        builder.Property(relay => relay.RatePerSecond).HasColumnName("rate_per_second");
        builder.Property(relay => relay.DayQuota).HasColumnName("day_quota");
        builder.Property(relay => relay.MonthQuota).HasColumnName("month_quota");
        builder.Property(relay => relay.DomainLimits).HasColumnName("domain_limits").IsDomainLimits();
        builder.Property(relay => relay.WarmUp).HasColumnName("warm_up").IsWarmUp();
        builder.Property(relay => relay.Revision).HasColumnName("revision").IsConcurrencyToken(); // two people who change it at once: the second is told
        builder.Property(relay => relay.CreatedAt).HasColumnName("created_at");
        builder.Property(relay => relay.UpdatedAt).HasColumnName("updated_at");
        builder.HasOne<Project>().WithMany().HasForeignKey(relay => relay.ProjectId);
        builder.HasIndex(relay => new { relay.ProjectId, relay.Name }).IsUnique().HasDatabaseName("ux_relays_name");
    }
}
