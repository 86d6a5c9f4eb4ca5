using Mail.Core.Common;
using Mail.Core.Projects;
using Npgsql;

namespace Mail.Core.Mailboxes;

/// <summary>
/// Passwords of mailboxes for our own SMTP submission, and for the web inbox: API keys that send from the mailbox's address and do nothing else. A mailbox has one at most. Only its hash is stored.
/// </summary>
public sealed class MailboxLogins(NpgsqlDataSource dataSource, ApiKeyLookup lookup, TimeProvider clock)
{
    private const string RemoveSql = "DELETE FROM api_keys WHERE project_id = $1 AND mailbox_id = $2 RETURNING key_hash";
    private const string AddSql = """
        INSERT INTO api_keys (project_id, id, name, key_hash, key_start, is_test, scopes, from_domains, mailbox_id, created_at)
        VALUES ($1, $2, 'Mailbox', $3, $4, false, $5, $6, $7, $8)
        """;

    private const string ValidSql = "SELECT count(*) FROM api_keys WHERE project_id = $1 AND id = $2 AND mailbox_id = $3 AND revoked_at IS NULL";
    private const string SuspendSql = "UPDATE api_keys SET revoked_at = $3 WHERE project_id = $1 AND mailbox_id = $2 AND revoked_at IS NULL RETURNING key_hash";
    private const string ResumeSql = "UPDATE api_keys SET revoked_at = NULL WHERE project_id = $1 AND mailbox_id = $2 RETURNING key_hash";

    /// <summary>A new password; the one before works no longer (in other processes for ten seconds more at most).</summary>
    public async Task<string> IssueAsync(ProjectId project, Guid mailbox, string address, CancellationToken ct)
    {
        string text = ApiKeyText.New(isTest: false);
        DateTimeOffset now = clock.GetUtcNow();
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        List<byte[]> old = await HashesAsync(RemoveSql, project, mailbox, null, connection, ct);
        await using NpgsqlCommand add = new(AddSql, connection);
        add.Parameters.AddTyped(project.Value).AddTyped(UuidV7.New(now)).AddTyped(ApiKeyLookup.HashOf(text)).AddTyped(text[..ApiKeyText.Shown]).AddTyped((string[])[Scopes.SendMessages]).AddTyped((string[])[address])
            .AddTyped(mailbox).AddTyped(now.UtcDateTime);
        await add.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        old.ForEach(lookup.Forget);
        return text;
    }

    /// <returns>Whether it had one.</returns>
    public Task<bool> RevokeAsync(ProjectId project, Guid mailbox, CancellationToken ct) => ChangeAsync(RemoveSql, project, mailbox, null, ct);

    /// <summary>The password works no longer, until <see cref="ResumeAsync"/>.</summary>
    public Task<bool> SuspendAsync(ProjectId project, Guid mailbox, CancellationToken ct) => ChangeAsync(SuspendSql, project, mailbox, clock.GetUtcNow(), ct);

    /// <returns>Whether there is a password, which works again.</returns>
    public Task<bool> ResumeAsync(ProjectId project, Guid mailbox, CancellationToken ct) => ChangeAsync(ResumeSql, project, mailbox, null, ct);

    /// <summary>Whether a password that was right before still is: what was opened by it is closed with it.</summary>
    public async Task<bool> IsValidAsync(ProjectId project, Guid mailbox, Guid key, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ValidSql);
        command.Parameters.AddTyped(project.Value).AddTyped(key).AddTyped(mailbox);
        return (long)(await command.ExecuteScalarAsync(ct))! == 1;
    }

    private async Task<bool> ChangeAsync(string sql, ProjectId project, Guid mailbox, DateTimeOffset? at, CancellationToken ct)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        List<byte[]> hashes = await HashesAsync(sql, project, mailbox, at, connection, ct);
        hashes.ForEach(lookup.Forget);
        return hashes.Count > 0;
    }

    private static async Task<List<byte[]>> HashesAsync(string sql, ProjectId project, Guid mailbox, DateTimeOffset? at, NpgsqlConnection connection, CancellationToken ct)
    {
#pragma warning disable CA2100 // one of the constants above
        await using NpgsqlCommand command = new(sql, connection);
#pragma warning restore CA2100
        command.Parameters.AddTyped(project.Value).AddTyped(mailbox);
        if (at is { } moment) command.Parameters.AddTyped(moment.UtcDateTime);
        List<byte[]> hashes = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) hashes.Add(reader.GetFieldValue<byte[]>(0));
        return hashes;
    }
}
