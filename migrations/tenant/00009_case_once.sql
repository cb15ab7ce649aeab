-- +goose Up

-- The form with which a submitter acted, as a hash: sent twice, it acts once.
-- NULL where no form of a submitter was behind the event.
ALTER TABLE case_events ADD COLUMN nonce_hash bytea;

CREATE UNIQUE INDEX case_events_once_key ON case_events (case_id, nonce_hash) WHERE nonce_hash IS NOT NULL;
