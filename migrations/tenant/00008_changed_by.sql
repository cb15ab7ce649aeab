-- +goose Up

-- Who changed a setting or a rule last, by the name of the audit chain; empty
-- where the town's package did, or before this column.
ALTER TABLE settings ADD COLUMN changed_by text NOT NULL DEFAULT '';

ALTER TABLE rules ADD COLUMN changed_by text NOT NULL DEFAULT '';
