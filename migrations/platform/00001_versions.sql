-- +goose Up

-- Which file is applied where: one row for each file and schema. One query over
-- it finds all that is stale, however many towns there are.
-- owner: pg
CREATE TABLE platform.schema_versions (
    tenant text NOT NULL,
    set text NOT NULL,
    version bigint NOT NULL,
    applied_at timestamptz NOT NULL,
    CONSTRAINT schema_versions_pk PRIMARY KEY (tenant, set, version),
    CONSTRAINT schema_versions_set_ck CHECK (set IN ('platform', 'realm', 'tenant'))
);

GRANT SELECT ON platform.schema_versions TO portal;

-- The towns whose last migration failed. They wait for the operator, and the
-- others are served.
-- owner: pg
CREATE TABLE platform.fences (
    realm text NOT NULL,
    file text NOT NULL,
    reason text NOT NULL,
    since timestamptz NOT NULL,
    CONSTRAINT fences_pk PRIMARY KEY (realm)
);

GRANT SELECT ON platform.fences TO portal;
