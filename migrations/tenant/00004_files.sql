-- +goose Up

-- What is kept of an attachment beside its content, which lies in the files
-- directory under the id. name is as its sender called it: personal data, and
-- erased with the case.
-- owner: files
CREATE TABLE files (
    id text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    size bigint NOT NULL,
    sha256 bytea NOT NULL,
    kept_at timestamptz NOT NULL,
    CONSTRAINT files_pk PRIMARY KEY (id),
    CONSTRAINT files_size_ck CHECK (size > 0)
);

COMMENT ON TABLE files IS 'rights: SELECT, INSERT, DELETE';
