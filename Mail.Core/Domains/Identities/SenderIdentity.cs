using Mail.Core.Common;
using Mail.Core.Projects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mail.Core.Domains.Identities;

/// <summary>One address that a project sends from, without owning its domain. It is verified by a link that is mailed to it.</summary>
/// <param name="match">The address as it is compared; unique in the project.</param>
public sealed class SenderIdentity(ProjectId projectId, SenderIdentityId id, string email, string match, DateTimeOffset createdAt)
{
    public ProjectId ProjectId { get; } = projectId;

    public SenderIdentityId Id { get; } = id;

    public string Email { get; } = email;

    public string Match { get; } = match;

    /// <summary>Who the mail is shown to be from.</summary>
    public string? Name { get; private set; }

    public string? ReplyTo { get; private set; }

    public string? Company { get; private set; }

    /// <summary>That many countries want in bulk mail.</summary>
    public string? PostalAddress { get; private set; }

    /// <summary>Of the link that was mailed last; those before it do nothing.</summary>
    public int Generation { get; private set; }

    public DateTimeOffset? MailedAt { get; private set; }

    public DateTimeOffset? VerifiedAt { get; private set; }

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; private set; } = createdAt;

    /// <summary>Takes values that have been checked.</summary>
    public void Change(string? name, string? replyTo, string? company, string? postalAddress, DateTimeOffset now) =>
        (Name, ReplyTo, Company, PostalAddress, UpdatedAt) = (name, replyTo, company, postalAddress, now);

    /// <summary>A new link goes out.</summary>
    public void Mailed(DateTimeOffset now) => (Generation, MailedAt) = (Generation + 1, now);

    public void Verify(DateTimeOffset now) => (VerifiedAt, UpdatedAt) = (VerifiedAt ?? now, now);
}

public sealed class SenderIdentityConfiguration : IEntityTypeConfiguration<SenderIdentity>
{
    public void Configure(EntityTypeBuilder<SenderIdentity> builder)
    {
        builder.ToTable("sender_identities").HasKey(identity => new { identity.ProjectId, identity.Id });
        builder.Property(identity => identity.ProjectId).HasColumnName("project_id").HasConversion(id => id.Value, value => new ProjectId(value));
        builder.Property(identity => identity.Id).HasColumnName("id").HasConversion(id => id.Value, value => new SenderIdentityId(value));
        builder.Property(identity => identity.Email).HasColumnName("email");
        builder.Property(identity => identity.Match).HasColumnName("match");
        builder.Property(identity => identity.Name).HasColumnName("name");
        builder.Property(identity => identity.ReplyTo).HasColumnName("reply_to");
        builder.Property(identity => identity.Company).HasColumnName("company");
        builder.Property(identity => identity.PostalAddress).HasColumnName("postal_address");
        builder.Property(identity => identity.Generation).HasColumnName("generation").IsConcurrencyToken();
        builder.Property(identity => identity.MailedAt).HasColumnName("mailed_at");
        builder.Property(identity => identity.VerifiedAt).HasColumnName("verified_at");
        builder.Property(identity => identity.CreatedAt).HasColumnName("created_at");
        builder.Property(identity => identity.UpdatedAt).HasColumnName("updated_at");
        builder.HasOne<Project>().WithMany().HasForeignKey(identity => identity.ProjectId);
    }
}
