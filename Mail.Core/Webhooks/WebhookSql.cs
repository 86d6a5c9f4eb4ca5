namespace Mail.Core.Webhooks;

/// <summary>The statements on `webhook_queue`, the model of which is the mail queue: leases on the database's clock, tokens, due times on ours.</summary>
internal static class WebhookSql
{
    // Each endpoint has room of its own ($4, one when it fails), counted over all workers, so that none waits behind another; in which order they come is chance, for when this
    // worker's room ($6) is less. Of one message an event comes only when no earlier one waits; what has to wait for it is put off until then, so that it is not read at
    // every claim: it is called when that one is through (Record). The earlier one is looked at as it is now (KEY SHARE) and not as it was when the statement began: what has just been
    // taken, or is being deleted for that, holds nothing back. A claim's own lock (NO KEY) does not hide it. Index: ix_webhook_queue_due, ix_webhook_queue_order.
    public const string Claim = """
        WITH open AS MATERIALIZED (
            SELECT w.project_id, w.id, CASE WHEN w.failures >= $5 THEN 1 ELSE $4 END
                   - (SELECT count(*) FROM webhook_queue l WHERE l.project_id = w.project_id AND l.webhook_id = w.id AND l.lease_token IS NOT NULL) AS room
            FROM webhooks w WHERE w.is_enabled AND (w.resume_at IS NULL OR w.resume_at <= $3)
            ORDER BY random()
        ), due AS MATERIALIZED (
            SELECT first.* FROM open o CROSS JOIN LATERAL (
                SELECT q.project_id, q.webhook_id, q.event_id, q.subject_id, q.seq FROM webhook_queue q
                WHERE q.project_id = o.project_id AND q.webhook_id = o.id AND q.lease_token IS NULL AND q.given_up_at IS NULL AND q.next_attempt_at <= $3
                ORDER BY q.next_attempt_at, q.seq LIMIT greatest(o.room, 0) FOR NO KEY UPDATE SKIP LOCKED) first
            LIMIT $6
        ), waits AS MATERIALIZED (
            SELECT d.project_id, d.webhook_id, d.event_id, earlier.next_attempt_at FROM due d CROSS JOIN LATERAL (
                SELECT e.next_attempt_at FROM webhook_queue e
                WHERE e.project_id = d.project_id AND e.webhook_id = d.webhook_id AND e.subject_id = d.subject_id AND e.given_up_at IS NULL AND e.seq < d.seq
                ORDER BY e.seq LIMIT 1 FOR KEY SHARE SKIP LOCKED) earlier
        ), put_off AS (
            UPDATE webhook_queue q SET next_attempt_at = greatest($3 + interval '30 seconds', least(w.next_attempt_at, $3 + interval '1 hour'))
            FROM waits w WHERE q.project_id = w.project_id AND q.webhook_id = w.webhook_id AND q.event_id = w.event_id
            RETURNING 1
        ), claimed AS (
            UPDATE webhook_queue q SET lease_until = clock_timestamp() + $1, lease_token = $2
            FROM due d WHERE q.project_id = d.project_id AND q.webhook_id = d.webhook_id AND q.event_id = d.event_id
              AND NOT EXISTS (SELECT FROM waits w WHERE w.project_id = d.project_id AND w.webhook_id = d.webhook_id AND w.event_id = d.event_id)
            RETURNING q.project_id, q.webhook_id, q.event_id, q.subject_id, q.seq, q.type, q.happened_at, q.payload, q.attempts
        )
        SELECT (SELECT count(*) FROM put_off), c.project_id, c.webhook_id, c.event_id, c.subject_id, c.type, c.happened_at, c.payload::text, c.attempts,
               w.endpoint, w.secret, CASE WHEN w.old_secret_until > $3 THEN w.old_secret END
        FROM (VALUES (1)) AS always LEFT JOIN (claimed c JOIN webhooks w ON w.project_id = c.project_id AND w.id = c.webhook_id) ON true
        ORDER BY c.seq
        """;

    // What a worker held that stopped. Whether its endpoint took it nobody knows: it is sent again, under the same id.
    public const string TakeOver = "UPDATE webhook_queue SET lease_until = NULL, lease_token = NULL, next_attempt_at = least(next_attempt_at, $1) WHERE lease_token IS NOT NULL AND lease_until < now()";

    // All outcomes of a batch: what was taken or has nothing to tell leaves the queue, the rest is kept for later or for a replay; each is logged; and where an event is
    // through, those of its message that waited for it are called, also those that a claim is putting off just now: this waits for it. The token is checked by each write: the answer names the rows that were still ours.
    public const string Record = """
        WITH outcome AS MATERIALIZED (
            SELECT * FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::int[], $8::timestamptz[], $9::int[], $10::boolean[], $11::timestamptz[], $12::int[], $13::text[], $14::text[], $15::boolean[])
                AS o(project_id, webhook_id, event_id, lease_token, id, number, at, milliseconds, is_taken, next_attempt_at, status, problem, answer, is_forgotten)
        ), left_queue AS (
            DELETE FROM webhook_queue q USING outcome o
            WHERE (o.is_taken OR o.is_forgotten) AND q.project_id = o.project_id AND q.webhook_id = o.webhook_id AND q.event_id = o.event_id AND q.lease_token = o.lease_token
            RETURNING q.project_id, q.webhook_id, q.event_id, q.subject_id, q.seq, q.type, q.happened_at, q.payload, o.id
        ), kept AS (
            UPDATE webhook_queue q SET attempts = o.number, next_attempt_at = coalesce(o.next_attempt_at, q.next_attempt_at), given_up_at = CASE WHEN o.next_attempt_at IS NULL THEN $1 END,
                                       lease_until = NULL, lease_token = NULL
            FROM outcome o
            WHERE NOT o.is_taken AND NOT o.is_forgotten AND q.project_id = o.project_id AND q.webhook_id = o.webhook_id AND q.event_id = o.event_id AND q.lease_token = o.lease_token
            RETURNING q.project_id, q.webhook_id, q.event_id, q.subject_id, q.seq, q.type, q.happened_at, q.payload, o.id, q.given_up_at
        ), ours AS (
            SELECT project_id, webhook_id, event_id, subject_id, seq, type, happened_at, payload, id, true AS is_through FROM left_queue
            UNION ALL
            SELECT project_id, webhook_id, event_id, subject_id, seq, type, happened_at, payload, id, given_up_at IS NOT NULL FROM kept
        ), called AS (
            UPDATE webhook_queue n SET next_attempt_at = $1 FROM ours o
            WHERE o.is_through AND n.project_id = o.project_id AND n.webhook_id = o.webhook_id AND n.subject_id = o.subject_id AND n.seq > o.seq
              AND n.attempts = 0 AND n.lease_token IS NULL AND n.given_up_at IS NULL
        ), logged AS (
            INSERT INTO webhook_attempts (project_id, webhook_id, id, event_id, subject_id, type, happened_at, payload, number, at, milliseconds, is_taken, status, problem, answer, next_attempt_at)
            SELECT o.project_id, o.webhook_id, o.id, o.event_id, o.subject_id, o.type, o.happened_at, o.payload, a.number, a.at, a.milliseconds, a.is_taken, a.status, a.problem, a.answer, a.next_attempt_at
            FROM ours o JOIN outcome a ON a.id = o.id WHERE NOT a.is_forgotten
        )
        SELECT id FROM ours
        """;

    // How endpoints are, after a batch: any success makes one well at once, and calls what had been put off while it was down. One that fails again and again is
    // asked less and less often; after days of failure only, or when it says that it is gone, it is switched off. In order of their ids: two workers never wait for each other.
    public const string Health = """
        WITH told AS MATERIALIZED (
            SELECT * FROM unnest($2::uuid[], $3::uuid[], $4::int[], $5::boolean[], $6::timestamptz[]) AS t(project_id, id, failed, is_gone, asked)
        ), before AS MATERIALIZED (
            SELECT w.project_id, w.id, w.is_enabled, w.failures, coalesce(w.failing_since, $1) AS failing_since, t.failed, t.is_gone, t.asked
            FROM webhooks w JOIN told t ON t.project_id = w.project_id AND t.id = w.id WHERE t.failed > 0 OR w.failures > 0
            ORDER BY w.project_id, w.id FOR UPDATE OF w
        ), after AS (
            UPDATE webhooks w SET
                failures = CASE WHEN b.failed = 0 THEN 0 ELSE b.failures + b.failed END,
                failing_since = CASE WHEN b.failed > 0 THEN b.failing_since END,
                resume_at = CASE WHEN b.failed > 0 THEN greatest(b.asked, CASE WHEN b.failures + b.failed >= $7 THEN $1 + least($8, greatest(interval '5 seconds', ($1 - b.failing_since) / 2)) END) END,
                is_enabled = b.is_enabled AND NOT b.is_gone AND NOT (b.failed > 0 AND b.failing_since <= $1 - $9),
                disabled_reason = CASE WHEN NOT b.is_enabled THEN w.disabled_reason WHEN b.is_gone THEN 'It answered 410: it is gone.'
                                       WHEN b.failed > 0 AND b.failing_since <= $1 - $9 THEN $10 END
            FROM before b WHERE w.project_id = b.project_id AND w.id = b.id
            RETURNING w.project_id, w.id, w.endpoint, w.is_enabled, w.failing_since, w.disabled_reason
        ), called AS (
            UPDATE webhook_queue q SET next_attempt_at = $1 FROM before b
            WHERE b.failed = 0 AND b.failures >= $7 AND q.project_id = b.project_id AND q.webhook_id = b.id AND q.attempts > 0 AND q.next_attempt_at > $1
              AND q.lease_token IS NULL AND q.given_up_at IS NULL
        )
        SELECT a.project_id, a.id, a.endpoint, a.failing_since, b.is_enabled AND NOT a.is_enabled, a.disabled_reason FROM after a JOIN before b ON b.project_id = a.project_id AND b.id = a.id
        """;

    // What is told of messages, beside what the queue knows. The event may be the message's acceptance, which has no row of its own. Nothing comes back for what is no longer stored.
    public const string Facts = """
        SELECT q.webhook_id, q.event_id, m.created_at, m.subject, m.envelope::text, coalesce(m.rescheduled_at, m.scheduled_at), e.created_at, e.recipient, e.relay, e.code, e.enhanced_code, e.reply, e.attempt,
               e.next_attempt_at, e.reason, e.cause, e.detail::text, m.trace_parent
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[]) AS q(project_id, webhook_id, event_id, message_id)
        JOIN messages m ON m.project_id = q.project_id AND m.id = q.message_id
        LEFT JOIN events e ON e.project_id = q.project_id AND e.message_id = q.message_id AND e.id = q.event_id
        WHERE e.id IS NOT NULL OR q.event_id = q.message_id
        """;

    // For an event that is no message's: whoever asks for its type hears of it. A second one of the same id is the same one.
    public const string Publish = """
        INSERT INTO webhook_queue (project_id, webhook_id, event_id, subject_id, type, happened_at, payload, next_attempt_at)
        SELECT w.project_id, w.id, $2, $2, $3, $4, $5, $4 FROM webhooks w WHERE w.project_id = $1 AND w.is_enabled AND $3 = ANY (w.events)
        ON CONFLICT DO NOTHING
        """;

    // The same for several, in one round trip.
    public const string PublishMany = """
        INSERT INTO webhook_queue (project_id, webhook_id, event_id, subject_id, type, happened_at, payload, next_attempt_at)
        SELECT w.project_id, w.id, n.id, n.subject, n.type, $5, n.payload, $5
        FROM unnest($2::uuid[], $3::uuid[], $4::text[], $6::json[]) WITH ORDINALITY AS n(id, subject, type, payload, place) JOIN webhooks w ON w.project_id = $1 AND w.is_enabled AND n.type = ANY (w.events)
        ORDER BY n.place ON CONFLICT DO NOTHING
        """;
}
