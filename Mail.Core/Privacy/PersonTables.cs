namespace Mail.Core.Privacy;

/// <summary>
/// Every table in which a person's address may stand, but for messages with their recipients and files (<see cref="MessageErasure"/>) and the suppression list
/// (<see cref="SuppressionErasure"/>). Who adds a table that may hold an address adds it here: a test fills and reads all tables that there are.
/// Not here: the console's own (users, email_changes, password_reset_requests). A console user is no recipient of a project but somebody who signs in, perhaps to several; their account is
/// theirs to change, and ends with it.
/// </summary>
internal static class PersonTables
{
    public static IReadOnlyList<TextTable> All { get; } =
    [
        new("events", [("message_id", "uuid"), ("id", "uuid")], "reply", "reason", "detail::text", "transcript")
        {
            Person = "recipient",
            Clean = "reply = NULL, reason = CASE WHEN reason IS NOT NULL THEN '[erased]' END, detail = NULL, transcript = NULL",
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
        // What was set up stays told; what it said of a person goes.
        new("audit_log", [("id", "uuid")], "before::text", "after::text", "subject_id")
        {
            Clean = "before = NULL, after = NULL, subject_id = '[erased]'", ExportedAs = "quoted_in_audit_log", Shown = "jsonb_build_object('id', id, 'at', at, 'action', action, 'before', before, 'after', after)",
        },
        // Messages hold ids and no addresses, or are encrypted; one that says an address all the same goes. Written as ASCII (other characters as \u....), so that every octet can be read as text.
        new("bus_messages", [("id", "uuid")], @"CASE WHEN NOT is_encrypted THEN replace(encode(body, 'escape'), '\\', '\') END", "key", "reason") { Shown = "jsonb_build_object('id', id, 'type', name, 'due_at', due_at)" },
        new("bus_dead_letters", [("id", "uuid")], @"CASE WHEN NOT is_encrypted THEN replace(encode(body, 'escape'), '\\', '\') END", "key", "error") { Shown = "jsonb_build_object('id', id, 'type', name, 'error', error, 'died_at', died_at)" },
        new("tracking_objections", [("email", "text")], "email") { Person = "email" },
        // One that only quotes the address goes too: what it asks is about this person.
        new("action_links", [("id", "uuid")], "subject", "title", "body", "choices::text", "redirect_url", "metadata::text", "group_name", "used_agent") { Person = "subject", Shown = "to_jsonb(t) - 'project_id' - 'token_hash' - 'code_hash'" },
        // Asked on behalf of somebody who is forgotten: the request goes too, and its links say that there is nothing to decide any more.
        new("requests", [("id", "uuid")], "email", "content::text", "comment", "decided_agent") { Person = "email" },
        new("appointment_attendees", [("id", "uuid")], "email", "address", "name", "comment") { Person = "email" },
        // The others are still invited; what was said of this person goes.
        new("appointments", [("id", "uuid")], "content::text")
        {
            Clean = "content = (SELECT json_object_agg(key, CASE WHEN key IN ('title', 'company') THEN '\"[erased]\"'::json WHEN key = 'time' THEN value ELSE 'null'::json END) FROM json_each(content))",
            ExportedAs = "quoted_in_appointments",
        },
        new("flow_history", [("subject_id", "uuid"), ("id", "bigint")], "person", "who", "user_agent", "detail::text") { Person = "person" },
        // What is said of the person goes. A live account at a provider does not: it is the project's, holds what we do not know, and is removed by deleting the mailbox. Its address stays as long as it does.
        new("mailboxes", [("id", "uuid")], "address", "owner", "display_name", "account", "identity", "problem::text")
        {
            Clean = "owner = CASE WHEN owner LIKE '%@%' THEN '[erased]' ELSE owner END, display_name = '', problem = NULL, address = CASE WHEN ended_at IS NULL THEN address ELSE 'erased@' || domain END, "
                + "user_name = CASE WHEN ended_at IS NULL THEN user_name ELSE 'erased' END, account = CASE WHEN ended_at IS NULL THEN account END, identity = CASE WHEN ended_at IS NULL THEN identity END",
            Shown = "jsonb_build_object('id', id, 'address', address, 'owner', owner, 'display_name', display_name, 'provider', provider, 'state', state, 'created_at', created_at, 'ended_at', ended_at)",
        },
        new("mailbox_users", [("owner", "text")], "owner") { Person = "owner" },
        // A letter of, to or about the person goes out of whoever's mailbox here it came to. Large: few at a time. The address of a mailbox that is open stays, as in mailboxes.
        new("local_mails", [("mailbox_id", "uuid"), ("id", "uuid")], "sender", "subject", "encode(mime, 'escape')")
        {
            Portion = 20, ExportedAs = "quoted_in_mailboxes", Shown = "jsonb_build_object('mailbox_id', mailbox_id, 'id', id, 'sender', sender, 'subject', subject, 'received_at', received_at)",
        },
        // A request goes with its passenger, an offer with its driver and all requests for it: a trip without one of its people is none.
        new("reservations", [("id", "uuid")], "passenger_email", "passenger_name", "passenger_phone", "pickup_label", "message")
        {
            Person = "passenger_email", Clean = "message = NULL, passenger_phone = NULL, pickup_label = CASE WHEN pickup_label LIKE '%@%' THEN '[erased]' ELSE pickup_label END, passenger_name = CASE WHEN passenger_name LIKE '%@%' THEN '[erased]' ELSE passenger_name END",
        },
        new("offers", [("id", "uuid")], "driver_email", "driver_name", "driver_phone", "from_label", "to_label")
        {
            Person = "driver_email", Clean = "driver_phone = NULL, driver_name = CASE WHEN driver_name LIKE '%@%' THEN '[erased]' ELSE driver_name END, from_label = CASE WHEN from_label LIKE '%@%' THEN '[erased]' ELSE from_label END, to_label = CASE WHEN to_label LIKE '%@%' THEN '[erased]' ELSE to_label END",
        },
        // The timeline quotes servers and people; with the candidate all of it goes, and the link too.
        new("candidate_events", [("candidate_id", "uuid"), ("id", "uuid")], "detail", "user_agent") { Clean = "detail = NULL, user_agent = NULL", ExportedAs = "quoted_in_candidate_events" },
        new("candidates", [("id", "uuid")], "email", "name", "application_id", "note") { Person = "email", Clean = "name = NULL, note = NULL, application_id = CASE WHEN application_id LIKE '%@%' THEN id::text ELSE application_id END" },
        new("campaigns", [("id", "uuid")], "title", "job", "company", "message", "sender", "reply_to", "target_url")
        {
            Clean = "title = '[erased]', job = NULL, message = NULL, company = NULL, reply_to = NULL, sender = NULL, target_url = CASE WHEN target_url ~* '@|%40' THEN 'https://erased.invalid/' ELSE target_url END", ExportedAs = "quoted_in_campaigns", Shown = "jsonb_build_object('id', id, 'title', title, 'message', message)",
        },
        // Somebody the project wrote to. Who has accepted is a console user besides: that account is theirs, not the project's.
        new("member_invitations", [("id", "uuid")], "email", "normalized_email") { Person = "email", Shown = "to_jsonb(t) - 'project_id' - 'token_hash' - 'normalized_email'" },
        new("experiments", [("id", "uuid")], "name") { Clean = "name = '[erased]'", ExportedAs = "quoted_in_experiments", Shown = "jsonb_build_object('id', id, 'name', name)" },
        new("conversions", [("message_id", "uuid"), ("name", "text"), ("key", "text")], "key") { AreNames = true, ExportedAs = "quoted_in_conversions" }, // whose message is the person's went with it
        new("idempotency_keys", [("key", "text")], "key", "response") { AreNames = true, Shown = "jsonb_build_object('key', key, 'response', response, 'expires_at', expires_at)" },
        // An entry about somebody else, with words of a server about this one.
        new("suppressions", [("address", "text"), ("topic", "text"), ("reason", "text")], "note") { Clean = "note = NULL", ExportedAs = "quoted_in_suppressions", Shown = "jsonb_build_object('id', id, 'note', note)" },
        new("alerts", [("id", "uuid")], "facts::text") { Clean = "facts = facts - 'reason'", IsInstallations = true, LocalPartCounts = true, Shown = "jsonb_build_object('id', id, 'kind', kind, 'facts', facts, 'opened_at', opened_at)" },
    ];
}
