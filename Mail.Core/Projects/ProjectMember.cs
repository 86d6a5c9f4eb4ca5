using Mail.Core.Accounts;
using Mail.Core.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mail.Core.Projects;

/// <summary>What a member may do, most first. Stored in lower case.</summary>
public enum ProjectRole
{
    Owner,
    Admin,
    Developer,
    Viewer,
}

/// <summary>A console user's place in a project.</summary>
public sealed class ProjectMember(ProjectId projectId, Guid userId, ProjectRole role, DateTimeOffset createdAt)
{
    public ProjectId ProjectId { get; } = projectId;

    public Guid UserId { get; } = userId;

    public ProjectRole Role { get; private set; } = role;

    public DateTimeOffset CreatedAt { get; } = createdAt;
}

public sealed class ProjectMemberConfiguration : IEntityTypeConfiguration<ProjectMember>
{
    public void Configure(EntityTypeBuilder<ProjectMember> builder)
    {
        builder.ToTable("project_members").HasKey(member => new { member.ProjectId, member.UserId });
        builder.Property(member => member.ProjectId).HasColumnName("project_id").HasConversion(id => id.Value, value => new ProjectId(value));
        builder.Property(member => member.UserId).HasColumnName("user_id");
#pragma warning disable CA1308 // the stored names are lower case
        builder.Property(member => member.Role).HasColumnName("role").HasConversion(role => role.ToString().ToLowerInvariant(), name => Enum.Parse<ProjectRole>(name, true));
#pragma warning restore CA1308
        builder.Property(member => member.CreatedAt).HasColumnName("created_at");
        builder.HasOne<Project>().WithMany().HasForeignKey(member => member.ProjectId);
        builder.HasOne<User>().WithMany().HasForeignKey(member => member.UserId);
    }
}
