-- +goose Up

-- What a case begins with: its identity, and the two secrets it is found by, as
-- hashes only. nonce_hash belongs to the form it was sent with, so that a form
-- sent twice is one case; code_hash to the tracking code, NULL once erased.
-- owner: casework
CREATE TABLE case_receipts (
    id bigint GENERATED ALWAYS AS IDENTITY,
    nonce_hash bytea NOT NULL,
    code_hash bytea,
    key_id text NOT NULL,
    CONSTRAINT case_receipts_pk PRIMARY KEY (id),
    CONSTRAINT case_receipts_nonce_key UNIQUE (nonce_hash),
    CONSTRAINT case_receipts_code_key UNIQUE (code_hash)
);

-- The last number of each year. The row is locked from the taking of a number to
-- the commit, so no number is ever missing.
-- owner: casework
CREATE TABLE case_counters (
    year integer NOT NULL,
    last integer NOT NULL,
    CONSTRAINT case_counters_pk PRIMARY KEY (year)
);

-- A case without anything personal: who sent it stands in case_people, what was
-- written in case_texts. due_sort is where the inbox puts it.
-- owner: casework
CREATE TABLE cases (
    id bigint NOT NULL,
    year integer NOT NULL,
    seq integer NOT NULL,
    number text NOT NULL,
    version bigint NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    channel text NOT NULL,
    lang text NOT NULL,
    anonymous boolean NOT NULL,
    danger text NOT NULL,
    confidential boolean NOT NULL,
    sample boolean NOT NULL,
    department text NOT NULL,
    assignee bigint NOT NULL,
    received_on date NOT NULL,
    outside boolean NOT NULL,
    filed_at timestamptz NOT NULL,
    happened_on date,
    own_due date,
    law_due date,
    law_verified boolean NOT NULL,
    due_sort date NOT NULL,
    extended_to date,
    asked_on date,
    stopped boolean NOT NULL,
    answered_on date,
    done_on date,
    ground text NOT NULL,
    score smallint NOT NULL,
    CONSTRAINT cases_pk PRIMARY KEY (id),
    CONSTRAINT cases_number_key UNIQUE (year, seq),
    CONSTRAINT cases_receipt_fk FOREIGN KEY (id) REFERENCES case_receipts (id),
    CONSTRAINT cases_kind_ck CHECK (kind IN ('question', 'complaint', 'signal', 'proposal', 'request', 'praise')),
    CONSTRAINT cases_state_ck CHECK (state IN
        ('received', 'in_progress', 'waiting', 'answered', 'forwarded', 'declined', 'withdrawn', 'closed')),
    CONSTRAINT cases_done_ck CHECK ((done_on IS NULL) = (state IN ('received', 'in_progress', 'waiting'))),
    CONSTRAINT cases_asked_ck CHECK ((asked_on IS NOT NULL) = (state = 'waiting')),
    CONSTRAINT cases_danger_ck CHECK (danger IN ('', 'claimed', 'confirmed', 'refused')),
    CONSTRAINT cases_score_ck CHECK (score BETWEEN 0 AND 5)
);

-- The inbox in its order. It carries all that the inbox filters and counts by, so
-- that neither reads the table.
CREATE INDEX cases_open_idx ON cases (due_sort, id) INCLUDE (kind, state, department, assignee) WHERE done_on IS NULL;

CREATE INDEX cases_mine_idx ON cases (assignee, due_sort, id) INCLUDE (kind, state, department) WHERE done_on IS NULL;

CREATE INDEX cases_department_idx ON cases (department, due_sort, id) INCLUDE (kind, state, assignee)
    WHERE done_on IS NULL AND department <> '';

CREATE INDEX cases_waiting_idx ON cases (due_sort, id) WHERE state = 'waiting';

CREATE INDEX cases_done_idx ON cases (done_on DESC, id DESC) INCLUDE (kind, state, department, assignee) WHERE done_on IS NOT NULL;

-- Who sent a case and how to reach them: personal data, apart from the case.
-- owner: casework
CREATE TABLE case_people (
    case_id bigint NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    phone text NOT NULL,
    address text NOT NULL,
    reply_by text NOT NULL,
    CONSTRAINT case_people_pk PRIMARY KEY (case_id),
    CONSTRAINT case_people_case_fk FOREIGN KEY (case_id) REFERENCES case_receipts (id),
    CONSTRAINT case_people_reply_ck CHECK (reply_by IN ('email', 'post', 'track'))
);

-- What happened to a case, in order. visible: the submitter sees it too. at is
-- the day only where day_only is set: what an anonymous submitter did.
-- owner: casework
CREATE TABLE case_events (
    id bigint GENERATED ALWAYS AS IDENTITY,
    case_id bigint NOT NULL,
    at timestamptz NOT NULL,
    day_only boolean NOT NULL,
    action text NOT NULL,
    party text NOT NULL,
    actor text NOT NULL,
    visible boolean NOT NULL,
    facts jsonb NOT NULL,
    CONSTRAINT case_events_pk PRIMARY KEY (id),
    CONSTRAINT case_events_case_fk FOREIGN KEY (case_id) REFERENCES case_receipts (id),
    CONSTRAINT case_events_party_ck CHECK (party IN ('submitter', 'staff'))
);

CREATE INDEX case_events_case_idx ON case_events (case_id, id);

-- Everything that people wrote about a case, each text with the event it belongs
-- to. terms is what search finds a case by; NULL where it is not searched.
-- owner: casework
CREATE TABLE case_texts (
    id bigint GENERATED ALWAYS AS IDENTITY,
    case_id bigint NOT NULL,
    event_id bigint NOT NULL,
    part text NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    terms tsvector,
    CONSTRAINT case_texts_pk PRIMARY KEY (id),
    CONSTRAINT case_texts_case_fk FOREIGN KEY (case_id) REFERENCES case_receipts (id)
);

CREATE INDEX case_texts_case_idx ON case_texts (case_id, id);

CREATE INDEX case_texts_terms_idx ON case_texts USING gin (terms);

-- A rule as cases were received under it, by the hash of its content.
-- owner: casework
CREATE TABLE case_rules (
    hash bytea NOT NULL,
    value text NOT NULL,
    CONSTRAINT case_rules_pk PRIMARY KEY (hash)
);

COMMENT ON TABLE case_rules IS 'rights: SELECT, INSERT';

-- What a case keeps from the day it came: version of the charter, rule, both
-- dates with the way there.
-- owner: casework
CREATE TABLE case_pins (
    case_id bigint NOT NULL,
    charter_version bigint NOT NULL,
    rule_version bigint NOT NULL,
    rule_hash bytea NOT NULL,
    own_explained text NOT NULL,
    law_explained text NOT NULL,
    forward_by date,
    CONSTRAINT case_pins_pk PRIMARY KEY (case_id),
    CONSTRAINT case_pins_case_fk FOREIGN KEY (case_id) REFERENCES case_receipts (id)
);

COMMENT ON TABLE case_pins IS 'rights: SELECT, INSERT, DELETE';

-- The months whose figures must be computed again. Rows are only added and taken
-- away, so that no case waits for another.
-- owner: casework
CREATE TABLE marks (
    id bigint GENERATED ALWAYS AS IDENTITY,
    month date NOT NULL,
    CONSTRAINT marks_pk PRIMARY KEY (id)
);

COMMENT ON TABLE marks IS 'rights: SELECT, INSERT, DELETE';
