using System.Globalization;
using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Accounts;

/// <summary>
/// By what tries of a password are counted. Strangers share the address's tries: whoever knows it can use them up. A browser in which the account has signed in before, and a
/// session, have tries of their own, so that nobody is kept out by what others try. A new password begins them anew.
/// </summary>
public sealed class CountedTries(NpgsqlDataSource dataSource)
{
    // Asked for every address, with an account or without one.
    private const string KnownSql = "SELECT u.security_stamp FROM user_devices d JOIN users u ON u.id = d.user_id WHERE u.normalized_email = $1 AND d.device_hash = $2";

    /// <param name="email">As it was typed.</param>
    /// <param name="device">The secret of the browser's device cookie.</param>
    public async Task<string> OfAsync(string email, string device, CancellationToken ct, NpgsqlConnection? within = null)
    {
        ArgumentNullException.ThrowIfNull(email);
        byte[] hash = AccountTicket.HashOf(device);
        await using NpgsqlCommand command = dataSource.CreateCommand(KnownSql, within);
        command.Parameters.AddTyped(AccountStore.Normal(email)).AddTyped(hash);
        return await command.ExecuteScalarAsync(ct) is string stamp ? Own(email, stamp, Convert.ToHexString(hash)) : email;
    }

    /// <summary>Of somebody who is signed in.</summary>
    public static string Of(Account account, UserSession session)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(session);
        return Own(account.Email, account.Stamp, session.Id.ToString("N", CultureInfo.InvariantCulture));
    }

    /// <summary>No address holds a NUL.</summary>
    private static string Own(string email, string stamp, string which) => $"{email}\0{stamp}\0{which}";
}
