using System.Security.Cryptography;
using Mail.Core.Common;
using Mail.Core.Projects;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Accounts;

/// <summary>Who is signed in where (table `user_sessions`). One read for each request; when a session was last seen is written once a minute at most.</summary>
public sealed class UserSessions(NpgsqlDataSource dataSource, TimeProvider clock)
{
    /// <summary>Unused for so long, it is over; however busy, after the longest.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromDays(7), Longest = TimeSpan.FromDays(30);

    private static readonly TimeSpan _seenEvery = TimeSpan.FromMinutes(1), _kept = TimeSpan.FromDays(60);

    private const string FindSql = """
        SELECT s.secret_hash, s.user_id, u.email, u.name, u.locale, u.two_factor_enabled, s.two_factor_at, s.last_seen_at, p.id, p.name, p.default_locale, m.role, p.require_two_factor
        FROM user_sessions s JOIN users u ON u.id = s.user_id AND u.security_stamp = s.stamp
        LEFT JOIN project_members m ON m.user_id = u.id LEFT JOIN projects p ON p.id = m.project_id
        WHERE s.id = $1 AND s.ended_at IS NULL AND s.last_seen_at > $2 AND s.expires_at > $3 ORDER BY p.created_at
        """;

    private const string SeenSql = "UPDATE user_sessions SET last_seen_at = $2, ip = coalesce($3, ip) WHERE id = $1 AND last_seen_at < $2";

    private const string StartSql = """
        WITH gone AS (DELETE FROM user_sessions WHERE user_id = $2 AND last_seen_at < $9)
        INSERT INTO user_sessions (id, user_id, secret_hash, stamp, amr, two_factor_at, ip, browser, created_at, last_seen_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $10, $8, $8, $11)
        """;

    private const string ListSql = """
        SELECT id, created_at, last_seen_at, expires_at, ip, browser, amr FROM user_sessions s
        WHERE user_id = $1 AND ended_at IS NULL AND last_seen_at > $2 AND expires_at > $3 AND stamp = (SELECT security_stamp FROM users WHERE id = $1) ORDER BY last_seen_at DESC, id
        """;

    private const string EndSql = "UPDATE user_sessions SET ended_at = $3, end_reason = $4 WHERE user_id = $1 AND id = $2 AND ended_at IS NULL";

    // The one that is kept goes on under the new stamp.
    private const string EndOthersSql = """
        WITH kept AS (UPDATE user_sessions SET stamp = (SELECT security_stamp FROM users WHERE id = $1) WHERE user_id = $1 AND id = $2 AND ended_at IS NULL)
        UPDATE user_sessions SET ended_at = $3, end_reason = $4 WHERE user_id = $1 AND id IS DISTINCT FROM $2 AND ended_at IS NULL
        """;

    private const string ShownSql = "UPDATE user_sessions SET two_factor_at = $2, amr = CASE WHEN $3 = ANY(amr) THEN amr ELSE amr || $3 END WHERE id = $1";

    /// <returns>Null without a session that is still good.</returns>
    public async Task<UserSession?> FindAsync(AccountTicket ticket, AccountClient client, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        DateTime now = clock.GetUtcNow().UtcDateTime;
        UserSession? found = null;
        await using (NpgsqlCommand command = dataSource.CreateCommand(FindSql))
        {
            command.Parameters.AddTyped(ticket.Id).AddTyped(now - Idle).AddTyped(now);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
            List<SessionProject> projects = [];
            while (await reader.ReadAsync(ct))
            {
                if (!CryptographicOperations.FixedTimeEquals(reader.GetFieldValue<byte[]>(0), ticket.Hash)) return null;
                found ??= new UserSession(
                    ticket.Id, reader.GetGuid(1), reader.GetString(2), reader.OptionalText(3), reader.OptionalText(4), reader.GetBoolean(5), reader.OptionalTime(6), reader.GetFieldValue<DateTimeOffset>(7), projects);
                if (!reader.IsDBNull(8))
                    projects.Add(new SessionProject(new ProjectId(reader.GetGuid(8)), reader.GetString(9), reader.GetString(10), Enum.Parse<ProjectRole>(reader.GetString(11), true), reader.GetBoolean(12)));
            }
        }

        if (found is not null && now - found.LastSeenAt.UtcDateTime >= _seenEvery) await SeeAsync(ticket.Id, client, now, ct);
        return found;
    }

    /// <summary>Always under a new id: whoever planted a cookie before knows nothing of the session.</summary>
    /// <param name="stamp">The user's, as it was when the password was looked at.</param>
    /// <param name="methods">How: `pwd`, and `totp` or `recovery`.</param>
    public async Task<AccountTicket> StartAsync(NpgsqlConnection within, Guid userId, string stamp, string[] methods, AccountClient client, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(client);
        DateTimeOffset now = clock.GetUtcNow();
        AccountTicket ticket = AccountTicket.New(now);
        await using NpgsqlCommand command = new(StartSql, within);
        command.Parameters.AddTyped(ticket.Id).AddTyped(userId).AddTyped(ticket.Hash).AddTyped(stamp).AddTyped(methods).AddTyped(methods.Length > 1 ? now.UtcDateTime : (DateTime?)null, NpgsqlDbType.TimestampTz)
            .AddTyped(client.Ip, NpgsqlDbType.Text).AddTyped(now.UtcDateTime).AddTyped((now - _kept).UtcDateTime).AddTyped(client.Browser).AddTyped((now + Longest).UtcDateTime);
        await command.ExecuteNonQueryAsync(ct);
        return ticket;
    }

    /// <summary>Those that are good, the last seen first.</summary>
    public async Task<IReadOnlyList<SessionEntry>> ListAsync(Guid userId, CancellationToken ct)
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        await using NpgsqlCommand command = dataSource.CreateCommand(ListSql);
        command.Parameters.AddTyped(userId).AddTyped(now - Idle).AddTyped(now);
        List<SessionEntry> sessions = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            sessions.Add(new(reader.GetGuid(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetFieldValue<DateTimeOffset>(3), reader.OptionalText(4), reader.GetString(5), reader.GetFieldValue<string[]>(6)));
        return sessions;
    }

    /// <returns>Whether this user had such a session that was not over.</returns>
    public async Task<bool> EndAsync(Guid userId, Guid id, string reason, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(EndSql);
        command.Parameters.AddTyped(userId).AddTyped(id).AddTyped(clock.GetUtcNow().UtcDateTime).AddTyped(reason);
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <param name="kept">The one that goes on; null to end all.</param>
    public async Task<int> EndOthersAsync(NpgsqlConnection? within, Guid userId, Guid? kept, string reason, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(EndOthersSql, within);
        command.Parameters.AddTyped(userId).AddTyped(kept, NpgsqlDbType.Uuid).AddTyped(clock.GetUtcNow().UtcDateTime).AddTyped(reason);
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The second factor was shown again.</summary>
    internal async Task ShownAsync(NpgsqlConnection? within, Guid id, string method, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ShownSql, within);
        command.Parameters.AddTyped(id).AddTyped(clock.GetUtcNow().UtcDateTime).AddTyped(method);
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task SeeAsync(Guid id, AccountClient client, DateTime now, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(SeenSql);
        command.Parameters.AddTyped(id).AddTyped(now).AddTyped(client.Ip, NpgsqlDbType.Text);
        await command.ExecuteNonQueryAsync(ct);
    }
}
