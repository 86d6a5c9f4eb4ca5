namespace Mail.Core.Invitations;

/// <summary>The statements on `candidates` and what hangs on them.</summary>
internal static class InvitationSql
{
    public const string FindCampaign = "SELECT to_json(c)::text FROM campaigns c WHERE project_id = $1 AND id = $2";

    public const string FindByApplication = "SELECT to_json(c)::text FROM candidates c WHERE project_id = $1 AND is_test = $2 AND application_id = $3 FOR NO KEY UPDATE";

    public const string Find = "SELECT to_json(c)::text FROM candidates c WHERE project_id = $1 AND id = $2";

    // Not FOR UPDATE: what refers to the row (its history, its mails) does not wait.
    public const string Lock = Find + " FOR NO KEY UPDATE";

    // In the order of their ids, so that two that lock several never wait for each other.
    public const string LockMany = "SELECT to_json(c)::text FROM candidates c WHERE project_id = $1 AND id = ANY($2) ORDER BY id FOR NO KEY UPDATE";

    // Who is being changed elsewhere just now is taken by the next look. Index: ix_candidates_due.
    public const string LockDue = "SELECT to_json(c)::text FROM candidates c WHERE project_id = $1 AND campaign_id = $2 AND due_at <= $3 ORDER BY id LIMIT $4 FOR NO KEY UPDATE SKIP LOCKED";
    public const string AnyDue = "SELECT EXISTS (SELECT FROM candidates WHERE project_id = $1 AND campaign_id = $2 AND due_at <= $3)";

    // Index: ix_candidates_run.
    public const string LockRun = "SELECT to_json(c)::text FROM candidates c WHERE project_id = $1 AND run_id = $2 ORDER BY id LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED";

    public const string Add = """
        INSERT INTO candidates SELECT n.* FROM jsonb_populate_recordset(NULL::candidates, $1) n
        ON CONFLICT (project_id, is_test, application_id) DO NOTHING RETURNING id
        """;

    // All that a transition may change. The version is looked at too: a row that was not locked before is a mistake of ours, and not overwritten.
    public const string Save = """
        UPDATE candidates c SET email = n.email, name = n.name, locale = n.locale, time_zone = n.time_zone, state = n.state, version = n.version, generation = n.generation, expires_at = n.expires_at,
            due_at = n.due_at, run_id = n.run_id, message_id = n.message_id, sends = n.sends, sends_today = n.sends_today, today_since = n.today_since, last_sent_at = n.last_sent_at,
            reminded_at = n.reminded_at, linked_at = n.linked_at, sent_at = n.sent_at, delivered_at = n.delivered_at, opened_at = n.opened_at, used_at = n.used_at, starts = n.starts,
            bounced_at = n.bounced_at, complained_at = n.complained_at, expired_at = n.expired_at, revoked_at = n.revoked_at, note = n.note, updated_at = n.updated_at
        FROM jsonb_populate_recordset(NULL::candidates, $2) n WHERE c.project_id = $1 AND c.id = n.id AND c.version < n.version
        """;

    public const string Remove = "DELETE FROM candidates WHERE project_id = $1 AND id = $2";
    public const string AddEvents = "INSERT INTO candidate_events SELECT n.* FROM jsonb_populate_recordset(NULL::candidate_events, $1) n";
    public const string AddMails = "INSERT INTO candidate_mails SELECT n.* FROM jsonb_populate_recordset(NULL::candidate_mails, $1) n";
    public const string Timeline = "SELECT to_json(e)::text FROM candidate_events e WHERE project_id = $1 AND candidate_id = $2 ORDER BY id LIMIT 500";

    // What became of mails, oldest first. A report whose event is gone tells nothing.
    public const string TakeReports = """
        WITH taken AS (
            DELETE FROM candidate_reports WHERE ctid = ANY (ARRAY(SELECT ctid FROM candidate_reports ORDER BY event_id LIMIT $1 FOR UPDATE SKIP LOCKED))
            RETURNING project_id, candidate_id, event_id, message_id
        )
        SELECT t.project_id, t.candidate_id, t.message_id, e.type, e.created_at, left(coalesce(e.reply, e.reason), 500)
        FROM taken t LEFT JOIN events e ON e.project_id = t.project_id AND e.message_id = t.message_id AND e.id = t.event_id ORDER BY t.event_id
        """;

    public const string Company = "SELECT coalesce(nullif(company_name, ''), name) FROM projects WHERE id = $1";
}
