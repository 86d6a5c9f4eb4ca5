using System.Security.Cryptography;
using System.Text;
using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Accounts;

/// <summary>
/// Five tries per address in five minutes, whether or not an account has it: neither does the answer tell which addresses exist,
/// nor do guesses sent all at once get past the count.
/// </summary>
public sealed class SignInThrottle(NpgsqlDataSource dataSource, TimeProvider clock)
{
    public const int Tries = 5;

    private static readonly TimeSpan _window = TimeSpan.FromMinutes(5);

    // Counted before the password is looked at, in one statement: of many at once exactly five are let through.
    // Counts that are over go with it, a few at a time, so that made-up addresses leave nothing behind.
    private const string CountSql = """
        WITH gone AS (
            DELETE FROM sign_in_attempts WHERE address_hash IN (
                SELECT address_hash FROM sign_in_attempts WHERE window_ends <= $2 AND address_hash <> $1 LIMIT 10 FOR UPDATE SKIP LOCKED)
        )
        INSERT INTO sign_in_attempts AS a (address_hash, tries, window_ends) VALUES ($1, 1, $3)
        ON CONFLICT (address_hash) DO UPDATE SET
            tries = CASE WHEN a.window_ends <= $2 THEN 1 ELSE a.tries + 1 END,
            window_ends = CASE WHEN a.window_ends <= $2 THEN $3 ELSE a.window_ends END
        RETURNING tries
        """;

    private const string ForgetSql = "DELETE FROM sign_in_attempts WHERE address_hash = $1";

    /// <param name="counted">By what: <see cref="CountedTries"/>.</param>
    /// <returns>Whether this try may be made.</returns>
    public Task<bool> TryAsync(string counted, CancellationToken ct) => TryAsync(SignInFailures.HashOf(counted), Tries, _window, ct);

    /// <summary>For other things that must not be tried without end.</summary>
    /// <param name="what">What is tried, and by whom. No address: those are counted apart.</param>
    internal Task<bool> TryAsync(string what, int tries, TimeSpan window, CancellationToken ct) => TryAsync(SHA256.HashData(Encoding.UTF8.GetBytes($"\0{what}")), tries, window, ct);

    private async Task<bool> TryAsync(byte[] hash, int tries, TimeSpan window, CancellationToken ct)
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        await using NpgsqlCommand command = dataSource.CreateCommand(CountSql);
        command.Parameters.AddTyped(hash).AddTyped(now).AddTyped(now + window);
        return (int)(await command.ExecuteScalarAsync(ct))! <= tries;
    }

    /// <summary>After the right password.</summary>
    public async Task ForgetAsync(string counted, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ForgetSql);
        command.Parameters.AddTyped(SignInFailures.HashOf(counted));
        await command.ExecuteNonQueryAsync(ct);
    }
}
