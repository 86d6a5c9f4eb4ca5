using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Messages;
using Npgsql;

namespace Mail.Core.Accounts;

/// <summary>How a step of signing in ended.</summary>
public enum SignInOutcome
{
    SignedIn,

    /// <summary>The password was right; the second factor is awaited.</summary>
    TwoFactorRequired,

    /// <summary>Wrong, unknown or locked: nobody is told which.</summary>
    Refused,

    /// <summary>The half session is over: too late, or too many tries.</summary>
    Over,
}

/// <param name="Ticket">Of the session, or of the half session; null without either.</param>
/// <param name="Ends">When a half session ends.</param>
public sealed record SignInAnswer(SignInOutcome Outcome, Guid UserId = default, AccountTicket? Ticket = null, DateTimeOffset? Ends = null);

/// <summary>What the browser brought along.</summary>
/// <param name="Device">The secret of its device cookie.</param>
/// <param name="Replaced">The session that it had.</param>
public sealed record SignInBrowser(AccountClient Client, string Device, UserSession? Replaced);

/// <summary>Signing in: the password, then the second factor where the account has one, then a session under a new id, and a mail when the browser is new.</summary>
public sealed class ConsoleSignIn(
    NpgsqlDataSource dataSource, AccountStore accounts, AccountGuard guard, CountedTries tries, SignInFailures failures, UserSessions sessions, TwoFactor twoFactor, AccountMail mail, TimeProvider clock)
{
    public static readonly TimeSpan HalfSession = TimeSpan.FromMinutes(5);

    /// <summary>Second factors that may be tried in one half session. Across them <see cref="SignInFailures"/> counts.</summary>
    public const int Tries = 5;

    private const string AddChallengeSql = """
        WITH gone AS (DELETE FROM sign_in_challenges WHERE id IN (SELECT id FROM sign_in_challenges WHERE expires_at < $6 LIMIT 10 FOR UPDATE SKIP LOCKED))
        INSERT INTO sign_in_challenges (id, user_id, secret_hash, stamp, expires_at) VALUES ($1, $2, $3, $4, $5)
        """;

    // Counted before the factor is looked at.
    private const string TryChallengeSql = """
        UPDATE sign_in_challenges c SET tries = tries + 1 FROM users u
        WHERE c.id = $1 AND c.secret_hash = $2 AND u.id = c.user_id AND u.security_stamp = c.stamp AND c.tries < $3 AND c.done_at IS NULL AND c.expires_at > $4 RETURNING c.user_id
        """;

    private const string EndChallengeSql = "UPDATE sign_in_challenges SET done_at = $2 WHERE id = $1 AND done_at IS NULL";

    // Whether it is new here, and whether the account was ever used before.
    private const string DeviceSql = """
        INSERT INTO user_devices (user_id, device_hash, last_seen_at) VALUES ($1, $2, $3) ON CONFLICT (user_id, device_hash) DO UPDATE SET last_seen_at = excluded.last_seen_at
        RETURNING xmax = 0 AND EXISTS (SELECT FROM user_sessions WHERE user_id = $1)
        """;

    /// <param name="counted">By what tries are counted: <see cref="CountedTries.OfAsync"/>.</param>
    public async Task<SignInAnswer> TryAsync(string email, string counted, string password, SignInBrowser browser, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(browser);
        Account? account = await accounts.FindAsync(email, ct);
        if (!await guard.IsPasswordRightAsync(account, counted, password, browser.Client, ct)) return new SignInAnswer(SignInOutcome.Refused);
        if (!account!.HasTwoFactor) return await StartAsync(account, [TwoFactor.Password], browser, null, ct);

        DateTimeOffset now = clock.GetUtcNow(), ends = now + HalfSession;
        AccountTicket ticket = AccountTicket.New(now);
        await using NpgsqlCommand command = dataSource.CreateCommand(AddChallengeSql);
        command.Parameters.AddTyped(ticket.Id).AddTyped(account.Id).AddTyped(ticket.Hash).AddTyped(account.Stamp).AddTyped(ends.UtcDateTime).AddTyped(now.UtcDateTime);
        await command.ExecuteNonQueryAsync(ct);
        return new SignInAnswer(SignInOutcome.TwoFactorRequired, account.Id, ticket, ends);
    }

    /// <param name="challenge">The half session.</param>
    public async Task<SignInAnswer> CompleteAsync(AccountTicket challenge, string? code, string? recoveryCode, SignInBrowser browser, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(challenge);
        ArgumentNullException.ThrowIfNull(browser);
        Guid userId;
        await using (NpgsqlCommand command = dataSource.CreateCommand(TryChallengeSql))
        {
            command.Parameters.AddTyped(challenge.Id).AddTyped(challenge.Hash).AddTyped(Tries).AddTyped(clock.GetUtcNow().UtcDateTime);
            if (await command.ExecuteScalarAsync(ct) is not Guid found) return new SignInAnswer(SignInOutcome.Over);
            userId = found;
        }

        if (await accounts.FindAsync(userId, ct) is not { } account) return new SignInAnswer(SignInOutcome.Over);
        return await guard.FactorAsync(account, code, recoveryCode, browser.Client, ct) is { } shown
            ? await StartAsync(account, [TwoFactor.Password, shown], browser, challenge.Id, ct)
            : new SignInAnswer(SignInOutcome.Refused);
    }

    /// <summary>A session for somebody who has proven who they are: also after an invitation.</summary>
    internal async Task<SignInAnswer> StartAsync(Account account, string[] methods, SignInBrowser browser, Guid? challenge, CancellationToken ct)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        if (challenge is { } half)
        {
            await using NpgsqlCommand end = new(EndChallengeSql, connection);
            end.Parameters.AddTyped(half).AddTyped(clock.GetUtcNow().UtcDateTime);
            if (await end.ExecuteNonQueryAsync(ct) == 0) return new SignInAnswer(SignInOutcome.Over);
        }

        string counted = await tries.OfAsync(account.Email, browser.Device, ct, connection);
        bool isNew = await SeeDeviceAsync(connection, account.Id, browser.Device, ct);
        AccountTicket ticket = await sessions.StartAsync(connection, account.Id, account.Stamp, methods, browser.Client, ct);
        if (isNew) await mail.TellAsync(connection, account, AccountNotice.NewSignIn, browser.Client, ct);
        if (methods.Contains(TwoFactor.Recovery)) await TellOfRecoveryAsync(connection, account, browser.Client, ct);
        await failures.ForgetAsync(counted, SignInFactor.Password, ct, connection);
        await failures.ForgetAsync(account.Email, SignInFactor.TwoFactor, ct, connection);
        await transaction.CommitAsync(ct);
        mail.Wake();
        if (browser.Replaced is { } replaced) await sessions.EndAsync(replaced.UserId, replaced.Id, SessionEnds.Replaced, ct);
        return new SignInAnswer(SignInOutcome.SignedIn, account.Id, ticket);
    }

    private async Task<bool> SeeDeviceAsync(NpgsqlConnection connection, Guid userId, string device, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(DeviceSql, connection);
        command.Parameters.AddTyped(userId).AddTyped(AccountTicket.HashOf(device)).AddTyped(clock.GetUtcNow().UtcDateTime);
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task TellOfRecoveryAsync(NpgsqlConnection connection, Account account, AccountClient client, CancellationToken ct)
    {
        Dictionary<string, JsonElement> more = new() { ["codes_left"] = PlatformMail.Number((await twoFactor.StateAsync(account.Id, ct, connection)).RecoveryCodesLeft) };
        if (mail.At("account") is { } url) more["codes_url"] = PlatformMail.Text(url);
        await mail.TellAsync(connection, account, AccountNotice.RecoveryCodeUsed, client, ct, more);
    }
}
