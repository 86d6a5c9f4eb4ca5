using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Delivery.Catalogue;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mail.Core.Delivery;

/// <summary>Lets a project's messages be looked at again when what they wait for was changed: another relay may carry them now, or they wait for another reason.</summary>
public sealed partial class WaitingDeliveries(NpgsqlDataSource dataSource, DeliverySignal signal, TimeProvider clock, ILogger<WaitingDeliveries> logger)
{
    private const int Batch = 1000;

    // All that is parked of one project, under whatever name: its own relays' or the default's. SKIP LOCKED: what a worker has in its hands is looked at anyway.
    // What waits for a quota keeps the name, so that waiting on is not told again; so it is not looked for twice.
    private const string ReconsiderSql = $"""
        WITH parked AS MATERIALIZED (
            SELECT id FROM deliveries WHERE project_id = $1 AND parked_by IS NOT NULL AND lease_token IS NULL AND (parked_by NOT LIKE 'quota/%' OR next_attempt_at > $2) LIMIT $3 FOR UPDATE SKIP LOCKED
        )
        UPDATE deliveries d SET next_attempt_at = least(d.next_attempt_at, $2), parked_by = CASE WHEN d.parked_by LIKE 'quota/%' THEN d.parked_by END,
                                reason = 'The project''s relays have changed; waiting for a worker.', cause = '{CauseCodes.Queued}'
        FROM parked p WHERE d.project_id = $1 AND d.id = p.id
        """;

    /// <summary>
    /// Call after the commit of the change. Returns when the first thousand are on their way; the others, of which there may be a million, follow without the caller.
    /// Never fails: without it the same happens, only later, when a worker notices the change or the messages come due.
    /// </summary>
    public async Task TryReconsiderAsync(ProjectId project)
    {
        if (await TryAsync(project, ReconsiderSomeAsync) == Batch) _ = TryAsync(project, ReconsiderAsync);
    }

    private async Task<int> TryAsync(ProjectId project, Func<ProjectId, CancellationToken, Task<int>> reconsider)
    {
        try
        {
            return await reconsider(project, CancellationToken.None); // nor does it end because the caller has gone
        }
        catch (NpgsqlException e) when (DatabaseAway.IsCauseOf(e))
        {
            LogNotReconsidered(e, project);
            return 0;
        }
    }

    /// <returns>How many were waiting.</returns>
    public async Task<int> ReconsiderAsync(ProjectId project, CancellationToken ct)
    {
        int total = 0;
        while (true)
        {
            int count = await ReconsiderSomeAsync(project, ct);
            total += count;
            if (count < Batch) return total;
        }
    }

    private async Task<int> ReconsiderSomeAsync(ProjectId project, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ReconsiderSql);
        command.Parameters.AddTyped(project.Value).AddTyped(clock.GetUtcNow().UtcDateTime).AddTyped(Batch);
        int count = await command.ExecuteNonQueryAsync(ct);
        if (count > 0) signal.Raise();
        return count;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What waits in project {ProjectId} could not be looked at again; workers notice the change by themselves")]
    private partial void LogNotReconsidered(Exception e, ProjectId projectId);
}
