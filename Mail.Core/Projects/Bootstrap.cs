using Mail.Core.Accounts;
using Mail.Core.Common;
using Mail.Core.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mail.Core.Projects;

/// <summary>Makes the first project, its key and its owner from configuration. Running it again changes nothing that stands already.</summary>
public sealed partial class Bootstrap(MailDbContext db, UserManager<User> users, IOptions<BootstrapOptions> options, TimeProvider clock, ILogger<Bootstrap> logger)
{
    /// <summary>One process at a time: two that start together would make two first projects.</summary>
    private const long AdvisoryLock = 0x4D61696C426F6F74;

    /// <exception cref="BootstrapException">The first owner cannot be made from the section.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        BootstrapOptions wanted = options.Value;
        if (wanted.ApiKey is null && wanted.AdminEmail is null) return;
        await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(ct);
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({AdvisoryLock})", ct);
            Project project = await FirstProjectAsync(ct);
            if (wanted.ApiKey is { } key) await EnsureKeyAsync(project.Id, key, ct);
            if (wanted.AdminEmail is { } email) await EnsureOwnerAsync(project.Id, email, wanted.AdminPassword, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        });
    }

    private async Task<Project> FirstProjectAsync(CancellationToken ct)
    {
        if (await db.Projects.OrderBy(project => project.CreatedAt).FirstOrDefaultAsync(ct) is { } first) return first;
        Project created = new(ProjectId.New(clock.GetUtcNow()), "Default", clock.GetUtcNow());
        db.Projects.Add(created);
        LogProjectCreated(created.Id, created.Name);
        return created;
    }

    private async Task EnsureKeyAsync(ProjectId projectId, string key, CancellationToken ct)
    {
        byte[] hash = ApiKeyLookup.HashOf(key);
        if (await db.ApiKeys.AnyAsync(known => known.KeyHash == hash, ct)) return;
        DateTimeOffset now = clock.GetUtcNow();
        db.ApiKeys.Add(new ApiKey(projectId, Guid.CreateVersion7(now), "Bootstrap key", hash, key[..12], key.StartsWith("mk_test_", StringComparison.Ordinal), [.. Scopes.All], now));
    }

    /// <summary>
    /// The bootstrap owner's password follows the configuration, so that what the start prints is what signs in, until its owner chooses another: then the
    /// configuration's may be in the wrong hands. Whoever has changed the address is not made again under the old one.
    /// </summary>
    private async Task EnsureOwnerAsync(ProjectId projectId, string email, string? password, CancellationToken ct)
    {
        string normal = users.NormalizeEmail(email);
        User? user = await db.Users.SingleOrDefaultAsync(known => known.BootstrapEmail == normal, ct) ?? await users.FindByEmailAsync(email);
        if (user is null)
        {
            if (string.IsNullOrEmpty(password)) throw new BootstrapException("Bootstrap:AdminEmail is set without Bootstrap:AdminPassword, and there is no such user yet.");
            user = new User
            {
                Id = Guid.CreateVersion7(clock.GetUtcNow()), UserName = email, Email = email, EmailConfirmed = true, LockoutEnabled = true, BootstrapEmail = normal, BootstrapPassword = true,
            };
            Demand(await users.CreateAsync(user, password));
        }
        else if (user.BootstrapPassword && !string.IsNullOrEmpty(password) && !await users.CheckPasswordAsync(user, password))
        {
            Demand(await users.RemovePasswordAsync(user)); // and the stamp changes, which ends all sessions
            Demand(await users.AddPasswordAsync(user, password));
        }

        if (!await db.ProjectMembers.AnyAsync(member => member.ProjectId == projectId && member.UserId == user.Id, ct))
            db.ProjectMembers.Add(new ProjectMember(projectId, user.Id, ProjectRole.Owner, clock.GetUtcNow()));
    }

    private static void Demand(IdentityResult result)
    {
        if (!result.Succeeded) throw new BootstrapException($"Bootstrap:AdminEmail or Bootstrap:AdminPassword cannot be used: {string.Join(" ", result.Errors.Select(error => error.Description))}");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "First start: made project {ProjectId} ({Name}).")]
    private partial void LogProjectCreated(ProjectId projectId, string name);
}

/// <summary>What is wrong with the first owner's settings, by name: a host that has them does not start.</summary>
public sealed class BootstrapException(string message) : Exception(message);
