using Mail.Core.Common;

namespace Mail.Core.Suppressions;

/// <summary>The statements on the list as people and apps use it. What is over counts as not there.</summary>
internal static class SuppressionListSql
{
    private const string Columns = "id, address, topic, reason, message_id, delivery_id, note, created_at, expires_at";

    // Ids are UUIDv7, so that a page is a range of ux_suppressions_id. One row too many tells whether there is another page.
    private const string List = $"""
        SELECT {Columns} FROM suppressions
        WHERE project_id = $1 AND id < $2 AND id > $3 AND (expires_at IS NULL OR expires_at > $4)
          AND ($5::text IS NULL OR position($5 IN address) > 0) AND ($6::text IS NULL OR reason = $6) AND ($7::text IS NULL OR topic = $7)
        """;

    public const string ListOlder = List + " ORDER BY id DESC LIMIT $8";
    public const string ListNewer = List + " ORDER BY id LIMIT $8";
    public const string Export = List + " ORDER BY id DESC";

    public const string FindById = $"SELECT {Columns} FROM suppressions WHERE project_id = $1 AND id = $3 AND (expires_at IS NULL OR expires_at > $2)";
    public const string FindByAddress = $"SELECT {Columns} FROM suppressions WHERE project_id = $1 AND address = $3 AND (expires_at IS NULL OR expires_at > $2)";

    // What stands there keeps its id and its date; a new note and a new end are taken. What is over begins anew. Sorted, because two statements that held A,B and
    // B,A would wait for each other. xmax is 0 in a row that was inserted.
    private const string Adding = $"""
        WITH stored AS (
            INSERT INTO suppressions AS s (project_id, address, topic, reason, id, message_id, note, created_at, expires_at)
            SELECT $2, address, topic, reason, id, message_id, note, coalesce(created_at, $1), expires_at
            FROM unnest($3::text[], $4::text[], $5::text[], $6::uuid[], $7::uuid[], $8::text[], $9::timestamptz[], $10::timestamptz[])
                AS n(address, topic, reason, id, message_id, note, created_at, expires_at)
            ORDER BY address, topic, reason
            ON CONFLICT (project_id, address, topic, reason) DO UPDATE
                SET note = coalesce(excluded.note, s.note), expires_at = excluded.expires_at,
                    id = CASE WHEN s.expires_at <= $1 THEN excluded.id ELSE s.id END, message_id = CASE WHEN s.expires_at <= $1 THEN excluded.message_id ELSE s.message_id END,
                    created_at = CASE WHEN s.expires_at <= $1 THEN excluded.created_at ELSE s.created_at END
            RETURNING {Columns}, id = ANY($6) AS is_new
        )
        """;

    public const string AddSilently = Adding + $"SELECT {Columns}, is_new FROM stored";

    public const string Add = Adding + $"""
        , told AS (
            INSERT INTO events (project_id, message_id, id, type, created_at, recipient, detail)
            SELECT $2, coalesce(message_id, event_id), event_id, '{SuppressionEvents.Added}', $1, address,
                   jsonb_build_object('id', id, 'reason', reason, 'topic_id', nullif(topic, ''), 'expires_at', expires_at)
            FROM (SELECT *, {UuidV7.NewSql} AS event_id FROM stored WHERE is_new) AS new_one
        )
        SELECT {Columns}, is_new FROM stored
        """;

    private const string Removed = $"""
        , told AS (
            INSERT INTO events (project_id, message_id, id, type, created_at, recipient, detail)
            SELECT $2, event_id, event_id, '{SuppressionEvents.Removed}', $1, address, jsonb_build_object('id', id, 'reason', reason, 'topic_id', nullif(topic, ''))
            FROM (SELECT *, {UuidV7.NewSql} AS event_id FROM gone) AS gone_one
        ), forgiven AS (
            DELETE FROM soft_bounces s USING gone g WHERE s.project_id = $2 AND s.address = g.address
        )
        SELECT {Columns} FROM gone
        """;

    // By id, or all entries of an address. The count of soft bounces goes with it: who says that an address works again shall not see it rest at the next one.
    public const string Remove = $"WITH gone AS (DELETE FROM suppressions WHERE project_id = $2 AND (id = ANY($3) OR address = ANY($4)) RETURNING {Columns})" + Removed;

    // What its owner takes back: an unsubscription alone, and never what bounced.
    public const string Resubscribe = $"WITH gone AS (DELETE FROM suppressions WHERE project_id = $2 AND address = $3 AND topic = $4 AND reason = 'unsubscribe' RETURNING {Columns})" + Removed;

    public const string IsUnsubscribed = """
        SELECT EXISTS (SELECT 1 FROM suppressions WHERE project_id = $1 AND address = $2 AND topic = $3 AND reason = 'unsubscribe')
            OR EXISTS (SELECT 1 FROM erased_suppressions WHERE project_id = $1 AND address_hash = $4 AND topic = $3 AND reason = 'unsubscribe')
        """;

    // What a person does not want, of this list and of what is left of it after an erasure.
    public const string Unsubscribed = """
        SELECT topic FROM suppressions WHERE project_id = $1 AND address = $2 AND reason = 'unsubscribe' AND (expires_at IS NULL OR expires_at > $4)
        UNION SELECT topic FROM erased_suppressions WHERE project_id = $1 AND address_hash = $3 AND reason = 'unsubscribe' AND (expires_at IS NULL OR expires_at > $4)
        ORDER BY 1
        """;

    public const string RemoveHashes = "DELETE FROM erased_suppressions WHERE project_id = $1 AND address_hash = ANY($2)";
    public const string ResubscribeHash = "DELETE FROM erased_suppressions WHERE project_id = $1 AND address_hash = ANY($2) AND topic = $3 AND reason = 'unsubscribe'";

    public const string DeleteExpired = """
        DELETE FROM suppressions WHERE (project_id, address, topic, reason) IN (
            SELECT project_id, address, topic, reason FROM suppressions WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED)
        """;

    public const string DeleteCounts = """
        DELETE FROM soft_bounces WHERE (project_id, address) IN (SELECT project_id, address FROM soft_bounces WHERE since <= $1 ORDER BY since LIMIT $2 FOR UPDATE SKIP LOCKED)
        """;
}
