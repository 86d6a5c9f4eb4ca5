using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mail.Core.Common;
using Mail.Core.Database;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;

namespace Mail.Core.Accounts;

/// <summary>A second factor as its owner sees it.</summary>
public sealed record TwoFactorState(bool IsOn, DateTimeOffset? Since, int RecoveryCodesLeft);

/// <summary>The secrets of authenticator apps (encrypted) and recovery codes (keyed hashes): makes them and takes each code once.</summary>
public sealed class TwoFactor(NpgsqlDataSource dataSource, IDataProtectionProvider protection, InstallationKeys keys, TimeProvider clock)
{
    /// <summary>How a factor was shown, as sessions say it.</summary>
    public const string Password = "pwd", Totp = "totp", Recovery = "recovery";

    public const int RecoveryCodes = 10;

    // 50 bits; letters that nobody takes for one another.
    private const int RecoveryLetters = 10;
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789", KeyName = "recovery-codes";

    private readonly IDataProtector _protector = protection.CreateProtector("Mail.Core.Accounts.Authenticators.v1");

    private const string SetUpSql = """
        INSERT INTO user_authenticators (user_id, is_confirmed, secret, created_at) VALUES ($1, false, $2, $3)
        ON CONFLICT (user_id, is_confirmed) DO UPDATE SET secret = excluded.secret, last_step = NULL, created_at = excluded.created_at
        """;

    private const string FindSql = "SELECT secret, last_step FROM user_authenticators WHERE user_id = $1 AND is_confirmed = $2";

    // Of two requests with one code, one moves the step on.
    private const string TakeSql = "UPDATE user_authenticators SET last_step = $2 WHERE user_id = $1 AND is_confirmed AND (last_step IS NULL OR last_step < $2)";

    private const string DropSql = "DELETE FROM user_authenticators WHERE user_id = $1 AND is_confirmed";
    private const string ConfirmSql = "UPDATE user_authenticators SET is_confirmed = true, last_step = $2, created_at = $3 WHERE user_id = $1 AND NOT is_confirmed AND secret = $4";

    // Rows that may be there are locked by the account's (AccountStore.LockAsync).
    private const string NewCodesSql = """
        WITH old AS (DELETE FROM user_recovery_codes WHERE user_id = $1)
        INSERT INTO user_recovery_codes (user_id, code_hash) SELECT $1, unnest($2::bytea[])
        """;

    private const string TakeRecoverySql = "UPDATE user_recovery_codes SET used_at = $3 WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL";
    private const string RemoveAllSql = "WITH codes AS (DELETE FROM user_recovery_codes WHERE user_id = $1) DELETE FROM user_authenticators WHERE user_id = $1";
    private const string RemoveCodesSql = "DELETE FROM user_recovery_codes WHERE user_id = $1";

    private const string StateSql = """
        SELECT (SELECT created_at FROM user_authenticators WHERE user_id = $1 AND is_confirmed), (SELECT count(*)::int FROM user_recovery_codes WHERE user_id = $1 AND used_at IS NULL)
        """;

    public async Task<TwoFactorState> StateAsync(Guid userId, CancellationToken ct, NpgsqlConnection? within = null)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(StateSql, within);
        command.Parameters.AddTyped(userId);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        DateTimeOffset? since = reader.OptionalTime(0);
        return new TwoFactorState(since is not null, since, reader.GetInt32(1));
    }

    /// <summary>A new secret, which counts for nothing until <see cref="ConfirmAsync"/>; the one before it stays until then.</summary>
    public async Task<byte[]> SetUpAsync(Guid userId, CancellationToken ct)
    {
        byte[] secret = RandomNumberGenerator.GetBytes(Accounts.Totp.SecretLength);
        await ExecuteAsync(SetUpSql, null, parameters => parameters.AddTyped(userId).AddTyped(_protector.Protect(Convert.ToBase64String(secret))).AddTyped(clock.GetUtcNow().UtcDateTime), ct);
        return secret;
    }

    /// <summary>Takes the set-up secret into use, if the code is its own.</summary>
    internal async Task<bool> ConfirmAsync(NpgsqlConnection within, Guid userId, string code, CancellationToken ct)
    {
        if (await FindAsync(userId, isConfirmed: false, within, ct) is not { } found || Accounts.Totp.StepOf(found.Secret, code, clock.GetUtcNow(), found.LastStep) is not { } step) return false;
        await ExecuteAsync(DropSql, within, parameters => parameters.AddTyped(userId), ct);
        return await ExecuteAsync(ConfirmSql, within, parameters => parameters.AddTyped(userId).AddTyped(step).AddTyped(clock.GetUtcNow().UtcDateTime).AddTyped(found.Stored), ct) == 1;
    }

    internal async Task<bool> TakeCodeAsync(Guid userId, string code, CancellationToken ct) =>
        await FindAsync(userId, isConfirmed: true, null, ct) is { } found
        && Accounts.Totp.StepOf(found.Secret, code, clock.GetUtcNow(), found.LastStep) is { } step
        && await ExecuteAsync(TakeSql, null, parameters => parameters.AddTyped(userId).AddTyped(step), ct) == 1;

    internal async Task<bool> TakeRecoveryCodeAsync(Guid userId, string code, CancellationToken ct)
    {
        if (Normal(code) is not { } normal) return false;
        byte[] hash = await HashAsync(userId, normal, ct);
        return await ExecuteAsync(TakeRecoverySql, null, parameters => parameters.AddTyped(userId).AddTyped(hash).AddTyped(clock.GetUtcNow().UtcDateTime), ct) == 1;
    }

    /// <summary>Those before work no more.</summary>
    /// <returns>To be shown once: only hashes are kept.</returns>
    internal async Task<string[]> NewRecoveryCodesAsync(NpgsqlConnection within, Guid userId, CancellationToken ct)
    {
        List<string> codes = new(RecoveryCodes);
        List<byte[]> hashes = new(RecoveryCodes);
        for (int i = 0; i < RecoveryCodes; i++)
        {
            string code = RandomNumberGenerator.GetString(Letters, RecoveryLetters);
            codes.Add(code.Insert(RecoveryLetters / 2, "-"));
            hashes.Add(await HashAsync(userId, code, ct));
        }

        await ExecuteAsync(NewCodesSql, within, parameters => parameters.AddTyped(userId).AddTyped(hashes.ToArray()), ct);
        return [.. codes];
    }

    internal Task RemoveAsync(NpgsqlConnection within, Guid userId, CancellationToken ct) => ExecuteAsync(RemoveAllSql, within, parameters => parameters.AddTyped(userId), ct);

    internal Task RemoveRecoveryCodesAsync(NpgsqlConnection within, Guid userId, CancellationToken ct) => ExecuteAsync(RemoveCodesSql, within, parameters => parameters.AddTyped(userId), ct);

    private async Task<(byte[] Secret, string Stored, long LastStep)?> FindAsync(Guid userId, bool isConfirmed, NpgsqlConnection? within, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(FindSql, within);
        command.Parameters.AddTyped(userId).AddTyped(isConfirmed);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return null;
        string stored = reader.GetString(0);
        return (Convert.FromBase64String(_protector.Unprotect(stored)), stored, reader.IsDBNull(1) ? -1 : reader.GetInt64(1));
    }

    /// <summary>Keyed, and by the user: what stands in the table tells nothing without the key.</summary>
    private async Task<byte[]> HashAsync(Guid userId, string code, CancellationToken ct) =>
        HMACSHA256.HashData(await keys.GetAsync(KeyName, ct), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{userId:D}/{code}")));

    private static string? Normal(string code)
    {
        string bare = string.Concat(code.Where(c => c is not ('-' or ' '))).ToLowerInvariant();
        return bare.Length == RecoveryLetters && bare.All(Letters.Contains) ? bare : null;
    }

    private async Task<int> ExecuteAsync(string sql, NpgsqlConnection? within, Action<NpgsqlParameterCollection> bind, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(sql, within);
        bind(command.Parameters);
        return await command.ExecuteNonQueryAsync(ct);
    }
}
