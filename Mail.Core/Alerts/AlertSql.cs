namespace Mail.Core.Alerts;

/// <summary>The statements on the table `alerts`: a few rows, touched every few seconds.</summary>
internal static class AlertSql
{
    private const string Columns = "id, project_id, kind, subject, facts::text, count, opened_at, last_at, resolved_at, acknowledged_at, told_at, told_end_at";

    // The one that stands.
    public const string Renew = """
        UPDATE alerts SET facts = $4, count = count + $5, last_at = $6, ends_at = $7
        WHERE project_id = $1 AND kind = $2 AND subject = $3 AND resolved_at IS NULL
        """;

    // The one that was just over: trouble that comes and goes is one alert, and told as one. Two processes at once: the second waits for the row and
    // finds it open again.
    public const string Reopen = """
        UPDATE alerts a SET facts = $4, count = count + $5, last_at = $6, ends_at = $7, resolved_at = NULL, acknowledged_at = NULL, opened_at = $6
        WHERE a.project_id = $1 AND a.kind = $2 AND a.subject = $3 AND a.resolved_at > $8
          AND NOT EXISTS (SELECT FROM alerts o WHERE o.project_id = $1 AND o.kind = $2 AND o.subject = $3 AND o.resolved_at IS NULL)
        """;

    // Two processes at once: the index ux_alerts_open lets one of them insert, and the other one adds to it.
    public const string Open = """
        INSERT INTO alerts (project_id, kind, subject, facts, count, opened_at, last_at, ends_at, id) VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8)
        ON CONFLICT (project_id, kind, subject) WHERE resolved_at IS NULL
        DO UPDATE SET facts = excluded.facts, count = alerts.count + excluded.count, last_at = excluded.last_at, ends_at = excluded.ends_at
        """;

    public const string Resolve = "UPDATE alerts SET resolved_at = $4 WHERE project_id = $1 AND kind = $2 AND subject = $3 AND resolved_at IS NULL";

    public const string Expire = "UPDATE alerts SET resolved_at = $1 WHERE resolved_at IS NULL AND ends_at < $1";

    public const string Forget = "DELETE FROM alerts WHERE resolved_at < $1";

    // The project's own, those that stand first; the first project is the operator's and sees the installation's too. $3: those about one thing.
    public const string List = $"""
        SELECT {Columns} FROM alerts WHERE project_id IN ($1, {InstallationForOperator}) AND ($3::text IS NULL OR subject = $3)
        ORDER BY resolved_at IS NOT NULL, coalesce(resolved_at, opened_at) DESC, id DESC LIMIT $2
        """;

    public const string Acknowledge = $"""
        UPDATE alerts SET acknowledged_at = coalesce(acknowledged_at, $3) WHERE id = $2 AND project_id IN ($1, {InstallationForOperator}) RETURNING {Columns}
        """;

    // What people do not know yet. The beginning: it stands long enough ($1, $2) and was not told lately ($3); when people believe
    // that it is over, an hour or so is lately ($5). Failovers away from a relay are part
    // of what is told about the relay when that is paused. The end: of what was told, or lasted, and has stayed over ($2), for a day.
    public const string Untold = $"""
        SELECT {Columns} FROM alerts a
        WHERE (resolved_at IS NULL AND acknowledged_at IS NULL AND opened_at <= $2 AND (told_at IS NULL OR told_at <= $3 OR (told_end_at >= told_at AND told_end_at <= $5))
               AND NOT (kind = 'relay_failover' AND EXISTS (
                   SELECT FROM alerts p WHERE p.project_id = a.project_id AND p.subject = a.subject AND p.kind IN ('relay_paused', 'relay_misconfigured')
                   AND coalesce(p.resolved_at, $1) >= a.opened_at)))
           OR (resolved_at IS NOT NULL AND resolved_at <= $2 AND resolved_at > $1 - interval '1 day' AND kind IN ('relay_paused', 'relay_misconfigured', 'queue_old', 'no_worker', 'domain_failing', 'bounce_mailbox_failing', 'bounce_rate', 'complaint_rate', 'certificate_ends')
               AND CASE WHEN told_at IS NULL THEN told_end_at IS NULL AND resolved_at - opened_at > $4 ELSE told_end_at IS NULL OR told_end_at < told_at END)
        ORDER BY opened_at LIMIT 100
        """;

    public const string Told = "UPDATE alerts SET told_at = $3 WHERE project_id = $1 AND id = $2";

    public const string ToldEnd = "UPDATE alerts SET told_end_at = $3 WHERE project_id = $1 AND id = $2";

    public const string FirstProject = "SELECT id FROM projects ORDER BY created_at, id LIMIT 1";

    public const string Recipients = """
        SELECT p.name, p.default_locale, p.alert_emails,
               (SELECT coalesce(array_agg(u.email ORDER BY u.email), '{}') FROM project_members m JOIN users u ON u.id = m.user_id WHERE m.project_id = p.id AND m.role = 'owner')
        FROM projects p WHERE p.id = $1
        """;

    // A walk from project to project over ix_deliveries_due, then a few of each that is late. Messages that wait for a relay or for their time are due
    // later; how many are late is counted up to a limit.
    public const string Queue = """
        WITH RECURSIVE waiting AS (
            (SELECT lane, project_id, next_attempt_at FROM deliveries WHERE lease_token IS NULL ORDER BY lane, project_id, next_attempt_at LIMIT 1)
            UNION ALL
            SELECT following.* FROM waiting w CROSS JOIN LATERAL (
                SELECT lane, project_id, next_attempt_at FROM deliveries WHERE lease_token IS NULL AND (lane, project_id) > (w.lane, w.project_id)
                ORDER BY lane, project_id, next_attempt_at LIMIT 1) following
        ), late AS MATERIALIZED (
            SELECT few.* FROM waiting w CROSS JOIN LATERAL (
                SELECT next_attempt_at, lane FROM deliveries WHERE lease_token IS NULL AND lane = w.lane AND project_id = w.project_id AND next_attempt_at < $1
                ORDER BY next_attempt_at LIMIT 1000) few
            WHERE w.next_attempt_at < $1
        )
        SELECT (SELECT count(*) FROM late), (SELECT min(next_attempt_at) FROM late), (SELECT count(*) FROM late WHERE lane < 2), (SELECT min(next_attempt_at) FROM late WHERE lane < 2),
               EXISTS (SELECT FROM deliveries WHERE lease_token IS NOT NULL AND lease_until > now())
        """;

    // For each project a range of the primary key of message_counts: a row for each hour of a week that is over, and those of the last few, which are not folded yet.
    // Said beside it is what stands, so that only that is ended.
    public const string Rates = """
        SELECT p.id, c.sent, c.bounced, c.complained, c.sent_in_week, c.bounced_in_week,
               EXISTS (SELECT FROM alerts a WHERE a.project_id = p.id AND a.kind = 'bounce_rate' AND a.subject = '' AND a.resolved_at IS NULL) AS bounces_stand,
               EXISTS (SELECT FROM alerts a WHERE a.project_id = p.id AND a.kind = 'complaint_rate' AND a.subject = '' AND a.resolved_at IS NULL) AS complaints_stand
        FROM projects p CROSS JOIN LATERAL (
            SELECT coalesce(sum(sent) FILTER (WHERE hour > $1), 0)::bigint AS sent, coalesce(sum(bounced) FILTER (WHERE hour > $1), 0)::bigint AS bounced,
                   coalesce(sum(complained) FILTER (WHERE hour > $1), 0)::bigint AS complained, coalesce(sum(sent), 0)::bigint AS sent_in_week, coalesce(sum(bounced), 0)::bigint AS bounced_in_week
            FROM message_counts WHERE project_id = p.id AND hour > $2) c
        WHERE c.bounced > 0 OR c.complained > 0 OR EXISTS (SELECT FROM alerts a WHERE a.project_id = p.id AND a.kind IN ('bounce_rate', 'complaint_rate') AND a.resolved_at IS NULL)
        """;

    private const string InstallationForOperator = $"CASE WHEN $1 = ({FirstProject}) THEN '{Installation}'::uuid END";

    private const string Installation = "00000000-0000-0000-0000-000000000000";
}
