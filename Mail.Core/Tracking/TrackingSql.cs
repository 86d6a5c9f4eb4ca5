namespace Mail.Core.Tracking;

/// <summary>The statements that record opens and clicks, each for all hits of a group.</summary>
internal static class TrackingSql
{
    // Two processes may hear of the same recipient at once: what comes second sees the first's events. Sorted by the caller, so that two groups do not wait for each other.
    public const string Lock = "SELECT pg_advisory_xact_lock(key) FROM unnest($1::bigint[]) AS one(key)";

    private const string Wanted = "FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS w(project_id, message_id, delivery_id)";

    // Only of recipients that are still stored: what retention or an erasure has removed does not come back by a click.
    public const string Recipients = $"""
        SELECT w.delivery_id, coalesce(f.recipient, d.recipient), coalesce(d.state = 'sending', false)
        {Wanted}
        LEFT JOIN finished_deliveries f ON f.project_id = w.project_id AND f.message_id = w.message_id AND f.id = w.delivery_id
        LEFT JOIN deliveries d ON d.project_id = w.project_id AND d.id = w.delivery_id AND d.message_id = w.message_id
        WHERE coalesce(f.recipient, d.recipient) IS NOT NULL
        """;

    public const string Past = $"""
        SELECT w.delivery_id, e.id, e.type, e.created_at, e.detail -> 'click' ->> 'link', (e.detail ->> 'machine')::boolean, e.detail ->> 'machine_reason', e.detail ->> 'device'
        {Wanted}
        LEFT JOIN finished_deliveries f ON f.project_id = w.project_id AND f.message_id = w.message_id AND f.id = w.delivery_id
        LEFT JOIN deliveries d ON d.project_id = w.project_id AND d.id = w.delivery_id AND d.message_id = w.message_id
        JOIN events e ON e.project_id = w.project_id AND e.message_id = w.message_id AND e.recipient = coalesce(f.recipient, d.recipient)
        WHERE e.type IN ('email.sent', '{TrackingEvents.Opened}', '{TrackingEvents.Clicked}')
        """;

    // Who objects is asked in the same moment, and whether the delivery is still there: its recipient may have been forgotten since. The answer names those that were written.
    // A finished delivery is held until this is committed: an erasure of its recipient waits for it, and then finds the event. One that still waits is not: its worker moves it.
    public const string Add = """
        WITH held AS MATERIALIZED (
            SELECT f.* FROM (SELECT DISTINCT * FROM unnest($1::uuid[], $2::uuid[], $6::text[]) AS d(project_id, message_id, recipient) ORDER BY 1, 2, 3) w
            CROSS JOIN LATERAL (SELECT project_id, message_id, recipient FROM finished_deliveries f WHERE f.project_id = w.project_id AND f.message_id = w.message_id AND f.recipient = w.recipient FOR KEY SHARE) f
        )
        INSERT INTO events (project_id, message_id, id, type, created_at, recipient, detail)
        SELECT h.project_id, h.message_id, h.id, h.type, h.at, h.recipient, h.detail::jsonb
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::text[], $7::text[], $8::text[]) AS h(project_id, message_id, id, type, at, recipient, detail, email)
        WHERE NOT EXISTS (SELECT FROM tracking_objections o WHERE o.project_id = h.project_id AND o.email = h.email)
          AND (EXISTS (SELECT FROM held r WHERE r.project_id = h.project_id AND r.message_id = h.message_id AND r.recipient = h.recipient)
            OR EXISTS (SELECT FROM deliveries r WHERE r.project_id = h.project_id AND r.message_id = h.message_id AND r.recipient = h.recipient))
        RETURNING id
        """;

    public const string Unmask = $$"""
        UPDATE events e SET detail = e.detail || '{"machine": true, "machine_reason": "{{MachineRules.SeveralLinks}}"}'
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS u(project_id, message_id, id)
        WHERE e.project_id = u.project_id AND e.message_id = u.message_id AND e.id = u.id
        """;
}
