using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Templates.Experiments;

/// <summary>Counts what became of an experiment's messages.</summary>
internal sealed class ResultReader(NpgsqlDataSource dataSource, TimeProvider clock)
{
    // People, not mails: `person` stands for the recipient. What is looked up by message finds the partition of its month. A click that turned out to be a machine's
    // is none (the event says so, also when that was known later), and neither is what hangs on it.
    private const string CountsSql = """
        WITH person AS (
            SELECT x.arm, x.person, count(*) AS messages,
                   bool_or(f.reached) AS reached, bool_or(f.delivered) AS delivered, bool_or(f.bounced) AS bounced, bool_or(f.complained) AS complained,
                   bool_or(e.opened) AS opened, bool_or(e.clicked) AS clicked, bool_or(e.converted OR c.converted) AS converted, bool_or(e.unsubscribed) AS unsubscribed
            FROM experiment_messages x
            LEFT JOIN LATERAL (
                SELECT bool_or(state IN ('sent', 'delivered', 'complained')) AS reached, bool_or(state IN ('delivered', 'complained')) AS delivered,
                       bool_or(state IN ('bounced', 'failed')) AS bounced, bool_or(state = 'complained') AS complained
                FROM finished_deliveries f WHERE f.project_id = x.project_id AND f.message_id = x.message_id
            ) f ON true
            LEFT JOIN LATERAL (
                SELECT coalesce(bool_or(type = 'email.opened' AND NOT machine), false) AS opened, coalesce(bool_or(type = 'email.clicked' AND NOT machine), false) AS clicked,
                       coalesce(bool_or(type = 'email.clicked' AND NOT machine AND detail -> 'click' ? 'conversion'), false) AS converted,
                       coalesce(bool_or(type = 'suppression.added' AND detail ->> 'reason' = 'unsubscribe'), false) AS unsubscribed
                FROM (SELECT type, detail, coalesce((detail ->> 'machine')::boolean, false) AS machine FROM events e
                      WHERE e.project_id = x.project_id AND e.message_id = x.message_id AND e.type IN ('email.opened', 'email.clicked', 'suppression.added')) hit
            ) e ON true
            LEFT JOIN LATERAL (
                SELECT EXISTS (SELECT FROM conversions c WHERE c.project_id = x.project_id AND c.message_id = x.message_id) AS converted
            ) c ON true
            WHERE x.project_id = $1 AND x.experiment_id = $2
            GROUP BY x.arm, x.person
        )
        SELECT arm, sum(messages)::bigint, count(*), count(*) FILTER (WHERE reached), count(*) FILTER (WHERE delivered), count(*) FILTER (WHERE bounced AND reached IS NOT TRUE),
               count(*) FILTER (WHERE opened AND reached), count(*) FILTER (WHERE clicked AND reached), count(*) FILTER (WHERE converted AND reached),
               count(*) FILTER (WHERE unsubscribed), count(*) FILTER (WHERE complained)
        FROM person GROUP BY arm
        """;

    private const string ValuesSql = """
        SELECT x.arm, c.currency, sum(c.value), count(*)
        FROM experiment_messages x JOIN conversions c ON c.project_id = x.project_id AND c.message_id = x.message_id
        WHERE x.project_id = $1 AND x.experiment_id = $2 AND c.value IS NOT NULL GROUP BY x.arm, c.currency ORDER BY x.arm, c.currency NULLS FIRST
        """;

    /// <summary>Some hundred thousand mails take seconds; many more may take minutes, which a rule has.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(5);

    /// <param name="within">The connection in whose transaction it is read; null for any.</param>
    public async Task<ExperimentResults> ReadAsync(ProjectId project, Experiment experiment, CancellationToken ct, NpgsqlConnection? within = null)
    {
        List<ArmCounts> counts = [];
        await using (NpgsqlCommand command = dataSource.CreateCommand(CountsSql, within))
        {
            command.CommandTimeout = (int)_patience.TotalSeconds;
            command.Parameters.AddTyped(project.Value).AddTyped(experiment.Id);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                counts.Add(new ArmCounts(
                    reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6), reader.GetInt64(7),
                    reader.GetInt64(8), reader.GetInt64(9), reader.GetInt64(10)));
            }
        }

        List<(string, ConvertedValue)> values = [];
        await using (NpgsqlCommand command = dataSource.CreateCommand(ValuesSql, within))
        {
            command.CommandTimeout = (int)_patience.TotalSeconds;
            command.Parameters.AddTyped(project.Value).AddTyped(experiment.Id);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) values.Add((reader.GetString(0), new ConvertedValue(reader.OptionalText(1), reader.GetDecimal(2), reader.GetInt64(3))));
        }

        return ResultAnalysis.Analyse(experiment, counts, values, clock.GetUtcNow());
    }
}
