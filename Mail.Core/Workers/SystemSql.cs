namespace Mail.Core.Workers;

/// <summary>The statements of <see cref="SystemLook"/>: asked when a person looks, and every few seconds while the page is open. Each counts up to a limit.</summary>
internal static class SystemSql
{
    public const string IsOperator = "SELECT coalesce($1 = (SELECT id FROM projects ORDER BY created_at, id LIMIT 1), false)";

    // On the database's clock, on which they are written.
    public const string Workers = """
        SELECT id, host, process_id, version, started_at, seen_at, seen_at > now() - $1 FROM worker_heartbeats WHERE seen_at > now() - interval '1 day' ORDER BY seen_at > now() - $1 DESC, started_at, id
        """;

    // ix_deliveries_due and ix_deliveries_leased. What is due is looked for by itself: behind a hundred thousand that are scheduled, it would not be seen.
    public const string Queue = """
        SELECT l.lane, due.count, greatest(idle.parked, 0), greatest(idle.later, 0), held.count, due.oldest
        FROM generate_series(0, 2) AS l(lane)
        CROSS JOIN LATERAL (SELECT count(*), min(next_attempt_at) AS oldest FROM (
            SELECT next_attempt_at FROM deliveries WHERE lease_token IS NULL AND lane = l.lane AND ($2::uuid IS NULL OR project_id = $2) AND next_attempt_at <= $1 LIMIT $3) d) due
        CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE parked_by IS NOT NULL) AS parked, count(*) FILTER (WHERE parked_by IS NULL) AS later FROM (
            SELECT parked_by FROM deliveries WHERE lease_token IS NULL AND lane = l.lane AND ($2::uuid IS NULL OR project_id = $2) AND next_attempt_at > $1 LIMIT $3) d) idle
        CROSS JOIN LATERAL (SELECT count(*) FROM (
            SELECT 1 FROM deliveries WHERE lease_token IS NOT NULL AND lane = l.lane AND ($2::uuid IS NULL OR project_id = $2) LIMIT $3) d) held
        ORDER BY l.lane
        """;

    public const string Others = """
        WITH bus AS (SELECT next_attempt_at, lease_token FROM bus_messages WHERE $2::uuid IS NULL OR project_id = $2 LIMIT $3),
        hooks AS (SELECT next_attempt_at, lease_token, given_up_at FROM webhook_queue WHERE $2::uuid IS NULL OR project_id = $2 LIMIT $3)
        SELECT (SELECT count(*) FROM bus WHERE lease_token IS NULL AND next_attempt_at <= $1), (SELECT count(*) FROM bus WHERE lease_token IS NULL AND next_attempt_at > $1),
               (SELECT count(*) FROM bus WHERE lease_token IS NOT NULL), (SELECT min(next_attempt_at) FROM bus_messages WHERE lease_token IS NULL AND next_attempt_at <= $1 AND ($2::uuid IS NULL OR project_id = $2)),
               (SELECT count(*) FROM bus_dead_letters WHERE $2::uuid IS NULL OR project_id = $2),
               (SELECT count(*) FROM hooks WHERE given_up_at IS NULL AND lease_token IS NULL AND next_attempt_at <= $1), (SELECT count(*) FROM hooks WHERE given_up_at IS NULL AND lease_token IS NULL AND next_attempt_at > $1),
               (SELECT count(*) FROM hooks WHERE lease_token IS NOT NULL), (SELECT min(next_attempt_at) FROM hooks WHERE given_up_at IS NULL AND lease_token IS NULL AND next_attempt_at <= $1),
               (SELECT count(*) FROM hooks WHERE given_up_at IS NOT NULL), (SELECT count(*) FROM webhooks WHERE failures > 0 AND is_enabled AND ($2::uuid IS NULL OR project_id = $2))
        """;

    // Sessions of others are seen without their words, which is enough. The estimate of the default partition is the planner's: -1 before its first ANALYZE.
    public const string Database = """
        SELECT current_setting('server_version'), pg_database_size(current_database()),
               (SELECT max(clock_timestamp() - xact_start) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'),
               (SELECT count(*)::integer FROM pg_stat_activity WHERE backend_type = 'client backend'), current_setting('max_connections')::integer, clock_timestamp(),
               (SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'messages_default'::regclass)
        """;
}
