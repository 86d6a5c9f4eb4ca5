using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Accounts;

/// <summary>What somebody who is signed in changes about the own account. Whatever opens it is asked for again, every other session ends, and the owner is told.</summary>
public sealed class AccountChanges(
    NpgsqlDataSource dataSource, AccountStore accounts, AccountGuard guard, Passwords passwords, TwoFactor twoFactor, UserSessions sessions, AccountMail mail)
{
    public static Failure WrongPassword(string field) => new(FailureKind.Invalid, "invalid_credentials", $"`{field}` is not your password.");

    public static Failure WrongCode => new(FailureKind.Invalid, "invalid_code", "`code` is wrong, or was used already. Wait for the next one.");

    private static Failure NotOn => new(FailureKind.Conflict, "two_factor_off", "Two-factor sign-in is not on.");

    public async Task<Failure?> ChangePasswordAsync(UserSession session, string current, string password, AccountClient client, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (await OwnerAsync(session, current, "current_password", client, ct) is not { IsSuccess: true } owner) return WrongPassword("current_password");
        string hash = await passwords.HashAsync(password, ct);
        return await ChangeAsync(session, owner.Value, SessionEnds.PasswordChanged, AccountNotice.PasswordChanged, client, connection => AccountStore.SetPasswordAsync(connection, session.UserId, hash, ct), ct);
    }

    /// <summary>A secret for an authenticator app. Nothing changes until <see cref="EnableAsync"/>.</summary>
    public async Task<Result<byte[]>> SetUpTwoFactorAsync(UserSession session, string password, AccountClient client, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(session);
        Result<Account> owner = await OwnerAsync(session, password, "password", client, ct);
        if (!owner.IsSuccess) return owner.Failure;
        return owner.Value.HasTwoFactor
            ? new Failure(FailureKind.Conflict, "two_factor_on", "Two-factor sign-in is on. Turn it off first to set up another app.")
            : await twoFactor.SetUpAsync(session.UserId, ct);
    }

    /// <returns>The recovery codes, shown once.</returns>
    public async Task<Result<string[]>> EnableAsync(UserSession session, string code, AccountClient client, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (await accounts.FindAsync(session.UserId, ct) is not { } account) return NotOn;
        if (account.HasTwoFactor) return new Failure(FailureKind.Conflict, "two_factor_on", "Two-factor sign-in is on already.");
        string[] recoveryCodes = [];
        Failure? failure = await ChangeAsync(session, account, SessionEnds.TwoFactorChanged, AccountNotice.TwoFactorEnabled, client, async connection =>
        {
            if (!await twoFactor.ConfirmAsync(connection, session.UserId, code, ct)) return WrongCode;
            await AccountStore.SetTwoFactorAsync(connection, session.UserId, true, ct);
            recoveryCodes = await twoFactor.NewRecoveryCodesAsync(connection, session.UserId, ct);
            await sessions.ShownAsync(connection, session.Id, TwoFactor.Totp, ct);
            return null;
        }, ct);
        return failure is null ? recoveryCodes : failure;
    }

    public async Task<Failure?> DisableAsync(UserSession session, string password, string? code, string? recoveryCode, AccountClient client, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(session);
        Result<Account> owner = await OwnerAsync(session, password, "password", client, ct);
        if (!owner.IsSuccess) return owner.Failure;
        if (!owner.Value.HasTwoFactor) return NotOn;
        if (await guard.FactorAsync(owner.Value, code, recoveryCode, client, ct) is null) return WrongCode;
        return await ChangeAsync(session, owner.Value, SessionEnds.TwoFactorChanged, AccountNotice.TwoFactorDisabled, client, async connection =>
        {
            await AccountStore.SetTwoFactorAsync(connection, session.UserId, false, ct);
            await twoFactor.RemoveAsync(connection, session.UserId, ct);
        }, ct);
    }

    /// <summary>New recovery codes; those before work no more.</summary>
    public async Task<Result<string[]>> RenewRecoveryCodesAsync(UserSession session, string password, string code, AccountClient client, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(session);
        Result<Account> owner = await OwnerAsync(session, password, "password", client, ct);
        if (!owner.IsSuccess) return owner.Failure;
        if (!owner.Value.HasTwoFactor) return NotOn;
        if (await guard.FactorAsync(owner.Value, code, null, client, ct) is null) return WrongCode;
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        await accounts.LockAsync(session.UserId, connection, ct);
        string[] codes = await twoFactor.NewRecoveryCodesAsync(connection, session.UserId, ct);
        await transaction.CommitAsync(ct);
        return codes;
    }

    /// <summary>Shows the second factor again, for what wants it fresh.</summary>
    public async Task<Failure?> ShowFactorAsync(UserSession session, string? code, string? recoveryCode, AccountClient client, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (await accounts.FindAsync(session.UserId, ct) is not { HasTwoFactor: true } account) return NotOn;
        if (await guard.FactorAsync(account, code, recoveryCode, client, ct) is not { } shown) return WrongCode;
        await sessions.ShownAsync(null, session.Id, shown, ct);
        return null;
    }

    /// <summary>The account, if the password is its own.</summary>
    internal async Task<Result<Account>> OwnerAsync(UserSession session, string password, string field, AccountClient client, CancellationToken ct)
    {
        Account? account = await accounts.FindAsync(session.UserId, ct);
        return account is not null && await guard.IsPasswordRightAsync(account, CountedTries.Of(account, session), password, client, ct) ? account : WrongPassword(field);
    }

    private Task<Failure?> ChangeAsync(UserSession session, Account account, string reason, AccountNotice notice, AccountClient client, Func<NpgsqlConnection, Task> change, CancellationToken ct) =>
        ChangeAsync(session, account, reason, notice, client, async connection =>
        {
            await change(connection);
            return null;
        }, ct);

    /// <summary>In one transaction: the change, the end of the other sessions, the mail.</summary>
    private async Task<Failure?> ChangeAsync(UserSession session, Account account, string reason, AccountNotice notice, AccountClient client, Func<NpgsqlConnection, Task<Failure?>> change, CancellationToken ct)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        // Something else has changed since the password was looked at: whoever asks proves it again.
        if (await accounts.LockAsync(account.Id, connection, ct) is not { } current || current.Stamp != account.Stamp)
            return new Failure(FailureKind.Conflict, "account_changed", "The account was changed at this very moment. Look at it, and try again.");
        if (await change(connection) is { } failure) return failure;
        await sessions.EndOthersAsync(connection, account.Id, session.Id, reason, ct);
        await mail.TellAsync(connection, account, notice, client, ct);
        await transaction.CommitAsync(ct);
        mail.Wake();
        return null;
    }
}
