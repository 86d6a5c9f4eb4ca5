namespace Mail.Core.Messaging;

/// <summary>The statements of the bus. The model is the mail queue: leases on the database's clock, a token that fences out who is late, due times on ours.</summary>
internal static class BusSql
{
    // Who sets, cancels or handles a timer of one key takes turns: a handler that sets its own timer anew deadlocks with nobody. Held to the transaction's end.
    public const string LockKey = "SELECT pg_advisory_xact_lock(hashtextextended($1::text || '/' || $2, 0))";

    // All handlers' rows of one message. What had the key before is gone in the same statement, dead letters too; `last` reads all of `gone`, so the rows are gone before the new ones come.
    public const string Add = """
        WITH gone AS (DELETE FROM bus_messages WHERE $5::text IS NOT NULL AND $12 AND project_id = $1 AND key = $5 RETURNING generation),
        dead AS (DELETE FROM bus_dead_letters WHERE $5::text IS NOT NULL AND $12 AND project_id = $1 AND key = $5 RETURNING generation),
        last AS (SELECT coalesce(max(generation), 0) AS generation FROM (SELECT generation FROM gone UNION ALL SELECT generation FROM dead) before)
        INSERT INTO bus_messages (project_id, message_id, name, body, key, is_encrypted, wall_time, time_zone, traceparent, published_at, due_at, next_attempt_at, generation, reason, id, handler)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, last.generation + 1, CASE WHEN $11 > $10 THEN 'Waiting for its time.' ELSE 'Waiting for a worker.' END, h.id, h.handler
        FROM last, unnest($13::uuid[], $14::text[]) AS h(id, handler)
        WHERE $5::text IS NULL OR $12 OR NOT EXISTS (SELECT FROM bus_messages b WHERE b.project_id = $1 AND b.key = $5)
        """;

    public const string Cancel = """
        WITH gone AS (DELETE FROM bus_messages WHERE project_id = $1 AND key = $2 RETURNING 1), dead AS (DELETE FROM bus_dead_letters WHERE project_id = $1 AND key = $2 RETURNING 1)
        SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM dead)
        """;

    private const string Columns = "b.project_id, b.id, b.message_id, b.handler, b.name, b.body, b.is_encrypted, b.key, b.generation, b.traceparent, b.due_at, b.attempts";

    private const string Take = """
        UPDATE bus_messages b SET lease_until = clock_timestamp() + $1, lease_token = $2, attempts = b.attempts + 1, reason = 'A worker is handling it now.' FROM due WHERE b.ctid = due.place RETURNING
        """;

    // What has been due longest, of any project. SKIP LOCKED: workers never wait for each other. Index: ix_bus_messages_due.
    public const string Claim = $"""
        WITH due AS MATERIALIZED (
            SELECT ctid AS place FROM bus_messages WHERE lease_token IS NULL AND next_attempt_at <= $3 ORDER BY next_attempt_at LIMIT $4 FOR UPDATE SKIP LOCKED)
        {Take} {Columns}
        """;

    // While more is due than there is room for: one of each project from $5 on, so that nobody waits behind another's flood. A walk from project to project, of bounded length ($6); the next
    // claim goes on where it ended. Index: ix_bus_messages_due_of_project.
    public const string ClaimByTurns = $"""
        WITH RECURSIVE walk AS (
            (SELECT project_id, 1 AS step FROM bus_messages WHERE lease_token IS NULL AND project_id >= $5 ORDER BY project_id LIMIT 1)
            UNION ALL
            SELECT following.project_id, w.step + 1 FROM walk w CROSS JOIN LATERAL (
                SELECT project_id FROM bus_messages WHERE lease_token IS NULL AND project_id > w.project_id ORDER BY project_id LIMIT 1) following
            WHERE w.step < $6
        ), due AS MATERIALIZED (
            SELECT first.place FROM walk CROSS JOIN LATERAL (
                SELECT ctid AS place FROM bus_messages m WHERE m.lease_token IS NULL AND m.project_id = walk.project_id AND m.next_attempt_at <= $3
                ORDER BY m.next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED) first
            LIMIT $4
        ), claimed AS ({Take} {Columns})
        SELECT b.*, (SELECT project_id FROM walk WHERE step = $6) FROM (VALUES (1)) AS always LEFT JOIN claimed b ON true
        """;

    // First in the handler's transaction: from here on the row's lock fences all others out, and what the handler does goes with it. A message that was handled before is only removed.
    public const string Settle = """
        WITH mine AS (DELETE FROM bus_messages WHERE project_id = $1 AND id = $2 AND lease_token = $3 RETURNING message_id, handler),
        noted AS (INSERT INTO bus_inbox (project_id, message_id, handler, handled_at) SELECT $1, message_id, handler, $4 FROM mine ON CONFLICT DO NOTHING RETURNING 1)
        SELECT (SELECT count(*) FROM mine), (SELECT count(*) FROM noted)
        """;

    public const string Retry = """
        UPDATE bus_messages SET next_attempt_at = $4, reason = $5, lease_until = NULL, lease_token = NULL WHERE project_id = $1 AND id = $2 AND lease_token = $3
        """;

    public const string Bury = """
        WITH gone AS (DELETE FROM bus_messages WHERE project_id = $1 AND id = $2 AND lease_token = $3 RETURNING *)
        INSERT INTO bus_dead_letters (project_id, id, queued_id, message_id, handler, name, body, is_encrypted, key, generation, traceparent, published_at, due_at, attempts, error, died_at)
        SELECT project_id, $6, id, message_id, handler, name, body, is_encrypted, key, generation, traceparent, published_at, due_at, attempts, $5, $4 FROM gone
        """;

    // Given back unhandled: that was no attempt.
    public const string Release = """
        UPDATE bus_messages SET attempts = attempts - 1, reason = 'Its worker stopped before it was handled; waiting for another one.', lease_until = NULL, lease_token = NULL
        WHERE project_id = $1 AND id = $2 AND lease_token = $3
        """;

    // A row that a handler's transaction has locked needs no lease: it is passed by and not waited for.
    public const string Extend = """
        WITH held AS MATERIALIZED (
            SELECT b.ctid AS place FROM unnest($2::uuid[], $3::uuid[], $4::uuid[]) AS h(project_id, id, lease_token) JOIN bus_messages b ON b.project_id = h.project_id AND b.id = h.id AND b.lease_token = h.lease_token
            FOR UPDATE OF b SKIP LOCKED)
        UPDATE bus_messages b SET lease_until = clock_timestamp() + $1 FROM held WHERE b.ctid = held.place
        """;

    public const string StillHeld = """
        SELECT b.id FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS h(project_id, id, lease_token) JOIN bus_messages b ON b.project_id = h.project_id AND b.id = h.id AND b.lease_token = h.lease_token
        """;

    // What a worker held that died. A transaction that still lives keeps its rows locked, and so to itself.
    public const string TakeOver = """
        WITH over AS MATERIALIZED (
            SELECT ctid AS place FROM bus_messages WHERE lease_token IS NOT NULL AND lease_until < clock_timestamp() ORDER BY lease_until LIMIT 1000 FOR UPDATE SKIP LOCKED)
        UPDATE bus_messages b SET lease_until = NULL, lease_token = NULL, reason = 'Its worker stopped while it handled it; waiting for another one.' FROM over WHERE b.ctid = over.place
        """;
}
