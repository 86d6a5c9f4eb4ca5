using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Mailboxes.Usage;

/// <summary>Numbers of mails.</summary>
/// <param name="Refused">Recipients that no relay took.</param>
/// <param name="Bounced">Recipients that a relay took and that were not reached.</param>
public readonly record struct SendFigures(long Sent, long Refused, long Bounced, long Complained)
{
    /// <summary>Of all recipients the part that was taken and not reported back since; null when there was none.</summary>
    public double? SuccessRate => Sent + Refused == 0 ? null : Math.Round((double)Math.Max(0, Sent - Bounced) / (Sent + Refused), 4);

    public static SendFigures operator +(SendFigures one, SendFigures other) => Add(one, other);

    public static SendFigures Add(SendFigures one, SendFigures other) => new(one.Sent + other.Sent, one.Refused + other.Refused, one.Bounced + other.Bounced, one.Complained + other.Complained);
}

/// <summary>The mailboxes of one provider.</summary>
/// <param name="States">How many there are in each state that any has.</param>
public sealed record ProviderFigures(string Provider, IReadOnlyDictionary<string, long> States, SendFigures Today, SendFigures Month);

public sealed record DayFigures(DateOnly Day, long Created, long Ended, SendFigures Sends);

/// <summary>What the dashboard of mailboxes shows.</summary>
/// <param name="Days">The oldest first, one for each day.</param>
public sealed record MailboxFigures(IReadOnlyList<ProviderFigures> Providers, IReadOnlyList<DayFigures> Days)
{
    public SendFigures Today => Providers.Aggregate(default(SendFigures), (sum, one) => sum + one.Today);

    public SendFigures Month => Providers.Aggregate(default(SendFigures), (sum, one) => sum + one.Month);
}

/// <summary>Mailboxes in numbers, by provider and over time.</summary>
public sealed class MailboxStatistics(NpgsqlDataSource dataSource, TimeProvider clock)
{
    private const string StatesSql = """
        SELECT b.provider, b.state, count(*) FROM mailboxes b
        WHERE b.project_id = $1 AND b.is_test = $2 GROUP BY 1, 2 ORDER BY 1, 2
        """;

    private const string SendsSql = """
        SELECT b.provider, s.day, sum(s.sent)::bigint, sum(s.refused)::bigint, sum(s.bounced)::bigint, sum(s.complained)::bigint
        FROM mailbox_sends s JOIN mailboxes b ON b.project_id = s.project_id AND b.id = s.mailbox_id
        WHERE s.project_id = $1 AND s.day >= $3 AND b.is_test = $2 GROUP BY 1, 2
        """;

    private const string MovesSql = """
        SELECT (at AT TIME ZONE 'UTC')::date, count(*) FILTER (WHERE is_made), count(*) FILTER (WHERE NOT is_made)
        FROM (SELECT active_at AS at, true AS is_made FROM mailboxes WHERE project_id = $1 AND is_test = $2 AND active_at >= $3
              UNION ALL SELECT ended_at, false FROM mailboxes WHERE project_id = $1 AND is_test = $2 AND ended_at >= $3 AND active_at IS NOT NULL AND state = 'deleted') moves
        GROUP BY 1
        """;

    /// <param name="days">How many last days, today among them.</param>
    public async Task<MailboxFigures> ReadAsync(ProjectId project, bool isTest, int days, CancellationToken ct)
    {
        DateOnly today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), first = today.AddDays(1 - days), month = new(today.Year, today.Month, 1);
        Dictionary<string, Dictionary<string, long>> states = await StatesAsync(project, isTest, ct);
        List<(string Provider, DateOnly Day, SendFigures Sends)> sends = await SendsAsync(project, isTest, first < month ? first : month, ct);
        Dictionary<DateOnly, (long Created, long Ended)> moves = await MovesAsync(project, isTest, first, ct);
        ILookup<string, (string Provider, DateOnly Day, SendFigures Sends)> byProvider = sends.ToLookup(one => one.Provider);
        ILookup<DateOnly, SendFigures> byDay = sends.ToLookup(one => one.Day, one => one.Sends);
        return new MailboxFigures(
            [.. states.Select(one => new ProviderFigures(one.Key, one.Value, Sum(byProvider[one.Key].Where(row => row.Day == today)), Sum(byProvider[one.Key].Where(row => row.Day >= month))))],
            [.. Enumerable.Range(0, days).Select(first.AddDays).Select(day => new DayFigures(day, moves.GetValueOrDefault(day).Created, moves.GetValueOrDefault(day).Ended, byDay[day].Aggregate(default(SendFigures), SendFigures.Add)))]);
    }

    private static SendFigures Sum(IEnumerable<(string Provider, DateOnly Day, SendFigures Sends)> rows) => rows.Aggregate(default(SendFigures), (sum, row) => sum + row.Sends);

    private async Task<Dictionary<string, Dictionary<string, long>>> StatesAsync(ProjectId project, bool isTest, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(StatesSql);
        command.Parameters.AddTyped(project.Value).AddTyped(isTest);
        Dictionary<string, Dictionary<string, long>> states = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (!states.TryGetValue(reader.GetString(0), out Dictionary<string, long>? known)) states[reader.GetString(0)] = known = [];
            known[reader.GetString(1)] = reader.GetInt64(2);
        }

        return states;
    }

    private async Task<List<(string Provider, DateOnly Day, SendFigures Sends)>> SendsAsync(ProjectId project, bool isTest, DateOnly since, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(SendsSql);
        command.Parameters.AddTyped(project.Value).AddTyped(isTest).AddTyped(since);
        List<(string, DateOnly, SendFigures)> sends = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) sends.Add((reader.GetString(0), reader.GetFieldValue<DateOnly>(1), new SendFigures(reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5))));
        return sends;
    }

    private async Task<Dictionary<DateOnly, (long Created, long Ended)>> MovesAsync(ProjectId project, bool isTest, DateOnly since, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(MovesSql);
        command.Parameters.AddTyped(project.Value).AddTyped(isTest).AddTyped(since.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
        Dictionary<DateOnly, (long, long)> moves = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) moves[reader.GetFieldValue<DateOnly>(0)] = (reader.GetInt64(1), reader.GetInt64(2));
        return moves;
    }
}
