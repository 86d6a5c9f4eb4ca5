namespace Mail.Core.Feedback.Providers;

internal static class ProviderEventSql
{
    // Sorted, because two statements that took A,B and B,A would wait for each other. The same thing that is being taken at this moment is waited for.
    public const string Remember = """
        INSERT INTO provider_events (relay_id, key, forget_at) SELECT $1, n.key, $3 FROM unnest($2::bytea[]) AS n(key) ORDER BY n.key
        ON CONFLICT DO NOTHING RETURNING key
        """;

    // A delay once for each wording, and only while nothing more is known; an opening or a click whenever it comes, but never of a code, and of nobody who objects.
    // The deliveries are held until this is committed: an erasure of their recipients waits for it, and then finds the events. In the order of their keys, as erasures take them.
    public const string Tell = """
        WITH held AS MATERIALIZED (
            SELECT f.* FROM (SELECT DISTINCT message_id, id FROM unnest($3::uuid[], $4::uuid[]) AS d(message_id, id) ORDER BY message_id, id) w
            CROSS JOIN LATERAL (SELECT message_id, id, relay, state FROM finished_deliveries f WHERE f.project_id = $1 AND f.message_id = w.message_id AND f.id = w.id FOR KEY SHARE) f
        )
        INSERT INTO events (project_id, message_id, id, type, created_at, recipient, relay, code, enhanced_code, reply, reason, cause, detail)
        SELECT $1, n.message_id, n.id, n.type, $2, n.recipient, f.relay, n.code, n.enhanced_code, n.reply, n.reason, n.cause, n.detail
        FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::int[], $9::text[], $10::text[], $11::text[], $12::text[], $13::jsonb[], $14::text[])
            AS n(message_id, delivery_id, id, type, recipient, code, enhanced_code, reply, reason, cause, detail, address)
        JOIN held f ON f.message_id = n.message_id AND f.id = n.delivery_id
        WHERE CASE n.type WHEN 'email.delivery_delayed'
            THEN f.state = 'sent' AND NOT EXISTS (SELECT 1 FROM events e WHERE e.project_id = $1 AND e.message_id = n.message_id AND e.recipient = n.recipient AND e.type = n.type AND e.reason = n.reason)
            ELSE EXISTS (SELECT 1 FROM messages m WHERE m.project_id = $1 AND m.id = n.message_id AND m.lane > 0)
                AND NOT EXISTS (SELECT 1 FROM tracking_objections o WHERE o.project_id = $1 AND o.email = n.address) END
        """;

    // Which topic the messages belong to, that somebody unsubscribed from.
    public const string Topics = "SELECT id, content ->> 'topic_id' FROM messages WHERE project_id = $1 AND id = ANY ($2) AND id >= $3 AND id <= $4";

    public const string Relay = "SELECT project_id, name, kind, settings FROM relays WHERE id = $1";

    // Index: ix_provider_events_forget.
    public const string Forget = """
        DELETE FROM provider_events WHERE (relay_id, key) IN (SELECT relay_id, key FROM provider_events WHERE forget_at <= $1 ORDER BY forget_at LIMIT $2 FOR UPDATE SKIP LOCKED)
        """;
}
