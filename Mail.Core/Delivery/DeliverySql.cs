using Mail.Core.Common;
using Mail.Core.Delivery.Catalogue;
using Mail.Core.Suppressions;

namespace Mail.Core.Delivery;

/// <summary>The statements on the queue. Each is one round trip and its own transaction; none waits for a lock that another worker holds over the network.</summary>
/// <remarks>
/// A plan may have been made while the queue was empty and be used when it holds a million rows (<see cref="Database.HeldConnection"/> makes it anew after some seconds). Rows that a
/// statement has locked are changed by their place (ctid), which leaves the planner no wrong order. The others are found by their key again: a row that a heartbeat has moved
/// meanwhile must still be found.
/// </remarks>
internal static class DeliverySql
{
    // Which projects have something that nobody holds, and since when it is due: a walk from project to project over ix_deliveries_due, one step each,
    // because DISTINCT would read every waiting row. LIMIT ends the walk.
    public const string WaitingProjects = """
        WITH RECURSIVE waiting AS (
            (SELECT lane, project_id, next_attempt_at FROM deliveries WHERE lease_token IS NULL AND (lane, project_id) > ($1, $2) ORDER BY lane, project_id, next_attempt_at LIMIT 1)
            UNION ALL
            SELECT following.* FROM waiting w CROSS JOIN LATERAL (
                SELECT lane, project_id, next_attempt_at FROM deliveries WHERE lease_token IS NULL AND (lane, project_id) > (w.lane, w.project_id)
                ORDER BY lane, project_id, next_attempt_at LIMIT 1) following
        )
        SELECT lane, project_id, next_attempt_at FROM waiting LIMIT $3
        """;

    // A lease, not an open transaction, covers the SMTP conversation: a crashed worker's rows are taken over when it ends.
    // The lease runs on the database's clock (clock_timestamp: a statement that had to wait would else grant one that is over), what is due on ours ($3, TimeProvider); the token fences a late worker out of every later write.
    // Each project has a share of each lane ($4 to $7), so that nobody waits behind another's newsletter; within it, what has been due longest comes first.
    // SKIP LOCKED: workers never wait for each other. MATERIALIZED: the LIMITs run once. Index: ix_deliveries_due, read from a lower
    // bound ($6), because rows claimed before leave dead index entries at its start that a pinned snapshot keeps alive.
    public const string ClaimDue = """
        WITH due AS MATERIALIZED (
            SELECT first.* FROM unnest($4::smallint[], $5::uuid[], $6::timestamptz[], $7::int[]) AS share(lane, project_id, since, room) CROSS JOIN LATERAL (
                SELECT ctid AS place, next_attempt_at, parked_by FROM deliveries d
                WHERE d.lease_token IS NULL AND d.lane = share.lane AND d.project_id = share.project_id AND d.next_attempt_at >= share.since AND d.next_attempt_at <= $3
                ORDER BY d.next_attempt_at LIMIT share.room FOR UPDATE SKIP LOCKED) first
        )
        UPDATE deliveries d SET state = 'sending', lease_until = clock_timestamp() + $1, lease_token = $2, parked_by = NULL,
                                reason = 'A worker is sending it now.', first_attempt_at = coalesce(d.first_attempt_at, $3)
        FROM due WHERE d.ctid = due.place
        RETURNING d.project_id, d.id, d.message_id, d.recipient, d.lane, d.attempts, due.next_attempt_at, d.first_attempt_at, due.parked_by IS NOT NULL, d.takeovers
        """;

    // Only rows that still bear our token: one that was taken over is not extended, and its worker learns it by the missing answer.
    // The token is part of it: the worker may have claimed the same row again.
    public const string ExtendLeases = """
        UPDATE deliveries d SET lease_until = clock_timestamp() + $1
        FROM unnest($2::uuid[], $3::uuid[], $4::uuid[]) AS held(project_id, id, lease_token)
        WHERE d.project_id = held.project_id AND d.id = held.id AND d.lease_token = held.lease_token
        RETURNING d.id, d.lease_token
        """;

    // Committed before the first byte leaves, so that after a crash these and only these are of unknown outcome. It begins a full lease.
    public const string MarkDataStarted = """
        UPDATE deliveries d SET data_started = true, lease_until = clock_timestamp() + $1
        FROM unnest($2::uuid[], $3::uuid[], $4::uuid[]) AS held(project_id, id, lease_token)
        WHERE d.project_id = held.project_id AND d.id = held.id AND d.lease_token = held.lease_token
        RETURNING d.id, d.lease_token
        """;

    // Given back unsent: due again at once, for whoever comes first.
    public const string Release = $"""
        UPDATE deliveries d SET state = CASE WHEN d.attempts = 0 AND d.takeovers = 0 THEN 'queued' ELSE 'delivery_delayed' END, lease_until = NULL, lease_token = NULL, data_started = false,
                                next_attempt_at = $1, reason = 'Its worker stopped before it was sent; waiting for another one.', cause = '{CauseCodes.WorkerStopped}'
        FROM unnest($2::uuid[], $3::uuid[], $4::uuid[]) AS held(project_id, id, lease_token)
        WHERE d.project_id = held.project_id AND d.id = held.id AND d.lease_token = held.lease_token
        """;

    // All outcomes of a batch in one statement: what is final moves to finished_deliveries, what is not goes back into the queue, and each
    // tells its event unless it has none (a held one's time to give up begins anew), and one more for each relay that was passed by on the way. The token is checked by each write: the answer names the rows that were still ours.
    public const string Record = Outcomes + " SELECT id FROM recorded";

    // With what goes onto the suppression list by it. A statement apart: the usual one need not plan four parts that store nothing. Only what ended: an outcome that came late feeds nothing.
    public const string RecordAndSuppress = Outcomes + SuppressionFeed.OfOutcomes + """
        , fed AS MATERIALIZED (
            SELECT e.project_id, e.message_id, e.id AS delivery_id, f.address, f.suppression, e.reply AS note FROM fed_by f JOIN ended e ON e.id = f.delivery_id
        )
        """ + SuppressionFeed.Store + " SELECT id FROM recorded";

    private const string Outcomes = $"""
        WITH outcome AS MATERIALIZED (
            SELECT * FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::int[], $7::timestamptz[], $8::text[], $9::text[], $10::int[], $11::text[], $12::text[], $13::text[],
                                 $14::uuid[], $15::text[], $20::text[], $21::boolean[], $22::text[])
                AS o(project_id, id, lease_token, state, attempts, next_attempt_at, parked_by, relay, code, enhanced_code, reply, reason, event_id, event_type, cause, held, transcript)
        ), ended AS (
            DELETE FROM deliveries d USING outcome o
            WHERE o.next_attempt_at IS NULL AND d.project_id = o.project_id AND d.id = o.id AND d.lease_token = o.lease_token
            RETURNING d.project_id, d.message_id, d.id, d.recipient, d.kind, o.state, o.attempts, o.relay, o.code, o.enhanced_code, o.reply, o.reason,
                      o.next_attempt_at, o.event_id, o.event_type, o.cause, o.transcript
        ), delayed AS (
            UPDATE deliveries d SET state = o.state, attempts = o.attempts, next_attempt_at = o.next_attempt_at, parked_by = o.parked_by, relay = o.relay, code = o.code,
                                    enhanced_code = o.enhanced_code, reply = o.reply, reason = o.reason, cause = o.cause, lease_until = NULL, lease_token = NULL, data_started = false,
                                    takeovers = 0, first_attempt_at = CASE WHEN o.held THEN NULL ELSE d.first_attempt_at END
            FROM outcome o
            WHERE o.next_attempt_at IS NOT NULL AND d.project_id = o.project_id AND d.id = o.id AND d.lease_token = o.lease_token
            RETURNING d.project_id, d.message_id, d.id, d.recipient, d.kind, o.state, o.attempts, o.relay, o.code, o.enhanced_code, o.reply, o.reason,
                      o.next_attempt_at, o.event_id, o.event_type, o.cause, o.transcript
        ), finished AS (
            INSERT INTO finished_deliveries (project_id, message_id, id, recipient, kind, state, attempts, relay, code, enhanced_code, reply, reason, cause, finished_at)
            SELECT project_id, message_id, id, recipient, kind, state, attempts, relay, code, enhanced_code, reply, reason, cause, $1 FROM ended
        ), recorded AS (
            SELECT * FROM ended UNION ALL SELECT * FROM delayed
        ), told AS (
            INSERT INTO events (project_id, message_id, id, type, created_at, recipient, relay, code, enhanced_code, reply, attempt, next_attempt_at, reason, cause, transcript)
            SELECT project_id, message_id, event_id, event_type, $1, recipient, relay, code, enhanced_code, reply, attempts, next_attempt_at, reason, cause, transcript
            FROM recorded WHERE event_type IS NOT NULL
        ), passed_by AS (
            INSERT INTO events (project_id, message_id, id, type, created_at, recipient, relay, attempt, reason, transcript)
            SELECT r.project_id, r.message_id, d.event_id, '{DeliveryEvents.Rerouted}', $1, r.recipient, d.relay, r.attempts, d.reason, d.transcript
            FROM unnest($16::uuid[], $17::uuid[], $18::text[], $19::text[], $23::text[]) AS d(id, event_id, relay, reason, transcript) JOIN recorded r ON r.id = d.id
        )
        """;

    // What a dead worker held, and not what we hold ($3). Most of it only waited there, so this is counted apart and is no attempt. It is due again, later each time and
    // by chance, so that a message that kills workers does not kill them one after the other, and parts from the innocent that were held with it;
    // but where a transfer may have begun of a message that must not arrive twice, the outcome is unknown and stays so: failed.
    public const string TakeOver = $"""
        WITH expired AS MATERIALIZED (
            SELECT ctid AS place FROM deliveries WHERE lease_token IS NOT NULL AND lease_until < now() AND id <> ALL($3) ORDER BY lease_until LIMIT $2 FOR UPDATE SKIP LOCKED
        ), lost AS (
            DELETE FROM deliveries d USING expired e WHERE d.ctid = e.place AND d.data_started
            RETURNING d.project_id, d.message_id, d.id, d.recipient, d.kind, d.attempts + 1 AS attempts, d.relay, 'failed' AS state, NULL::timestamptz AS next_attempt_at,
                      'The worker that was sending it stopped, nobody knows whether the relay took it, and it asked never to arrive twice (at_most_once), so it is not sent again.' AS reason,
                      '{CauseCodes.UnknownOutcomeFinal}' AS cause
        ), again AS (
            UPDATE deliveries d SET state = 'delivery_delayed', takeovers = d.takeovers + 1, lease_until = NULL, lease_token = NULL,
                                    next_attempt_at = $1 + least(d.takeovers, 30) * (0.5 + random()) * interval '20 seconds',
                                    reason = 'The worker that held it stopped; another one sends it.', cause = '{CauseCodes.WorkerStopped}'
            FROM expired e WHERE d.ctid = e.place AND NOT d.data_started
            RETURNING d.project_id, d.message_id, d.id, d.recipient, d.kind, d.attempts, d.relay, d.state, d.next_attempt_at, d.reason, d.cause
        ), finished AS (
            INSERT INTO finished_deliveries (project_id, message_id, id, recipient, kind, state, attempts, relay, reason, cause, finished_at)
            SELECT project_id, message_id, id, recipient, kind, state, attempts, relay, reason, cause, $1 FROM lost
        ), told AS (
            INSERT INTO events (project_id, message_id, id, type, created_at, recipient, relay, attempt, next_attempt_at, reason, cause)
            SELECT project_id, message_id, {UuidV7.NewSql}, 'email.' || state, $1, recipient, relay, attempts, next_attempt_at, reason, cause
            FROM (SELECT * FROM lost UNION ALL SELECT * FROM again) AS expired_one
        )
        SELECT (SELECT count(*) FROM again), (SELECT count(*) FROM lost)
        """;

    // Names of relays that deliveries wait for. A walk from name to name over ix_deliveries_parked, because DISTINCT would read every waiting row.
    public const string WaitedFor = """
        WITH RECURSIVE names AS (
            (SELECT parked_by FROM deliveries WHERE parked_by IS NOT NULL ORDER BY parked_by LIMIT 1)
            UNION ALL
            SELECT (SELECT parked_by FROM deliveries WHERE parked_by > n.parked_by ORDER BY parked_by LIMIT 1) FROM names n WHERE n.parked_by IS NOT NULL
        )
        SELECT parked_by FROM names WHERE parked_by IS NOT NULL
        """;

    // A relay is back: what waits only for it is due now, the most urgent first. Index: ix_deliveries_parked.
    public const string Unpark = $"""
        WITH parked AS MATERIALIZED (
            SELECT ctid AS place FROM deliveries WHERE parked_by = $1 AND lease_token IS NULL ORDER BY lane, next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED
        )
        UPDATE deliveries d SET next_attempt_at = least(d.next_attempt_at, $2), parked_by = NULL, reason = 'The relay is back; waiting for a worker.', cause = '{CauseCodes.Queued}'
        FROM parked p WHERE d.ctid = p.place
        """;

    // A limit has room for $3: critical ones first, and of the rest $4 are left to bulk where it waits, which would else never come while others do.
    // What is called for a quota ($5) keeps the name, so that waiting on is not told again; so it is not called twice. Index: ix_deliveries_parked.
    public const string Call = $"""
        WITH critical AS MATERIALIZED (
            SELECT ctid AS place FROM deliveries WHERE parked_by = $1 AND lane = 0 AND lease_token IS NULL AND (NOT $5 OR next_attempt_at > $2)
            ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED
        ), for_bulk AS MATERIALIZED (
            SELECT 1 FROM deliveries WHERE parked_by = $1 AND lane = 2 AND lease_token IS NULL AND (NOT $5 OR next_attempt_at > $2) LIMIT $4
        ), normal AS MATERIALIZED (
            SELECT ctid AS place FROM deliveries WHERE parked_by = $1 AND lane = 1 AND lease_token IS NULL AND (NOT $5 OR next_attempt_at > $2)
            ORDER BY next_attempt_at LIMIT greatest(0, $3 - (SELECT count(*) FROM critical) - (SELECT count(*) FROM for_bulk)) FOR UPDATE SKIP LOCKED
        ), bulk AS MATERIALIZED (
            SELECT ctid AS place FROM deliveries WHERE parked_by = $1 AND lane = 2 AND lease_token IS NULL AND (NOT $5 OR next_attempt_at > $2)
            ORDER BY next_attempt_at LIMIT greatest(0, $3 - (SELECT count(*) FROM critical) - (SELECT count(*) FROM normal)) FOR UPDATE SKIP LOCKED
        ), called AS (
            SELECT * FROM critical UNION ALL SELECT * FROM normal UNION ALL SELECT * FROM bulk
        )
        UPDATE deliveries d SET next_attempt_at = least(d.next_attempt_at, $2), parked_by = CASE WHEN $5 THEN d.parked_by END,
                                reason = 'There is room for it; waiting for a worker.', cause = '{CauseCodes.Queued}'
        FROM called c WHERE d.ctid = c.place
        """;
}
