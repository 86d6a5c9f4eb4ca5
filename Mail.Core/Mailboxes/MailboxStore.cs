using System.Text.Json;
using Mail.Core.Common;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Mailboxes;

/// <summary>Who looks: one side of a project, and only what is one user's where a user is named.</summary>
/// <param name="Owner">Null for all of the project's.</param>
public sealed record MailboxAccess(ProjectId ProjectId, bool IsTest, string? Owner);

/// <summary>The table `mailboxes`.</summary>
public sealed class MailboxStore(NpgsqlDataSource dataSource)
{
    internal const string Columns = """
        m.project_id, m.id, m.is_test, m.owner, m.address, m.display_name, m.provider, m.connection_id, m.created_at, m.state, m.goal, m.goal_at, m.step, m.turn, m.calling_since, m.may_exist,
        m.attempts, m.next_attempt_at, m.account, m.identity, m.credentials, m.credentials_shown_at, m.problem::text, m.active_at, m.ended_at, m.version
        """;

    // Waits for whoever is writing the same address, and then gives way: ux_mailboxes_address.
    private const string AddSql = """
        INSERT INTO mailboxes (project_id, id, is_test, owner, user_name, domain, address, display_name, provider, connection_id, created_at, state, goal, goal_at, step)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'provisioning', 'active', $11, 'reserved')
        ON CONFLICT (project_id, address) WHERE state <> 'deleted' AND state <> 'failed' DO NOTHING
        """;

    private const string SaveSql = """
        UPDATE mailboxes SET state = $4, goal = $5, goal_at = $6, step = $7, turn = $8, calling_since = $9, may_exist = $10, attempts = $11, next_attempt_at = $12, account = $13, identity = $14,
            credentials = $15, credentials_shown_at = $16, problem = $17, active_at = $18, ended_at = $19, version = version + 1
        WHERE project_id = $1 AND id = $2 AND version = $3
        """;

    private const string FindSql = $"SELECT {Columns} FROM mailboxes m WHERE project_id = $1 AND id = $2";
    private const string FindFreelySql = FindSql + " AND is_test = $3 AND ($4::text IS NULL OR owner = $4)";
    private const string LockSql = FindSql + " FOR UPDATE";

    // Ids are UUIDv7, so that a page is a range of ix_mailboxes_owner, or of the primary key. One row too many tells whether there is another page.
    private const string ListSql = $"""
        SELECT {Columns} FROM mailboxes m
        WHERE project_id = $1 AND is_test = $2 AND ($3::text IS NULL OR owner = $3) AND id < $4 AND ($5::text IS NULL OR state = $5) AND ($6::text IS NULL OR provider = $6) AND ($7::text IS NULL OR domain = $7)
        ORDER BY id DESC LIMIT $8
        """;

    private const string TakenSql = "SELECT address FROM mailboxes WHERE project_id = $1 AND address = ANY($2) AND state <> 'deleted' AND state <> 'failed'";

    /// <returns>Null when this side of the project has none of this id, or it is somebody else's.</returns>
    public async Task<Mailbox?> FindAsync(MailboxAccess access, Guid id, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(access);
        await using NpgsqlCommand command = dataSource.CreateCommand(FindFreelySql);
        command.Parameters.AddTyped(access.ProjectId.Value).AddTyped(id).AddTyped(access.IsTest).AddTyped(access.Owner, NpgsqlDbType.Text);
        return (await ReadAsync(command, ct)).SingleOrDefault();
    }

    /// <summary>What was made last first.</summary>
    /// <param name="after">The last id of the page before.</param>
    public async Task<(IReadOnlyList<Mailbox> Page, bool HasMore)> ListAsync(
        MailboxAccess access, int limit, Guid? after, MailboxState? state, string? provider, string? domain, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(access);
        await using NpgsqlCommand command = dataSource.CreateCommand(ListSql);
        command.Parameters.AddTyped(access.ProjectId.Value).AddTyped(access.IsTest).AddTyped(access.Owner, NpgsqlDbType.Text).AddTyped(after ?? Guid.AllBitsSet)
            .AddTyped(state?.Name(), NpgsqlDbType.Text).AddTyped(provider, NpgsqlDbType.Text).AddTyped(domain, NpgsqlDbType.Text).AddTyped(limit + 1);
        List<Mailbox> page = await ReadAsync(command, ct);
        return (page[..Math.Min(limit, page.Count)], page.Count > limit);
    }

    /// <summary>Which of the addresses the project uses, or is making or removing.</summary>
    public async Task<IReadOnlySet<string>> TakenAsync(ProjectId project, IReadOnlyList<string> addresses, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(TakenSql);
        command.Parameters.AddTyped(project.Value).AddTyped(addresses.ToArray());
        HashSet<string> taken = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) taken.Add(reader.GetString(0));
        return taken;
    }

    internal async Task<Mailbox?> FindAsync(ProjectId project, Guid id, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(FindSql);
        command.Parameters.AddTyped(project.Value).AddTyped(id);
        return (await ReadAsync(command, ct)).SingleOrDefault();
    }

    /// <returns>False when the address is taken.</returns>
    internal static async Task<bool> AddAsync(NpgsqlConnection within, Mailbox mailbox, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(AddSql, within);
        command.Parameters.AddTyped(mailbox.ProjectId.Value).AddTyped(mailbox.Id).AddTyped(mailbox.IsTest).AddTyped(mailbox.Owner).AddTyped(mailbox.UserName).AddTyped(mailbox.Domain).AddTyped(mailbox.Address)
            .AddTyped(mailbox.DisplayName).AddTyped(mailbox.Provider).AddTyped(mailbox.ConnectionId!.Value).AddTyped(mailbox.CreatedAt.UtcDateTime);
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>Until the transaction ends nobody else changes it.</summary>
    internal static async Task<Mailbox?> LockAsync(NpgsqlConnection within, ProjectId project, Guid id, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(LockSql, within);
        command.Parameters.AddTyped(project.Value).AddTyped(id);
        return (await ReadAsync(command, ct)).SingleOrDefault();
    }

    /// <exception cref="InvalidOperationException">It was not read with <see cref="LockAsync"/> in this transaction.</exception>
    internal static async Task SaveAsync(NpgsqlConnection within, Mailbox mailbox, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(SaveSql, within);
        command.Parameters.AddTyped(mailbox.ProjectId.Value).AddTyped(mailbox.Id).AddTyped(mailbox.Version).AddTyped(mailbox.State.Name()).AddTyped(mailbox.Goal?.Name(), NpgsqlDbType.Text)
            .AddTyped(mailbox.GoalAt?.UtcDateTime, NpgsqlDbType.TimestampTz).AddTyped(mailbox.Step.Name()).AddTyped(mailbox.Turn).AddTyped(mailbox.CallingSince?.UtcDateTime, NpgsqlDbType.TimestampTz)
            .AddTyped(mailbox.MayExist).AddTyped(mailbox.Attempts).AddTyped(mailbox.NextAttemptAt?.UtcDateTime, NpgsqlDbType.TimestampTz).AddTyped(mailbox.Account, NpgsqlDbType.Text)
            .AddTyped(mailbox.Identity, NpgsqlDbType.Text).AddTyped(mailbox.Credentials, NpgsqlDbType.Text).AddTyped(mailbox.CredentialsShownAt?.UtcDateTime, NpgsqlDbType.TimestampTz)
            .AddTyped(mailbox.Problem is { } problem ? JsonSerializer.Serialize(problem, MailboxJson.Default.MailboxProblem) : null, NpgsqlDbType.Json)
            .AddTyped(mailbox.ActiveAt?.UtcDateTime, NpgsqlDbType.TimestampTz).AddTyped(mailbox.EndedAt?.UtcDateTime, NpgsqlDbType.TimestampTz);
        if (await command.ExecuteNonQueryAsync(ct) != 1) throw new InvalidOperationException($"Mailbox {mailbox.Id} was changed by somebody else.");
        mailbox.Version++;
    }

    internal static async Task<List<Mailbox>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        List<Mailbox> mailboxes = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) mailboxes.Add(MailboxRow.Read(reader));
        return mailboxes;
    }
}
