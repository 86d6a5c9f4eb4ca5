using System.Text.Json;
using Mail.Core.ActionLinks;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Protocol.Mime;
using Npgsql;

namespace Mail.Core.Accounts;

/// <summary>A change of address that waits for its two confirmations.</summary>
public sealed record PendingEmailChange(string NewEmail, bool OldConfirmed, bool NewConfirmed, DateTimeOffset ExpiresAt);

/// <summary>
/// Another e-mail address: whoever wants it gives the password, and both mailboxes confirm by a link. The new one, because it must be theirs; the old one, because
/// a stolen session must not take the account away.
/// </summary>
public sealed class EmailChanges(
    NpgsqlDataSource dataSource, AccountStore accounts, AccountChanges changes, UserSessions sessions, SignInThrottle throttle, ActionLinkStore links, AccountMail mail, TimeProvider clock)
{
    private const int AnHour = 5;

    private static readonly TimeSpan _lifetime = TimeSpan.FromDays(1), _hour = TimeSpan.FromHours(1);

    private const string AddSql = """
        INSERT INTO email_changes (user_id, id, session_id, new_email, stamp, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (user_id) DO UPDATE SET id = excluded.id, session_id = excluded.session_id, new_email = excluded.new_email, stamp = excluded.stamp, expires_at = excluded.expires_at,
            old_confirmed_at = NULL, new_confirmed_at = NULL
        """;

    // A change that was asked for before the password or anything else changed is void.
    private const string FindSql = """
        SELECT e.new_email, e.old_confirmed_at IS NOT NULL, e.new_confirmed_at IS NOT NULL, e.expires_at, e.user_id, e.session_id, u.email
        FROM email_changes e JOIN users u ON u.id = e.user_id AND u.security_stamp = e.stamp WHERE e.expires_at > $2 AND
        """;

    private const string OfUserSql = FindSql + " e.user_id = $1";
    private const string ByIdSql = FindSql + " e.id = $1";
    private const string LockSql = ByIdSql + " FOR UPDATE";
    private const string ConfirmOldSql = "UPDATE email_changes SET old_confirmed_at = $2 WHERE id = $1";
    private const string ConfirmNewSql = "UPDATE email_changes SET new_confirmed_at = $2 WHERE id = $1";
    private const string RemoveSql = "DELETE FROM email_changes WHERE user_id = $1";
    private const string TakenSql = "SELECT EXISTS (SELECT FROM users WHERE normalized_email = $1 AND id <> $2)";

    public async Task<PendingEmailChange?> FindAsync(Guid userId, CancellationToken ct) => (await ReadAsync(OfUserSql, userId, null, ct))?.Pending;

    public Task CancelAsync(Guid userId, CancellationToken ct) => RemoveAsync(null, userId, ct);

    /// <summary>Mails both links. Says nothing of whether another account has the address: that shows when its mailbox has confirmed.</summary>
    public async Task<Failure?> RequestAsync(UserSession session, string password, string newEmail, AccountClient client, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (ProblemWith(newEmail, "new_email") is { } problem) return problem;
        string address = newEmail.Trim();
        if (mail.Objection is { } objection) return objection;
        Result<Account> owner = await changes.OwnerAsync(session, password, "password", client, ct);
        if (!owner.IsSuccess) return owner.Failure;
        if (AccountStore.Normal(address) == AccountStore.Normal(owner.Value.Email)) return Failure.Field("new_email", "is the address that the account has.");
        if (!await throttle.TryAsync($"email change {session.UserId}", AnHour, _hour, ct)) return new Failure(FailureKind.TooMany, "too_many_attempts", "Too many changes were asked for in the last hour. Try again later.");

        Guid id = UuidV7.New(clock.GetUtcNow());
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        await using (NpgsqlCommand add = new(AddSql, connection))
        {
            add.Parameters.AddTyped(session.UserId).AddTyped(id).AddTyped(session.Id).AddTyped(address).AddTyped(owner.Value.Stamp).AddTyped((clock.GetUtcNow() + _lifetime).UtcDateTime);
            await add.ExecuteNonQueryAsync(ct);
        }

        await SendLinkAsync(connection, owner.Value, id, address, isNew: true, ct);
        await SendLinkAsync(connection, owner.Value, id, address, isNew: false, ct);
        await transaction.CommitAsync(ct);
        mail.Wake();
        return null;
    }

    /// <summary>An address that an account may have.</summary>
    public static Failure? ProblemWith(string? email, string field)
    {
        const int Longest = 254; // RFC 5321 §4.5.3.1.3
        if (string.IsNullOrWhiteSpace(email)) return Failure.Missing(field);
        if (email.Length > Longest || !TextRules.IsStorable(email) || TextRules.HasControlCharacter(email)) return Failure.Field(field, $"must be one address of at most {Longest} characters.");
        if (!EmailAddress.TryParse(email, out EmailAddress? address, out string? error)) return Failure.Field(field, $"is not an address: {error}");
        return address.DisplayName is null && !email.Contains('<', StringComparison.Ordinal) ? null : Failure.Field(field, "must be the address alone.");
    }

    internal async Task<(PendingEmailChange Pending, string OldEmail)?> FindByIdAsync(Guid id, CancellationToken ct) =>
        await ReadAsync(ByIdSql, id, null, ct) is { } found ? (found.Pending, found.OldEmail) : null;

    /// <summary>One mailbox has confirmed; the second of them makes the change.</summary>
    /// <returns>Whether it is made; null when it cannot be.</returns>
    internal async Task<bool?> ConfirmAsync(NpgsqlConnection within, Guid id, bool isNew, AccountClient client, CancellationToken ct)
    {
        if (await ReadAsync(LockSql, id, within, ct) is not { } found || await accounts.LockAsync(found.UserId, within, ct) is not { } account) return null;
        if (!(isNew ? found.Pending.OldConfirmed : found.Pending.NewConfirmed))
        {
            await using NpgsqlCommand confirm = new(isNew ? ConfirmNewSql : ConfirmOldSql, within);
            confirm.Parameters.AddTyped(id).AddTyped(clock.GetUtcNow().UtcDateTime);
            await confirm.ExecuteNonQueryAsync(ct);
            return false;
        }

        if (!await SetAsync(within, account.Id, found.Pending.NewEmail, ct)) return null;
        await sessions.EndOthersAsync(within, account.Id, found.SessionId, SessionEnds.EmailChanged, ct);
        await RemoveAsync(within, account.Id, ct);
        await mail.TellAsync(within, account, AccountNotice.EmailChanged, client, ct, new() { ["new_email"] = PlatformMail.Text(MaskedAddress.Of(found.Pending.NewEmail)) }, to: account.Email);
        return true;
    }

    /// <summary>Also what gives the old address back.</summary>
    /// <returns>False when another account has it.</returns>
    internal static async Task<bool> SetAsync(NpgsqlConnection within, Guid userId, string email, CancellationToken ct)
    {
        // Looked at before: a statement that fails would end the transaction of the whole link.
        await using (NpgsqlCommand taken = new(TakenSql, within))
        {
            taken.Parameters.AddTyped(AccountStore.Normal(email)).AddTyped(userId);
            if ((bool)(await taken.ExecuteScalarAsync(ct))!) return false;
        }

        return await AccountStore.SetEmailAsync(within, userId, email, ct);
    }

    internal async Task RemoveAsync(NpgsqlConnection? within, Guid userId, CancellationToken ct)
    {
        await using NpgsqlCommand remove = dataSource.CreateCommand(RemoveSql, within);
        remove.Parameters.AddTyped(userId);
        await remove.ExecuteNonQueryAsync(ct);
    }

    private async Task SendLinkAsync(NpgsqlConnection connection, Account account, Guid id, string newEmail, bool isNew, CancellationToken ct)
    {
        Result<CreatedActionLink> link = await links.CreateAsync(
            new NewActionLink(default, EmailChangeLinks.PurposeName, id.ToString("D"))
            {
                IsOwn = true, Lifetime = _lifetime, Locale = account.Locale, Metadata = JsonSerializer.SerializeToElement(new EmailChangeFacts(isNew), AccountJson.Default.EmailChangeFacts),
            }, connection, ct);
        await mail.SendAsync(connection, account, isNew ? "email-change-confirm" : "email-change-approve", new()
        {
            ["new_email"] = PlatformMail.Text(newEmail), ["confirm_url"] = PlatformMail.Text(link.Value.Url), ["expires_at"] = PlatformMail.Time(link.Value.ExpiresAt),
        }, ct, isNew ? newEmail : account.Email);
    }

    private async Task<(PendingEmailChange Pending, Guid UserId, Guid SessionId, string OldEmail)?> ReadAsync(string sql, Guid id, NpgsqlConnection? within, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(sql, within);
        command.Parameters.AddTyped(id).AddTyped(clock.GetUtcNow().UtcDateTime);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? (new PendingEmailChange(reader.GetString(0), reader.GetBoolean(1), reader.GetBoolean(2), reader.GetFieldValue<DateTimeOffset>(3)), reader.GetGuid(4), reader.GetGuid(5), reader.GetString(6))
            : null;
    }
}
