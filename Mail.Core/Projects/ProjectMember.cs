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

/// <summary>How roles are called where they are stored and shown.</summary>
public static class ProjectRoles
{
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<ProjectRole>().Select(role => role.StoredName())];

    public static string StoredName(this ProjectRole role) => role switch
    {
        ProjectRole.Owner => "owner",
        ProjectRole.Admin => "admin",
        ProjectRole.Developer => "developer",
        ProjectRole.Viewer => "viewer",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };

    /// <returns>Null for what is no role.</returns>
    public static ProjectRole? Find(string name) => Enum.GetValues<ProjectRole>().Where(role => role.StoredName() == name).Select(role => (ProjectRole?)role).SingleOrDefault();
}

/// <summary>A console user's place in a project.</summary>
public sealed class ProjectMember(ProjectId projectId, Guid userId, ProjectRole role, DateTimeOffset createdAt)
{
    public ProjectId ProjectId { get; } = projectId;

    public Guid UserId { get; } = userId;

    public ProjectRole Role { get; private set; } = role;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public void Change(ProjectRole role) => Role = role;
}

public sealed class ProjectMemberConfiguration : IEntityTypeConfiguration<ProjectMember>
{
    public void Configure(EntityTypeBuilder<ProjectMember> builder)
    {
        builder.ToTable("project_members").HasKey(member => new { member.ProjectId, member.UserId });
        builder.Property(member => member.ProjectId).HasColumnName("project_id").HasConversion(id => id.Value, value => new ProjectId(value));
        builder.Property(member => member.UserId).HasColumnName("user_id");
        builder.Property(member => member.Role).HasColumnName("role").HasConversion(role => role.StoredName(), name => ProjectRoles.Find(name)!.Value);
        builder.Property(member => member.CreatedAt).HasColumnName("created_at");
        builder.HasOne<Project>().WithMany().HasForeignKey(member => member.ProjectId);
        builder.HasOne<User>().WithMany().HasForeignKey(member => member.UserId);
    }
}
