-- +goose Up

-- The figures of a town by month: of all kinds of case (kind is empty), of each
-- kind, and of each channel and ground. num of den is what was counted; left_out
-- tells what was not, by reason. The columns shown_ are what anybody outside the
-- town may see: nothing where fewer than five cases would be told of.
-- owner: results
CREATE TABLE figures (
    month date NOT NULL,
    indicator text NOT NULL,
    kind text NOT NULL,
    num bigint NOT NULL,
    den bigint NOT NULL,
    spread text NOT NULL,
    left_out jsonb NOT NULL,
    samples bigint NOT NULL,
    shown_num bigint NOT NULL,
    shown_den bigint NOT NULL,
    shown_spread text NOT NULL,
    shown_since date,
    shown_sample boolean NOT NULL,
    CONSTRAINT figures_pk PRIMARY KEY (month, indicator, kind),
    CONSTRAINT figures_shown_ck CHECK (shown_den = 0 OR shown_den >= 5)
);

CREATE INDEX figures_series_idx ON figures (indicator, kind, month);

-- What was published about a promise for a month, quarter or year that is over.
-- Nothing of it changes; what was computed otherwise later is another revision,
-- judged by the target that stood then. Sample figures are replaced.
-- owner: results
CREATE TABLE verdicts (
    commitment text NOT NULL,
    period text NOT NULL,
    starts date NOT NULL,
    revision bigint NOT NULL,
    charter_version bigint NOT NULL,
    indicator text NOT NULL,
    kind text NOT NULL,
    target double precision NOT NULL,
    state text NOT NULL,
    num bigint NOT NULL,
    den bigint NOT NULL,
    sample boolean NOT NULL,
    published_at timestamptz NOT NULL,
    CONSTRAINT verdicts_pk PRIMARY KEY (commitment, period, starts, revision),
    CONSTRAINT verdicts_period_ck CHECK (period IN ('month', 'quarter', 'year')),
    CONSTRAINT verdicts_den_ck CHECK (den = 0 OR den >= 5)
);

-- The results that a town enters itself, each with its evidence. A correction is
-- another revision with its reason.
-- owner: results
CREATE TABLE manual_results (
    commitment text NOT NULL,
    period text NOT NULL,
    starts date NOT NULL,
    revision bigint NOT NULL,
    value double precision NOT NULL,
    evidence text NOT NULL,
    link text NOT NULL,
    reason text NOT NULL,
    actor text NOT NULL,
    entered_at timestamptz NOT NULL,
    CONSTRAINT manual_results_pk PRIMARY KEY (commitment, period, starts, revision),
    CONSTRAINT manual_results_period_ck CHECK (period IN ('month', 'quarter', 'year'))
);

COMMENT ON TABLE manual_results IS 'rights: SELECT, INSERT';

-- Ratings are counted by the day on which they were given.
CREATE INDEX case_events_rated_idx ON case_events (at) WHERE action = 'rate';
