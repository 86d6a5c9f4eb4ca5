using Mail.Core.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mail.Core.Domains;

/// <summary>Stored and on the wire in lower case.</summary>
public enum DomainKeyState
{
    /// <summary>It signs.</summary>
    Active,

    /// <summary>It will sign as soon as its record is seen in DNS.</summary>
    Next,

    /// <summary>It signed. Mail with its signature is still under way, so its record stays for a while.</summary>
    Old,
}

public static class DomainKeyStates
{
    public static string Name(this DomainKeyState state) => state switch { DomainKeyState.Active => "active", DomainKeyState.Next => "next", _ => "old" };
}

/// <summary>One of a domain's keys, named by its selector.</summary>
/// <param name="record">The public half, as it has to stand in DNS.</param>
/// <param name="privateKey">Encrypted by <see cref="DomainSecrets"/>.</param>
public sealed class DomainKey(ProjectId projectId, DomainId domainId, string selector, string record, string privateKey, DomainKeyState state, DateTimeOffset createdAt)
{
    public ProjectId ProjectId { get; } = projectId;

    public DomainId DomainId { get; } = domainId;

    public string Selector { get; } = selector;

    public string Record { get; } = record;

    public string PrivateKey { get; } = privateKey;

    public DomainKeyState State { get; private set; } = state;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    /// <summary>Of an old one: when its record may go.</summary>
    public DateTimeOffset? RetiresAt { get; private set; }

    public void Activate() => (State, RetiresAt) = (DomainKeyState.Active, null);

    public void Retire(DateTimeOffset at) => (State, RetiresAt) = (DomainKeyState.Old, at);
}

public sealed class DomainKeyConfiguration : IEntityTypeConfiguration<DomainKey>
{
    public void Configure(EntityTypeBuilder<DomainKey> builder)
    {
        builder.ToTable("domain_keys").HasKey(key => new { key.ProjectId, key.DomainId, key.Selector });
        builder.Property(key => key.ProjectId).HasColumnName("project_id").HasConversion(id => id.Value, value => new ProjectId(value));
        builder.Property(key => key.DomainId).HasColumnName("domain_id").HasConversion(id => id.Value, value => new DomainId(value));
        builder.Property(key => key.Selector).HasColumnName("selector");
        builder.Property(key => key.Record).HasColumnName("record");
        builder.Property(key => key.PrivateKey).HasColumnName("private_key");
        builder.Property(key => key.State).HasColumnName("state").HasConversion(state => state.Name(), name => Enum.Parse<DomainKeyState>(name, true));
        builder.Property(key => key.CreatedAt).HasColumnName("created_at");
        builder.Property(key => key.RetiresAt).HasColumnName("retires_at");
        builder.HasOne<SenderDomain>().WithMany().HasForeignKey(key => new { key.ProjectId, key.DomainId });
    }
}
