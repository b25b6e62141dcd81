-- The alert desk. Names of people stand only in columns of type bytea that are sealed with the key of their month.

CREATE TABLE data_key (
  month      date PRIMARY KEY,
  wrapped    bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE schema_text (
  schema_id integer PRIMARY KEY,
  text      text NOT NULL
);

CREATE TABLE kafka_position (
  topic       text NOT NULL,
  partition   integer NOT NULL,
  next_offset bigint NOT NULL,
  PRIMARY KEY (topic, partition)
);

CREATE TABLE app_user (
  user_id    text PRIMARY KEY CHECK (user_id ~ '^[A-Za-z0-9._@-]{1,100}$'),
  name       text NOT NULL,
  roles      text[] NOT NULL CHECK (roles <@ ARRAY['handler', 'checker', 'auditor', 'admin']),
  password   text,
  enabled    boolean NOT NULL DEFAULT true,
  -- An administrator handles no alert.
  CHECK (NOT (roles @> ARRAY['admin'] AND roles && ARRAY['handler', 'checker']))
);

CREATE TABLE session (
  token_hash bytea PRIMARY KEY,
  user_id    text NOT NULL REFERENCES app_user,
  created_at timestamptz NOT NULL DEFAULT now(),
  seen_at    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX session_by_user ON session (user_id);

CREATE TABLE sign_in (
  state      text PRIMARY KEY,
  secrets    text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE setting (
  name  text PRIMARY KEY,
  value text NOT NULL
);

-- One for an event that was stopped, known by its place in the event topics.
CREATE TABLE event_case (
  source_topic     text NOT NULL,
  source_partition integer NOT NULL,
  source_offset    bigint NOT NULL,
  event_id         text NOT NULL,
  -- The decision that counts; null until it is seen.
  outcome          text CHECK (outcome IN ('HIT', 'HOLD', 'CLEAR')),
  hold_reason      text,
  -- What people decided: once, for ever.
  released         text CHECK (released IN ('RELEASE', 'REJECT')),
  PRIMARY KEY (source_topic, source_partition, source_offset)
);
CREATE INDEX event_case_by_event ON event_case (event_id);

CREATE TABLE alert (
  alert_id         text PRIMARY KEY,
  kind             text NOT NULL CHECK (kind IN ('alert', 'hold', 'undecodable')),
  source_topic     text NOT NULL,
  source_partition integer NOT NULL,
  source_offset    bigint NOT NULL,
  event_id         text NOT NULL,
  origin           text NOT NULL CHECK (origin IN ('STREAM', 'LOOK_BACK', 'CUSTOMER')),
  raised_at        timestamptz NOT NULL,
  received_at      timestamptz NOT NULL DEFAULT now(),
  due_at           timestamptz NOT NULL,
  -- Ascends: 0 is an identifier that matched.
  rank             smallint NOT NULL,
  state            text NOT NULL DEFAULT 'OPEN'
                   CHECK (state IN ('OPEN', 'TAKEN', 'PROPOSED', 'ESCALATED', 'RELEASED', 'REJECTED', 'SUPERSEDED')),
  version          integer NOT NULL DEFAULT 1,
  assignee         text REFERENCES app_user,
  lease_until      timestamptz,
  first_seen_at    timestamptz,
  closed_at        timestamptz,
  top_score        double precision,
  list             text,
  regime           text,
  rail             text,
  designation_id   text,
  hold_reason      text,
  generation       bigint NOT NULL,
  record_hash      text NOT NULL,
  month            date NOT NULL,
  -- What the list shows, sealed.
  brief            bytea NOT NULL,
  CHECK ((state = 'TAKEN') = (assignee IS NOT NULL)),
  CHECK ((assignee IS NULL) = (lease_until IS NULL)),
  CHECK ((state IN ('RELEASED', 'REJECTED', 'SUPERSEDED')) = (closed_at IS NOT NULL))
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX alert_queue ON alert (rank, due_at, alert_id) WHERE state IN ('OPEN', 'TAKEN');
CREATE INDEX alert_open ON alert (rank, due_at, alert_id) WHERE state = 'OPEN' AND kind = 'alert';
CREATE INDEX alert_mine ON alert (assignee, rank, due_at, alert_id) WHERE state = 'TAKEN';
CREATE INDEX alert_check ON alert (rank, due_at, alert_id) WHERE state = 'PROPOSED';
CREATE INDEX alert_escalated ON alert (rank, due_at, alert_id) WHERE state = 'ESCALATED';
CREATE INDEX alert_held ON alert (rank, due_at, alert_id)
  WHERE kind = 'hold' AND state NOT IN ('RELEASED', 'REJECTED', 'SUPERSEDED');
CREATE INDEX alert_closed ON alert (closed_at, alert_id) WHERE closed_at IS NOT NULL;
CREATE INDEX alert_lease ON alert (lease_until) WHERE state = 'TAKEN';
CREATE INDEX alert_by_source ON alert (source_topic, source_partition, source_offset);
CREATE INDEX alert_by_event ON alert (event_id);

-- The record as received, sealed, and the event where it was read later.
CREATE TABLE alert_record (
  alert_id  text PRIMARY KEY REFERENCES alert,
  month     date NOT NULL,
  schema_id integer NOT NULL,
  record    bytea NOT NULL,
  event     bytea
);

-- HMACs of the words of its names, for the filter.
CREATE TABLE alert_token (
  alert_id text PRIMARY KEY REFERENCES alert,
  tokens   bytea[] NOT NULL
);
CREATE INDEX alert_token_words ON alert_token USING gin (tokens);

CREATE TABLE alert_match (
  alert_id         text NOT NULL REFERENCES alert,
  n                integer NOT NULL,
  designation_id   text NOT NULL,
  designation_hash text,
  -- The party's fingerprint, else the HMAC of its name.
  party_key        text NOT NULL,
  fingerprint      text,
  PRIMARY KEY (alert_id, n)
);
CREATE INDEX alert_match_pair ON alert_match (party_key, designation_id);
CREATE INDEX alert_match_entry ON alert_match (designation_id);

-- How many alerts each view has is the sum of these; they are summed up now and then.
CREATE TABLE alert_count (
  view  text NOT NULL,
  count bigint NOT NULL
);

CREATE FUNCTION alert_views(kind text, state text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN state IN ('RELEASED', 'REJECTED', 'SUPERSEDED') THEN ARRAY['closed']
    ELSE
      CASE state WHEN 'PROPOSED' THEN ARRAY['check'] WHEN 'ESCALATED' THEN ARRAY['escalated'] ELSE
        CASE WHEN kind = 'hold' THEN ARRAY[]::text[] ELSE ARRAY['queue'] END
      END
      || CASE WHEN kind = 'hold' THEN ARRAY['holds'] ELSE ARRAY[]::text[] END
  END
$$;

CREATE FUNCTION count_new_alerts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO alert_count (view, count)
  SELECT v, count(*) FROM new_rows n CROSS JOIN LATERAL unnest(alert_views(n.kind, n.state)) v GROUP BY v;
  RETURN NULL;
END
$$;
CREATE TRIGGER alert_counted AFTER INSERT ON alert REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_new_alerts();

CREATE FUNCTION count_moved_alerts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO alert_count (view, count)
  SELECT v, sum(d) FROM (
    SELECT v, 1 AS d FROM new_rows n CROSS JOIN LATERAL unnest(alert_views(n.kind, n.state)) v
    UNION ALL
    SELECT v, -1 FROM old_rows o CROSS JOIN LATERAL unnest(alert_views(o.kind, o.state)) v
  ) moved GROUP BY v HAVING sum(d) <> 0;
  RETURN NULL;
END
$$;
CREATE TRIGGER alert_moved AFTER UPDATE ON alert REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_moved_alerts();

-- A final state never changes: new knowledge is a new alert.
CREATE FUNCTION final_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state IN ('RELEASED', 'REJECTED', 'SUPERSEDED') AND NEW.state <> OLD.state THEN
    RAISE EXCEPTION 'a final state never changes' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER alert_final BEFORE UPDATE ON alert FOR EACH ROW EXECUTE FUNCTION final_is_final();

-- What an entry is now, as far as list changes told.
CREATE TABLE designation_now (
  designation_id text PRIMARY KEY,
  -- Null: it is listed no more.
  hash           text,
  generation     bigint NOT NULL,
  at             timestamptz NOT NULL,
  changed_fields text[] NOT NULL
);

CREATE TABLE designation_version (
  designation_id text NOT NULL,
  hash           text NOT NULL,
  body           text NOT NULL,
  PRIMARY KEY (designation_id, hash)
);

CREATE TABLE proposal (
  proposal_id   uuid PRIMARY KEY,
  alert_id      text NOT NULL REFERENCES alert,
  decision      text NOT NULL CHECK (decision IN ('RELEASE', 'REJECT', 'ESCALATE')),
  reasons       text[] NOT NULL,
  rationale     bytea NOT NULL,
  month         date NOT NULL,
  maker         text NOT NULL REFERENCES app_user,
  made_at       timestamptz NOT NULL DEFAULT now(),
  evidence_hash text NOT NULL,
  state         text NOT NULL CHECK (state IN ('MADE', 'AGREED', 'SENT_BACK', 'WITHDRAWN', 'ESCALATED')),
  checker       text REFERENCES app_user,
  decided_at    timestamptz,
  -- Two people, whatever their roles.
  CHECK (checker IS NULL OR checker <> maker),
  CHECK ((state IN ('AGREED', 'SENT_BACK')) = (checker IS NOT NULL)),
  CHECK (decision <> 'ESCALATE' OR state = 'ESCALATED')
);
CREATE UNIQUE INDEX proposal_one_open ON proposal (alert_id) WHERE state = 'MADE';
CREATE INDEX proposal_by_alert ON proposal (alert_id, made_at);

CREATE TABLE note (
  note_id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  alert_id text NOT NULL REFERENCES alert,
  author   text NOT NULL REFERENCES app_user,
  at       timestamptz NOT NULL DEFAULT now(),
  action   text NOT NULL,
  body     bytea NOT NULL,
  month    date NOT NULL
);
CREATE INDEX note_by_alert ON note (alert_id, note_id);

CREATE TABLE audit (
  seq     bigint PRIMARY KEY,
  at      timestamptz NOT NULL,
  actor   text NOT NULL,
  action  text NOT NULL,
  subject text NOT NULL,
  detail  text NOT NULL,
  prev    text NOT NULL,
  hash    text NOT NULL
);
CREATE INDEX audit_by_subject ON audit (subject, seq);
CREATE INDEX audit_by_time ON audit (at);

-- Where the chain ends: one row.
CREATE TABLE audit_head (
  one  boolean PRIMARY KEY DEFAULT true CHECK (one),
  seq  bigint NOT NULL,
  hash text NOT NULL
);
INSERT INTO audit_head (seq, hash) VALUES (0, repeat('0', 64));

CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit is append-only' USING ERRCODE = '42501';
END
$$;
CREATE TRIGGER audit_rows BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_whole BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();

CREATE TABLE disposition (
  disposition_id   uuid PRIMARY KEY,
  source_topic     text NOT NULL,
  source_partition integer NOT NULL,
  source_offset    bigint NOT NULL,
  event_id         text NOT NULL,
  origin           text NOT NULL,
  decision         text NOT NULL CHECK (decision IN ('RELEASE', 'REJECT', 'ESCALATE')),
  proposal_id      uuid NOT NULL REFERENCES proposal,
  maker            text NOT NULL,
  checker          text,
  decided_at       timestamptz NOT NULL,
  audit_seq        bigint NOT NULL REFERENCES audit,
  CHECK (checker IS NULL OR checker <> maker),
  CHECK ((decision = 'ESCALATE') = (checker IS NULL))
);
-- An event is released or rejected once; a look back at it, and a customer, are other matters than its money.
CREATE UNIQUE INDEX disposition_once ON disposition (source_topic, source_partition, source_offset)
  WHERE decision IN ('RELEASE', 'REJECT') AND origin = 'STREAM';
CREATE UNIQUE INDEX disposition_of_proposal ON disposition (proposal_id);

CREATE TABLE outbox (
  seq      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic    text NOT NULL,
  key      text NOT NULL,
  value    text NOT NULL,
  added_at timestamptz NOT NULL DEFAULT now(),
  sent_at  timestamptz
);
CREATE INDEX outbox_waiting ON outbox (seq) WHERE sent_at IS NULL;
CREATE INDEX outbox_by_key ON outbox (key);

CREATE TABLE good_guy (
  good_guy_id      uuid PRIMARY KEY,
  alert_id         text NOT NULL REFERENCES alert,
  proposal_id      uuid NOT NULL REFERENCES proposal,
  fingerprint      text NOT NULL,
  designation_id   text NOT NULL,
  designation_hash text NOT NULL,
  topics           text[] NOT NULL,
  rails            text[] NOT NULL,
  reasons          text[] NOT NULL,
  rationale        bytea NOT NULL,
  brief            bytea NOT NULL,
  month            date NOT NULL,
  maker            text NOT NULL REFERENCES app_user,
  made_at          timestamptz NOT NULL DEFAULT now(),
  expires_at       timestamptz NOT NULL,
  CHECK (expires_at > made_at AND expires_at <= made_at + interval '365 days 1 minute')
);

-- Append-only: the last row says what it is.
CREATE TABLE good_guy_state (
  n           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  good_guy_id uuid NOT NULL REFERENCES good_guy,
  state       text NOT NULL CHECK (state IN ('PROPOSED', 'ACTIVE', 'SUSPENDED', 'EXPIRED', 'REVOKED')),
  by          text NOT NULL,
  maker       text NOT NULL,
  why         text NOT NULL,
  at          timestamptz NOT NULL DEFAULT now(),
  CHECK (state <> 'ACTIVE' OR by <> maker)
);
CREATE INDEX good_guy_state_last ON good_guy_state (good_guy_id, n DESC);
CREATE TRIGGER good_guy_kept BEFORE UPDATE OR DELETE ON good_guy FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER good_guy_state_kept BEFORE UPDATE OR DELETE ON good_guy_state
  FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();

CREATE TABLE good_guy_use (
  good_guy_id uuid PRIMARY KEY REFERENCES good_guy,
  uses        bigint NOT NULL,
  last_at     timestamptz NOT NULL
);

CREATE VIEW good_guy_now AS
  SELECT g.*, s.state, s.by, s.why, s.at AS state_at
  FROM good_guy g
  CROSS JOIN LATERAL (
    SELECT state, by, why, at FROM good_guy_state s WHERE s.good_guy_id = g.good_guy_id ORDER BY n DESC LIMIT 1
  ) s;

CREATE TABLE job (
  job_id      uuid PRIMARY KEY,
  kind        text NOT NULL CHECK (kind IN ('look-back', 'shadow-run', 'customer-file')),
  state       text NOT NULL CHECK (state IN ('WAITING', 'RUNNING', 'DONE', 'FAILED')),
  asked_by    text NOT NULL REFERENCES app_user,
  asked_at    timestamptz NOT NULL DEFAULT now(),
  started_at  timestamptz,
  finished_at timestamptz,
  progress    double precision NOT NULL DEFAULT 0,
  settings    text NOT NULL,
  result      text
);

CREATE TABLE role_change (
  change_id  uuid PRIMARY KEY,
  user_id    text NOT NULL,
  wanted     text NOT NULL,
  asked_by   text NOT NULL,
  asked_at   timestamptz NOT NULL DEFAULT now(),
  agreed_by  text,
  CHECK (agreed_by IS NULL OR agreed_by <> asked_by)
);

-- The desk's own role: it reads and adds; it changes only where work moves, and never what was written down.
DO $$
BEGIN
  CREATE ROLE cordon_desk NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;
GRANT USAGE ON SCHEMA public TO cordon_desk;
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO cordon_desk;
GRANT UPDATE ON kafka_position, app_user, session, setting, event_case, alert, alert_record, designation_now,
  proposal, outbox, good_guy_use, job, role_change, audit_head, sign_in TO cordon_desk;
GRANT DELETE ON session, sign_in, data_key, alert_record, alert_token, alert_count TO cordon_desk;
REVOKE UPDATE, DELETE, TRUNCATE ON audit, disposition, good_guy, good_guy_state FROM cordon_desk;
