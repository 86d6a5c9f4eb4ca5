using Mail.Core.Common;

namespace Mail.Core.Messages;

/// <summary>
/// The statements by which a sender takes back a decision. A claim is one statement, so each row is either leased when they look, which is too
/// late, or it is theirs: they wait for a claim that is just being committed, and look again at the rows that it has leased.
/// </summary>
internal static class ScheduleSql
{
    // Held to the end of the transaction, so that two who change one message come one after the other. Workers never lock it.
    public const string Lock = "SELECT 1 FROM messages WHERE project_id = $1 AND id = $2 FOR NO KEY UPDATE";

    // What became of earlier attempts stays on the row, and in its reason: after an attempt of unknown outcome, canceled is no promise that nothing arrived.
    public const string Cancel = $"""
        WITH canceled AS (
            DELETE FROM deliveries WHERE project_id = $2 AND message_id = $3 AND lease_token IS NULL
            RETURNING project_id, message_id, id, recipient, kind, attempts, relay, code, enhanced_code, reply,
                      CASE WHEN attempts = 0 AND takeovers = 0 AND relay IS NULL THEN 'Canceled by the sender before any attempt.'
                           ELSE 'Canceled by the sender. Until then: ' || reason END AS reason
        ), finished AS (
            INSERT INTO finished_deliveries (project_id, message_id, id, recipient, kind, state, attempts, relay, code, enhanced_code, reply, reason, finished_at)
            SELECT project_id, message_id, id, recipient, kind, 'canceled', attempts, relay, code, enhanced_code, reply, reason, $1 FROM canceled
        )
        INSERT INTO events (project_id, message_id, id, type, created_at, recipient, reason)
        SELECT project_id, message_id, {UuidV7.NewSql}, 'email.canceled', $1, recipient, reason FROM canceled
        """;

    // Only what no relay was offered yet: no attempt came to an end, and none was cut off by a worker's death. A wait for a relay that is down is none.
    // A null in $4 means at once. The same time again is no news.
    public const string Reschedule = $"""
        WITH waiting AS MATERIALIZED (
            SELECT project_id, id, next_attempt_at FROM deliveries
            WHERE project_id = $2 AND message_id = $3 AND lease_token IS NULL AND attempts = 0 AND takeovers = 0 FOR UPDATE
        ), moved AS (
            UPDATE deliveries d SET state = CASE WHEN $4 IS NULL THEN 'queued' ELSE 'scheduled' END, next_attempt_at = coalesce($4, least($1, now())),
                                    reason = CASE WHEN $4 IS NULL THEN 'Made due by the sender; waiting for a worker.' ELSE 'Scheduled by the sender.' END,
                                    parked_by = NULL, relay = NULL, first_attempt_at = NULL
            FROM waiting w WHERE d.project_id = w.project_id AND d.id = w.id
            RETURNING d.project_id, d.message_id, d.id, d.recipient, d.state, d.next_attempt_at, d.reason, w.next_attempt_at <> d.next_attempt_at AS is_news
        ), told AS (
            INSERT INTO events (project_id, message_id, id, type, created_at, recipient, next_attempt_at, reason)
            SELECT project_id, message_id, {UuidV7.NewSql}, 'email.' || state, $1, recipient, next_attempt_at, reason FROM moved WHERE is_news
        )
        SELECT id FROM moved
        """;

    // Whom a change of the time cannot reach any more. Who was never to get it is no obstacle.
    public const string Obstacles = """
        SELECT recipient, state FROM recipients WHERE project_id = $1 AND message_id = $2 AND id <> ALL($3) AND state <> 'suppressed' ORDER BY id
        """;

    public const string SetPlan = "UPDATE messages SET rescheduled_at = $3 WHERE project_id = $1 AND id = $2";
}
