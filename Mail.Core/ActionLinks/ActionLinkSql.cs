namespace Mail.Core.ActionLinks;

/// <summary>The statements on the table `action_links`.</summary>
internal static class ActionLinkSql
{
    // Rows that are over go with it, a few at a time.
    public const string Add = """
        WITH gone AS (DELETE FROM action_links WHERE (project_id, id) IN (SELECT project_id, id FROM action_links WHERE forget_at <= $17 LIMIT 10 FOR UPDATE SKIP LOCKED))
        INSERT INTO action_links (project_id, id, purpose, subject, is_own, is_test, single_use, group_name, title, body, choices, redirect_url, metadata, locale, token_hash, code_hash, created_at, expires_at, forget_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
        """;

    private const string Columns = """
        l.project_id, l.id, l.purpose, l.subject, l.is_own, l.is_test, l.single_use, l.group_name, l.title, l.body, l.choices::text, l.redirect_url, l.metadata::text, l.locale,
        l.created_at, l.expires_at, l.uses, l.revoked_at, d.id, d.choice, d.choices::text, d.used_at, d.used_ip, d.used_agent
        """;

    // What was decided: by the link itself, else by another of its group. A group's name means something among links of one maker only.
    private const string Find = $"""
        SELECT {Columns} FROM action_links l LEFT JOIN LATERAL (
            SELECT o.id, o.choice, o.choices, o.used_at, o.used_ip, o.used_agent FROM action_links o
            WHERE o.project_id = l.project_id AND o.used_at IS NOT NULL
              AND (o.id = l.id OR (o.group_name = l.group_name AND o.is_own = l.is_own AND o.is_test = l.is_test))
            ORDER BY o.id <> l.id, o.used_at LIMIT 1) d ON true
        """;

    public const string FindByToken = Find + " WHERE l.project_id = $1 AND l.token_hash = $2";
    public const string FindByCode = Find + " WHERE l.code_hash = $1";
    public const string FindById = Find + " WHERE l.project_id = $1 AND l.id = $2";

    // All of a decision, in one order, so that two links of it that are used at once wait for each other and never for ever.
    public const string Lock = """
        SELECT l.id FROM action_links l JOIN action_links own ON own.project_id = $1 AND own.id = $2
        WHERE l.project_id = $1 AND (l.id = $2 OR (l.group_name = own.group_name AND l.is_own = own.is_own AND l.is_test = own.is_test))
        ORDER BY l.id FOR UPDATE OF l
        """;

    public const string Use = "UPDATE action_links SET uses = uses + 1, used_at = $3, choice = $4, used_ip = $5, used_agent = $6 WHERE project_id = $1 AND id = $2";

    // One that was used is not taken back.
    public const string Revoke = """
        UPDATE action_links SET revoked_at = coalesce(revoked_at, $3) WHERE project_id = $1 AND id = $2 AND (used_at IS NULL OR NOT single_use)
        """;

    public const string RevokeSubject = """
        UPDATE action_links SET revoked_at = $4 WHERE project_id = $1 AND purpose = $2 AND subject = $3 AND is_own = $5 AND is_test = $6
            AND revoked_at IS NULL AND (used_at IS NULL OR NOT single_use)
        """;

    // Locked in the order of Lock above, before anything else of the flow is: two that lock the other way round would wait for each other.
    public const string RevokeGroup = """
        WITH locked AS MATERIALIZED (SELECT id FROM action_links WHERE project_id = $1 AND group_name = $2 AND is_own = $3 AND is_test = $4 ORDER BY id FOR UPDATE)
        UPDATE action_links l SET revoked_at = $5 FROM locked WHERE l.project_id = $1 AND l.id = locked.id AND l.revoked_at IS NULL AND l.used_at IS NULL
        """;

    // Counted before the code is looked at, in one statement, as at sign-in; taken back for a right one.
    public const string CountGuess = """
        WITH gone AS (
            DELETE FROM action_code_guesses WHERE source_hash IN (
                SELECT source_hash FROM action_code_guesses WHERE window_ends <= $2 AND source_hash <> $1 LIMIT 10 FOR UPDATE SKIP LOCKED)
        )
        INSERT INTO action_code_guesses AS g (source_hash, tries, window_ends) VALUES ($1, 1, $3)
        ON CONFLICT (source_hash) DO UPDATE SET
            tries = CASE WHEN g.window_ends <= $2 THEN 1 ELSE least(g.tries, 1000000) + 1 END,
            window_ends = CASE WHEN g.window_ends <= $2 THEN $3 ELSE g.window_ends END
        RETURNING tries
        """;

    public const string TakeBackGuess = "UPDATE action_code_guesses SET tries = tries - 1 WHERE source_hash = $1 AND tries > 0";
}
