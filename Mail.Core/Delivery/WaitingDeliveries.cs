using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Delivery;

/// <summary>Lets a project's messages be looked at again when what they wait for was changed: another relay may carry them now, or they wait for another reason.</summary>
public sealed class WaitingDeliveries(NpgsqlDataSource dataSource, DeliverySignal signal, TimeProvider clock)
{
    private const int Batch = 1000;

    // All that is parked of one project, under whatever name: its own relays' or the default's. SKIP LOCKED: what a worker has in its hands is looked at anyway.
    private const string ReconsiderSql = """
        WITH parked AS MATERIALIZED (
            SELECT id FROM deliveries WHERE project_id = $1 AND parked_by IS NOT NULL AND lease_token IS NULL LIMIT $3 FOR UPDATE SKIP LOCKED
        )
        UPDATE deliveries d SET next_attempt_at = least(d.next_attempt_at, $2), parked_by = NULL, reason = 'The project''s relays have changed; waiting for a worker.'
        FROM parked p WHERE d.project_id = $1 AND d.id = p.id
        """;

    /// <summary>Call after the commit of the change.</summary>
    /// <returns>How many were waiting.</returns>
    public async Task<int> ReconsiderAsync(ProjectId project, CancellationToken ct)
    {
        int total = 0;
        while (true)
        {
            await using NpgsqlCommand command = dataSource.CreateCommand(ReconsiderSql);
            command.Parameters.AddTyped(project.Value).AddTyped(clock.GetUtcNow().UtcDateTime).AddTyped(Batch);
            int count = await command.ExecuteNonQueryAsync(ct);
            total += count;
            if (count > 0) signal.Raise();
            if (count < Batch) return total;
        }
    }
}
