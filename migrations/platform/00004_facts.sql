-- +goose Up

-- What the portal may know of a town: figures for a month, all kinds of case
-- together. Fewer than five cases are never a row: they wait for the next month,
-- and since tells where such a row begins. So no two readings of these rows
-- differ by one to four cases. spread is how often each value occurred, as
-- 0:12,1:40: days to the answer, or points of a rating.
-- owner: results
CREATE TABLE platform.facts (
    tenant text NOT NULL,
    month date NOT NULL,
    indicator text NOT NULL,
    num bigint NOT NULL,
    den bigint NOT NULL,
    spread text NOT NULL,
    since date NOT NULL,
    sample boolean NOT NULL,
    CONSTRAINT facts_pk PRIMARY KEY (tenant, month, indicator),
    CONSTRAINT facts_den_ck CHECK (den >= 5 AND num >= 0),
    CONSTRAINT facts_since_ck CHECK (since <= month)
);

-- The comparison reads a few months of a few indicators of all towns.
CREATE INDEX facts_month_idx ON platform.facts (indicator, month) INCLUDE (tenant, num, den, sample);

ALTER TABLE platform.facts ENABLE ROW LEVEL SECURITY;

CREATE POLICY facts_own ON platform.facts TO charter_tenant
    USING (tenant = current_user) WITH CHECK (tenant = current_user);

CREATE POLICY facts_portal ON platform.facts FOR SELECT TO portal USING (true);

GRANT SELECT, INSERT, DELETE ON platform.facts TO charter_tenant;

GRANT SELECT ON platform.facts TO portal;

-- How far a town's facts are: one row, locked by whoever computes them anew.
-- through is the local day up to which they count.
-- owner: results
CREATE TABLE platform.fact_heads (
    tenant text NOT NULL,
    revision bigint NOT NULL,
    computed_at timestamptz NOT NULL,
    through date NOT NULL,
    CONSTRAINT fact_heads_pk PRIMARY KEY (tenant)
);

ALTER TABLE platform.fact_heads ENABLE ROW LEVEL SECURITY;

CREATE POLICY fact_heads_own ON platform.fact_heads TO charter_tenant
    USING (tenant = current_user) WITH CHECK (tenant = current_user);

CREATE POLICY fact_heads_portal ON platform.fact_heads FOR SELECT TO portal USING (true);

GRANT SELECT, INSERT, UPDATE ON platform.fact_heads TO charter_tenant;

GRANT SELECT ON platform.fact_heads TO portal;
