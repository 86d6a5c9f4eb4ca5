using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Relays.Limits;

/// <summary>Recipients that wait for one limit.</summary>
/// <param name="Relay">Null for the default relay.</param>
/// <param name="Domain">The destination whose own limit it is; null for the relay's.</param>
/// <param name="IsQuota">A quota or a warm-up; else its turn.</param>
/// <param name="Cause">Its name in the catalogue of causes.</param>
/// <param name="Next">When the first of them is looked at again, if nothing calls it before.</param>
/// <param name="Examples">The first few.</param>
public sealed record WaitingForLimit(RelayId? Relay, string? Domain, bool IsQuota, string? Cause, long Count, DateTimeOffset Next, IReadOnlyList<WaitingExample> Examples);

/// <param name="Reason">What the recipient waits for, in a sentence.</param>
public sealed record WaitingExample(Guid Message, string Recipient, string Reason);

/// <summary>Reads who of a project waits because a limit of a relay is full, for people.</summary>
public sealed class LimitWaiters(NpgsqlDataSource dataSource)
{
    /// <summary>More are not counted.</summary>
    public const int Most = 10_000;

    private const int Examples = 3;

    // A page that a person looks at, not the claim: it counts up to a limit, so that a million that wait do not make it slow.
    private const string ReadSql = """
        WITH waiting AS MATERIALIZED (
            SELECT parked_by, cause, message_id, id, recipient, reason, next_attempt_at FROM deliveries
            WHERE project_id = $1 AND parked_by IS NOT NULL AND (parked_by LIKE 'limit/%' OR parked_by LIKE 'quota/%') LIMIT $2
        ), ranked AS (
            SELECT *, row_number() OVER (PARTITION BY parked_by ORDER BY next_attempt_at, id) AS place, count(*) OVER (PARTITION BY parked_by) AS total, min(next_attempt_at) OVER (PARTITION BY parked_by) AS next
            FROM waiting
        )
        SELECT parked_by, cause, total, next, message_id, recipient, reason FROM ranked WHERE place <= $3 ORDER BY parked_by, place
        """;

    public async Task<IReadOnlyList<WaitingForLimit>> ReadAsync(ProjectId project, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ReadSql);
        command.Parameters.AddTyped(project.Value).AddTyped(Most).AddTyped(Examples);
        List<(string WaitsAs, string? Cause, long Count, DateTimeOffset Next, WaitingExample Example)> rows = [];
        await using (NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                rows.Add((reader.GetString(0), reader.OptionalText(1), reader.GetInt64(2), reader.GetFieldValue<DateTimeOffset>(3), new WaitingExample(reader.GetGuid(4), reader.GetString(5), reader.GetString(6))));
        }

        return [.. rows.GroupBy(row => row.WaitsAs).Select(group => Of(group.Key, group.First().Cause, group.First().Count, group.First().Next, [.. group.Select(row => row.Example)]))];
    }

    private static WaitingForLimit Of(string waitsAs, string? cause, long count, DateTimeOffset next, IReadOnlyList<WaitingExample> examples)
    {
        string key = LimitNames.KeyOf(waitsAs);
        RelayId? relay = Guid.TryParse(key.AsSpan(key.IndexOf('.', StringComparison.Ordinal) + 1), out Guid id) ? new RelayId(id) : null;
        return new WaitingForLimit(relay, LimitNames.DomainOf(waitsAs), LimitNames.IsQuota(waitsAs), cause, count, next, examples);
    }
}
