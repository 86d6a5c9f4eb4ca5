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
    created_at   timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at   timestamptz,
    PRIMARY KEY (project_id, id)
);
CREATE UNIQUE INDEX ux_api_keys_hash ON api_keys (key_hash);

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
    PRIMARY KEY (project_id, id)
) PARTITION BY RANGE (id);
-- Codes, whose bodies go as soon as they have arrived: as many rows as wait.
CREATE INDEX ix_messages_critical ON messages (id) WHERE lane = 0 AND NOT is_test AND content_removed_at IS NULL;

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

-- Templates: what projects write beside the built-in set --------------------------------------------------------------
CREATE TABLE templates (
    project_id        uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    id                uuid NOT NULL,
    key               text NOT NULL,    -- what calls name; free again once it is deleted
    draft             json NOT NULL,    -- TemplateSource; json keeps the order in which its author wrote it
    revision          integer NOT NULL DEFAULT 1, -- of the draft: two who edit at once do not overwrite each other
    published_version integer,          -- the version that new messages take; null for none
    last_version      integer NOT NULL DEFAULT 0,
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
    access_failed_count    integer NOT NULL
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

-- ASP.NET Data Protection's key ring, so that every process can read what another protected.
CREATE TABLE data_protection_keys (
    id            integer GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    friendly_name text,
    xml           text NOT NULL
);
