using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Flows;

/// <summary>Removes requests, appointments, candidates and mailboxes that are over, with their histories, when the project's days of history are over. What still waits stays, however old it is.</summary>
public sealed class FlowRemoval(NpgsqlDataSource dataSource, TimeProvider clock)
{
    private const int Portion = 1000;

    private const string RequestsSql = """
        WITH old AS MATERIALIZED (
            SELECT r.project_id, r.id FROM requests r JOIN projects p ON p.id = r.project_id
            WHERE r.ended_at < $1 - make_interval(days => p.keep_history_days) LIMIT $2 FOR UPDATE OF r SKIP LOCKED
        ), told AS (
            DELETE FROM flow_history h USING old WHERE h.project_id = old.project_id AND h.subject_id = old.id
        )
        DELETE FROM requests r USING old WHERE r.project_id = old.project_id AND r.id = old.id
        """;

    private const string AppointmentsSql = """
        WITH old AS MATERIALIZED (
            SELECT a.project_id, a.id FROM appointments a JOIN projects p ON p.id = a.project_id
            WHERE a.ends_at < $1 - make_interval(days => p.keep_history_days) LIMIT $2 FOR UPDATE OF a SKIP LOCKED
        ), told AS (
            DELETE FROM flow_history h USING old WHERE h.project_id = old.project_id AND h.subject_id = old.id
        ), invited AS (
            DELETE FROM appointment_attendees t USING old WHERE t.project_id = old.project_id AND t.appointment_id = old.id
        )
        DELETE FROM appointments a USING old WHERE a.project_id = old.project_id AND a.id = old.id
        """;

    // Who was never invited still waits, and has no end. What hangs on a candidate goes with the row. Index: ix_candidates_over, project by project.
    private const string CandidatesSql = """
        WITH old AS MATERIALIZED (
            SELECT c.project_id, c.id FROM projects p JOIN candidates c ON c.project_id = p.id AND c.expires_at < $1 - make_interval(days => p.keep_history_days)
            WHERE c.updated_at < $1 - make_interval(days => p.keep_history_days) AND c.run_id IS NULL LIMIT $2 FOR UPDATE OF c SKIP LOCKED
        )
        DELETE FROM candidates c USING old WHERE c.project_id = old.project_id AND c.id = old.id
        """;

    private const string MailboxesSql = """
        WITH old AS MATERIALIZED (
            SELECT m.project_id, m.id FROM mailboxes m JOIN projects p ON p.id = m.project_id
            WHERE m.ended_at < $1 - make_interval(days => p.keep_history_days) LIMIT $2 FOR UPDATE OF m SKIP LOCKED
        ), told AS (
            DELETE FROM flow_history h USING old WHERE h.project_id = old.project_id AND h.subject_id = old.id
        )
        DELETE FROM mailboxes m USING old WHERE m.project_id = old.project_id AND m.id = old.id
        """;

    /// <returns>How many flows are gone.</returns>
    public async Task<long> RunAsync(CancellationToken ct) =>
        await RunAsync(RequestsSql, ct) + await RunAsync(AppointmentsSql, ct) + await RunAsync(CandidatesSql, ct) + await RunAsync(MailboxesSql, ct);

    private async Task<long> RunAsync(string sql, CancellationToken ct)
    {
        for (long total = 0; ;)
        {
#pragma warning disable CA2100 // one of the constants above
            await using NpgsqlCommand command = dataSource.CreateCommand(sql);
#pragma warning restore CA2100
            command.Parameters.AddTyped(clock.GetUtcNow().UtcDateTime).AddTyped(Portion);
            int count = await command.ExecuteNonQueryAsync(ct);
            total += count;
            if (count == 0) return total;
        }
    }
}
