using Mail.Core.Common;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Feedback.Mailboxes;

/// <summary>How reading a mailbox goes, for people.</summary>
/// <param name="LookedAt">The last look, whatever came of it.</param>
/// <param name="ReadAt">The last one that came to its end; null for none ever.</param>
/// <param name="FailingSince">Null while it can be read.</param>
/// <param name="Recorded">How many reports about mail of ours were recorded out of it.</param>
/// <param name="SetApart">How many mails in it could not be read.</param>
public sealed record MailboxState(string Name, DateTimeOffset LookedAt, DateTimeOffset? ReadAt, DateTimeOffset? FailingSince, string? Problem, long Recorded, long SetApart);

/// <summary>The tables `bounce_mailboxes` and `bounce_mailbox_mails`: what all workers know of a mailbox, so that a restart or another worker does not begin anew.</summary>
public sealed class MailboxStore(NpgsqlDataSource dataSource, TimeProvider clock)
{
    private const string ListSql = """
        SELECT m.name, m.looked_at, m.read_at, m.failing_since, m.problem, m.recorded, (SELECT count(*) FROM bounce_mailbox_mails b WHERE b.mailbox = m.name AND b.is_settled AND b.problem IS NOT NULL)
        FROM bounce_mailboxes m WHERE m.looked_at > $2 AND $1 = (SELECT id FROM projects ORDER BY created_at, id LIMIT 1) ORDER BY m.looked_at DESC, m.name
        """;

    private static readonly TimeSpan _current = TimeSpan.FromDays(7); // one that nobody looks into any more was configured once

    private const string RestsSql = "SELECT EXISTS (SELECT FROM bounce_mailboxes WHERE name = $1 AND (looked_at > $2 OR rests_until > $3))";

    private const string ReadSql = """
        WITH before AS (SELECT failing_since FROM bounce_mailboxes WHERE name = $1), done AS (
            INSERT INTO bounce_mailboxes (name, looked_at, read_at, recorded) VALUES ($1, $2, $2, $3)
            ON CONFLICT (name) DO UPDATE SET looked_at = $2, read_at = $2, failing_since = NULL, problem = NULL, rests_until = NULL, recorded = bounce_mailboxes.recorded + $3
        )
        SELECT failing_since IS NOT NULL FROM before
        """;

    private const string FailedSql = """
        INSERT INTO bounce_mailboxes (name, looked_at, failing_since, problem, rests_until, recorded) VALUES ($1, $2, $2, $3, $4, $5)
        ON CONFLICT (name) DO UPDATE SET looked_at = $2, failing_since = coalesce(bounce_mailboxes.failing_since, $2), problem = $3, rests_until = $4, recorded = bounce_mailboxes.recorded + $5
        RETURNING failing_since
        """;

    private const string SettledSql = "SELECT id FROM bounce_mailbox_mails WHERE mailbox = $1 AND id = ANY($2) AND is_settled";

    private const string SettleSql = """
        INSERT INTO bounce_mailbox_mails (mailbox, id, seen_at, is_settled, tries, problem) VALUES ($1, $2, $3, $4 IS NULL, 1, $4)
        ON CONFLICT (mailbox, id) DO UPDATE SET tries = bounce_mailbox_mails.tries + 1, problem = $4, is_settled = $4 IS NULL OR bounce_mailbox_mails.is_settled
        RETURNING tries
        """;

    private const string SetApartSql = "UPDATE bounce_mailbox_mails SET is_settled = true WHERE mailbox = $1 AND id = $2";

    private const string ForgetSql = "DELETE FROM bounce_mailbox_mails WHERE mailbox = $1 AND CASE WHEN $2::text[] IS NULL THEN seen_at < $3 ELSE id <> ALL($2) END";

    /// <summary>Those that workers look into, for the first project, which is the operator's; no other sees any.</summary>
    public async Task<IReadOnlyList<MailboxState>> ListAsync(ProjectId project, CancellationToken ct)
    {
        List<MailboxState> states = [];
        await using NpgsqlCommand command = dataSource.CreateCommand(ListSql);
        command.Parameters.AddTyped(project.Value).AddTyped(Now - _current);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            states.Add(new MailboxState(
                reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1), reader.OptionalTime(2), reader.OptionalTime(3), reader.OptionalText(4), reader.GetInt64(5), reader.GetInt64(6)));
        }

        return states;
    }

    /// <summary>Whether it was looked into a moment ago, or its server asked us to stay away.</summary>
    internal async Task<bool> RestsAsync(string mailbox, TimeSpan interval, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(RestsSql);
        command.Parameters.AddTyped(mailbox).AddTyped(Now - interval).AddTyped(Now);
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <returns>Whether it could not be read before.</returns>
    internal async Task<bool> ReadAsync(string mailbox, int recorded, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ReadSql);
        command.Parameters.AddTyped(mailbox).AddTyped(Now).AddTyped((long)recorded);
        return await command.ExecuteScalarAsync(ct) is true;
    }

    /// <returns>Since when it cannot be read.</returns>
    internal async Task<DateTimeOffset> FailedAsync(string mailbox, string problem, TimeSpan? rest, int recorded, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(FailedSql);
        command.Parameters.AddTyped(mailbox).AddTyped(Now).AddTyped(Delivery.Delivery.Storable(problem)).AddTyped(Now + rest, NpgsqlDbType.TimestampTz).AddTyped((long)recorded);
        return new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(ct))!, TimeSpan.Zero);
    }

    /// <summary>Those of the mails that need not be fetched again.</summary>
    internal async Task<HashSet<string>> SettledAsync(string mailbox, IEnumerable<string> ids, CancellationToken ct)
    {
        HashSet<string> settled = [];
        await using NpgsqlCommand command = dataSource.CreateCommand(SettledSql);
        command.Parameters.AddTyped(mailbox).AddTyped(ids.ToArray());
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) settled.Add(reader.GetString(0));
        return settled;
    }

    /// <summary>It was read and stays there, or could not be read.</summary>
    /// <param name="problem">Null when it was read.</param>
    /// <returns>How often it was tried.</returns>
    internal async Task<int> SettleAsync(string mailbox, string id, string? problem, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(SettleSql);
        command.Parameters.AddTyped(mailbox).AddTyped(id).AddTyped(Now).AddTyped(problem is null ? null : Delivery.Delivery.Storable(problem), NpgsqlDbType.Text);
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>It is not tried again.</summary>
    internal async Task SetApartAsync(string mailbox, string id, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(SetApartSql);
        command.Parameters.AddTyped(mailbox).AddTyped(id);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Forgets mails that are no longer there.</summary>
    /// <param name="there">All that are there; null when that is not known: then those are forgotten that are too old to be listed.</param>
    internal async Task ForgetAsync(string mailbox, IReadOnlyCollection<string>? there, TimeSpan lookBack, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ForgetSql);
        command.Parameters.AddTyped(mailbox).AddTyped(there?.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text).AddTyped(Now - lookBack - TimeSpan.FromDays(2));
        await command.ExecuteNonQueryAsync(ct);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}
