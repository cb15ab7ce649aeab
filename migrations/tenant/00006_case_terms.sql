-- +goose Up

-- Each time that the submitter was asked something. stops: the terms stood still
-- from asked_on to resumed_on; the dates before and after tell how far they moved.
-- owner: casework
CREATE TABLE case_pauses (
    id bigint GENERATED ALWAYS AS IDENTITY,
    case_id bigint NOT NULL,
    asked_on date NOT NULL,
    stops boolean NOT NULL,
    resumed_on date,
    own_from date,
    own_to date,
    law_from date,
    law_to date,
    CONSTRAINT case_pauses_pk PRIMARY KEY (id),
    CONSTRAINT case_pauses_case_fk FOREIGN KEY (case_id) REFERENCES case_receipts (id)
);

CREATE INDEX case_pauses_case_idx ON case_pauses (case_id, id);

CREATE UNIQUE INDEX case_pauses_open_key ON case_pauses (case_id) WHERE resumed_on IS NULL;

-- Each extension of a term: decided before the term ran out, with its final date.
-- notice tells how the submitter learns of it.
-- owner: casework
CREATE TABLE case_extensions (
    id bigint GENERATED ALWAYS AS IDENTITY,
    case_id bigint NOT NULL,
    decided_on date NOT NULL,
    final_on date NOT NULL,
    own_from date,
    own_to date,
    law_from date,
    law_to date,
    notice text NOT NULL,
    CONSTRAINT case_extensions_pk PRIMARY KEY (id),
    CONSTRAINT case_extensions_case_fk FOREIGN KEY (case_id) REFERENCES case_receipts (id),
    CONSTRAINT case_extensions_notice_ck CHECK (notice IN ('mail', 'letter', 'page'))
);

CREATE INDEX case_extensions_case_idx ON case_extensions (case_id, id);

-- Where a case was sent on to. due_on is the last day for it; NULL = no term.
-- owner: casework
CREATE TABLE case_referrals (
    id bigint GENERATED ALWAYS AS IDENTITY,
    case_id bigint NOT NULL,
    institution text NOT NULL,
    referred_on date NOT NULL,
    due_on date,
    CONSTRAINT case_referrals_pk PRIMARY KEY (id),
    CONSTRAINT case_referrals_case_fk FOREIGN KEY (case_id) REFERENCES case_receipts (id)
);

CREATE INDEX case_referrals_case_idx ON case_referrals (case_id, id);

-- The reminders that were made. The primary key is what makes each of them once;
-- a date that moved is another one.
-- owner: casework
CREATE TABLE case_reminders (
    case_id bigint NOT NULL,
    kind text NOT NULL,
    due_on date NOT NULL,
    made_on date NOT NULL,
    late boolean NOT NULL,
    CONSTRAINT case_reminders_pk PRIMARY KEY (case_id, kind, due_on),
    CONSTRAINT case_reminders_case_fk FOREIGN KEY (case_id) REFERENCES case_receipts (id)
);
