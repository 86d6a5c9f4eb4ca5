namespace Mail.Core.Codes;

/// <summary>The statements on the table `codes`: one row for each subject, which bears its last code and its budgets, so that each rule is one row's, and one lock's.</summary>
internal static class CodeSql
{
    // The new code takes the place of the old one, which is wrong from then on. No row comes back when a budget is spent: then nothing was changed.
    // Rows that are over go with it, a few at a time, so that made-up subjects leave nothing behind.
    // $1 project, $2 subject, $3 id, $4 code's hash, $5 now, $6 expires, $7 most issues, $8 the issue window's end, $9 most wrong tries, $10 when the row may go, $11 sandbox
    public const string Issue = """
        WITH gone AS (
            DELETE FROM codes WHERE (project_id, subject_hash) IN (
                SELECT project_id, subject_hash FROM codes WHERE forget_at <= $5 AND subject_hash <> $2 LIMIT 10 FOR UPDATE SKIP LOCKED)
        )
        INSERT INTO codes AS c (project_id, subject_hash, id, code_hash, tries, expires_at, issued, issued_until, wrong, wrong_until, forget_at, is_test)
        VALUES ($1, $2, $3, $4, 0, $6, 1, $8, 0, $5, $10, $11)
        ON CONFLICT (project_id, subject_hash) DO UPDATE SET
            id = excluded.id, code_hash = excluded.code_hash, tries = 0, expires_at = excluded.expires_at, used_at = NULL, revoked_at = NULL, hold_id = NULL, hold_until = NULL,
            issued = CASE WHEN c.issued_until <= $5 THEN 1 ELSE c.issued + 1 END,
            issued_until = CASE WHEN c.issued_until <= $5 THEN $8 ELSE c.issued_until END,
            forget_at = greatest(c.forget_at, excluded.forget_at)
        WHERE (c.issued_until <= $5 OR c.issued < $7) AND (c.wrong_until <= $5 OR c.wrong < $9)
        RETURNING id
        """;

    // When both budgets are spent, the later end counts.
    public const string RetryAt = """
        SELECT greatest(CASE WHEN issued >= $3 THEN issued_until END, CASE WHEN wrong >= $4 THEN wrong_until END) FROM codes WHERE project_id = $1 AND subject_hash = $2
        """;

    // Counted before the code is looked at, in one statement: of many at once exactly as many are let through as the budgets have left. Tries that are
    // not let through count for the code no more, so that they do not eat the subject's budget too.
    // $1 project, $2 subject, $3 now, $4 tries of a code, $5 the wrong window's end, $6 most wrong tries
    public const string Try = """
        UPDATE codes SET
            tries = tries + 1,
            wrong = CASE WHEN wrong_until <= $3 THEN 1 ELSE wrong + 1 END,
            wrong_until = CASE WHEN wrong_until <= $3 THEN $5 ELSE wrong_until END,
            forget_at = greatest(forget_at, CASE WHEN wrong_until <= $3 THEN $5 ELSE wrong_until END)
        WHERE project_id = $1 AND subject_hash = $2 AND used_at IS NULL AND revoked_at IS NULL AND expires_at > $3
            AND tries < $4 AND (wrong_until <= $3 OR wrong < $6)
        RETURNING id, code_hash, tries
        """;

    public const string State = """
        SELECT id, used_at IS NOT NULL, revoked_at IS NOT NULL, expires_at <= $3, CASE WHEN wrong >= $4 AND wrong_until > $3 THEN wrong_until END
        FROM codes WHERE project_id = $1 AND subject_hash = $2
        """;

    // Of many who have the right code at once one is first. Its try was not a wrong one.
    public const string Use = """
        UPDATE codes SET used_at = $4, wrong = greatest(wrong - 1, 0)
        WHERE project_id = $1 AND subject_hash = $2 AND id = $3 AND used_at IS NULL AND revoked_at IS NULL
        """;

    // Of many who have the right code at once one holds it, for a while. Their tries were not wrong ones, and are given back: what is then done may fail, and be tried again.
    // $1 project, $2 subject, $3 id, $4 now, $5 who, $6 until
    public const string Hold = """
        UPDATE codes SET tries = greatest(tries - 1, 0), wrong = greatest(wrong - 1, 0),
            hold_id = CASE WHEN hold_until > $4 THEN hold_id ELSE $5 END, hold_until = CASE WHEN hold_until > $4 THEN hold_until ELSE $6 END
        WHERE project_id = $1 AND subject_hash = $2 AND id = $3 AND used_at IS NULL AND revoked_at IS NULL
        RETURNING hold_id
        """;

    public const string UseHeld = "UPDATE codes SET used_at = $4, hold_id = NULL, hold_until = NULL WHERE project_id = $1 AND subject_hash = $2 AND hold_id = $3 AND used_at IS NULL";

    public const string Release = "UPDATE codes SET hold_id = NULL, hold_until = NULL WHERE project_id = $1 AND subject_hash = $2 AND hold_id = $3";

    public const string Revoke = """
        UPDATE codes SET revoked_at = $3 WHERE project_id = $1 AND subject_hash = $2 AND used_at IS NULL AND revoked_at IS NULL AND expires_at > $3
        """;

    public const string RevokeById = """
        UPDATE codes SET revoked_at = coalesce(revoked_at, $3) WHERE project_id = $1 AND id = $2 AND is_test = $4 RETURNING used_at IS NULL
        """;
}
