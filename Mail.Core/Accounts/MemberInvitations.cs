using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Accounts;

/// <summary>How an invitation stands.</summary>
public enum InvitationState
{
    Open,
    Accepted,
    Revoked,
    Expired,
}

/// <summary>An invitation of a project.</summary>
/// <param name="InvitedBy">The address of who invited; null when it was an app, or somebody who is gone.</param>
public sealed record MemberInvitation(
    ProjectId ProjectId, Guid Id, string Email, ProjectRole Role, string? InvitedBy, DateTimeOffset CreatedAt, DateTimeOffset SentAt, DateTimeOffset ExpiresAt, InvitationState State);

/// <summary>Who invites.</summary>
/// <param name="UserId">Null for an app.</param>
/// <param name="Name">As the mail says it.</param>
public sealed record Inviter(Guid? UserId, string Name, Actor Actor)
{
    /// <summary>Null for a person.</summary>
    public Guid? KeyId => Actor.Kind is ActorKind.ApiKey ? Actor.Id : null;
}

/// <summary>What an open invitation says to whoever holds its link.</summary>
/// <param name="HasAccount">Whether the address has an account: the holder reads its mailbox, and so may know.</param>
public sealed record InvitationView(MemberInvitation Invitation, string Project, string Locale, bool HasAccount);

/// <summary>Invitations into a project. The link holds a random token that works once, for a week; a link that is sent again makes the one before it void.</summary>
public sealed class MemberInvitations(NpgsqlDataSource dataSource, AccountStore accounts, Passwords passwords, ConsoleSignIn signIn, PlatformMail mail, AccountMail told, SignInThrottle throttle, ConsoleUrl console, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private const int MostOpen = 100, MailsADay = 100, MailsToOneADay = 5, TokenLength = 32;

    private static readonly TimeSpan _day = TimeSpan.FromDays(1);

    private const string Columns = """
        SELECT i.project_id, i.id, i.email, i.role, u.email, i.created_at, i.sent_at, i.expires_at, i.accepted_at IS NOT NULL, i.revoked_at IS NOT NULL, p.name, p.default_locale, i.invited_by
        FROM member_invitations i JOIN projects p ON p.id = i.project_id LEFT JOIN users u ON u.id = i.invited_by
        """;

    private const string ListSql = Columns + " WHERE i.project_id = $1 AND (i.accepted_at IS NULL AND i.revoked_at IS NULL OR i.created_at > $2) ORDER BY i.id DESC LIMIT 500";
    private const string FindSql = Columns + " WHERE i.project_id = $1 AND i.id = $2";
    private const string ByTokenSql = Columns + " WHERE i.token_hash = $1";
    private const string LockByTokenSql = ByTokenSql + " FOR UPDATE OF i";

    // One that has expired gives way to the next. A statement of its own: within one, the index still sees the old row.
    private const string GiveWaySql = "UPDATE member_invitations SET revoked_at = $3 WHERE project_id = $1 AND normalized_email = $2 AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at <= $3";

    private const string AddSql = """
        INSERT INTO member_invitations (project_id, id, email, normalized_email, role, invited_by, token_hash, created_at, sent_at, expires_at, invited_key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10)
        """;

    private const string OpenSql = "SELECT count(*)::int FROM member_invitations WHERE project_id = $1 AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > $2";
    private const string MemberSql = "SELECT EXISTS (SELECT FROM project_members m JOIN users u ON u.id = m.user_id WHERE m.project_id = $1 AND u.normalized_email = $2)";
    private const string RenewSql = "UPDATE member_invitations SET token_hash = $3, sent_at = $4, expires_at = $5 WHERE project_id = $1 AND id = $2 AND accepted_at IS NULL AND revoked_at IS NULL";
    private const string RevokeSql = "UPDATE member_invitations SET revoked_at = $3 WHERE project_id = $1 AND id = $2 AND accepted_at IS NULL AND revoked_at IS NULL";
    private const string AcceptSql = "UPDATE member_invitations SET accepted_at = $3 WHERE project_id = $1 AND id = $2";

    // Somebody who is a member already keeps the role that they have.
    private const string JoinSql = "INSERT INTO project_members (project_id, user_id, role, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";

    private const string AddUserSql = """
        INSERT INTO users (id, user_name, normalized_user_name, email, normalized_email, email_confirmed, password_hash, security_stamp, concurrency_stamp, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, name, locale)
        VALUES ($1, $2, $3, $2, $3, true, $4, $5, $5, false, false, true, 0, $6, $7) ON CONFLICT DO NOTHING
        """;

    public static Failure Over(InvitationState? state) => state switch
    {
        InvitationState.Accepted => new(FailureKind.Conflict, "invitation_used", "This invitation was accepted already. Sign in."),
        InvitationState.Revoked => new(FailureKind.Conflict, "invitation_revoked", "This invitation was taken back. Ask whoever invited you."),
        InvitationState.Expired => new(FailureKind.Conflict, "invitation_expired", "This invitation was for seven days, and they are over. Ask for another one."),
        _ => new(FailureKind.NotFound, "not_found", "This invitation is not known. Open the link as it stands in the latest mail."),
    };

    private static Failure NotFound => Failure.NotFound("Invitation");

    private static Failure OwnersOnly => new(FailureKind.Forbidden, "owner_needed", "Only an owner takes back an invitation of owners.");

    /// <summary>The open ones, and those of the last month; the latest first.</summary>
    public async Task<IReadOnlyList<MemberInvitation>> ListAsync(ProjectId project, CancellationToken ct) =>
        [.. (await ReadAsync(ListSql, null, parameters => parameters.AddTyped(project.Value).AddTyped(clock.GetUtcNow().AddDays(-30).UtcDateTime), ct)).Select(row => row.Invitation)];

    public async Task<Result<MemberInvitation>> FindAsync(ProjectId project, Guid id, CancellationToken ct) =>
        await OneAsync(FindSql, null, parameters => parameters.AddTyped(project.Value).AddTyped(id), ct) is { } row ? row.Invitation : NotFound;

    public async Task<Result<MemberInvitation>> InviteAsync(ProjectId project, string email, ProjectRole role, Inviter inviter, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(inviter);
        if (EmailChanges.ProblemWith(email, "email") is { } problem) return problem;
        if (inviter.Actor.ProblemWithGiving(role) is { } beyond) return beyond;
        if (Objection is { } objection) return objection;
        string address = email.Trim(), normal = AccountStore.Normal(address);
        if (await ScalarAsync<bool>(MemberSql, parameters => parameters.AddTyped(project.Value).AddTyped(normal), ct)) return new Failure(FailureKind.Conflict, "already_member", "`email`: this person is a member already.");
        DateTimeOffset now = clock.GetUtcNow();
        if (await ScalarAsync<int>(OpenSql, parameters => parameters.AddTyped(project.Value).AddTyped(now.UtcDateTime), ct) >= MostOpen)
            return new Failure(FailureKind.Conflict, "too_many_invitations", $"A project has {MostOpen} open invitations at most. Take one back that is not needed.");
        if (await ThrottledAsync(project, normal, ct) is { } tooMany) return tooMany;

        (Guid id, string token) = (UuidV7.New(now), NewToken());
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        await using (NpgsqlCommand giveWay = new(GiveWaySql, connection))
        {
            giveWay.Parameters.AddTyped(project.Value).AddTyped(normal).AddTyped(now.UtcDateTime);
            await giveWay.ExecuteNonQueryAsync(ct);
        }

        try
        {
            await using NpgsqlCommand add = new(AddSql, connection);
            add.Parameters.AddTyped(project.Value).AddTyped(id).AddTyped(address).AddTyped(normal).AddTyped(NameOf(role)).AddTyped(inviter.UserId, NpgsqlDbType.Uuid).AddTyped(AccountTicket.HashOf(token))
                .AddTyped(now.UtcDateTime).AddTyped((now + Lifetime).UtcDateTime).AddTyped(inviter.KeyId, NpgsqlDbType.Uuid);
            await add.ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return new Failure(FailureKind.Conflict, "already_invited", "`email`: this person has an open invitation. Send it again, or take it back first.");
        }

        return await MailAsync(connection, transaction, project, id, token, inviter, ct);
    }

    /// <summary>Another link, for another week; the one before it works no more.</summary>
    public async Task<Result<MemberInvitation>> ResendAsync(ProjectId project, Guid id, Inviter inviter, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(inviter);
        Result<MemberInvitation> found = await FindAsync(project, id, ct);
        if (!found.IsSuccess) return found;
        if (inviter.Actor.ProblemWithGiving(found.Value.Role) is { } beyond) return beyond;
        if (found.Value.State is InvitationState.Accepted or InvitationState.Revoked) return Over(found.Value.State);
        if (Objection is { } objection) return objection;
        if (await ThrottledAsync(project, AccountStore.Normal(found.Value.Email), ct) is { } tooMany) return tooMany;
        DateTimeOffset now = clock.GetUtcNow();
        string token = NewToken();
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        await using (NpgsqlCommand renew = new(RenewSql, connection))
        {
            renew.Parameters.AddTyped(project.Value).AddTyped(id).AddTyped(AccountTicket.HashOf(token)).AddTyped(now.UtcDateTime).AddTyped((now + Lifetime).UtcDateTime);
            if (await renew.ExecuteNonQueryAsync(ct) == 0) return NotFound; // accepted or revoked at this very moment
        }

        return await MailAsync(connection, transaction, project, id, token, inviter, ct);
    }

    public async Task<Result<MemberInvitation>> RevokeAsync(ProjectId project, Guid id, Inviter inviter, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(inviter);
        Result<MemberInvitation> found = await FindAsync(project, id, ct);
        if (!found.IsSuccess) return found;
        if (found.Value.Role is ProjectRole.Owner && !inviter.Actor.IsOwner) return OwnersOnly;
        await using NpgsqlCommand command = dataSource.CreateCommand(RevokeSql);
        command.Parameters.AddTyped(project.Value).AddTyped(id).AddTyped(clock.GetUtcNow().UtcDateTime);
        return await command.ExecuteNonQueryAsync(ct) == 0 ? Over(found.Value.State is InvitationState.Open ? null : found.Value.State) : found.Value with { State = InvitationState.Revoked };
    }

    /// <summary>What the page says. Changes nothing.</summary>
    public async Task<Result<InvitationView>> LookAsync(string token, CancellationToken ct)
    {
        if (await OneAsync(ByTokenSql, null, parameters => parameters.AddTyped(AccountTicket.HashOf(token)), ct) is not { } row) return Over(null);
        if (row.Invitation.State is not InvitationState.Open) return Over(row.Invitation.State);
        return new InvitationView(row.Invitation, row.Project, row.Locale, await accounts.FindAsync(row.Invitation.Email, ct) is not null);
    }

    /// <summary>Opens an account for the invited address and signs in.</summary>
    /// <param name="password">Checked.</param>
    public async Task<Result<SignInAnswer>> OpenAccountAsync(string token, string? name, string password, string? locale, SignInBrowser browser, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(browser);
        string hash = await passwords.HashAsync(password, ct);
        DateTimeOffset now = clock.GetUtcNow();
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        if (await OneAsync(LockByTokenSql, connection, parameters => parameters.AddTyped(AccountTicket.HashOf(token)), ct) is not { } row) return Over(null);
        if (row.Invitation.State is not InvitationState.Open) return Over(row.Invitation.State);
        Account account = new(UuidV7.New(now), row.Invitation.Email, name, locale, hash, AccountStore.NewStamp(), HasTwoFactor: false);
        await using (NpgsqlCommand add = new(AddUserSql, connection))
        {
            add.Parameters.AddTyped(account.Id).AddTyped(account.Email).AddTyped(AccountStore.Normal(account.Email)).AddTyped(hash).AddTyped(account.Stamp).AddTyped(name, NpgsqlDbType.Text).AddTyped(locale, NpgsqlDbType.Text);
            if (await add.ExecuteNonQueryAsync(ct) == 0) return SignInFirst;
        }

        await JoinAsync(connection, row.Invitation, account.Id, browser.Client, now, ct);
        if (console.At("") is { } start)
        {
            Dictionary<string, JsonElement> variables = new() { ["start_url"] = PlatformMail.Text(start) };
            if (name is not null) variables["name"] = PlatformMail.Text(name);
            if (await mail.StoreAsync(connection, new PlatformMessage(row.Invitation.ProjectId, locale ?? row.Locale, account.Email, "welcome", variables), ct) is { } failure) return failure;
        }

        await transaction.CommitAsync(ct);
        mail.Wake();
        return await signIn.StartAsync(account, [TwoFactor.Password], browser, null, ct);
    }

    /// <summary>Adds a membership to the account that is signed in.</summary>
    public async Task<Failure?> JoinAsync(string token, UserSession session, AccountClient client, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(session);
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        if (await OneAsync(LockByTokenSql, connection, parameters => parameters.AddTyped(AccountTicket.HashOf(token)), ct) is not { } row) return Over(null);
        if (row.Invitation.State is not InvitationState.Open) return Over(row.Invitation.State);
        if (AccountStore.Normal(session.Email) != AccountStore.Normal(row.Invitation.Email))
            return new Failure(FailureKind.Forbidden, "wrong_account", "This invitation is for another address. Sign out, and sign in with the invited one.");
        await JoinAsync(connection, row.Invitation, session.UserId, client, clock.GetUtcNow(), ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    public static Failure SignInFirst => new(FailureKind.Conflict, "account_exists", "This address has an account. Sign in with it, and accept then.");

    private Failure? Objection => mail.HasSender ? console.Value is null ? ConsoleUrl.NotConfigured : null : mail.Objection;

    private async Task JoinAsync(NpgsqlConnection connection, MemberInvitation invitation, Guid userId, AccountClient client, DateTimeOffset now, CancellationToken ct)
    {
        await using (NpgsqlCommand join = new(JoinSql, connection))
        {
            join.Parameters.AddTyped(invitation.ProjectId.Value).AddTyped(userId).AddTyped(NameOf(invitation.Role)).AddTyped(now.UtcDateTime);
            await join.ExecuteNonQueryAsync(ct);
        }

        await using NpgsqlCommand accept = new(AcceptSql, connection);
        accept.Parameters.AddTyped(invitation.ProjectId.Value).AddTyped(invitation.Id).AddTyped(now.UtcDateTime);
        await accept.ExecuteNonQueryAsync(ct);
        await told.RecordAsync(connection, userId, client, "joined", ct);
    }

    private async Task<Result<MemberInvitation>> MailAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, ProjectId project, Guid id, string token, Inviter inviter, CancellationToken ct)
    {
        Row row = (await OneAsync(FindSql, connection, parameters => parameters.AddTyped(project.Value).AddTyped(id), ct))!;
        // The token stands behind #: a browser sends that part to no server, so it is in nobody's log.
        PlatformMessage message = new(project, row.Locale, row.Invitation.Email, "member-invitation", new()
        {
            ["inviter_name"] = PlatformMail.Text(inviter.Name), ["project"] = PlatformMail.Text(row.Project), ["role"] = PlatformMail.Text(RoleIn(row.Locale, row.Invitation.Role)),
            ["accept_url"] = PlatformMail.Text(console.At($"invitation#{token}")!), ["expires_at"] = PlatformMail.Time(row.Invitation.ExpiresAt),
        });
        if (await mail.StoreAsync(connection, message, ct) is { } failure) return failure;
        await transaction.CommitAsync(ct);
        mail.Wake();
        return row.Invitation;
    }

    private async Task<Failure?> ThrottledAsync(ProjectId project, string normalEmail, CancellationToken ct) =>
        await throttle.TryAsync($"invitations of {project}", MailsADay, _day, ct) && await throttle.TryAsync($"invitations to {normalEmail}", MailsToOneADay, _day, ct)
            ? null : new Failure(FailureKind.TooMany, "rate_limit_exceeded", "Too many invitations were mailed for this project or to this person today. Try again tomorrow.");

    private async Task<Row?> OneAsync(string sql, NpgsqlConnection? within, Action<NpgsqlParameterCollection> bind, CancellationToken ct) => await ReadAsync(sql, within, bind, ct) is [Row row, ..] ? row : null;

    private async Task<T> ScalarAsync<T>(string sql, Action<NpgsqlParameterCollection> bind, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(sql, null);
        bind(command.Parameters);
        return (T)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task<IReadOnlyList<Row>> ReadAsync(string sql, NpgsqlConnection? within, Action<NpgsqlParameterCollection> bind, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(sql, within);
        bind(command.Parameters);
        List<Row> rows = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            DateTimeOffset ends = reader.GetFieldValue<DateTimeOffset>(7);
            InvitationState state = reader.GetBoolean(8) ? InvitationState.Accepted : reader.GetBoolean(9) ? InvitationState.Revoked : ends <= clock.GetUtcNow() ? InvitationState.Expired : InvitationState.Open;
            rows.Add(new Row(
                new MemberInvitation(new ProjectId(reader.GetGuid(0)), reader.GetGuid(1), reader.GetString(2), Enum.Parse<ProjectRole>(reader.GetString(3), true), reader.OptionalText(4), reader.GetFieldValue<DateTimeOffset>(5), reader.GetFieldValue<DateTimeOffset>(6), ends, state),
                reader.GetString(10), reader.GetString(11)));
        }

        return rows;
    }

    private static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenLength));

#pragma warning disable CA1308 // the stored names are lower case
    private static string NameOf(ProjectRole role) => role.ToString().ToLowerInvariant();
#pragma warning restore CA1308

    private static string RoleIn(string locale, ProjectRole role) => locale.StartsWith("fr", StringComparison.OrdinalIgnoreCase)
        ? role switch { ProjectRole.Owner => "Propriétaire", ProjectRole.Admin => "Administrateur", ProjectRole.Developer => "Développeur", _ => "Lecteur" }
        : role.ToString();

    private sealed record Row(MemberInvitation Invitation, string Project, string Locale);
}
