using System.Security.Cryptography;
using System.Text;
using Mail.Core.Common;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Accounts;

/// <summary>What was wrong.</summary>
public enum SignInFactor
{
    Password,

    /// <summary>Whoever gets there knows the password: locks grow, and no stranger can cause one.</summary>
    TwoFactor,
}

/// <summary>A try that is let through.</summary>
/// <param name="LocksUntil">Until when the account is locked if it is wrong; null when it is not.</param>
/// <param name="Locks">How many locks followed each other.</param>
public sealed record SignInTry(DateTimeOffset? LocksUntil, int Locks);

/// <summary>
/// Locks an account after too many wrong tries. Counted by the address whether or not an account has it, with the same statements, so that neither the answer nor
/// the clock tells; and what a lock answers is what a wrong password answers.
/// </summary>
public sealed class SignInFailures(NpgsqlDataSource dataSource, IOptions<AccountOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan _window = TimeSpan.FromHours(1), _longestLock = TimeSpan.FromDays(1), _forgotten = TimeSpan.FromDays(2);

    // In one statement, so that of many at once exactly one makes the lock, and tells; none is let through while there is one. What is old goes with it, a few at a time.
    private const string CountSql = """
        WITH gone AS (
            DELETE FROM sign_in_failures WHERE (address_hash, kind) IN (
                SELECT address_hash, kind FROM sign_in_failures WHERE since < $4 AND address_hash <> $1 LIMIT 10 FOR UPDATE SKIP LOCKED)
        )
        INSERT INTO sign_in_failures AS f (address_hash, kind, failures, since) VALUES ($1, $2, 1, $3)
        ON CONFLICT (address_hash, kind) DO UPDATE SET
            failures = CASE WHEN f.since <= $5 OR f.failures >= $6 THEN 1 ELSE f.failures + 1 END,
            since = CASE WHEN f.since <= $5 OR f.failures >= $6 THEN $3 ELSE f.since END,
            locks = CASE WHEN f.since < $4 THEN 0 WHEN f.since > $5 AND f.failures + 1 = $6 THEN f.locks + 1 ELSE f.locks END,
            locked_until = CASE WHEN f.since > $5 AND f.failures + 1 = $6 THEN $3 + least($7 * CASE WHEN $2 = 'two_factor' THEN power(2, least(f.locks, 10)) ELSE 1 END, $8) ELSE f.locked_until END
            WHERE f.locked_until IS NULL OR f.locked_until <= $3
        RETURNING CASE WHEN failures = $6 THEN locked_until END, locks
        """;

    // A lock that this try has made is none. One that stood before it has let no try through.
    private const string TakeBackSql = """
        UPDATE sign_in_failures SET failures = greatest(failures - 1, 0), locks = CASE WHEN locked_until > $3 THEN locks - 1 ELSE locks END, locked_until = CASE WHEN locked_until > $3 THEN NULL ELSE locked_until END
        WHERE address_hash = $1 AND kind = $2
        """;

    private const string ForgetSql = "DELETE FROM sign_in_failures WHERE address_hash = $1 AND kind = $2";

    /// <summary>Counts a try before it is looked at: of guesses that come all at once, too, no more are looked at than the limit. One that was right is taken back.</summary>
    /// <param name="counted">By what: <see cref="CountedTries"/>.</param>
    /// <returns>Null while there is a lock: then the try is not to be looked at.</returns>
    public async Task<SignInTry?> CountAsync(string counted, SignInFactor factor, CancellationToken ct)
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        await using NpgsqlCommand command = dataSource.CreateCommand(CountSql);
        command.Parameters.AddTyped(HashOf(counted)).AddTyped(NameOf(factor)).AddTyped(now).AddTyped(now - _forgotten).AddTyped(now - _window)
            .AddTyped(options.Value.FailuresBeforeLock).AddTyped(options.Value.Lock).AddTyped(_longestLock);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new SignInTry(reader.OptionalTime(0), reader.GetInt32(1)) : null;
    }

    /// <summary>The try was right.</summary>
    public async Task TakeBackAsync(string counted, SignInFactor factor, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(TakeBackSql);
        command.Parameters.AddTyped(HashOf(counted)).AddTyped(NameOf(factor)).AddTyped(clock.GetUtcNow().UtcDateTime);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>After a whole sign-in, or a new password.</summary>
    public async Task ForgetAsync(string counted, SignInFactor factor, CancellationToken ct, NpgsqlConnection? within = null)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ForgetSql, within);
        command.Parameters.AddTyped(HashOf(counted)).AddTyped(NameOf(factor));
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>By which tables know an address that may belong to nobody: of its normal form, in which accounts are found, so that no other spelling has tries of its own.</summary>
    internal static byte[] HashOf(string email) => SHA256.HashData(Encoding.UTF8.GetBytes(AccountStore.Normal(email)));

    private static string NameOf(SignInFactor factor) => factor is SignInFactor.Password ? "password" : "two_factor";
}
