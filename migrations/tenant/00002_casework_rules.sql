-- +goose Up

-- A town's own rules for cases: terms, extension, anonymous policy, grounds of
-- refusal. A change adds a version; a case keeps the one it was received under.
-- owner: casework
CREATE TABLE rules (
    key text NOT NULL,
    version bigint NOT NULL,
    value jsonb NOT NULL,
    origin text NOT NULL,
    since timestamptz NOT NULL,
    CONSTRAINT rules_pk PRIMARY KEY (key, version),
    CONSTRAINT rules_origin_ck CHECK (origin IN ('package', 'town'))
);

COMMENT ON TABLE rules IS 'rights: SELECT, INSERT';
