namespace Mail.Core.Privacy;

/// <summary>
/// Every table in which a person's address may stand, but for messages with their recipients and files (<see cref="MessageErasure"/>) and the suppression list
/// (<see cref="SuppressionErasure"/>). Who adds a table that may hold an address adds it here: a test fills and reads all tables that there are.
/// </summary>
internal static class PersonTables
{
    public static IReadOnlyList<TextTable> All { get; } =
    [
        new("events", [("message_id", "uuid"), ("id", "uuid")], "reply", "reason", "detail::text")
        {
            Person = "recipient",
            Clean = "reply = NULL, reason = CASE WHEN reason IS NOT NULL THEN '[erased]' END, detail = NULL",
        },
        // In the escaped form every octet can be read as text.
        new("captured_messages", [("id", "uuid")], "encode(mime, 'escape')") { Person = "recipient", Portion = 200, ExportedAs = "quoted_in_captured_messages", Shown = "jsonb_build_object('id', id, 'message_id', message_id)" },
        new("webhook_queue", [("webhook_id", "uuid"), ("event_id", "uuid")], "payload::text") { Shown = "jsonb_build_object('webhook_id', webhook_id, 'event_id', event_id, 'type', type, 'happened_at', happened_at, 'payload', payload)" },
        new("webhook_attempts", [("webhook_id", "uuid"), ("id", "uuid")], "payload::text", "problem", "answer")
        {
            Shown = "jsonb_build_object('webhook_id', webhook_id, 'event_id', event_id, 'type', type, 'happened_at', happened_at, 'payload', payload, 'at', at, 'problem', problem, 'answer', answer)",
        },
        // The examples for previews: what is sent does not change without them. Their words are the project's own (PersonTemplates). json_each keeps their order.
        new("templates", [("id", "uuid")], "CASE WHEN deleted_at IS NULL THEN draft->'sample' ELSE draft END::text")
        {
            Clean = "draft = CASE WHEN deleted_at IS NULL THEN (SELECT json_object_agg(key, CASE key WHEN 'sample' THEN '{}'::json ELSE value END) FROM json_each(draft)) ELSE '{\"name\":\"[erased]\",\"strings\":{},\"variables\":{},\"sample\":{}}'::json END, revision = revision + 1",
            ExportedAs = "quoted_in_templates", Shown = "jsonb_build_object('id', id, 'key', key, 'sample', draft->'sample')",
        },
        new("template_versions", [("template_id", "uuid"), ("version", "integer")], "(source->'sample')::text", "note")
        {
            Clean = "source = (SELECT json_object_agg(key, CASE key WHEN 'sample' THEN '{}'::json ELSE value END) FROM json_each(source)), note = NULL",
            ExportedAs = "quoted_in_template_versions", Shown = "jsonb_build_object('template_id', template_id, 'version', version, 'sample', source->'sample', 'note', note)",
        },
        new("contact_consents", [("address", "text"), ("id", "uuid")], "address", "source") { Person = "address", Clean = "source = NULL" }, // before its contact, with which it would go uncounted
        new("contacts", [("address", "text")], "address", "name", "attributes::text") { Person = "address", Clean = "name = NULL, attributes = '{}'" },
        new("tracking_objections", [("email", "text")], "email") { Person = "email" },
        new("idempotency_keys", [("key", "text")], "key", "response") { AreNames = true, Shown = "jsonb_build_object('key', key, 'response', response, 'expires_at', expires_at)" },
        // An entry about somebody else, with words of a server about this one.
        new("suppressions", [("address", "text"), ("topic", "text"), ("reason", "text")], "note") { Clean = "note = NULL", ExportedAs = "quoted_in_suppressions", Shown = "jsonb_build_object('id', id, 'note', note)" },
        new("alerts", [("id", "uuid")], "facts::text") { Clean = "facts = facts - 'reason'", IsInstallations = true, LocalPartCounts = true, Shown = "jsonb_build_object('id', id, 'kind', kind, 'facts', facts, 'opened_at', opened_at)" },
    ];
}
