-- +goose Up

-- The order in which the files of an event were chosen; 0 = from before it was kept.
ALTER TABLE case_files ADD COLUMN place integer NOT NULL DEFAULT 0;
