using System.Text.Json;
using Mail.Core.Messages;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Accounts;

/// <summary>
/// Looks at passwords and second factors, counts the wrong ones and locks: at sign-in and wherever somebody who is signed in is asked again. A lock answers as a
/// wrong password does, after the same work.
/// </summary>
public sealed partial class AccountGuard(
    NpgsqlDataSource dataSource, Passwords passwords, SignInFailures failures, TwoFactor twoFactor, AccountMail mail, IOptions<AccountOptions> options, ILogger<AccountGuard> logger)
{
    /// <param name="counted">By what tries are counted, whether or not there is an account (<see cref="CountedTries"/>).</param>
    public async Task<bool> IsPasswordRightAsync(Account? account, string counted, string password, AccountClient client, CancellationToken ct)
    {
        SignInTry? one = await failures.CountAsync(counted, SignInFactor.Password, ct);
        bool isRight = await passwords.IsRightAsync(account?.ForHashing, password, ct);
        if (one is null) return false;
        if (isRight) await failures.TakeBackAsync(counted, SignInFactor.Password, ct);
        else Tell(account, one, client);
        return isRight;
    }

    /// <param name="code">Of the authenticator app; null for a recovery code.</param>
    /// <returns>How it was shown, `totp` or `recovery`; null when it was wrong.</returns>
    public async Task<string?> FactorAsync(Account account, string? code, string? recoveryCode, AccountClient client, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (await failures.CountAsync(account.Email, SignInFactor.TwoFactor, ct) is not { } one) return null;
        if (code is not null ? await twoFactor.TakeCodeAsync(account.Id, code, ct) : recoveryCode is not null && await twoFactor.TakeRecoveryCodeAsync(account.Id, recoveryCode, ct))
        {
            await failures.TakeBackAsync(account.Email, SignInFactor.TwoFactor, ct);
            return code is not null ? TwoFactor.Totp : TwoFactor.Recovery;
        }

        Tell(account, one, client);
        return null;
    }

    /// <summary>Of locks that follow each other the first is told, the second, the fourth...: who makes them must not fill the owner's mailbox as well.</summary>
    private void Tell(Account? account, SignInTry one, AccountClient client)
    {
        if (one.LocksUntil is { } lockedUntil && account is not null && int.IsPow2(one.Locks)) _ = TellAsync(account, lockedUntil, client);
    }

    /// <summary>Beside the answer, which would otherwise take longer for an address that has an account. The lock stands without it.</summary>
    private async Task TellAsync(Account account, DateTimeOffset lockedUntil, AccountClient client)
    {
        await Task.Yield();
        try
        {
            await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync();
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
            Dictionary<string, JsonElement> more = new() { ["failed_attempts"] = PlatformMail.Number(options.Value.FailuresBeforeLock), ["locked_until"] = PlatformMail.Time(lockedUntil) };
            if (mail.At("forgot-password") is { } url) more["reset_url"] = PlatformMail.Text(url);
            await mail.TellAsync(connection, account, AccountNotice.AccountLocked, client, CancellationToken.None, more);
            await transaction.CommitAsync();
            mail.Wake();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or ObjectDisposedException or InvalidOperationException)
        {
            LogNotTold(e, account.Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "User {UserId} could not be told that the account is locked")]
    private partial void LogNotTold(Exception e, Guid userId);
}
