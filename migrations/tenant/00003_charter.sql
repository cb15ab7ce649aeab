-- +goose Up

-- The published versions of the charter. document is kept as the exact text that
-- was hashed, so that anybody can check the published checksum.
-- owner: charter
CREATE TABLE charter_versions (
    number bigint NOT NULL,
    document text NOT NULL,
    hash bytea NOT NULL,
    origin text NOT NULL,
    published_at timestamptz NOT NULL,
    CONSTRAINT charter_versions_pk PRIMARY KEY (number),
    CONSTRAINT charter_versions_origin_ck CHECK (origin IN ('package', 'town'))
);

COMMENT ON TABLE charter_versions IS 'rights: SELECT, INSERT';

-- What of the version in force can be found by search: one row for each section
-- and promise in each language. terms is computed by the configuration of that
-- language in schema ext.
-- owner: charter
CREATE TABLE charter_passages (
    lang text NOT NULL,
    position integer NOT NULL,
    path text NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    plain text NOT NULL,
    terms tsvector NOT NULL,
    CONSTRAINT charter_passages_pk PRIMARY KEY (lang, position)
);

CREATE INDEX charter_passages_terms_idx ON charter_passages USING gin (terms);

CREATE INDEX charter_passages_plain_idx ON charter_passages USING gin (plain ext.gin_trgm_ops);
