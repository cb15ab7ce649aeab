-- +goose Up

-- Who may sign in here. No personal data: actor is the random name under which
-- the audit chain knows the person, and outlives the profile.
-- owner: access
CREATE TABLE users (
    id bigint GENERATED ALWAYS AS IDENTITY,
    actor text NOT NULL,
    roles jsonb NOT NULL,
    state text NOT NULL,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT users_pk PRIMARY KEY (id),
    CONSTRAINT users_actor_uq UNIQUE (actor),
    CONSTRAINT users_state_ck CHECK (state IN ('active', 'disabled'))
);

COMMENT ON TABLE users IS 'rights: SELECT, INSERT, UPDATE';

-- The person behind it, apart so that it can be erased. email_folded is the
-- address without difference of letters; email_wanted waits to be confirmed.
-- owner: access
CREATE TABLE user_profiles (
    user_id bigint NOT NULL,
    email text NOT NULL,
    email_folded text NOT NULL,
    email_wanted text NOT NULL,
    name text NOT NULL,
    department text NOT NULL,
    lang text NOT NULL,
    CONSTRAINT user_profiles_pk PRIMARY KEY (user_id),
    CONSTRAINT user_profiles_email_uq UNIQUE (email_folded),
    CONSTRAINT user_profiles_user_fk FOREIGN KEY (user_id) REFERENCES users (id)
);

CREATE INDEX user_profiles_name_idx ON user_profiles (name, user_id);

-- password is an argon2id hash, empty until the invitation is accepted.
-- one_time_until: the password was given by an operator and must be changed.
-- totp is encrypted; totp_step is the last step whose code was used.
-- owner: access
CREATE TABLE user_secrets (
    user_id bigint NOT NULL,
    password text NOT NULL,
    one_time_until timestamptz,
    totp bytea,
    totp_confirmed_at timestamptz,
    totp_step bigint NOT NULL,
    CONSTRAINT user_secrets_pk PRIMARY KEY (user_id),
    CONSTRAINT user_secrets_user_fk FOREIGN KEY (user_id) REFERENCES users (id)
);

-- Each row is a code that still works.
-- owner: access
CREATE TABLE recovery_codes (
    user_id bigint NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT recovery_codes_pk PRIMARY KEY (user_id, hash),
    CONSTRAINT recovery_codes_user_fk FOREIGN KEY (user_id) REFERENCES users (id)
);

-- Who is signed in. hash is that of the cookie's value; second tells that the
-- second factor was shown. device is what its owner recognises it by.
-- owner: access
CREATE TABLE sessions (
    id bigint GENERATED ALWAYS AS IDENTITY,
    user_id bigint NOT NULL,
    hash bytea NOT NULL,
    second boolean NOT NULL,
    device text NOT NULL,
    started_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT sessions_pk PRIMARY KEY (id),
    CONSTRAINT sessions_hash_uq UNIQUE (hash),
    CONSTRAINT sessions_user_fk FOREIGN KEY (user_id) REFERENCES users (id)
);

CREATE INDEX sessions_user_idx ON sessions (user_id, seen_at);

-- Links that were mailed: invitation, new password, new address. A request for a
-- new password stands here also for an address that nobody has, with no user,
-- so that both take the same time; hash is empty until the mail is written.
-- owner: access
CREATE TABLE user_tokens (
    id bigint GENERATED ALWAYS AS IDENTITY,
    purpose text NOT NULL,
    user_id bigint,
    hash bytea,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT user_tokens_pk PRIMARY KEY (id),
    CONSTRAINT user_tokens_hash_uq UNIQUE (hash),
    CONSTRAINT user_tokens_purpose_ck CHECK (purpose IN ('invite', 'reset', 'email')),
    CONSTRAINT user_tokens_user_fk FOREIGN KEY (user_id) REFERENCES users (id)
);

CREATE INDEX user_tokens_user_idx ON user_tokens (user_id, purpose);

-- How often a log-in was tried of late. key is an HMAC of the account or of
-- where the attempt came from; neither address is kept.
-- owner: access
CREATE TABLE log_in_attempts (
    kind text NOT NULL,
    key bytea NOT NULL,
    attempts integer NOT NULL,
    last_at timestamptz NOT NULL,
    barred_until timestamptz NOT NULL,
    CONSTRAINT log_in_attempts_pk PRIMARY KEY (kind, key)
);

CREATE INDEX log_in_attempts_last_idx ON log_in_attempts (last_at);
