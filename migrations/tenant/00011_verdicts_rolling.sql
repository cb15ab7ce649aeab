-- +goose Up

-- A promise is also judged by the twelve months up to the end of each month.
ALTER TABLE verdicts DROP CONSTRAINT verdicts_period_ck;

ALTER TABLE verdicts ADD CONSTRAINT verdicts_period_ck CHECK (period IN ('month', 'quarter', 'year', 'rolling'));
