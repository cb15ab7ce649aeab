-- +goose Up

-- The registry: what must be known of a town before its own schema is opened.
-- realm is the name of its schema and of its role. A town's role sees and
-- changes its own row only, and of that only what its citizens see.
-- owner: tenant
CREATE TABLE platform.tenants (
    id bigint GENERATED ALWAYS AS IDENTITY,
    slug text NOT NULL,
    realm text NOT NULL,
    state text NOT NULL,
    country text NOT NULL,
    zone text NOT NULL,
    code text NOT NULL DEFAULT '',
    name jsonb NOT NULL,
    short_name jsonb NOT NULL,
    region jsonb NOT NULL,
    languages jsonb NOT NULL,
    brand text NOT NULL,
    population integer NOT NULL DEFAULT 0,
    sample boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL,
    CONSTRAINT tenants_pk PRIMARY KEY (id),
    CONSTRAINT tenants_slug_key UNIQUE (slug),
    CONSTRAINT tenants_realm_key UNIQUE (realm),
    CONSTRAINT tenants_state_ck CHECK (state IN ('provisioning', 'active', 'suspended')),
    CONSTRAINT tenants_slug_ck CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,38}[a-z0-9]$'),
    CONSTRAINT tenants_brand_ck CHECK (brand ~ '^#[0-9a-f]{6}$')
);

ALTER TABLE platform.tenants ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenants_own ON platform.tenants TO charter_tenant
    USING (realm = current_user) WITH CHECK (realm = current_user);

CREATE POLICY tenants_portal ON platform.tenants FOR SELECT TO portal USING (true);

GRANT SELECT, UPDATE (name, short_name, region, languages, brand, population, sample)
    ON platform.tenants TO charter_tenant;

GRANT SELECT ON platform.tenants TO portal;

-- A town's own domains, beside slug.base-domain. Only the operator adds one: it
-- decides whose content a host shows.
-- owner: tenant
CREATE TABLE platform.domains (
    host text NOT NULL,
    tenant_id bigint NOT NULL,
    CONSTRAINT domains_pk PRIMARY KEY (host),
    CONSTRAINT domains_tenant_fk FOREIGN KEY (tenant_id) REFERENCES platform.tenants (id)
);

CREATE INDEX domains_tenant_idx ON platform.domains (tenant_id);

GRANT SELECT ON platform.domains TO portal;

-- One number per town that grows with every published change. Each instance of
-- the service reads all of them once a second: that is the whole invalidation
-- of the page cache.
-- owner: tenant
CREATE TABLE platform.revisions (
    realm text NOT NULL,
    revision bigint NOT NULL,
    CONSTRAINT revisions_pk PRIMARY KEY (realm)
);

ALTER TABLE platform.revisions ENABLE ROW LEVEL SECURITY;

CREATE POLICY revisions_own ON platform.revisions TO charter_tenant
    USING (realm = current_user) WITH CHECK (realm = current_user);

CREATE POLICY revisions_portal ON platform.revisions TO portal USING (true) WITH CHECK (true);

GRANT SELECT, INSERT, UPDATE ON platform.revisions TO charter_tenant, portal;
