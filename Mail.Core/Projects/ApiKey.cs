using Mail.Core.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mail.Core.Projects;

/// <summary>A key by which an app acts in one project. Only its hash is stored.</summary>
public sealed class ApiKey(ProjectId projectId, Guid id, string name, byte[] keyHash, string keyStart, bool isTest, string[] scopes, DateTimeOffset createdAt)
{
    public ProjectId ProjectId { get; } = projectId;

    public Guid Id { get; } = id;

    public string Name { get; private set; } = name;

    /// <summary>SHA-256 of the key. A key is random and long, so that a slow hash would protect nothing more.</summary>
    public byte[] KeyHash { get; private set; } = keyHash;

    /// <summary>The first characters, so that a person can tell keys apart.</summary>
    public string KeyStart { get; private set; } = keyStart;

    /// <summary>`mk_test_` keys deliver to the sandbox inbox only.</summary>
    public bool IsTest { get; } = isTest;

    public string[] Scopes { get; private set; } = scopes;

    /// <summary>The domains, and single addresses, that it may send from; empty for any.</summary>
    public string[] FromDomains { get; private set; } = [];

    /// <summary>From where it may be used (CIDR); empty for anywhere.</summary>
    public string[] Networks { get; private set; } = [];

    /// <summary>How many requests it may make in a second; null for any number.</summary>
    public int? RatePerSecond { get; private set; }

    /// <summary>The console user who made it, or made the key that did; null when it comes from the configuration.</summary>
    public Guid? CreatedBy { get; init; }

    /// <summary>It is the password of this mailbox: it is made and ended with it, and stands in no list of keys.</summary>
    public Guid? MailboxId { get; init; }

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>To the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>Takes values that have been checked.</summary>
    public void Change(string name, string[] scopes, string[] fromDomains, string[] networks, int? ratePerSecond, DateTimeOffset? expiresAt) =>
        (Name, Scopes, FromDomains, Networks, RatePerSecond, ExpiresAt) = (name, scopes, fromDomains, networks, ratePerSecond, expiresAt);

    /// <summary>A key that may do nothing any more is over.</summary>
    public void Narrow(string[] scopes, DateTimeOffset now)
    {
        if (scopes.Length == 0) Revoke(now);
        else Scopes = scopes;
    }

    public void ExpireAt(DateTimeOffset at) => ExpiresAt = at;

    public void Revoke(DateTimeOffset now) => RevokedAt = now;
}

public sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("api_keys").HasKey(key => new { key.ProjectId, key.Id });
        builder.Property(key => key.ProjectId).HasColumnName("project_id").HasConversion(id => id.Value, value => new ProjectId(value));
        builder.Property(key => key.Id).HasColumnName("id");
        builder.Property(key => key.Name).HasColumnName("name");
        builder.Property(key => key.KeyHash).HasColumnName("key_hash");
        builder.Property(key => key.KeyStart).HasColumnName("key_start");
        builder.Property(key => key.IsTest).HasColumnName("is_test");
        builder.Property(key => key.Scopes).HasColumnName("scopes");
        builder.Property(key => key.FromDomains).HasColumnName("from_domains");
        builder.Property(key => key.Networks).HasColumnName("networks");
        builder.Property(key => key.RatePerSecond).HasColumnName("rate_per_second");
        builder.Property(key => key.CreatedBy).HasColumnName("created_by");
        builder.Property(key => key.MailboxId).HasColumnName("mailbox_id");
        builder.Property(key => key.CreatedAt).HasColumnName("created_at");
        builder.Property(key => key.ExpiresAt).HasColumnName("expires_at");
        builder.Property(key => key.LastUsedAt).HasColumnName("last_used_at");
        builder.Property(key => key.RevokedAt).HasColumnName("revoked_at");
        builder.HasOne<Project>().WithMany().HasForeignKey(key => key.ProjectId);
        builder.HasIndex(key => new { key.ProjectId, key.MailboxId }).IsUnique().HasFilter("mailbox_id IS NOT NULL").HasDatabaseName("ux_api_keys_mailbox");
        builder.HasIndex(key => key.KeyHash).IsUnique().HasDatabaseName("ux_api_keys_hash");
    }
}
