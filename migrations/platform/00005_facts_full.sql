-- +goose Up

-- When all months of a town were computed anew last, so that such a run over all
-- towns can be taken up where it was stopped. NULL = never.
ALTER TABLE platform.fact_heads ADD COLUMN full_at timestamptz;
