-- +goose Up

-- What a town has set, one row for each part of its profile. origin tells who
-- wrote the value last: the package of the town, which apply may replace, or the
-- town itself, which apply leaves alone.
-- owner: tenant
CREATE TABLE settings (
    key text NOT NULL,
    value jsonb NOT NULL,
    origin text NOT NULL,
    version bigint NOT NULL,
    changed_at timestamptz NOT NULL,
    CONSTRAINT settings_pk PRIMARY KEY (key),
    CONSTRAINT settings_origin_ck CHECK (origin IN ('package', 'town'))
);
