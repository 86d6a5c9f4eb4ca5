using Mail.Core.Common;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Accounts;

/// <summary>What of an account matters here.</summary>
/// <param name="Stamp">Changes with everything that ends sessions.</param>
public sealed record Account(Guid Id, string Email, string? Name, string? Locale, string? PasswordHash, string Stamp, bool HasTwoFactor)
{
    /// <summary>For the password hasher.</summary>
    internal User ForHashing => new() { Id = Id, PasswordHash = PasswordHash };
}

/// <summary>Changes of accounts, each within the transaction of what goes with it: ended sessions, used codes, mails. Every one of them renews the security stamp.</summary>
public sealed class AccountStore(NpgsqlDataSource dataSource)
{
    private const string FindSql = "SELECT id, email, name, locale, password_hash, security_stamp, two_factor_enabled FROM users WHERE ";
    private const string ByEmailSql = FindSql + "normalized_email = $1";
    private const string ByIdSql = FindSql + "id = $1";

    // In its own line, so that two changes of one account wait for each other.
    private const string LockSql = ByIdSql + " FOR UPDATE";

    private const string PasswordSql = "UPDATE users SET password_hash = $2, bootstrap_password = false, email_confirmed = email_confirmed OR $2 IS NOT NULL, security_stamp = $3, concurrency_stamp = $3 WHERE id = $1";
    private const string TwoFactorSql = "UPDATE users SET two_factor_enabled = $2, security_stamp = $3, concurrency_stamp = $3 WHERE id = $1";
    private const string EmailSql = "UPDATE users SET email = $2, normalized_email = $3, user_name = $2, normalized_user_name = $3, email_confirmed = true, security_stamp = $4, concurrency_stamp = $4 WHERE id = $1";

    private const string DescribeSql = "UPDATE users SET name = $2, locale = $3 WHERE id = $1";

    // The account's first project; else the installation's, which sends for those who are in none.
    private const string HomeSql = """
        SELECT p.id, p.default_locale FROM projects p LEFT JOIN project_members m ON m.project_id = p.id AND m.user_id = $1 ORDER BY m.user_id IS NULL, p.created_at LIMIT 1
        """;

    public Task<Account?> FindAsync(string email, CancellationToken ct, NpgsqlConnection? within = null) => ReadAsync(ByEmailSql, within, parameters => parameters.AddTyped(Normal(email)), ct);

    public Task<Account?> FindAsync(Guid id, CancellationToken ct, NpgsqlConnection? within = null) => ReadAsync(ByIdSql, within, parameters => parameters.AddTyped(id), ct);

    /// <summary>As it is, and nobody else changes it until the transaction ends.</summary>
    public Task<Account?> LockAsync(Guid id, NpgsqlConnection within, CancellationToken ct) => ReadAsync(LockSql, within, parameters => parameters.AddTyped(id), ct);

    /// <summary>Name and language, which open nothing.</summary>
    public async Task DescribeAsync(Guid id, string? name, string? locale, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(DescribeSql);
        command.Parameters.AddTyped(id).AddTyped(name, NpgsqlDbType.Text).AddTyped(locale, NpgsqlDbType.Text);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <param name="hash">Null takes the password away: only a code from the mailbox sets another.</param>
    public static Task SetPasswordAsync(NpgsqlConnection within, Guid id, string? hash, CancellationToken ct) =>
        ExecuteAsync(PasswordSql, within, parameters => parameters.AddTyped(id).AddTyped(hash, NpgsqlDbType.Text).AddTyped(NewStamp()), ct);

    public static Task SetTwoFactorAsync(NpgsqlConnection within, Guid id, bool isOn, CancellationToken ct) =>
        ExecuteAsync(TwoFactorSql, within, parameters => parameters.AddTyped(id).AddTyped(isOn).AddTyped(NewStamp()), ct);

    /// <returns>False when another account has the address.</returns>
    public static async Task<bool> SetEmailAsync(NpgsqlConnection within, Guid id, string email, CancellationToken ct)
    {
        try
        {
            await ExecuteAsync(EmailSql, within, parameters => parameters.AddTyped(id).AddTyped(email).AddTyped(Normal(email)).AddTyped(NewStamp()), ct);
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    /// <returns>The project whose mail it is, and its language; null while there is none at all.</returns>
    public async Task<(ProjectId Project, string Locale)?> HomeAsync(Guid userId, CancellationToken ct, NpgsqlConnection? within = null)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(HomeSql, within);
        command.Parameters.AddTyped(userId);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? (new ProjectId(reader.GetGuid(0)), reader.GetString(1)) : null;
    }

    /// <summary>As Identity compares addresses.</summary>
    internal static string Normal(string email) => email.Trim().Normalize().ToUpperInvariant();

    internal static string NewStamp() => Guid.NewGuid().ToString("N");

    private async Task<Account?> ReadAsync(string sql, NpgsqlConnection? within, Action<NpgsqlParameterCollection> bind, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(sql, within);
        bind(command.Parameters);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new Account(reader.GetGuid(0), reader.GetString(1), reader.OptionalText(2), reader.OptionalText(3), reader.OptionalText(4), reader.OptionalText(5) ?? "", reader.GetBoolean(6))
            : null;
    }

    private static async Task ExecuteAsync(string sql, NpgsqlConnection within, Action<NpgsqlParameterCollection> bind, CancellationToken ct)
    {
#pragma warning disable CA2100 // a constant of this class
        await using NpgsqlCommand command = new(sql, within);
#pragma warning restore CA2100
        bind(command.Parameters);
        await command.ExecuteNonQueryAsync(ct);
    }
}
