-- +goose Up

-- Work that a transaction has left to be done: it commits or vanishes with its
-- cause. args name rows by their numbers and hold no personal data. attempt grows
-- with every try and never falls: whoever finishes must still be its latest.
-- hold_until is a lease while somebody works, a pause after a failure; it is
-- compared with the clock of the server, run_at with that of the service.
-- owner: jobs
CREATE TABLE jobs (
    id bigint GENERATED ALWAYS AS IDENTITY,
    kind text NOT NULL,
    args jsonb NOT NULL,
    effect_key text,
    receipt text NOT NULL,
    state text NOT NULL,
    run_at timestamptz NOT NULL,
    hold_until timestamptz,
    attempt bigint NOT NULL,
    tries integer NOT NULL,
    last_error text NOT NULL,
    created_at timestamptz NOT NULL,
    died_at timestamptz,
    CONSTRAINT jobs_pk PRIMARY KEY (id),
    CONSTRAINT jobs_effect_key_uq UNIQUE (effect_key),
    CONSTRAINT jobs_state_ck CHECK (state IN ('pending', 'done', 'dead'))
);

CREATE INDEX jobs_pending_idx ON jobs (run_at, id) WHERE state = 'pending';
CREATE INDEX jobs_dead_idx ON jobs (id) WHERE state = 'dead';

-- A row says that something due on a day has been done: a reminder about a case,
-- the nightly round. What is due and has no row is still to be done, however long
-- the service stood still.
-- owner: jobs
CREATE TABLE due_work (
    kind text NOT NULL,
    subject text NOT NULL,
    due_on date NOT NULL,
    done_at timestamptz NOT NULL,
    CONSTRAINT due_work_pk PRIMARY KEY (kind, subject, due_on)
);

COMMENT ON TABLE due_work IS 'rights: SELECT, INSERT, DELETE';
