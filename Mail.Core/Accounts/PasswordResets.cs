using Mail.Core.Codes;
using Mail.Core.Common;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Accounts;

/// <summary>
/// A forgotten password: a code to the mailbox, and the code for a new password. Nothing here tells whether an address has an account: a request is one row, stored
/// before the answer, and worked off after it (<see cref="PasswordResetWorker"/>); every address gets a code, and only accounts get the mail.
/// </summary>
public sealed class PasswordResets(
    NpgsqlDataSource dataSource, AccountStore accounts, Passwords passwords, CodeStore codes, UserSessions sessions, SignInFailures failures, SignInThrottle throttle, AccountMail mail,
    PasswordResetSignal signal, IOptions<AccountOptions> options, TimeProvider clock)
{
    internal const string Purpose = "console-password-reset";

    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);

    private const string AddSql = "INSERT INTO password_reset_requests (id, address_hash, email, ip, browser, requested_at) VALUES ($1, $2, $3, $4, $5, $6)";

    public static Failure WrongCode => new(FailureKind.Invalid, "invalid_code", "`code` is wrong, used or older than 15 minutes. Look for the latest mail, or ask for another code.");

    private static Failure TooMany => new(FailureKind.TooMany, "too_many_attempts", "Too many requests from this address in the last hour. Try again later.");

    /// <summary>Whose code it is, in the installation's own name: console accounts belong to no project.</summary>
    internal static CodeSubject Subject(string email) => CodeSubject.Of(default, Purpose, Convert.ToHexString(SignInFailures.HashOf(email)));

    /// <summary>Stores the request; the mail follows.</summary>
    public async Task<Failure?> RequestAsync(string email, AccountClient client, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(email);
        ArgumentNullException.ThrowIfNull(client);
        if (!await throttle.TryAsync($"reset request {client.Network}", options.Value.ResetsPerClient, _hour, ct)) return TooMany;
        DateTimeOffset now = clock.GetUtcNow();
        await using NpgsqlCommand command = dataSource.CreateCommand(AddSql);
        command.Parameters.AddTyped(UuidV7.New(now)).AddTyped(SignInFailures.HashOf(email)).AddTyped(email.Trim()).AddTyped(client.Ip, NpgsqlDbType.Text).AddTyped(client.Browser).AddTyped(now.UtcDateTime);
        await command.ExecuteNonQueryAsync(ct);
        signal.Raise();
        return null;
    }

    /// <summary>Sets a password that has been checked, for the right code: once, and nobody stays signed in.</summary>
    public async Task<Failure?> ConfirmAsync(string email, string code, string password, AccountClient client, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(email);
        ArgumentNullException.ThrowIfNull(client);
        if (!await throttle.TryAsync($"reset confirm {client.Network}", options.Value.ResetsPerClient, _hour, ct)) return TooMany;
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        if (!(await codes.VerifyAsync(Subject(email), code, connection, ct)).IsRight) return WrongCode;
        if (await accounts.FindAsync(email, ct, connection) is not { } account) return WrongCode; // a right code for nobody: guessed
        string hash = await passwords.HashAsync(password, ct);
        await accounts.LockAsync(account.Id, connection, ct);
        await AccountStore.SetPasswordAsync(connection, account.Id, hash, ct);
        await sessions.EndOthersAsync(connection, account.Id, null, SessionEnds.PasswordChanged, ct);
        await failures.ForgetAsync(account.Email, SignInFactor.Password, ct, connection);
        await throttle.ForgetAsync(account.Email, ct);
        await mail.TellAsync(connection, account, AccountNotice.PasswordChanged, client, ct);
        await transaction.CommitAsync(ct);
        mail.Wake();
        return null;
    }
}
