using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Mailboxes.Providers.Local;

/// <param name="IsOpen">False while it is suspended.</param>
public sealed record LocalMailbox(ProjectId Project, Guid Id, string Address, bool IsOpen, long Bytes);

/// <summary>The table `local_mailboxes`: what receives mail here.</summary>
public sealed class LocalMailboxes(NpgsqlDataSource dataSource, TimeProvider clock)
{
    // The same mailbox again is no second one; another's address is refused.
    private const string AddSql = """
        INSERT INTO local_mailboxes (project_id, mailbox_id, address, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
        """;

    private const string FindSql = "SELECT project_id, mailbox_id, address, is_open, bytes FROM local_mailboxes WHERE address = $1";
    private const string OpenSql = "UPDATE local_mailboxes SET is_open = $3 WHERE project_id = $1 AND mailbox_id = $2";
    private const string RemoveSql = "DELETE FROM local_mailboxes WHERE project_id = $1 AND mailbox_id = $2";

    /// <param name="address">In lower case.</param>
    /// <returns>Null when no mailbox here has it.</returns>
    public async Task<LocalMailbox?> FindAsync(string address, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(FindSql);
        command.Parameters.AddTyped(address);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new LocalMailbox(new ProjectId(reader.GetGuid(0)), reader.GetGuid(1), reader.GetString(2), reader.GetBoolean(3), reader.GetInt64(4)) : null;
    }

    internal async Task<bool> IsTakenAsync(string address, CancellationToken ct) => await FindAsync(address, ct) is not null;

    internal async Task<bool> ExistsAsync(ProjectId project, Guid mailbox, CancellationToken ct) => await CountAsync("SELECT count(*) FROM local_mailboxes WHERE project_id = $1 AND mailbox_id = $2", project, mailbox, ct) > 0;

    internal Task<long> CountAsync(ProjectId project, CancellationToken ct) => CountAsync("SELECT count(*) FROM local_mailboxes WHERE project_id = $1", project, null, ct);

    /// <returns>False when the address is another mailbox's.</returns>
    internal async Task<bool> AddAsync(ProjectId project, Guid mailbox, string address, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(AddSql);
        command.Parameters.AddTyped(project.Value).AddTyped(mailbox).AddTyped(address).AddTyped(clock.GetUtcNow().UtcDateTime);
        return await command.ExecuteNonQueryAsync(ct) == 1 || (await FindAsync(address, ct) is { } known && known.Project == project && known.Id == mailbox);
    }

    /// <returns>Whether there is such a mailbox.</returns>
    internal async Task<bool> OpenAsync(ProjectId project, Guid mailbox, bool isOpen, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(OpenSql);
        command.Parameters.AddTyped(project.Value).AddTyped(mailbox).AddTyped(isOpen);
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>With all that is in it.</summary>
    internal async Task<bool> RemoveAsync(ProjectId project, Guid mailbox, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(RemoveSql);
        command.Parameters.AddTyped(project.Value).AddTyped(mailbox);
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    private async Task<long> CountAsync(string sql, ProjectId project, Guid? mailbox, CancellationToken ct)
    {
#pragma warning disable CA2100 // one of the constants above
        await using NpgsqlCommand command = dataSource.CreateCommand(sql);
#pragma warning restore CA2100
        command.Parameters.AddTyped(project.Value);
        if (mailbox is { } id) command.Parameters.AddTyped(id);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}
