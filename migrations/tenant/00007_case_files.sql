-- +goose Up

-- Which files belong to a case, each with the event it came with: who may see the
-- event may have the file.
-- owner: casework
CREATE TABLE case_files (
    file_id text NOT NULL,
    case_id bigint NOT NULL,
    event_id bigint NOT NULL,
    CONSTRAINT case_files_pk PRIMARY KEY (file_id),
    CONSTRAINT case_files_case_fk FOREIGN KEY (case_id) REFERENCES case_receipts (id)
);

CREATE INDEX case_files_case_idx ON case_files (case_id, event_id);
