-- Projects and who may act in them -----------------------------------------------------------------------------------
CREATE TABLE projects (
    id             uuid PRIMARY KEY,
    name           text NOT NULL,
    default_locale text NOT NULL DEFAULT 'en',
    region         text,
    alert_emails   text[] NOT NULL DEFAULT '{}', -- who is told when a relay is in trouble; empty for the owners
    keep_content_days integer NOT NULL DEFAULT 30, -- bodies and attachments
    keep_history_days integer NOT NULL DEFAULT 90, -- the messages themselves, what became of each recipient, events
    content_removed_until timestamptz,             -- how far the removal of bodies has come
    track_opens    boolean NOT NULL DEFAULT false, -- unless a message says otherwise
    track_clicks   boolean NOT NULL DEFAULT false,
    rate_per_second integer CHECK (rate_per_second > 0), -- of requests by all its keys together
    company_name   text,                           -- in the footer of templates, where neither message nor sender identity says it
    postal_address text,
    legal_footer   text,
    require_two_factor boolean NOT NULL DEFAULT false, -- of its members: without, they reach nothing of it
    exported_at    timestamptz,                    -- when its configuration was last written out
    created_at     timestamptz NOT NULL,
    CHECK (keep_content_days BETWEEN 1 AND 3650 AND keep_history_days BETWEEN keep_content_days AND 3650)
);

CREATE TABLE api_keys (
    project_id   uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    id           uuid NOT NULL,
    name         text NOT NULL,
    key_hash     bytea NOT NULL,
    key_start    text NOT NULL,
    is_test      boolean NOT NULL,
    scopes       text[] NOT NULL,
    from_domains text[] NOT NULL DEFAULT '{}', -- the domains and addresses that it may send from; empty for any
    networks     text[] NOT NULL DEFAULT '{}', -- from where it may be used (CIDR); empty for anywhere
    rate_per_second integer CHECK (rate_per_second > 0),
    created_by   uuid,                         -- the console user, where one made it
    mailbox_id   uuid,                         -- it is the password of this mailbox, and no key of the project's list
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz,
    last_used_at timestamptz,
    revoked_at   timestamptz,
    PRIMARY KEY (project_id, id)
);
CREATE UNIQUE INDEX ux_api_keys_hash ON api_keys (key_hash);
CREATE UNIQUE INDEX ux_api_keys_mailbox ON api_keys (project_id, mailbox_id) WHERE mailbox_id IS NOT NULL;

-- Every change of what is set up in a project: who made it, from where, what it was before and is after. Written before the change, so that none is without
-- its row; status is null until it is known how it ended. An actor that is a person is a user's id: the address is looked up when the log is read.
CREATE TABLE audit_log (
    project_id uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    id         uuid NOT NULL,
    at         timestamptz NOT NULL,
    actor_kind text NOT NULL CHECK (actor_kind IN ('user', 'api_key', 'system')),
    actor_id   uuid,
    client     text,          -- the address that it came from
    action     text NOT NULL, -- such as relay.change
    subject_id text,
    status     integer,       -- HTTP status of the answer
    before     jsonb,         -- only what differs, as the API shows it: without secrets
    after      jsonb,
    PRIMARY KEY (project_id, id)
);
CREATE INDEX ix_audit_log_subject ON audit_log (project_id, subject_id, id);

-- Calls of API keys, for some days. Neither bodies nor queries; addresses of mailboxes have no place in it, addresses of computers do.
-- No foreign key: it is filled by COPY, thousands at once, and a row more or less of a project that is gone does no harm.
CREATE TABLE request_logs (
    project_id   uuid NOT NULL,
    id           uuid NOT NULL, -- UUIDv7 of the call's beginning
    at           timestamptz NOT NULL,
    key_id       uuid NOT NULL,
    is_test      boolean NOT NULL,
    method       text NOT NULL, -- of HTTP, or SMTP
    route        text NOT NULL, -- the pattern: /emails/{id}
    status       integer NOT NULL,
    error        text,
    microseconds integer NOT NULL,
    client       text,
    user_agent   text,
    trace_id     text,
    message_ids  uuid[] NOT NULL,
    PRIMARY KEY (project_id, id)
);
CREATE INDEX ix_request_logs_refused ON request_logs (project_id, id) WHERE status >= 400;

-- Relays that a project has set up; without any, the default relay of the configuration serves it.
CREATE TABLE relays (
    project_id      uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    id              uuid NOT NULL,
    name            text NOT NULL,
    kind            text NOT NULL,
    settings        text NOT NULL, -- address and credentials, encrypted
    is_enabled      boolean NOT NULL,
    priority        integer NOT NULL,
    weight          integer NOT NULL CHECK (weight > 0),
    lanes           text[] NOT NULL,
    region          text,
    senders         text[] NOT NULL,
    max_connections integer,
    rate_per_second double precision,
    day_quota       bigint,
    month_quota     bigint,
    domain_limits   jsonb NOT NULL DEFAULT '[]', -- a list of domain (`*` for every other one), rate_per_second, max_concurrent
    warm_up         jsonb,                       -- starts_on, first_day, growth, ceiling
    revision        integer NOT NULL,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    PRIMARY KEY (project_id, id)
);
CREATE UNIQUE INDEX ux_relays_name ON relays (project_id, name);
CREATE UNIQUE INDEX ux_relays_id ON relays (id); -- a provider's webhook names the relay alone

-- Recipients that a relay with a quota or a warm-up took, or may have taken, by day (2026-03-01) and month (2026-03), UTC. Reserved before each offer, so
-- the numbers never pass the quota. The default relay's have zero ids. One row is written for every message: it stays on its page (fillfactor).
CREATE TABLE relay_usage (
    project_id uuid NOT NULL,
    relay_id   uuid NOT NULL,
    period     text NOT NULL,
    used       bigint NOT NULL CHECK (used >= 0),
    PRIMARY KEY (project_id, relay_id, period)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- Messages. Every table that grows with traffic and may be dropped by age is partitioned by the month in the message's
-- UUIDv7, so that one message's rows always stand in partitions of the same month.
CREATE TABLE messages (
    project_id   uuid NOT NULL,
    id           uuid NOT NULL,
    created_at   timestamptz NOT NULL,
    lane         smallint NOT NULL,
    is_test      boolean NOT NULL,
    guarantee    text NOT NULL,
    subject      text NOT NULL,
    envelope     json NOT NULL,
    content      json NOT NULL,
    scheduled_at timestamptz, -- as accepted
    rescheduled_at timestamptz, -- the sender's last word, if there was another
    trace_parent text,
    content_removed_at timestamptz, -- then content holds no more
    api_key_id   uuid, -- whose key handed it over, over HTTP or SMTP; null for the console and for mail of the platform's own. No foreign key: it would cost acceptance a lock
    PRIMARY KEY (project_id, id)
) PARTITION BY RANGE (id);
-- Codes, whose bodies go as soon as they have arrived: as many rows as wait.
CREATE INDEX ix_messages_critical ON messages (id) WHERE lane = 0 AND NOT is_test AND content_removed_at IS NULL;
-- What a test key lists, among all that live keys send; and mails that came with a Message-ID of their own. Neither costs other messages anything but a look.
CREATE INDEX ix_messages_test ON messages (project_id, id) WHERE is_test;
CREATE INDEX ix_messages_own_message_id ON messages (project_id, (envelope ->> 'message_id')) WHERE envelope ->> 'message_id' IS NOT NULL;

-- Stored before the message is accepted; an attachment whose message never came is removed by maintenance.
CREATE TABLE attachments (
    project_id uuid NOT NULL,
    message_id uuid NOT NULL,
    ordinal    integer NOT NULL,
    content    bytea NOT NULL,
    PRIMARY KEY (project_id, message_id, ordinal)
) PARTITION BY RANGE (message_id);
ALTER TABLE attachments ALTER COLUMN content SET STORAGE EXTERNAL;

-- The queue: only what still waits, narrow, apart from bodies. A row leaves for finished_deliveries when its fate is known.
-- Vacuumed early and often, because every message makes a few dead rows here.
CREATE TABLE deliveries (
    project_id      uuid NOT NULL,
    id              uuid NOT NULL,
    message_id      uuid NOT NULL,
    recipient       text NOT NULL,
    kind            text NOT NULL,
    lane            smallint NOT NULL,
    state           text NOT NULL,
    next_attempt_at timestamptz NOT NULL,
    reason          text NOT NULL,
    attempts        integer NOT NULL DEFAULT 0,
    first_attempt_at timestamptz,
    takeovers       integer NOT NULL DEFAULT 0, -- workers that died, or were cut off, while they held it, since an attempt last came to an end
    lease_until     timestamptz,
    lease_token     uuid,
    data_started    boolean NOT NULL DEFAULT false,
    parked_by       text,
    relay           text,
    code            integer,
    enhanced_code   text,
    reply           text,
    cause           text, -- the reason's name in the catalogue of errors
    PRIMARY KEY (project_id, id),
    CHECK (state IN ('queued', 'scheduled', 'sending', 'delivery_delayed')),
    CHECK (reason <> ''), -- nothing waits without saying why
    CHECK ((lease_token IS NULL) = (lease_until IS NULL) AND (lease_token IS NULL) = (state <> 'sending'))
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
        autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 20000, autovacuum_vacuum_cost_delay = 0);
-- By project, so that a claim takes from each in turn and the longest queue of one hides nobody.
CREATE INDEX ix_deliveries_due ON deliveries (lane, project_id, next_attempt_at) WHERE lease_token IS NULL;
CREATE INDEX ix_deliveries_leased ON deliveries (lease_until) WHERE lease_token IS NOT NULL;
-- Rows that wait only because their relay is down or a limit of it is full; they are called as soon as it is back or has room.
CREATE INDEX ix_deliveries_parked ON deliveries (parked_by, lane, next_attempt_at) WHERE parked_by IS NOT NULL;
CREATE INDEX ix_deliveries_message ON deliveries (project_id, message_id);

CREATE TABLE finished_deliveries (
    project_id    uuid NOT NULL,
    message_id    uuid NOT NULL,
    id            uuid NOT NULL,
    recipient     text NOT NULL,
    kind          text NOT NULL,
    state         text NOT NULL,
    attempts      integer NOT NULL,
    relay         text,
    code          integer,
    enhanced_code text,
    reply         text,
    reason        text,
    cause         text,
    finished_at   timestamptz NOT NULL,
    PRIMARY KEY (project_id, message_id, id),
    CHECK (state IN ('sent', 'delivered', 'bounced', 'complained', 'suppressed', 'failed', 'canceled'))
) PARTITION BY RANGE (message_id);

-- Serve the search for a recipient, by the beginning of the address, and for what went wrong. Written when a recipient's fate is known, and so never by acceptance.
CREATE INDEX ix_finished_deliveries_recipient ON finished_deliveries (project_id, (lower(recipient)) text_pattern_ops, message_id);
CREATE INDEX ix_finished_deliveries_trouble ON finished_deliveries (project_id, state, message_id) WHERE state IN ('bounced', 'complained', 'suppressed', 'failed', 'canceled');

-- What the simulator took and has not reported on yet: nearly nothing, at any time.
CREATE INDEX ix_finished_deliveries_simulated ON finished_deliveries (message_id) WHERE relay = 'simulator' AND state = 'sent';

-- What a reader sees of a message's recipients, waiting or not.
CREATE VIEW recipients AS
    SELECT project_id, message_id, id, recipient, kind, state, attempts, relay, code, enhanced_code, reply, reason, cause, next_attempt_at
    FROM deliveries
    UNION ALL
    SELECT project_id, message_id, id, recipient, kind, state, attempts, relay, code, enhanced_code, reply, reason, cause, NULL
    FROM finished_deliveries;

-- What happened, in order: one row per attempt or report. `type` is the wire name (email.sent, email.delivery_delayed...).
CREATE TABLE events (
    project_id      uuid NOT NULL,
    message_id      uuid NOT NULL,
    id              uuid NOT NULL,
    type            text NOT NULL,
    created_at      timestamptz NOT NULL,
    recipient       text,
    relay           text,
    code            integer,
    enhanced_code   text,
    reply           text,
    attempt         integer,
    next_attempt_at timestamptz,
    reason          text,
    cause           text,
    detail          jsonb, -- what events of this type alone say, in the words of the wire: where a clicked link leads, the kind of a bounce
    transcript      text, -- what was said in an attempt that did not end well, 4 KB at most; beside detail, because webhooks tell that
    PRIMARY KEY (project_id, message_id, id)
) PARTITION BY RANGE (message_id);

-- The answer that was given under an Idempotency-Key. Not partitioned: a key must be unique over all months.
CREATE TABLE idempotency_keys (
    project_id   uuid NOT NULL,
    key          text NOT NULL,
    request_hash bytea NOT NULL,
    response     text NOT NULL,
    expires_at   timestamptz NOT NULL,
    PRIMARY KEY (project_id, key)
);
CREATE INDEX ix_idempotency_keys_expires ON idempotency_keys (expires_at);

-- The sandbox inbox: what the `capture` relay took instead of sending it.
CREATE TABLE captured_messages (
    project_id  uuid NOT NULL,
    id          uuid NOT NULL,
    message_id  uuid NOT NULL,
    recipient   text NOT NULL,
    mime        bytea NOT NULL,
    captured_at timestamptz NOT NULL,
    PRIMARY KEY (project_id, id)
);
CREATE INDEX ix_captured_messages_message ON captured_messages (project_id, message_id);
CREATE INDEX ix_captured_messages_captured ON captured_messages (project_id, captured_at, id); -- serves the list, and its removal by age

-- What a person should look at. project_id is all zeros for what is the installation's: its default relay, its queue.
CREATE TABLE alerts (
    project_id      uuid NOT NULL,
    id              uuid NOT NULL,
    kind            text NOT NULL,
    subject         text NOT NULL, -- a relay's name, or empty
    facts           jsonb NOT NULL,
    count           bigint NOT NULL,
    opened_at       timestamptz NOT NULL,
    last_at         timestamptz NOT NULL,
    ends_at         timestamptz NOT NULL, -- over by itself then, if it is not heard of again
    resolved_at     timestamptz,
    acknowledged_at timestamptz,
    told_at         timestamptz,
    told_end_at     timestamptz,
    PRIMARY KEY (project_id, id)
);
-- One open alert for each subject, however many processes raise it.
CREATE UNIQUE INDEX ux_alerts_open ON alerts (project_id, kind, subject) WHERE resolved_at IS NULL;
CREATE INDEX ix_alerts_resolved ON alerts (resolved_at) WHERE resolved_at IS NOT NULL;

CREATE TABLE messages_default PARTITION OF messages DEFAULT;
CREATE TABLE attachments_default PARTITION OF attachments DEFAULT;
CREATE TABLE finished_deliveries_default PARTITION OF finished_deliveries DEFAULT;
CREATE TABLE events_default PARTITION OF events DEFAULT;

-- One row: the database that workers deliver from. A restored copy differs from it, and delivers nothing before a person has said what becomes of what waits.
CREATE TABLE installation (
    is_only       boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    identity      text NOT NULL,
    noted_at      timestamptz NOT NULL,
    copy_identity text, -- of a restored copy in which a host has started before that choice
    copy_last_id  uuid  -- the newest id (UUIDv7) that waited in it then: what came later was accepted there, and nobody else can have sent it
);

-- Keys of the installation by what they are for, encrypted; made at first use and kept for ever, because mails that are out refer to them.
CREATE TABLE installation_keys (
    name       text PRIMARY KEY,
    key        text NOT NULL,
    created_at timestamptz NOT NULL
);

-- Domains and sender identities ---------------------------------------------------------------------------------------
CREATE TABLE domains (
    project_id          uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    id                  uuid NOT NULL,
    name                text NOT NULL, -- A-labels, lower case
    shown_name          text NOT NULL, -- as typed
    status              text NOT NULL CHECK (status IN ('not_started', 'pending', 'verified', 'temporary_failure', 'failed')),
    includes_subdomains boolean NOT NULL,
    created_at          timestamptz NOT NULL,
    updated_at          timestamptz NOT NULL,
    verified_at         timestamptz,
    checked_at          timestamptz,
    next_check_at       timestamptz,
    missing_since       timestamptz,
    misses              integer NOT NULL DEFAULT 0,
    records             jsonb NOT NULL DEFAULT '[]', -- what the last check found at each record
    PRIMARY KEY (project_id, id)
);
-- In one project once; in several projects each with a key of its own.
CREATE UNIQUE INDEX ux_domains_name ON domains (project_id, name);
CREATE INDEX ix_domains_due ON domains (next_check_at) WHERE next_check_at IS NOT NULL;

CREATE TABLE domain_keys (
    project_id  uuid NOT NULL,
    domain_id   uuid NOT NULL,
    selector    text NOT NULL,
    record      text NOT NULL, -- the public half, as it has to stand in DNS
    private_key text NOT NULL, -- encrypted
    state       text NOT NULL CHECK (state IN ('active', 'next', 'old')),
    created_at  timestamptz NOT NULL,
    retires_at  timestamptz,   -- of an old one: when its record may go
    PRIMARY KEY (project_id, domain_id, selector),
    FOREIGN KEY (project_id, domain_id) REFERENCES domains (project_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX ux_domain_keys_state ON domain_keys (project_id, domain_id, state) WHERE state IN ('active', 'next');

CREATE TABLE sender_identities (
    project_id  uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    id          uuid NOT NULL,
    email       text NOT NULL, -- as typed
    match       text NOT NULL, -- as it is compared: lower case, domain in A-labels
    name        text,
    reply_to    text,
    company     text,
    postal_address text,
    generation  integer NOT NULL, -- of the link that was mailed last; those before it do nothing
    mailed_at   timestamptz,
    verified_at timestamptz,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    PRIMARY KEY (project_id, id)
);
CREATE UNIQUE INDEX ux_sender_identities_match ON sender_identities (project_id, match);
-- Workers: which are there ---------------------------------------------------------------------------------------------
-- On the database's clock. A row goes with a clean stop of its worker; that of a killed one is not renewed. Written often, so it stays on its page (fillfactor).
CREATE TABLE worker_heartbeats (
    id         uuid PRIMARY KEY,
    host       text NOT NULL, -- the machine's name
    process_id integer NOT NULL,
    version    text NOT NULL DEFAULT '', -- which build runs there
    started_at timestamptz NOT NULL,
    seen_at    timestamptz NOT NULL
) WITH (fillfactor = 50);

-- The bounce mailbox --------------------------------------------------------------------------------------------------
CREATE TABLE bounce_mailboxes (
    name          text PRIMARY KEY, -- whose and where
    looked_at     timestamptz NOT NULL,
    read_at       timestamptz,      -- the last look that came to its end
    failing_since timestamptz,
    problem       text,
    rests_until   timestamptz,      -- as long as its server asked us to stay away
    recorded      bigint NOT NULL
);

-- Mails that stay there and are not fetched again, and those that could not be read yet. Names of mails, nothing of what is in them.
CREATE TABLE bounce_mailbox_mails (
    mailbox    text NOT NULL,
    id         text NOT NULL,
    seen_at    timestamptz NOT NULL,
    is_settled boolean NOT NULL,
    tries      integer NOT NULL,
    problem    text,                -- of one that could not be read
    PRIMARY KEY (mailbox, id)
);

-- Webhooks: where apps hear of events --------------------------------------------------------------------------------
CREATE TABLE webhooks (
    project_id       uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    id               uuid NOT NULL,
    endpoint         text NOT NULL,
    events           text[] NOT NULL, -- wire names
    is_enabled       boolean NOT NULL DEFAULT true,
    disabled_reason  text,            -- set when it was switched off by itself
    secret           text NOT NULL,   -- encrypted
    old_secret       text,            -- encrypted; signs beside the new one until then
    old_secret_until timestamptz,
    failures         integer NOT NULL DEFAULT 0, -- attempts in a row that did not succeed
    failing_since    timestamptz,
    resume_at        timestamptz,     -- nothing is sent to it before
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    PRIMARY KEY (project_id, id),
    CHECK ((failing_since IS NULL) = (failures = 0))
);

-- What endpoints have still to hear, and what they were told in vain: one row for each endpoint and event, narrow; the payload is made of the event when it is
-- sent. No foreign key to webhooks: it would cost every event a lock on its endpoint's row. Rows without an endpoint are never sent, and swept.
CREATE TABLE webhook_queue (
    project_id      uuid NOT NULL,
    webhook_id      uuid NOT NULL,
    event_id        uuid NOT NULL,
    subject_id      uuid NOT NULL, -- the message: its events are sent in order. The event itself where there is none.
    seq             bigint GENERATED ALWAYS AS IDENTITY, -- the order in which events were written; their ids have none within one moment
    type            text NOT NULL,
    happened_at     timestamptz NOT NULL,
    payload         json,          -- `data` of an event that is no message's
    attempts        integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL,
    given_up_at     timestamptz,   -- not sent any more unless somebody asks for it
    lease_until     timestamptz,
    lease_token     uuid,
    PRIMARY KEY (project_id, webhook_id, event_id),
    CHECK ((lease_token IS NULL) = (lease_until IS NULL)),
    CHECK (given_up_at IS NULL OR lease_token IS NULL)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX ix_webhook_queue_due ON webhook_queue (project_id, webhook_id, next_attempt_at, seq) WHERE lease_token IS NULL AND given_up_at IS NULL;
CREATE INDEX ix_webhook_queue_order ON webhook_queue (project_id, webhook_id, subject_id, seq) WHERE given_up_at IS NULL;
CREATE INDEX ix_webhook_queue_leased ON webhook_queue (project_id, webhook_id, lease_until) WHERE lease_token IS NOT NULL;
CREATE INDEX ix_webhook_queue_given_up ON webhook_queue (project_id, webhook_id, happened_at) WHERE given_up_at IS NOT NULL;

-- Every request to an endpoint, for some weeks.
CREATE TABLE webhook_attempts (
    project_id      uuid NOT NULL,
    webhook_id      uuid NOT NULL,
    id              uuid NOT NULL,
    event_id        uuid NOT NULL,
    subject_id      uuid NOT NULL,
    type            text NOT NULL,
    happened_at     timestamptz NOT NULL,
    payload         json,
    number          integer NOT NULL,
    at              timestamptz NOT NULL,
    milliseconds    integer NOT NULL,
    is_taken        boolean NOT NULL,
    status          integer, -- of the answer, if there was one
    problem         text,
    answer          text,    -- its beginning
    next_attempt_at timestamptz,
    PRIMARY KEY (project_id, webhook_id, id)
);

-- Whatever statement writes an event, its endpoints hear of it: in the same transaction, so that nothing is told that did not happen and nothing is lost.
-- Once for each statement, not for each row. Without any webhook it looks into an empty table and is done.
CREATE FUNCTION queue_webhook_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM webhooks WHERE is_enabled) THEN
        INSERT INTO webhook_queue (project_id, webhook_id, event_id, subject_id, type, happened_at, payload, next_attempt_at)
        SELECT e.project_id, w.id, e.id, e.message_id, e.type, e.created_at,
               CASE WHEN e.type NOT LIKE 'email.%' -- what is no message's event says all of it here
                    THEN coalesce(e.detail, '{}') || jsonb_build_object('email', e.recipient, 'email_id', CASE WHEN e.message_id <> e.id THEN e.message_id END) END,
               -- what follows a click tells whether a machine followed all links: it is told when that is known
               CASE WHEN e.type = 'email.clicked' THEN e.created_at + interval '3 seconds' ELSE e.created_at END
        FROM added e JOIN webhooks w ON w.project_id = e.project_id AND w.is_enabled AND e.type = ANY (w.events)
        ORDER BY e.created_at, e.id
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER webhook_events AFTER INSERT ON events REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION queue_webhook_events();

-- That a message was accepted for later is told by its own row, which is no event: its id is the event's.
CREATE FUNCTION queue_webhook_scheduled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO webhook_queue (project_id, webhook_id, event_id, subject_id, type, happened_at, next_attempt_at)
    SELECT NEW.project_id, w.id, NEW.id, NEW.id, 'email.scheduled', NEW.created_at, NEW.created_at
    FROM webhooks w WHERE w.project_id = NEW.project_id AND w.is_enabled AND 'email.scheduled' = ANY (w.events)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER webhook_scheduled AFTER INSERT ON messages FOR EACH ROW WHEN (NEW.scheduled_at IS NOT NULL) EXECUTE FUNCTION queue_webhook_scheduled();

-- Mailboxes of our own: what receives here, and what has come ------------------------------------------------------------
CREATE TABLE local_mailboxes (
    project_id uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    mailbox_id uuid NOT NULL,
    address    text NOT NULL, -- in lower case
    is_open    boolean NOT NULL DEFAULT true, -- false while it is suspended
    bytes      bigint NOT NULL DEFAULT 0,     -- of what is in it
    created_at timestamptz NOT NULL,
    PRIMARY KEY (project_id, mailbox_id)
);
CREATE UNIQUE INDEX ux_local_mailboxes_address ON local_mailboxes (address); -- mail from outside names the address alone

CREATE TABLE local_mails (
    project_id  uuid NOT NULL,
    mailbox_id  uuid NOT NULL,
    id          uuid NOT NULL,
    sender      text NOT NULL, -- as From says it
    subject     text NOT NULL,
    bytes       integer NOT NULL,
    is_read     boolean NOT NULL DEFAULT false,
    mime        bytea NOT NULL, -- as it came, with what RFC 5321 adds at the end of its way
    received_at timestamptz NOT NULL,
    PRIMARY KEY (project_id, mailbox_id, id),
    FOREIGN KEY (project_id, mailbox_id) REFERENCES local_mailboxes (project_id, mailbox_id) ON DELETE CASCADE
);

-- Whoever removes a mail, its reader or an erasure, makes room.
CREATE FUNCTION make_room_in_local_mailboxes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE local_mailboxes m SET bytes = m.bytes - g.bytes
    FROM (SELECT project_id, mailbox_id, sum(bytes) AS bytes FROM gone GROUP BY project_id, mailbox_id) g WHERE m.project_id = g.project_id AND m.mailbox_id = g.mailbox_id;
    RETURN NULL;
END $$;
CREATE TRIGGER local_mails_gone AFTER DELETE ON local_mails REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION make_room_in_local_mailboxes();

-- Templates: what projects write beside the built-in set --------------------------------------------------------------
CREATE TABLE templates (
    project_id        uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    id                uuid NOT NULL,
    key               text NOT NULL,    -- what calls name; free again once it is deleted
    draft             json NOT NULL,    -- TemplateSource; json keeps the order in which its author wrote it
    revision          integer NOT NULL DEFAULT 1, -- of the draft: two who edit at once do not overwrite each other
    published_version integer,          -- the version that new messages take; null for none
    last_version      integer NOT NULL DEFAULT 0,
    experiment_id     uuid,             -- the one that runs: until it ends, what is published stays
    created_at        timestamptz NOT NULL,
    updated_at        timestamptz NOT NULL,
    deleted_at        timestamptz,      -- its versions stay, for messages that still wait
    PRIMARY KEY (project_id, id)
);
CREATE UNIQUE INDEX ux_templates_key ON templates (project_id, key) WHERE deleted_at IS NULL; -- serves the lookup at acceptance

-- Never changed: what a message was pinned to is what leaves.
CREATE TABLE template_versions (
    project_id  uuid NOT NULL,
    template_id uuid NOT NULL,
    version     integer NOT NULL,
    key         text NOT NULL,
    source      json NOT NULL, -- TemplateSource, as it was then
    layout      json,          -- LayoutSource, as it was then
    html        text NOT NULL,  -- compiled
    text        text NOT NULL,
    note        text,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (project_id, template_id, version),
    FOREIGN KEY (project_id, template_id) REFERENCES templates (project_id, id) ON DELETE CASCADE
);

CREATE TABLE template_layouts (
    project_id uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    key        text NOT NULL,  -- `_layout`: the folder that partials' paths begin with
    source     json NOT NULL, -- LayoutSource
    revision   integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (project_id, key)
);

-- Experiments: several versions of a template at once, each for some of the recipients ---------------------------------
CREATE TABLE experiments (
    project_id   uuid NOT NULL,
    id           uuid NOT NULL,
    template_id  uuid NOT NULL,
    name         text NOT NULL,
    state        text NOT NULL CHECK (state IN ('draft', 'running', 'stopped', 'concluded')),
    arms         json NOT NULL, -- [{"name","version","weight"}], never changed; the first is what the others are compared with
    rule         jsonb,         -- {"metric","minimum_recipients","after_hours","confidence","otherwise"}
    rule_looked_at timestamptz, -- the last time that it was not time yet
    rule_outcome jsonb,         -- what it found, once: {"at","arm","reason"}
    results      jsonb,         -- as they were at the last end: messages do not stay for ever
    winner       text,
    ended_by     text CHECK (ended_by IN ('hand', 'rule')),
    created_at   timestamptz NOT NULL,
    started_at   timestamptz,   -- the first time
    ended_at     timestamptz,
    PRIMARY KEY (project_id, id),
    FOREIGN KEY (project_id, template_id) REFERENCES templates (project_id, id) ON DELETE CASCADE
);
CREATE INDEX ix_experiments_template ON experiments (project_id, template_id);
CREATE INDEX ix_experiments_ruled ON experiments (rule_looked_at) WHERE state = 'running' AND rule IS NOT NULL AND rule_outcome IS NULL;

-- Which message took which version. Narrow, and apart from the message's content, which goes before the history does.
CREATE TABLE experiment_messages (
    project_id    uuid NOT NULL,
    message_id    uuid NOT NULL,
    experiment_id uuid NOT NULL,
    arm           text NOT NULL,
    person        bigint NOT NULL, -- a hash of experiment and address, by which it was decided: who gets several mails counts once
    PRIMARY KEY (project_id, message_id)
) PARTITION BY RANGE (message_id);
CREATE INDEX ix_experiment_messages ON experiment_messages (project_id, experiment_id, person); -- serves results, and conversions that name a recipient
CREATE TABLE experiment_messages_default PARTITION OF experiment_messages DEFAULT;

-- What people did that a mail was sent for, as the project's app says. Clicks on links that are marked as such stand among the events alone.
CREATE TABLE conversions (
    project_id  uuid NOT NULL,
    message_id  uuid NOT NULL,
    name        text NOT NULL,
    key         text NOT NULL DEFAULT '', -- the app's own, where one mail may bring about several of a name
    id          uuid NOT NULL,
    value       numeric(19, 4),
    currency    text,
    occurred_at timestamptz NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (project_id, message_id, name, key)
) PARTITION BY RANGE (message_id);
CREATE TABLE conversions_default PARTITION OF conversions DEFAULT;

-- Contacts: what a project knows of its recipients, for mails whose call does not say it --------------------------------
CREATE TABLE contacts (
    project_id uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    address    text NOT NULL, -- in its normal form: lower case, the domain in ASCII
    id         uuid NOT NULL,
    name       text,
    locale     text,          -- BCP 47
    time_zone  text,          -- IANA
    attributes jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (project_id, address) -- serves the lookup at acceptance
);
CREATE UNIQUE INDEX ux_contacts_id ON contacts (project_id, id); -- serves the list: ids sort by time

-- Who agreed to what, and when: written once, never changed. The last entry of a purpose counts.
CREATE TABLE contact_consents (
    project_id uuid NOT NULL,
    address    text NOT NULL,
    id         uuid NOT NULL,
    purpose    text NOT NULL,
    granted    boolean NOT NULL,
    source     text,          -- where it was given: `sign-up form`
    at         timestamptz NOT NULL,
    PRIMARY KEY (project_id, address, id),
    FOREIGN KEY (project_id, address) REFERENCES contacts (project_id, address) ON DELETE CASCADE
);

-- Suppressions: who is not to be written to ---------------------------------------------------------------------------
-- An address may stand there for several reasons, each with a way out of its own: who asks for mail again after an unsubscription has bounced all the same.
CREATE TABLE suppressions (
    project_id  uuid NOT NULL,
    address     text NOT NULL, -- in its normal form: lower case, the domain in ASCII
    topic       text NOT NULL, -- empty for all
    reason      text NOT NULL CHECK (reason IN ('hard_bounce', 'complaint', 'manual', 'unsubscribe', 'soft_bounce')),
    id          uuid NOT NULL,
    message_id  uuid, -- what it came from
    delivery_id uuid,
    note        text, -- a person's, or what the server said
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz,
    PRIMARY KEY (project_id, address, topic, reason)
);
CREATE UNIQUE INDEX ux_suppressions_id ON suppressions (project_id, id);
CREATE INDEX ix_suppressions_expires ON suppressions (expires_at) WHERE expires_at IS NOT NULL;

-- How often mail to an address was given up lately although the address may be good: a full mailbox, one that is disabled.
CREATE TABLE soft_bounces (
    project_id uuid NOT NULL,
    address    text NOT NULL,
    count      bigint NOT NULL,
    since      timestamptz NOT NULL,
    PRIMARY KEY (project_id, address)
);
CREATE INDEX ix_soft_bounces_since ON soft_bounces (since);

-- Webhooks of providers: what was taken, so that nothing counts twice ---------------------------------------------------
CREATE TABLE provider_events (
    relay_id  uuid NOT NULL,
    key       bytea NOT NULL, -- a hash of what is the same when it comes again
    forget_at timestamptz NOT NULL,
    PRIMARY KEY (relay_id, key)
);
CREATE INDEX ix_provider_events_forget ON provider_events (forget_at);

-- Tracking: whose reading is not measured ----------------------------------------------------------------------------
CREATE TABLE tracking_objections (
    project_id uuid NOT NULL,
    email      text NOT NULL, -- in its normal form: lower case, the domain in ASCII
    id         uuid NOT NULL,
    how        text NOT NULL CHECK (how IN ('recipient', 'api')),
    created_at timestamptz NOT NULL,
    PRIMARY KEY (project_id, email)
);
CREATE UNIQUE INDEX ux_tracking_objections_id ON tracking_objections (project_id, id);

-- Privacy: who asked to be forgotten ----------------------------------------------------------------------------------
-- What was asked, how far it has come, what was removed. The address stands here, encrypted, until it is done; then a keyed hash is all that is left of it.
CREATE TABLE erasures (
    project_id      uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    id              uuid NOT NULL,
    address_hash    bytea NOT NULL,
    address         text,
    keep_suppressed boolean NOT NULL,
    before_id       uuid NOT NULL, -- messages that were accepted later stay
    stage           integer NOT NULL DEFAULT 0,
    position        text[],        -- how far the stage has come
    removed         jsonb NOT NULL DEFAULT '{}', -- rows, by table
    waiting         uuid[] NOT NULL DEFAULT '{}', -- messages to others that are still to be sent
    in_hand         boolean NOT NULL DEFAULT false, -- deliveries were taken from a worker that was sending them
    created_at      timestamptz NOT NULL,
    next_step_at    timestamptz NOT NULL,
    finished_at     timestamptz,
    PRIMARY KEY (project_id, id),
    CHECK ((address IS NULL) = (finished_at IS NOT NULL))
);
CREATE INDEX ix_erasures_due ON erasures (next_step_at) WHERE finished_at IS NULL;

-- Addresses that were erased and are not to be written to all the same, by a keyed hash.
CREATE TABLE erased_suppressions (
    project_id   uuid NOT NULL,
    address_hash bytea NOT NULL,
    topic        text NOT NULL,
    reason       text NOT NULL,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz,
    PRIMARY KEY (project_id, address_hash, topic, reason)
);

-- Codes ------------------------------------------------------------------------------------------------------------------
-- One-time codes: one row for each subject (project, purpose, whose it is), with its last code and what guessing has cost so far. Neither the code nor
-- the subject stands here: keyed hashes do. project_id is all zeros for the installation's own accounts. Rows go by themselves when they are over.
CREATE TABLE codes (
    project_id   uuid NOT NULL,
    subject_hash bytea NOT NULL,
    id           uuid NOT NULL, -- of the last code
    is_test      boolean NOT NULL,
    code_hash    bytea NOT NULL,
    tries        integer NOT NULL, -- of this code
    expires_at   timestamptz NOT NULL,
    used_at      timestamptz,
    revoked_at   timestamptz,
    issued       integer NOT NULL, -- codes until issued_until
    issued_until timestamptz NOT NULL,
    wrong        integer NOT NULL, -- tries until wrong_until, whatever number of codes there was
    wrong_until  timestamptz NOT NULL,
    forget_at    timestamptz NOT NULL,
    hold_id      uuid,          -- whoever had the right code and is just doing what it allows, until hold_until
    hold_until   timestamptz,
    PRIMARY KEY (project_id, subject_hash)
);
CREATE UNIQUE INDEX ux_codes_id ON codes (project_id, id);
CREATE INDEX ix_codes_forget ON codes (forget_at);

-- Action links ---------------------------------------------------------------------------------------------------------
-- Links in mails that decide something, once. project_id is all zeros for the installation's own. Neither the link's token nor the code that stands for it is
-- stored, only hashes. Rows go by themselves some months after their end.
CREATE TABLE action_links (
    project_id   uuid NOT NULL,
    id           uuid NOT NULL,
    purpose      text NOT NULL,
    subject      text NOT NULL, -- whom or what it is about
    is_own       boolean NOT NULL, -- of Mail itself (IActionPurpose), not of an app
    is_test      boolean NOT NULL,
    single_use   boolean NOT NULL,
    group_name   text,          -- links of one decision: using one settles the others
    title        text,
    body         text,
    choices      json NOT NULL, -- a list of key, label
    redirect_url text,
    metadata     json,
    locale       text,
    token_hash   bytea NOT NULL,
    code_hash    bytea NOT NULL,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    uses         integer NOT NULL DEFAULT 0,
    used_at      timestamptz,   -- last
    choice       text,
    used_ip      text,
    used_agent   text,
    revoked_at   timestamptz,
    forget_at    timestamptz NOT NULL,
    PRIMARY KEY (project_id, id)
);
CREATE UNIQUE INDEX ux_action_links_token ON action_links (project_id, token_hash);
CREATE UNIQUE INDEX ux_action_links_code ON action_links (code_hash); -- a person types the code alone
CREATE INDEX ix_action_links_group ON action_links (project_id, group_name) WHERE group_name IS NOT NULL;
CREATE INDEX ix_action_links_subject ON action_links (project_id, purpose, subject);
CREATE INDEX ix_action_links_forget ON action_links (forget_at);

-- Codes that were typed in vain, by a keyed hash of where they came from.
CREATE TABLE action_code_guesses (
    source_hash bytea PRIMARY KEY,
    tries       integer NOT NULL,
    window_ends timestamptz NOT NULL
);
CREATE INDEX ix_action_code_guesses_window ON action_code_guesses (window_ends);
-- The bus: messages and timers that wait for their handler ------------------------------------------------------------
-- One row for each handler of a message, gone in the transaction of what it does. project_id is all zeros for what is no project's. Vacuumed like the queue.
CREATE TABLE bus_messages (
    project_id      uuid NOT NULL,
    id              uuid NOT NULL,
    message_id      uuid NOT NULL, -- the same for all handlers of one message
    handler         text NOT NULL,
    name            text NOT NULL, -- the message's wire name
    body            bytea NOT NULL,
    is_encrypted    boolean NOT NULL,
    key             text,          -- of a timer that may be replaced or cancelled
    generation      integer NOT NULL DEFAULT 1, -- how often it was replaced while it waited
    wall_time       timestamp,     -- of a timer that was set by a clock on the wall: the time there, which due_at follows when the zone's rules change
    time_zone       text,
    traceparent     text,
    published_at    timestamptz NOT NULL,
    due_at          timestamptz NOT NULL,
    next_attempt_at timestamptz NOT NULL,
    attempts        integer NOT NULL DEFAULT 0, -- begun ones: counted by the claim, so that a message that kills its worker is given up too
    reason          text NOT NULL,
    lease_until     timestamptz,
    lease_token     uuid,
    PRIMARY KEY (project_id, id),
    CHECK ((lease_token IS NULL) = (lease_until IS NULL)),
    CHECK ((wall_time IS NULL) = (time_zone IS NULL))
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX ix_bus_messages_due ON bus_messages (next_attempt_at) WHERE lease_token IS NULL;
CREATE INDEX ix_bus_messages_due_of_project ON bus_messages (project_id, next_attempt_at) WHERE lease_token IS NULL;
CREATE INDEX ix_bus_messages_leased ON bus_messages (lease_until) WHERE lease_token IS NOT NULL;
CREATE INDEX ix_bus_messages_wall_time ON bus_messages (project_id, id) WHERE time_zone IS NOT NULL;
CREATE UNIQUE INDEX ux_bus_messages_key ON bus_messages (project_id, key, handler) WHERE key IS NOT NULL;

-- What was handled, written with its effect: nothing is handled twice. Kept for some days.
CREATE TABLE bus_inbox (
    project_id uuid NOT NULL,
    message_id uuid NOT NULL,
    handler    text NOT NULL,
    handled_at timestamptz NOT NULL,
    PRIMARY KEY (project_id, message_id, handler)
);
CREATE INDEX ix_bus_inbox_handled ON bus_inbox (handled_at);

-- What could not be handled: kept for some weeks, until somebody replays or discards it.
CREATE TABLE bus_dead_letters (
    project_id   uuid NOT NULL,
    id           uuid NOT NULL, -- of the time at which it was given up
    queued_id    uuid NOT NULL, -- its id in bus_messages, which it gets again when it is replayed
    message_id   uuid NOT NULL,
    handler      text NOT NULL,
    name         text NOT NULL,
    body         bytea NOT NULL,
    is_encrypted boolean NOT NULL,
    key          text,
    generation   integer NOT NULL,
    traceparent  text,
    published_at timestamptz NOT NULL,
    due_at       timestamptz NOT NULL,
    attempts     integer NOT NULL,
    error        text NOT NULL,
    died_at      timestamptz NOT NULL,
    PRIMARY KEY (project_id, id)
);
CREATE INDEX ix_bus_dead_letters_died ON bus_dead_letters (died_at);
CREATE INDEX ix_bus_dead_letters_key ON bus_dead_letters (project_id, key) WHERE key IS NOT NULL;

-- Console accounts (ASP.NET Core Identity) ---------------------------------------------------------------------------
CREATE TABLE users (
    id                     uuid PRIMARY KEY,
    user_name              text NOT NULL,
    normalized_user_name   text NOT NULL,
    email                  text NOT NULL,
    normalized_email       text NOT NULL,
    email_confirmed        boolean NOT NULL,
    password_hash          text,
    security_stamp         text,
    concurrency_stamp      text,
    phone_number           text,
    phone_number_confirmed boolean NOT NULL,
    two_factor_enabled     boolean NOT NULL,
    lockout_end            timestamptz,
    lockout_enabled        boolean NOT NULL,
    access_failed_count    integer NOT NULL,
    name                   text,
    locale                 text, -- of our mails to this person; null for the project's
    bootstrap_email        text, -- under which the configuration made it: it is not made again when the address changes
    bootstrap_password     boolean NOT NULL DEFAULT false -- still the configuration's, which may change it
);
CREATE UNIQUE INDEX ux_users_user_name ON users (normalized_user_name);
CREATE UNIQUE INDEX ux_users_email ON users (normalized_email);

-- Tries to sign in, by the hash of the address, whether or not an account has it. A table of its own and not a column of users for that reason.
CREATE TABLE sign_in_attempts (
    address_hash bytea PRIMARY KEY,
    tries        integer NOT NULL,
    window_ends  timestamptz NOT NULL
);
CREATE INDEX ix_sign_in_attempts_window ON sign_in_attempts (window_ends);

-- Rates of requests while Redis is away: when each counter is full again. May be lost with a crash.
CREATE UNLOGGED TABLE rate_counters (
    name_hash bytea PRIMARY KEY,
    full_at   timestamptz NOT NULL
);
CREATE INDEX ix_rate_counters_full ON rate_counters (full_at);

-- Who is signed in where. The cookie bears the id and a secret, of which only the hash stands here. A session ends with the user's security stamp under which it
-- was made; who changes the stamp and keeps a session writes the new one into it. Ended ones are kept for some weeks, for the list.
CREATE TABLE user_sessions (
    id            uuid PRIMARY KEY,
    user_id       uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    secret_hash   bytea NOT NULL,
    stamp         text NOT NULL,
    amr           text[] NOT NULL, -- how it was signed in: pwd, totp, recovery
    two_factor_at timestamptz,     -- when the second factor was last shown
    ip            text,
    browser       text NOT NULL,
    created_at    timestamptz NOT NULL,
    last_seen_at  timestamptz NOT NULL, -- to the minute
    expires_at    timestamptz NOT NULL, -- however busy it is
    ended_at      timestamptz,
    end_reason    text
);
CREATE INDEX ix_user_sessions_user ON user_sessions (user_id, last_seen_at);

-- The password was right, the second factor is awaited: half a session, for five minutes and five tries.
CREATE TABLE sign_in_challenges (
    id          uuid PRIMARY KEY,
    user_id     uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    secret_hash bytea NOT NULL,
    stamp       text NOT NULL,
    tries       integer NOT NULL DEFAULT 0,
    expires_at  timestamptz NOT NULL,
    done_at     timestamptz
);
CREATE INDEX ix_sign_in_challenges_end ON sign_in_challenges (expires_at);
CREATE INDEX ix_sign_in_challenges_user ON sign_in_challenges (user_id);

-- Wrong passwords and wrong second factors, by the hash of the address, whether or not an account has it: a lock must not tell which addresses exist.
CREATE TABLE sign_in_failures (
    address_hash bytea NOT NULL,
    kind         text NOT NULL CHECK (kind IN ('password', 'two_factor')),
    failures     integer NOT NULL,
    since        timestamptz NOT NULL,
    locked_until timestamptz,
    locks        integer NOT NULL DEFAULT 0, -- one after another
    PRIMARY KEY (address_hash, kind)
);
CREATE INDEX ix_sign_in_failures_since ON sign_in_failures (since);

-- Browsers in which a user has signed in, by the hash of a cookie that stays there. Another one is told by mail.
CREATE TABLE user_devices (
    user_id      uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    device_hash  bytea NOT NULL,
    last_seen_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, device_hash)
);

-- TOTP (RFC 6238). A second row stands while another app is set up and not proven yet.
CREATE TABLE user_authenticators (
    user_id      uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    is_confirmed boolean NOT NULL,
    secret       text NOT NULL,  -- encrypted
    last_step    bigint,         -- the last time step whose code was taken: none is taken twice
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (user_id, is_confirmed)
);

CREATE TABLE user_recovery_codes (
    user_id   uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    code_hash bytea NOT NULL,
    used_at   timestamptz,
    PRIMARY KEY (user_id, code_hash)
);

-- Requests for a code that resets a password, whether or not an account has the address: taken before they are answered, worked off after. The address stands
-- here only until then; the hash a day longer, to count.
CREATE TABLE password_reset_requests (
    id           uuid PRIMARY KEY,
    address_hash bytea NOT NULL,
    email        text,
    ip           text,
    browser      text NOT NULL,
    requested_at timestamptz NOT NULL,
    done_at      timestamptz
);
CREATE INDEX ix_password_reset_requests_address ON password_reset_requests (address_hash, requested_at);
CREATE INDEX ix_password_reset_requests_open ON password_reset_requests (id) WHERE done_at IS NULL;

-- A change of address that both mailboxes have still to confirm. One for each user.
CREATE TABLE email_changes (
    user_id          uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    id               uuid NOT NULL UNIQUE,
    session_id       uuid NOT NULL, -- stays signed in when it is done
    new_email        text NOT NULL,
    stamp            text NOT NULL,
    old_confirmed_at timestamptz,
    new_confirmed_at timestamptz,
    expires_at       timestamptz NOT NULL
);

CREATE TABLE member_invitations (
    project_id       uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    id               uuid NOT NULL,
    email            text NOT NULL,
    normalized_email text NOT NULL,
    role             text NOT NULL,
    invited_by       uuid REFERENCES users (id) ON DELETE SET NULL, -- null for an app
    invited_key      uuid, -- the app's
    token_hash       bytea NOT NULL,
    created_at       timestamptz NOT NULL,
    sent_at          timestamptz NOT NULL,
    expires_at       timestamptz NOT NULL,
    accepted_at      timestamptz,
    revoked_at       timestamptz,
    PRIMARY KEY (project_id, id)
);
CREATE UNIQUE INDEX ux_member_invitations_token ON member_invitations (token_hash);
CREATE UNIQUE INDEX ux_member_invitations_open ON member_invitations (project_id, normalized_email) WHERE accepted_at IS NULL AND revoked_at IS NULL;

CREATE TABLE project_members (
    project_id uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    user_id    uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role       text NOT NULL CHECK (role IN ('owner', 'admin', 'developer', 'viewer')),
    created_at timestamptz NOT NULL,
    PRIMARY KEY (project_id, user_id)
);
CREATE INDEX ix_project_members_user ON project_members (user_id);

CREATE TABLE user_claims (
    id          integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    user_id     uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    claim_type  text,
    claim_value text
);
CREATE INDEX ix_user_claims_user ON user_claims (user_id);

CREATE TABLE user_logins (
    login_provider        text NOT NULL,
    provider_key          text NOT NULL,
    provider_display_name text,
    user_id               uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (login_provider, provider_key)
);

CREATE TABLE user_tokens (
    user_id        uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    login_provider text NOT NULL,
    name           text NOT NULL,
    value          text,
    PRIMARY KEY (user_id, login_provider, name)
);

-- Accounts of apps -----------------------------------------------------------------------------------------------------
-- Where an app hears of its own users' accounts, signed, and what their mails say of the app. The sandbox has its own: its codes can be read.
CREATE TABLE app_account_settings (
    project_id       uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    is_test          boolean NOT NULL,
    callback_url     text NOT NULL,
    secret           text NOT NULL, -- encrypted
    old_secret       text,
    old_secret_until timestamptz,
    sender           text,
    app_name         text,
    app_url          text,
    support_email    text,
    reset_url        text,
    looks_up         boolean NOT NULL, -- whether the app is asked who is known before a code is made
    changed_at       timestamptz NOT NULL,
    PRIMARY KEY (project_id, is_test)
);

-- Requests and appointments --------------------------------------------------------------------------------------------
-- One person is asked for one decision. Gone when the project's days of history are over after its end, with its lines in flow_history.
CREATE TABLE requests (
    project_id    uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    id            uuid NOT NULL,
    is_test       boolean NOT NULL,
    email         text NOT NULL,     -- of the person, in its normal form
    content       json NOT NULL,     -- what is asked, as it was asked
    created_at    timestamptz NOT NULL,
    deadline      timestamptz NOT NULL,
    state         text NOT NULL,
    choice        text,
    comment       text,
    decided_ip    text,
    decided_agent text,
    ended_at      timestamptz,
    mailed_at     timestamptz NOT NULL,
    resends       integer NOT NULL DEFAULT 0,
    version       integer NOT NULL DEFAULT 0,
    PRIMARY KEY (project_id, id),
    CHECK ((state = 'pending') = (ended_at IS NULL)),
    CHECK ((state = 'decided') = (choice IS NOT NULL))
);
CREATE INDEX ix_requests_state ON requests (project_id, state, id);
CREATE INDEX ix_requests_email ON requests (project_id, email, id);
CREATE INDEX ix_requests_ended ON requests (ended_at) WHERE ended_at IS NOT NULL;

-- What calendars know by its uid. Changes count up its sequence.
CREATE TABLE appointments (
    project_id       uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    id               uuid NOT NULL,
    is_test          boolean NOT NULL,
    uid              text NOT NULL,
    sequence         integer NOT NULL,
    state            text NOT NULL CHECK (state IN ('scheduled', 'cancelled')),
    content          json NOT NULL,
    starts_at        timestamptz NOT NULL,
    ends_at          timestamptz NOT NULL,
    created_at       timestamptz NOT NULL,
    changed_at       timestamptz NOT NULL,
    version          integer NOT NULL DEFAULT 0,
    PRIMARY KEY (project_id, id)
);
CREATE UNIQUE INDEX ux_appointments_uid ON appointments (project_id, uid);
CREATE INDEX ix_appointments_ends ON appointments (ends_at);

CREATE TABLE appointment_attendees (
    project_id     uuid NOT NULL,
    appointment_id uuid NOT NULL,
    id             uuid NOT NULL, -- stands, signed, in the address that the attendee's calendar answers to
    position       integer NOT NULL,
    email          text NOT NULL, -- in its normal form
    address        text NOT NULL, -- as it was given
    name           text,
    locale         text,
    time_zone      text,
    status         text NOT NULL,
    asked_sequence integer NOT NULL DEFAULT 0, -- the version that needs an answer: one to an older version is no answer
    reply_sequence integer,
    reply_stamp    timestamptz,   -- by the attendee's clock, and never later than ours
    comment        text,
    proposed_start text,
    PRIMARY KEY (project_id, id)
);
CREATE INDEX ix_appointment_attendees_appointment ON appointment_attendees (project_id, appointment_id, position);
CREATE INDEX ix_appointment_attendees_email ON appointment_attendees (project_id, email);

-- What happened to a request, an appointment or a mailbox, line by line.
CREATE TABLE flow_history (
    project_id uuid NOT NULL,
    subject_id uuid NOT NULL,
    id         bigint GENERATED ALWAYS AS IDENTITY,
    what       text NOT NULL,
    at         timestamptz NOT NULL,
    how        text NOT NULL, -- api, page, timer, mail, worker
    who        text,
    ip         text,
    user_agent text,
    person     text,          -- with whom the line is forgotten
    email_id   uuid,
    detail     json,
    PRIMARY KEY (project_id, subject_id, id)
);
-- Mailboxes ------------------------------------------------------------------------------------------------------------
-- A project's accounts at providers of mailboxes. Their settings are encrypted as one text.
CREATE TABLE mailbox_connections (
    project_id uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    id         uuid NOT NULL,
    kind       text NOT NULL,
    name       text NOT NULL,
    settings   text NOT NULL,
    is_enabled boolean NOT NULL,
    revision   integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    quota      json,         -- what is used of what the provider allows, as it last said
    quota_at   timestamptz,
    problem    json,         -- why it could not be asked the last time
    PRIMARY KEY (project_id, id),
    UNIQUE (project_id, name)
);

-- In which domains addresses are made, and where.
CREATE TABLE mailbox_domains (
    project_id    uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    domain        text NOT NULL, -- in ASCII and lower case
    connection_id uuid NOT NULL,
    is_default    boolean NOT NULL,
    created_at    timestamptz NOT NULL,
    PRIMARY KEY (project_id, domain),
    FOREIGN KEY (project_id, connection_id) REFERENCES mailbox_connections (project_id, id)
);
CREATE UNIQUE INDEX ux_mailbox_domains_default ON mailbox_domains (project_id) WHERE is_default;
CREATE INDEX ix_mailbox_domains_connection ON mailbox_domains (project_id, connection_id);

-- What users of an app, or of the console, have chosen.
CREATE TABLE mailbox_users (
    project_id     uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    owner          text NOT NULL,
    default_domain text NOT NULL,
    PRIMARY KEY (project_id, owner),
    FOREIGN KEY (project_id, default_domain) REFERENCES mailbox_domains (project_id, domain) ON DELETE CASCADE
);

-- One row for each address that was asked for. While it has a goal, exactly one message of the bus, that of its turn, leads it on.
CREATE TABLE mailboxes (
    project_id           uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    id                   uuid NOT NULL,
    is_test              boolean NOT NULL,
    owner                text NOT NULL, -- the app's user, or user:{id} of the console
    user_name            text NOT NULL,
    domain               text NOT NULL,
    address              text NOT NULL, -- user_name@domain, in ASCII and lower case
    display_name         text NOT NULL,
    connection_id        uuid,          -- null when it has ended and the connection was removed
    provider             text NOT NULL, -- the connection's kind
    state                text NOT NULL CHECK (state IN ('provisioning', 'active', 'suspended', 'deleting', 'deleted', 'failed')),
    goal                 text CHECK (goal IN ('active', 'suspended', 'rotated', 'deleted', 'failed')),
    goal_at              timestamptz,   -- since when it is pursued
    step                 text NOT NULL CHECK (step IN ('reserved', 'created', 'sending', 'credentials', 'active')),
    turn                 integer NOT NULL DEFAULT 1,
    calling_since        timestamptz,   -- while the provider is being asked, or its answer was lost
    may_exist            boolean NOT NULL DEFAULT false, -- the provider was asked to make it, and has not said that it did not
    attempts             integer NOT NULL DEFAULT 0,     -- of the step, in vain
    next_attempt_at      timestamptz,
    account              text,          -- what the provider calls it
    identity             text,
    credentials          text,          -- encrypted; gone when they were shown
    credentials_shown_at timestamptz,
    problem              json,
    created_at           timestamptz NOT NULL,
    active_at            timestamptz,
    ended_at             timestamptz,
    version              integer NOT NULL DEFAULT 0,
    PRIMARY KEY (project_id, id),
    FOREIGN KEY (project_id, connection_id) REFERENCES mailbox_connections (project_id, id) ON DELETE SET NULL (connection_id),
    CHECK ((state IN ('deleted', 'failed')) = (ended_at IS NOT NULL)),
    CHECK (ended_at IS NULL OR (goal IS NULL AND credentials IS NULL)),
    CHECK (ended_at IS NOT NULL OR connection_id IS NOT NULL),
    CHECK (state NOT IN ('provisioning', 'deleting') OR goal IS NOT NULL)
);
CREATE UNIQUE INDEX ux_mailboxes_address ON mailboxes (project_id, address) WHERE state <> 'deleted' AND state <> 'failed'; -- who comes second gets no row
CREATE INDEX ix_mailboxes_owner ON mailboxes (project_id, owner, id);
CREATE INDEX ix_mailboxes_connection ON mailboxes (project_id, connection_id);
CREATE INDEX ix_mailboxes_ended ON mailboxes (ended_at) WHERE ended_at IS NOT NULL;

-- Reservations ---------------------------------------------------------------------------------------------------------
-- Trips that people offer. The departure is what the clock on the wall shows there; departure_at is its moment by the rules that were known when it was written.
CREATE TABLE offers (
    project_id      uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    id              uuid NOT NULL,
    is_test         boolean NOT NULL,
    driver_name     text NOT NULL,
    driver_email    text NOT NULL, -- in its normal form
    driver_phone    text,
    driver_locale   text,
    from_label      text NOT NULL,
    from_latitude   double precision NOT NULL,
    from_longitude  double precision NOT NULL,
    to_label        text NOT NULL,
    to_latitude     double precision NOT NULL,
    to_longitude    double precision NOT NULL,
    departure_local timestamp NOT NULL,
    time_zone       text NOT NULL,
    departure_at    timestamptz NOT NULL,
    seats           integer NOT NULL CHECK (seats > 0),
    price           numeric(12, 2),
    currency        text NOT NULL,
    polyline        text,
    duration        interval,
    state           text NOT NULL,
    generation      integer NOT NULL, -- moves and the cancellation: a timer of another one is void
    version         integer NOT NULL,
    reminded        integer NOT NULL, -- the generation whose people were reminded
    created_at      timestamptz NOT NULL,
    changed_at      timestamptz NOT NULL,
    PRIMARY KEY (project_id, id)
);
CREATE INDEX ix_offers_driver ON offers (project_id, driver_email);
CREATE INDEX ix_offers_departure ON offers (project_id, departure_at);

-- Who asked to ride along, and what became of it. Changed under its offer's row lock only, which is what keeps the number of seats.
CREATE TABLE reservations (
    project_id       uuid NOT NULL,
    offer_id         uuid NOT NULL,
    id               uuid NOT NULL,
    passenger_name   text NOT NULL,
    passenger_email  text NOT NULL,
    passenger_phone  text,
    passenger_locale text,
    seats            integer NOT NULL CHECK (seats > 0),
    pickup_label     text NOT NULL,
    pickup_latitude  double precision NOT NULL,
    pickup_longitude double precision NOT NULL,
    pickup_at        timestamptz,
    message          text,
    state            text NOT NULL,
    created_at       timestamptz NOT NULL,
    expires_at       timestamptz NOT NULL,
    answered_at      timestamptz,
    changed_at       timestamptz NOT NULL,
    revision         integer NOT NULL,
    told_pickup_at   timestamptz, -- what the passenger knows
    PRIMARY KEY (project_id, id),
    FOREIGN KEY (project_id, offer_id) REFERENCES offers (project_id, id) ON DELETE CASCADE
);
CREATE INDEX ix_reservations_offer ON reservations (project_id, offer_id);
CREATE INDEX ix_reservations_passenger ON reservations (project_id, passenger_email);
CREATE INDEX ix_reservations_pending ON reservations (project_id, expires_at) WHERE state = 'pending';

-- What happened, by whom (a key, a console user) and how (api, link, page, timer, command), with the mails that told of it. Holds no address.
CREATE TABLE reservation_history (
    project_id     uuid NOT NULL,
    offer_id       uuid NOT NULL,
    id             uuid NOT NULL,
    version        integer NOT NULL, -- of the offer, which counts its changes: several may happen at one moment
    reservation_id uuid,
    event          text NOT NULL,
    at             timestamptz NOT NULL,
    how            text NOT NULL,
    actor          text,
    ip             text,
    mails          jsonb NOT NULL, -- a list of {template, to: driver or passenger, reservation, message_id or problem}
    PRIMARY KEY (project_id, offer_id, id),
    FOREIGN KEY (project_id, offer_id) REFERENCES offers (project_id, id) ON DELETE CASCADE
);
CREATE INDEX ix_reservation_history_at ON reservation_history (project_id, at);
-- Invitations to interviews --------------------------------------------------------------------------------------------
CREATE TABLE campaigns (
    project_id            uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    id                    uuid NOT NULL,
    is_test               boolean NOT NULL,
    title                 text NOT NULL,
    job                   text,
    company               text,
    target_url            text NOT NULL,  -- where the start page leads, with a ticket
    expires_in_minutes    integer NOT NULL,
    remind_before_minutes integer,        -- null for no reminder
    locales               text[] NOT NULL, -- the first one for whoever reads none of them; empty for any
    time_zone             text,
    sender                text,
    reply_to              text,
    message               text,
    duration_minutes      integer,
    may_restart           boolean NOT NULL,
    track_opens           boolean NOT NULL,
    is_inline             boolean NOT NULL, -- made by a call of /interviews/campaign-links, which finds it by title and address
    created_at            timestamptz NOT NULL,
    updated_at            timestamptz NOT NULL,
    run_id                uuid,           -- the last call that invited many, and how far it is
    run_at                timestamptz,
    run_ended_at          timestamptz,
    run_total             integer NOT NULL,
    run_accepted          integer NOT NULL,
    run_refused           integer NOT NULL,
    PRIMARY KEY (project_id, id)
);
CREATE UNIQUE INDEX ux_campaigns_inline ON campaigns (project_id, is_test, md5(title), md5(target_url)) WHERE is_inline;

-- A candidate and the link that was made for them: one at a time. The link's token is derived from project, id and generation by a key of the installation and stands nowhere.
CREATE TABLE candidates (
    project_id     uuid NOT NULL,
    id             uuid NOT NULL,
    campaign_id    uuid NOT NULL,
    is_test        boolean NOT NULL,
    application_id text NOT NULL,
    email          text NOT NULL,
    name           text,
    locale         text,
    time_zone      text,
    state          text NOT NULL CHECK (state IN ('new', 'created', 'sent', 'delivered', 'opened', 'used', 'expired', 'bounced', 'revoked')),
    version        integer NOT NULL, -- against lost updates
    generation     integer NOT NULL, -- of the link: tokens of earlier ones are void
    expires_at     timestamptz,
    due_at         timestamptz,      -- when the next thing happens by itself: reminder or expiry
    run_id         uuid,             -- waits to be invited by this run
    message_id     uuid,             -- the last mail
    sends          integer NOT NULL,
    sends_today    integer NOT NULL,
    today_since    timestamptz,
    last_sent_at   timestamptz,
    reminded_at    timestamptz,
    linked_at      timestamptz,
    sent_at        timestamptz,
    delivered_at   timestamptz,
    opened_at      timestamptz,
    used_at        timestamptz,
    starts         integer NOT NULL,
    bounced_at     timestamptz,
    complained_at  timestamptz,
    expired_at     timestamptz,
    revoked_at     timestamptz,
    note           text,             -- why it bounced or was revoked
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    PRIMARY KEY (project_id, id),
    FOREIGN KEY (project_id, campaign_id) REFERENCES campaigns (project_id, id) ON DELETE CASCADE
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX ux_candidates_application ON candidates (project_id, is_test, application_id);
CREATE INDEX ix_candidates_list ON candidates (project_id, campaign_id, id);
CREATE INDEX ix_candidates_due ON candidates (project_id, campaign_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX ix_candidates_run ON candidates (project_id, run_id) WHERE run_id IS NOT NULL;
CREATE INDEX ix_candidates_over ON candidates (project_id, expires_at) WHERE expires_at IS NOT NULL; -- whom to forget

-- What happened to a candidate: the timeline.
CREATE TABLE candidate_events (
    project_id   uuid NOT NULL,
    candidate_id uuid NOT NULL,
    id           uuid NOT NULL,
    type         text NOT NULL,
    at           timestamptz NOT NULL,
    via          text NOT NULL, -- api, import, page, timer, mail
    actor_id     uuid,
    ip           text,
    user_agent   text,
    message_id   uuid,
    detail       text,
    PRIMARY KEY (project_id, candidate_id, id),
    FOREIGN KEY (project_id, candidate_id) REFERENCES candidates (project_id, id) ON DELETE CASCADE
);

-- Which mails are about whom, so that what becomes of them can be followed.
CREATE TABLE candidate_mails (
    project_id   uuid NOT NULL,
    message_id   uuid NOT NULL,
    candidate_id uuid NOT NULL,
    PRIMARY KEY (project_id, message_id),
    FOREIGN KEY (project_id, candidate_id) REFERENCES candidates (project_id, id) ON DELETE CASCADE
);
CREATE INDEX ix_candidate_mails_candidate ON candidate_mails (project_id, candidate_id);

-- What became of these mails, on its way to the candidates. Ids alone, and no foreign key: who writes events waits for nobody here.
CREATE TABLE candidate_reports (
    project_id   uuid NOT NULL,
    candidate_id uuid NOT NULL,
    event_id     uuid NOT NULL,
    message_id   uuid NOT NULL,
    PRIMARY KEY (project_id, candidate_id, event_id)
);

-- In the transaction that writes the events, for each of its statements once. A mail that is no invitation costs a look into an index; where nobody uses invitations, one look for a whole
-- batch. OFFSET 0: each event looks by itself, whatever the planner thinks of the table's size.
CREATE FUNCTION queue_candidate_reports() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM candidate_mails) THEN
        INSERT INTO candidate_reports (project_id, candidate_id, event_id, message_id)
        SELECT e.project_id, c.candidate_id, e.id, e.message_id
        FROM added e CROSS JOIN LATERAL (SELECT m.candidate_id FROM candidate_mails m WHERE m.project_id = e.project_id AND m.message_id = e.message_id OFFSET 0) c
        WHERE e.type IN ('email.sent', 'email.delivered', 'email.bounced', 'email.complained', 'email.failed', 'email.suppressed')
           OR (e.type IN ('email.opened', 'email.clicked') AND e.detail->>'machine' IS DISTINCT FROM 'true')
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER candidate_reports AFTER INSERT ON events REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION queue_candidate_reports();

-- Keys that sign the tickets of the start page (ES256). The last one signs; those before are shown for a day longer.
CREATE TABLE ticket_keys (
    project_id  uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    id          uuid NOT NULL,
    private_key text NOT NULL, -- encrypted
    x           text NOT NULL, -- the public point, base64url
    y           text NOT NULL,
    created_at  timestamptz NOT NULL,
    retired_at  timestamptz,
    PRIMARY KEY (project_id, id)
);
CREATE UNIQUE INDEX ux_ticket_keys_signs ON ticket_keys (project_id) WHERE retired_at IS NULL;

-- The widget of a project, for sites of others. Its name is public; the origins are who may show it.
CREATE TABLE reservation_settings (
    project_id      uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    is_test         boolean NOT NULL,
    widget_id       text NOT NULL UNIQUE,
    is_on           boolean NOT NULL,
    allowed_origins text[] NOT NULL,
    places          jsonb NOT NULL, -- which people choose from
    time_zone       text,
    changed_at      timestamptz NOT NULL,
    PRIMARY KEY (project_id, is_test)
);

-- ASP.NET Data Protection's key ring, so that every process can read what another protected.
CREATE TABLE data_protection_keys (
    id            integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    friendly_name text,
    xml           text NOT NULL
);
-- Mailboxes: what was sent as them ----------------------------------------------------------------------------------------
-- What became of mails that were sent as a mailbox's address, by day (UTC): numbers, so that they outlive the mails and a bill can be made of them. Only added to, a row for each statement
-- that wrote events, so that no workers wait for each other; a day that is over becomes one row (folded). No foreign keys: each would cost every event a lock.
CREATE TABLE mailbox_sends (
    project_id uuid NOT NULL,
    mailbox_id uuid NOT NULL,
    day        date NOT NULL,
    id         bigint GENERATED ALWAYS AS IDENTITY,
    sent       integer NOT NULL, -- recipients whose relay took the mail
    refused    integer NOT NULL, -- that no relay took
    bounced    integer NOT NULL, -- taken first and then not delivered
    complained integer NOT NULL,
    is_folded  boolean NOT NULL DEFAULT false,
    PRIMARY KEY (project_id, mailbox_id, day, id) INCLUDE (sent, refused, bounced, complained)
);
CREATE INDEX ix_mailbox_sends_open ON mailbox_sends (day) WHERE NOT is_folded;

-- Whatever statement writes an event, the mailbox whose address the mail was sent as has it counted, in the same transaction. Once for each statement. A project without mailboxes is
-- found out by one look into an index, and its messages are not looked at. OFFSET 0: each event finds its message by its key, whatever the planner knew when it made its plan.
CREATE FUNCTION count_mailbox_sends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM added a WHERE a.type IN ('email.sent', 'email.bounced', 'email.failed', 'email.complained') AND EXISTS (SELECT FROM mailboxes b WHERE b.project_id = a.project_id)) THEN
        INSERT INTO mailbox_sends (project_id, mailbox_id, day, sent, refused, bounced, complained)
        SELECT a.project_id, b.id, (a.created_at AT TIME ZONE 'UTC')::date,
               count(*) FILTER (WHERE a.type = 'email.sent'),
               count(*) FILTER (WHERE a.type IN ('email.bounced', 'email.failed') AND a.attempt IS NOT NULL),
               count(*) FILTER (WHERE a.type IN ('email.bounced', 'email.failed') AND a.attempt IS NULL), -- a report that came later
               count(*) FILTER (WHERE a.type = 'email.complained')
        FROM added a
        CROSS JOIN LATERAL (SELECT lower(coalesce(substring(m.envelope ->> 'from' FROM '<([^<>]*)>\s*$'), m.envelope ->> 'from')) AS address, m.is_test
                            FROM messages m WHERE m.project_id = a.project_id AND m.id = a.message_id OFFSET 0) s
        JOIN mailboxes b ON b.project_id = a.project_id AND b.address = s.address AND b.is_test = s.is_test AND b.state <> 'deleted' AND b.state <> 'failed'
        WHERE a.type IN ('email.sent', 'email.bounced', 'email.failed', 'email.complained')
        GROUP BY 1, 2, 3;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER mailbox_sends AFTER INSERT ON events REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_mailbox_sends();

-- What became of recipients, by hour: what the overview and GET /emails/metrics show, so that nobody counts events of a month. As mailbox_sends: a row for each statement that wrote events,
-- made one once its hour is over. Mail of test keys is left out.
CREATE TABLE message_counts (
    project_id uuid NOT NULL,
    hour       timestamptz NOT NULL,
    id         bigint GENERATED ALWAYS AS IDENTITY,
    sent       integer NOT NULL, -- a relay took it
    delivered  integer NOT NULL, -- a report said so
    delayed    integer NOT NULL,
    bounced    integer NOT NULL,
    failed     integer NOT NULL,
    suppressed integer NOT NULL,
    complained integer NOT NULL,
    opened     integer NOT NULL, -- by people, as far as that is known; as often as it was opened
    clicked    integer NOT NULL,
    is_folded  boolean NOT NULL DEFAULT false,
    PRIMARY KEY (project_id, hour, id) INCLUDE (sent, delivered, delayed, bounced, failed, suppressed, complained, opened, clicked)
);
CREATE INDEX ix_message_counts_open ON message_counts (hour) WHERE NOT is_folded;

-- What a relay took or refused names the relay, and a test key's mail knows only one: most events are counted without a look at their message. OFFSET 0: as in count_mailbox_sends.
CREATE FUNCTION count_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO message_counts (project_id, hour, sent, delivered, delayed, bounced, failed, suppressed, complained, opened, clicked)
    SELECT a.project_id, date_trunc('hour', a.created_at, 'UTC'),
           count(*) FILTER (WHERE a.type = 'email.sent'), count(*) FILTER (WHERE a.type = 'email.delivered'), count(*) FILTER (WHERE a.type = 'email.delivery_delayed'),
           count(*) FILTER (WHERE a.type = 'email.bounced'), count(*) FILTER (WHERE a.type = 'email.failed'), count(*) FILTER (WHERE a.type = 'email.suppressed'),
           count(*) FILTER (WHERE a.type = 'email.complained'), count(*) FILTER (WHERE a.type = 'email.opened'), count(*) FILTER (WHERE a.type = 'email.clicked')
    FROM added a
    WHERE a.type IN ('email.sent', 'email.delivered', 'email.delivery_delayed', 'email.bounced', 'email.failed', 'email.suppressed', 'email.complained', 'email.opened', 'email.clicked')
      AND a.detail ->> 'machine' IS DISTINCT FROM 'true'
      AND CASE WHEN a.relay <> 'capture' THEN true
               ELSE (SELECT NOT m.is_test FROM messages m WHERE m.project_id = a.project_id AND m.id = a.message_id OFFSET 0) END
    GROUP BY 1, 2;
    RETURN NULL;
END $$;
CREATE TRIGGER message_counts AFTER INSERT ON events REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_messages();
