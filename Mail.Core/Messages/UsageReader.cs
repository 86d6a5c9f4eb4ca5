using Mail.Core.Common;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Messages;

/// <summary>Over which time, in which steps and parts mail is counted.</summary>
/// <param name="Since">The first day (UTC).</param>
/// <param name="Until">The first day that is not counted any more.</param>
/// <param name="IsByMonth">Else by day.</param>
public sealed record UsageQuestion(DateOnly Since, DateOnly Until, bool IsByMonth, UsageSplit Split);

public enum UsageSplit
{
    /// <summary>All mail of a period in one line.</summary>
    None,

    /// <summary>By lane: codes and links, everything else, newsletters.</summary>
    Lane,

    /// <summary>By the senders' tags; a message with several counts for each, one without for none.</summary>
    Tag,

    /// <summary>By the domain of From.</summary>
    Domain,

    /// <summary>By the API key that handed it over; what the console sent, and Mail itself, has none.</summary>
    Key,
}

/// <param name="Part">Of the split: a lane's name, `name:value` of a tag, a domain, a key's name; null without one, or for what has none.</param>
/// <param name="KeyId">Of a split by key: whose line it is, because names are not unique.</param>
/// <param name="Messages">Accepted in the period.</param>
/// <param name="Recipients">Of those messages: To, Cc and Bcc.</param>
/// <param name="Waiting">Recipients of whom nothing is decided.</param>
/// <param name="Arrived">Recipients whom a relay took the mail for, or who have it for certain.</param>
/// <param name="Bounced">Recipients that were refused for good.</param>
/// <param name="Others">Complained, suppressed, failed or canceled.</param>
public sealed record UsageLine(DateOnly Period, string? Part, long Messages, long Recipients, long Waiting, long Arrived, long Bounced, long Others, string? KeyId);

/// <summary>Counts a project's mail out of what is kept of it, for people and their accounts. Mail of test keys is not counted.</summary>
public sealed class UsageReader(NpgsqlDataSource dataSource)
{
    private const int QuestionSeconds = 30;

    /// <summary>Tags may be as many as messages.</summary>
    public const int MostLines = 5000;

    // A walk over the primary keys of the project's messages and recipients in these months, by the time in their ids, so that other months' partitions are not opened.
    // Seldom asked; nothing is kept beside the messages, so that it cannot differ from them.
    private const string ReadSql = """
        WITH accepted AS MATERIALIZED (
            SELECT m.id, date_trunc(CASE WHEN $4 THEN 'month' ELSE 'day' END, m.created_at AT TIME ZONE 'UTC')::date AS period,
                   CASE $5 WHEN 1 THEN ARRAY[CASE m.lane WHEN 0 THEN 'critical' WHEN 1 THEN 'normal' ELSE 'bulk' END]
                           WHEN 2 THEN (SELECT array_agg(DISTINCT (t ->> 'name') || ':' || (t ->> 'value')) FROM json_array_elements(m.envelope -> 'tags') t)
                           WHEN 3 THEN ARRAY[lower(substring(m.envelope ->> 'from' from '@([^@>\s]+)>?\s*$'))]
                           WHEN 4 THEN ARRAY[m.api_key_id::text] END AS parts
            FROM messages m WHERE m.project_id = $1 AND m.id >= $2 AND m.id < $3 AND NOT m.is_test
        ), people AS (
            SELECT f.message_id, f.state FROM finished_deliveries f WHERE f.project_id = $1 AND f.message_id >= $2 AND f.message_id < $3
            UNION ALL SELECT d.message_id, 'waiting' FROM deliveries d WHERE d.project_id = $1 AND d.message_id >= $2 AND d.message_id < $3
        ), fates AS (
            SELECT message_id, count(*) AS recipients, count(*) FILTER (WHERE state = 'waiting') AS waiting, count(*) FILTER (WHERE state IN ('sent', 'delivered')) AS arrived, count(*) FILTER (WHERE state = 'bounced') AS bounced
            FROM people GROUP BY message_id
        )
        SELECT a.period, part, count(*), coalesce(sum(f.recipients), 0)::bigint, coalesce(sum(f.waiting), 0)::bigint, coalesce(sum(f.arrived), 0)::bigint, coalesce(sum(f.bounced), 0)::bigint,
               coalesce(sum(f.recipients - f.waiting - f.arrived - f.bounced), 0)::bigint, CASE WHEN $5 = 4 THEN (SELECT k.name FROM api_keys k WHERE k.project_id = $1 AND k.id::text = part) END
        FROM accepted a LEFT JOIN fates f ON f.message_id = a.id LEFT JOIN LATERAL unnest(a.parts) AS part ON true
        GROUP BY 1, 2 ORDER BY 1 DESC, 3 DESC, 2 LIMIT $6
        """;

    /// <summary>The latest period first, and in it who has the most messages.</summary>
    public async Task<IReadOnlyList<UsageLine>> ReadAsync(ProjectId project, UsageQuestion question, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(question);
        await using NpgsqlCommand command = dataSource.CreateCommand(ReadSql);
        command.CommandTimeout = QuestionSeconds;
        command.Parameters.AddTyped(project.Value).AddTyped(UuidV7.First(Midnight(question.Since))).AddTyped(UuidV7.First(Midnight(question.Until))).AddTyped(question.IsByMonth)
            .AddTyped((int)question.Split, NpgsqlDbType.Integer).AddTyped(MostLines);
        List<UsageLine> lines = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            lines.Add(new UsageLine(
                reader.GetFieldValue<DateOnly>(0), reader.OptionalText(8) ?? reader.OptionalText(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6), reader.GetInt64(7), question.Split == UsageSplit.Key ? reader.OptionalText(1) : null));
        return lines;
    }

    private static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
