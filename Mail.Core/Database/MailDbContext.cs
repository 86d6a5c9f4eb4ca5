using Mail.Core.Accounts;
using Mail.Core.Domains;
using Mail.Core.Domains.Identities;
using Mail.Core.Projects;
using Mail.Core.Relays;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Mail.Core.Database;

/// <summary>The domain's tables by EF Core. Messages, deliveries and events are not here: their hot path is plain Npgsql, next to its reason.</summary>
public sealed class MailDbContext(DbContextOptions<MailDbContext> options) : IdentityUserContext<User, Guid>(options)
{
    public DbSet<Project> Projects => Set<Project>();

    public DbSet<ProjectMember> ProjectMembers => Set<ProjectMember>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<ConfiguredRelay> Relays => Set<ConfiguredRelay>();

    public DbSet<SenderDomain> Domains => Set<SenderDomain>();

    public DbSet<DomainKey> DomainKeys => Set<DomainKey>();

    public DbSet<SenderIdentity> SenderIdentities => Set<SenderIdentity>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(MailDbContext).Assembly);
        builder.Ignore<IdentityUserPasskey<Guid>>();
    }
}
