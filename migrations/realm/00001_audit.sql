-- +goose Up

-- The realm's own random identity. Every hash and HMAC of the realm contains it,
-- never its name, so a town can be renamed or restored beside itself.
-- owner: audit
CREATE TABLE realm (
    singleton smallint NOT NULL DEFAULT 1,
    id uuid NOT NULL,
    CONSTRAINT realm_pk PRIMARY KEY (singleton),
    CONSTRAINT realm_singleton_ck CHECK (singleton = 1)
);

COMMENT ON TABLE realm IS 'rights: SELECT';

INSERT INTO realm (id) VALUES (gen_random_uuid());

-- The last entry of the chain: locked last in every writing transaction.
-- owner: audit
CREATE TABLE audit_head (
    singleton smallint NOT NULL DEFAULT 1,
    seq bigint NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT audit_head_pk PRIMARY KEY (singleton),
    CONSTRAINT audit_head_singleton_ck CHECK (singleton = 1)
);

COMMENT ON TABLE audit_head IS 'rights: SELECT, UPDATE';

INSERT INTO audit_head (seq, hash) VALUES (0, '\x');

-- The chain itself holds no personal data: actor is a pseudonym, and what was
-- changed is only a commitment whose nonce can be erased.
-- owner: audit
CREATE TABLE audit_entries (
    seq bigint NOT NULL,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    object text NOT NULL,
    commitment bytea NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT audit_entries_pk PRIMARY KEY (seq)
);

COMMENT ON TABLE audit_entries IS 'rights: SELECT, INSERT';

-- What was changed, apart from the chain so that it can be erased.
-- owner: audit
CREATE TABLE audit_details (
    seq bigint NOT NULL,
    nonce bytea NOT NULL,
    detail text NOT NULL,
    CONSTRAINT audit_details_pk PRIMARY KEY (seq)
);

COMMENT ON TABLE audit_details IS 'rights: SELECT, INSERT, DELETE';
