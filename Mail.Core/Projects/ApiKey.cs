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

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset? LastUsedAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }
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
        builder.Property(key => key.CreatedAt).HasColumnName("created_at");
        builder.Property(key => key.LastUsedAt).HasColumnName("last_used_at");
        builder.Property(key => key.RevokedAt).HasColumnName("revoked_at");
        builder.HasOne<Project>().WithMany().HasForeignKey(key => key.ProjectId);
        builder.HasIndex(key => key.KeyHash).IsUnique().HasDatabaseName("ux_api_keys_hash");
    }
}
