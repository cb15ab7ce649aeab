-- +goose Up

-- Mails to people, worded when they were queued. link is kept apart from the
-- words and is emptied once the mail is away: it may open a case or an account.
-- state „kept“: no mail server is set, so the mail is shown and not sent.
-- owner: notify
CREATE TABLE mails (
    id bigint GENERATED ALWAYS AS IDENTITY,
    message_id text NOT NULL,
    sender_name text NOT NULL,
    sender text NOT NULL,
    recipient text NOT NULL,
    reply_to text NOT NULL,
    lang text NOT NULL,
    subject text NOT NULL,
    plain text NOT NULL,
    html text NOT NULL,
    link text NOT NULL,
    about text NOT NULL,
    day_only boolean NOT NULL,
    state text NOT NULL,
    attempts integer NOT NULL,
    last_error text NOT NULL,
    queued_at timestamptz NOT NULL,
    sent_at timestamptz,
    CONSTRAINT mails_pk PRIMARY KEY (id),
    CONSTRAINT mails_message_id_uq UNIQUE (message_id),
    CONSTRAINT mails_state_ck CHECK (state IN ('queued', 'sent', 'dead', 'kept'))
);

CREATE INDEX mails_state_idx ON mails (state, id);
CREATE INDEX mails_about_idx ON mails (about, id);
