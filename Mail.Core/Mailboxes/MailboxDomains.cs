using Mail.Core.Common;
using Mail.Core.Domains;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Mailboxes;

/// <summary>Where a project makes addresses: the table `mailbox_domains`.</summary>
public sealed class MailboxDomains(NpgsqlDataSource dataSource, MailboxProviders providers, TimeProvider clock)
{
    private const int Most = 200;

    private const string Columns = "d.project_id, d.domain, d.connection_id, c.kind, c.is_enabled, d.is_default, d.created_at";
    private const string From = "mailbox_domains d JOIN mailbox_connections c ON c.project_id = d.project_id AND c.id = d.connection_id";

    private const string ListSql = $"SELECT {Columns} FROM {From} WHERE d.project_id = $1 ORDER BY d.domain";
    private const string FindSql = $"SELECT {Columns} FROM {From} WHERE d.project_id = $1 AND d.domain = $2";

    // The named one, else the user's choice, else the project's default.
    private const string ResolveSql = $"""
        SELECT {Columns} FROM {From} WHERE d.project_id = $1
            AND d.domain = coalesce($2, (SELECT default_domain FROM mailbox_users WHERE project_id = $1 AND owner = $3), (SELECT domain FROM mailbox_domains WHERE project_id = $1 AND is_default))
        """;

    // One after the other: which domain is the default is the business of all rows of a project.
    private const string TurnSql = "SELECT FROM projects WHERE id = $1 FOR NO KEY UPDATE";

    private const string CountSql = "SELECT count(*) FROM mailbox_domains WHERE project_id = $1";
    private const string AddSql = "INSERT INTO mailbox_domains (project_id, domain, connection_id, is_default, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    private const string NoDefaultSql = "UPDATE mailbox_domains SET is_default = false WHERE project_id = $1 AND is_default";
    private const string ChangeSql = "UPDATE mailbox_domains SET connection_id = coalesce($3, connection_id), is_default = is_default OR $4 WHERE project_id = $1 AND domain = $2";
    private const string UsedSql = "SELECT count(*) FROM mailboxes WHERE project_id = $1 AND domain = $2 AND ended_at IS NULL";
    private const string RemoveSql = "DELETE FROM mailbox_domains WHERE project_id = $1 AND domain = $2 RETURNING is_default";
    private const string NextDefaultSql = "UPDATE mailbox_domains SET is_default = true WHERE project_id = $1 AND domain = (SELECT domain FROM mailbox_domains WHERE project_id = $1 ORDER BY created_at, domain LIMIT 1)";

    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<MailboxDomain>> ListAsync(ProjectId project, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ListSql);
        command.Parameters.AddTyped(project.Value);
        return await ReadAsync(command, ct);
    }

    /// <param name="domain">ASCII, in lower case.</param>
    public async Task<MailboxDomain?> FindAsync(ProjectId project, string domain, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(FindSql);
        command.Parameters.AddTyped(project.Value).AddTyped(domain);
        return (await ReadAsync(command, ct)).SingleOrDefault();
    }

    /// <summary>In which domain a user's address is made.</summary>
    /// <param name="domain">As named by the caller; null for the user's choice, else the project's default.</param>
    public async Task<Result<MailboxDomain>> ResolveAsync(ProjectId project, string? owner, string? domain, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ResolveSql);
        command.Parameters.AddTyped(project.Value).AddTyped(domain is null ? null : NameOf(domain) is { IsSuccess: true } name ? name.Value : domain, NpgsqlDbType.Text).AddTyped(owner, NpgsqlDbType.Text);
        if ((await ReadAsync(command, ct)).SingleOrDefault() is { } found) return found;
        return domain is not null ? Failure.Field("domain", "is no domain in which this project makes mailboxes.")
            : new Failure(FailureKind.Conflict, "no_mailbox_domain", "This project has no domain for mailboxes. Set up a connection to a provider, and a domain.");
    }

    /// <summary>The provider is asked whether it may be used. A project's first one is its default.</summary>
    public async Task<Result<MailboxDomain>> AddAsync(ProjectId project, string domain, Guid connection, bool isDefault, CancellationToken ct)
    {
        Result<string> read = NameOf(domain);
        if (!read.IsSuccess) return read.Failure;
        string name = read.Value;
        if (await RefusalAsync(project, connection, name, ct) is { } refusal) return refusal;
        await using (NpgsqlConnection within = await dataSource.OpenConnectionAsync(ct))
        {
            await using NpgsqlTransaction transaction = await within.BeginTransactionAsync(ct);
            await ExecuteAsync(within, TurnSql, project.Value, ct);
            await using NpgsqlCommand count = new(CountSql, within);
            count.Parameters.AddTyped(project.Value);
            long known = (long)(await count.ExecuteScalarAsync(ct))!;
            if (known >= Most) return new Failure(FailureKind.Conflict, "too_many_domains", $"A project has {Most} domains for mailboxes at most. Remove one that is not used.");
            if (isDefault) await ExecuteAsync(within, NoDefaultSql, project.Value, ct);
            await using NpgsqlCommand add = new(AddSql, within);
            add.Parameters.AddTyped(project.Value).AddTyped(name).AddTyped(connection).AddTyped(isDefault || known == 0).AddTyped(clock.GetUtcNow().UtcDateTime);
            try
            {
                if (await add.ExecuteNonQueryAsync(ct) == 0) return new Failure(FailureKind.Conflict, "domain_exists", "`domain`: this project makes mailboxes in it already.");
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ForeignKeyViolation)
            {
                return NoConnection; // removed this moment
            }

            await transaction.CommitAsync(CancellationToken.None);
        }

        return (await FindAsync(project, name, ct))!;
    }

    /// <summary>Another connection is for new mailboxes; those that there are stay where they are.</summary>
    /// <param name="connection">Null to leave it.</param>
    /// <param name="makeDefault">In place of the one that is it.</param>
    public async Task<Result<MailboxDomain>> ChangeAsync(ProjectId project, string domain, Guid? connection, bool makeDefault, CancellationToken ct)
    {
        if (connection is { } other && await RefusalAsync(project, other, domain, ct) is { } refusal) return refusal;
        await using (NpgsqlConnection within = await dataSource.OpenConnectionAsync(ct))
        {
            await using NpgsqlTransaction transaction = await within.BeginTransactionAsync(ct);
            await ExecuteAsync(within, TurnSql, project.Value, ct);
            if (makeDefault) await ExecuteAsync(within, NoDefaultSql, project.Value, ct);
            await using NpgsqlCommand change = new(ChangeSql, within);
            change.Parameters.AddTyped(project.Value).AddTyped(domain).AddTyped(connection, NpgsqlDbType.Uuid).AddTyped(makeDefault);
            try
            {
                if (await change.ExecuteNonQueryAsync(ct) == 0) return Failure.NotFound("Domain");
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ForeignKeyViolation)
            {
                return NoConnection;
            }

            await transaction.CommitAsync(CancellationToken.None);
        }

        return await FindAsync(project, domain, ct) is { } changed ? changed : Failure.NotFound("Domain");
    }

    /// <summary>Not while there are mailboxes in it. The oldest of the others becomes the default.</summary>
    public async Task<Failure?> RemoveAsync(ProjectId project, string domain, CancellationToken ct)
    {
        await using NpgsqlConnection within = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await within.BeginTransactionAsync(ct);
        await ExecuteAsync(within, TurnSql, project.Value, ct);
        await using NpgsqlCommand remove = new(RemoveSql, within);
        remove.Parameters.AddTyped(project.Value).AddTyped(domain);
        if (await remove.ExecuteScalarAsync(ct) is not bool wasDefault) return Failure.NotFound("Domain");
        await using NpgsqlCommand used = new(UsedSql, within);
        used.Parameters.AddTyped(project.Value).AddTyped(domain);
        if ((long)(await used.ExecuteScalarAsync(ct))! is > 0 and long count)
            return new Failure(FailureKind.Conflict, "domain_in_use", $"There are mailboxes in this domain ({count}). Delete them first.");
        if (wasDefault) await ExecuteAsync(within, NextDefaultSql, project.Value, ct);
        await transaction.CommitAsync(CancellationToken.None);
        return null;
    }

    private static Result<string> NameOf(string domain)
    {
        Result<DomainName> read = DomainName.Read(domain);
        return read.IsSuccess ? read.Value.Ascii : read.Failure with { Detail = read.Failure.Detail.Replace("`name`", "`domain`", StringComparison.Ordinal) };
    }

    private static Failure NoConnection => Failure.Field("connection", "is no connection of this project.");

    /// <summary>What passes hinders nobody: the domain is used when the provider is back.</summary>
    private async Task<Failure?> RefusalAsync(ProjectId project, Guid connection, string domain, CancellationToken ct)
    {
        if (await providers.OpenAsync(project, connection, ct) is not { } opened) return NoConnection;
        return await providers.CheckAsync(opened, domain, ct) is { IsTransient: false } problem ? MailboxProviders.Refusal("domain", problem) : null;
    }

    private static async Task ExecuteAsync(NpgsqlConnection within, string sql, Guid project, CancellationToken ct)
    {
#pragma warning disable CA2100 // one of the constants above
        await using NpgsqlCommand command = new(sql, within);
#pragma warning restore CA2100
        command.Parameters.AddTyped(project);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<List<MailboxDomain>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        List<MailboxDomain> domains = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            domains.Add(new MailboxDomain(
                new ProjectId(reader.GetGuid(0)), reader.GetString(1), reader.GetGuid(2), reader.GetString(3), reader.GetBoolean(4), reader.GetBoolean(5), reader.GetFieldValue<DateTimeOffset>(6)));
        return domains;
    }
}
