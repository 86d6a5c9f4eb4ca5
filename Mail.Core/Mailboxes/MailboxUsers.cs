using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Mailboxes;

/// <summary>What users have chosen: the table `mailbox_users`.</summary>
public sealed class MailboxUsers(NpgsqlDataSource dataSource)
{
    private const string FindSql = "SELECT default_domain FROM mailbox_users WHERE project_id = $1 AND owner = $2";

    private const string SetSql = """
        INSERT INTO mailbox_users (project_id, owner, default_domain) SELECT project_id, $2, domain FROM mailbox_domains WHERE project_id = $1 AND domain = $3
        ON CONFLICT (project_id, owner) DO UPDATE SET default_domain = EXCLUDED.default_domain
        """;

    private const string RemoveSql = "DELETE FROM mailbox_users WHERE project_id = $1 AND owner = $2";

    /// <returns>The domain in which the user's addresses are made; null for the project's.</returns>
    public async Task<string?> FindDefaultDomainAsync(ProjectId project, string owner, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(FindSql);
        command.Parameters.AddTyped(project.Value).AddTyped(owner);
        return await command.ExecuteScalarAsync(ct) as string;
    }

    /// <param name="domain">ASCII, in lower case.</param>
    /// <returns>Why not; null when it is stored.</returns>
    public async Task<Failure?> SetDefaultDomainAsync(ProjectId project, string owner, string domain, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(SetSql);
        command.Parameters.AddTyped(project.Value).AddTyped(owner).AddTyped(domain);
        return await command.ExecuteNonQueryAsync(ct) == 1 ? null : Failure.Field("default_domain", "is no domain in which this project makes mailboxes.");
    }

    /// <summary>Back to the project's default.</summary>
    /// <returns>Whether there was a choice.</returns>
    public async Task<bool> RemoveDefaultDomainAsync(ProjectId project, string owner, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(RemoveSql);
        command.Parameters.AddTyped(project.Value).AddTyped(owner);
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }
}
